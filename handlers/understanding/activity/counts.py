"""The numbers of a text that count a measure: «2 actas», «tres informes», «5 cpu y 2 impresoras»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from handlers.understanding.activity.measures import Counting, Kind
from handlers.understanding.activity.numbers import ARTICLES, NUMBER
from handlers.understanding.activity.spoken import Span
from handlers.understanding.activity.wording import root, words
from handlers.understanding.quantities import read_quantity
from models.errors import Rejected

_REACH = 40  # characters around a number that say whether it was done, and what is added to it
_COUNTED = re.compile(
    rf"(?P<number>{NUMBER}|\b(?:un|una|uno)\b)(?: de l[oa]s| de)?(?P<words>(?: [^\W\d_]+){{1,3}})"
)
_LISTED = re.compile(rf"\b(?P<words>[^\W\d_]+) ?[:=] ?(?P<number>{NUMBER})")
_BETWEEN_WORDS = "de del la las los el y o e en a al con por para q que se fue fueron"
_BETWEEN = frozenset(_BETWEEN_WORDS.split())
_FILLER_WORDS = (
    "sol solo sola unica unico nuevo nueva nuevos nuevas primer primera primeras primeros otro otra otros "
    "otras mas gran buen tercer segundo segunda respectivos respectivas diferentes distintos distintas"
)
_FILLER = frozenset(_FILLER_WORDS.split())
# Not done, or not by this message: «faltan 2 actas», «de las 3 solicitudes», «tocaban 9 equipos».
_NOT_DONE = re.compile(
    r"\b(?:falt\w+|pendientes?|de (?:l[oa]s|un total de|un)|a l[oa]s|tocaban?|programad[oa]s|programamos|"
    r"pidieron|pidio|solicitaron|para|ni|no|"
    r"sin|hasta|recib\w+|llegaron|ingresaron|entraron|cayeron|teniamos|quedan?|inscribieron|"
    r"meta (?:es )?de|seran|"
    r"vamos a \w+)"
    r"(?: (?:otr[oa]s|como|unos|unas|ya|solo|hoy|a|las|los|por|\w+(?:ar|er|ir)))* $"
)
_AS = re.compile(
    rf"\b(?:cuentan?|cuente|reporta\w*|registra\w*|vale|valen|va|van|todo|todos)(?: todo)? (?:como|en|"
    rf"por) (?P<number>{NUMBER}|un|una)\b(?P<words>(?: [^\W\d_]+){{1,2}})"
    rf"|\b(?P<one>un|una) sol[oa] (?P<single>[^\W\d_]+)"
)
_DONE = re.compile(
    rf"\b(?:(?!estuvimos|fuimos|eramos|tuvimos|pedimos|recibimos|mandamos|enviamos|asist\w+|acud\w+|"
    rf"metimos)\w+mos|(?!fueron)\w+[ae]ron|hice|di|lleve|conteste|atendi|se hizo|se dio)"
    rf"(?: (?:ya|solo|hoy|nomas|unicamente|las|los|como))* (?P<number>{NUMBER})(?= ?[,.;:()]| (?:a|al|con|"
    rf"en|por|y|de ell[oa]s|nad|mas)\b|$)"
)
_WERE = re.compile(
    rf"\b(?:fueron|son|van|serian|hubo)(?: en total)? (?P<number>{NUMBER})(?= ?[,.;:()]| en total|$)|"
    rf"(?P<total>{NUMBER}) en total\b|\ben total(?: son| fueron)? (?P<whole>{NUMBER})(?= ?[,.;:()]|$)"
)
_MORE = re.compile(r"\b(?:mas|y|y tambien|ademas de) (?:la|el|una|un|otra|otro) (?P<words>[^\W\d_]+)")
_BOTH = re.compile(r"\b(?:amb[oa]s|l[oa]s 2|el par de) (?P<words>[^\W\d_]+)")
_ALONE = re.compile(rf"\W*(?P<number>{NUMBER})\W*")
_ANY_NUMBER = re.compile(r"(?<![\w.,/])-?\d[\d.,]*(?P<words>(?: [^\W\d_]+){1,3})")


@dataclass(frozen=True)
class Count:
    """A quantity, scaled, and where it is said; `done`: a verb says that so many were done."""

    quantity: int
    places: tuple[Span, ...]
    done: bool = False


@dataclass(frozen=True)
class _Number:
    quantity: int
    place: Span
    level: int  # see `Counting.level`
    article: bool  # said with «un», «una»


def count(text: str, how: Counting, decimals: int, alone: bool) -> Count | None:
    """How much of a measure the text says, by what is surest first.

    `alone`: no other measure is spoken of, so that a number without a noun counts this one.
    """
    if one := _as_one(text, how, decimals):
        return one
    numbers = list(_numbers(text, how, decimals))
    if outright := _outright(numbers, how):
        return _sum(outright)
    if not alone:
        named = [each for each in numbers if each.level < 2]
        return _sum(named) if named else None
    if bare := _bare(text, decimals) or _both(text, how, decimals):
        return bare
    made_up = [each for each in numbers if not each.article] or numbers
    return _sum(made_up, _more(text, made_up, how, decimals)) if made_up else None


def is_out_of_reach(text: str, how: Counting) -> bool:
    """Whether a number of the measure is said that cannot be one: «2.5 asesorías», «-3», «99999999»."""
    return any(
        _named(found["words"], how)
        and not _NOT_DONE.search(text, max(0, found.start() - _REACH), found.start())
        for found in _ANY_NUMBER.finditer(text)
    )


def mentions(text: str, how: Counting) -> bool:
    """Whether the text names the measure itself."""
    return any(root(word) in how.own for word in words(text))


def mentions_any(text: str, how: Counting) -> bool:
    """Whether the text names what may count as the measure."""
    return any(how.level(root(word)) is not None for word in words(text))


def _as_one(text: str, how: Counting, decimals: int) -> Count | None:
    """«Cuentan como una sola solicitud», «se reporta como una capacitación más», «un solo informe»."""
    for found in _AS.finditer(text):
        nouns = [found["single"]] if found["single"] else found["words"].split()
        if any(how.level(root(noun)) is not None for noun in nouns):
            quantity = scaled(found["number"] or "un", decimals)
            return Count(quantity, (found.span(),), done=True) if quantity is not None else None
    return None


def _outright(numbers: Sequence[_Number], how: Counting) -> list[_Number]:
    """Those that count the measure itself, else what covers all of it: «15 bienes (12 compus y 3…)»."""
    digits = [each for each in numbers if not each.article]
    own = [each for each in digits if each.level == 0]
    broad = [each for each in digits if each.level == 1]
    if own or how.kind is not Kind.UNIT_OF_WORK or len(broad) == 1:
        return own or broad
    return []


def _bare(text: str, decimals: int) -> Count | None:
    """A number that no noun follows: «fueron dos», «se hicieron 7», «dos en total», or alone."""
    for pattern in (_WERE, _DONE):
        found = pattern.search(text)
        said = next(filter(None, found.groups()), "") if found else ""
        if found and (quantity := scaled(said, decimals)) is not None:
            return Count(quantity, (found.span(),), done=pattern is _DONE)
    found = _ALONE.fullmatch(text)
    quantity = scaled(found["number"], decimals) if found else None
    return Count(quantity, (found.span(),)) if found and quantity is not None else None


def _both(text: str, how: Counting, decimals: int) -> Count | None:
    """«Ambos convenios»."""
    named = (each for each in _BOTH.finditer(text) if how.level(root(each["words"])) is not None)
    both = next(named, None)
    return Count(2 * 10**decimals, (both.span(),)) if both else None


def _more(text: str, numbers: Sequence[_Number], how: Counting, decimals: int) -> int:
    """«… y 2 impresoras, más la lap»: one more."""
    last = max(each.place[1] for each in numbers)
    found = _MORE.search(text, last, last + _REACH)
    return 10**decimals if found and how.level(root(found["words"])) is not None else 0


def _sum(numbers: Sequence[_Number], more: int = 0) -> Count:
    return Count(sum(each.quantity for each in numbers) + more, tuple(each.place for each in numbers))


def _numbers(text: str, how: Counting, decimals: int) -> Iterator[_Number]:
    """Every number that counts the measure or what may make it up, and was done."""
    for pattern in (_COUNTED, _LISTED):
        for found in pattern.finditer(text):
            if _NOT_DONE.search(text, max(0, found.start() - _REACH), found.start()):
                continue
            named, quantity = _named(found["words"], how), scaled(found["number"], decimals)
            if named is not None and quantity is not None:
                end = found.end() if pattern is _LISTED else found.start("words") + 1 + len(named[0])
                yield _Number(quantity, (found.start(), end), named[1], found["number"] in ARTICLES)


def _named(said: str, how: Counting) -> tuple[str, int] | None:
    """What is counted, if it is the measure: its first words, no further than the first «de» or «y»."""
    counted = list(takewhile(lambda word: word not in _BETWEEN, said.split()))
    if how.ordinary and any(word.startswith("extra") for word in counted):
        return None
    for word in [each for each in counted if each not in _FILLER][:2]:
        if (level := how.level(root(word))) is not None:
            return word, level
    return None


def scaled(number: str, decimals: int) -> int | None:
    """The number scaled by the decimals; None for one with more of them, or none at all."""
    try:
        return read_quantity("1" if number in ARTICLES else number, decimals)
    except Rejected:
        return None
