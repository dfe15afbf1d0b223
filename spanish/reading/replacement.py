"""What a correction says instead of what: «no era ayer, era antier», «puse 3 actas pero eran 4»."""

import re
from dataclasses import dataclass

from spanish.writing.folding import fold, unstretched
from spanish.writing.number_words import in_digits

_BE = r"(?:eran?|fue(?:ron)?|es|son|eramos|fuimos)"
_OLD = r"(?P<old>(?:\S{1,20} ){0,5}?\S{1,20}?)"
_NEW = r"(?P<new>.{1,100})"
_REPLACED = (
    re.compile(rf"no (?:{_BE} )?{_OLD},? (?:y )?(?:sino|si no|{_BE})(?: que)? {_NEW}"),
    re.compile(
        r"(?:ahi |donde |yo )?(?:dije|puse|escribi|anote|registre|decia) (?:que )?"
        rf"(?:{_BE} )?{_OLD},? (?:(?:pero|y|,) )*{_BE} {_NEW}"
    ),
    re.compile(rf"(?:cambi|correg|corrij|sustitu|reemplaz)[a-z]{{1,6}} (?:de )?{_OLD} (?:por|a) {_NEW}"),
    re.compile(
        rf"(?P<new>(?:{_BE} ).{{1,80}}?),? (?:(?:y )?no(?: {_BE})?|en vez de|en lugar de) "
        r"(?P<old>(?:\S{1,20} ){0,3}\S{1,20})"
    ),
)
_LEAD = re.compile(
    r"(?:(?:perdon|perdone|disculpe|disculpa|ay|uy|ah|eh|oye|y|e|pero|bueno|me equivoque|corrijo|"
    r"no(?=.*\b(?:no|puse|dije|cambi\w+|en vez|en lugar)\b))[ ,.]+)+"
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BARE = re.compile(rf"(?:{_BE} )?(?:(?:el|la|los|las) )?(?P<number>{_NUMBER.pattern})")
_ARTICLES = re.compile(r"^(?:el|la|los|las|de|del) ")


@dataclass(frozen=True)
class Replacement:
    """The old value, folded, and the readings of the new one that are to be tried in turn.

    A number alone takes its noun from the old value: «no eran 6 mujeres, eran 7» is «7 mujeres».
    """

    old: str
    new: tuple[str, ...]


def read_replacement(text: str) -> Replacement | None:
    """Return what a correction replaces by what; None if it names no old value."""
    folded = in_digits(fold(unstretched(text))).strip(" .!¡")
    led = _LEAD.match(folded)
    bare = folded[led.end() :] if led else folded
    for pattern in _REPLACED:
        if found := pattern.fullmatch(bare):
            old = _ARTICLES.sub("", found["old"].strip(" ,"))
            return Replacement(old, _with_noun(old, _as_written(text, found["new"])))
    return None


def _as_written(text: str, new: str) -> str:
    """Return the new value with its capitals and accents, where the text ends with it."""
    ending = " ".join(text.split()).strip(" .!¡")[-len(new) :]
    return ending if fold(ending) == new else new


def _with_noun(old: str, new: str) -> tuple[str, ...]:
    number = _BARE.fullmatch(new)
    if number is None or _NUMBER.fullmatch(old):
        return (new,)
    if _NUMBER.search(old):
        return (_NUMBER.sub(number["number"], old, count=1),)
    return (f"{number['number']} {old}", f"{old} {number['number']}")
