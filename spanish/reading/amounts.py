"""Amounts in a text: each number that may count something, with its unit and the noun that follows it.

Takes folded text with its numbers in digits (`spanish.reading.numbers.in_digits`). Which of them count
nothing (folios, hours, articles of law) is for `spanish.reading.other_numbers` to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from spanish.reading.spoken import Span
from spanish.reading.units import AFTER_NUMBER, MeasurementUnit, unit_of

_NOUN_WORDS = 4
_NUMBER = re.compile(
    r"(?P<sign>\$ ?)?(?<![\w.,:/#-])(?P<number>(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,12})(?:\.\d{1,6})?)"
    r"(?![\dº°ª/]|[.,:-]\d)"
    rf"(?: ?(?:de )?(?P<unit>{AFTER_NUMBER}))?(?!\w)"
    r"|\b(?P<article>una?)\b(?= [a-z])"
)
_UNIT_BEFORE = re.compile(  # «Km: 3.2», «hectáreas reforestadas: 25.75»
    rf"(?<![\w²³])(?P<unit>{AFTER_NUMBER})(?: [a-z]+){{0,4}} ?\)? ?[:=] ?$"
)
_MONEY_BEFORE = re.compile(r"\b(?:mxn|m\.?n\.?) ?$")
_NOUN = re.compile(rf"(?: [a-z]+){{1,{_NOUN_WORDS}}}")
_WORD = re.compile(r" ([a-z]{4,20})\b")  # a unit that is mistyped, perhaps, or after «un»
_ABOUT = re.compile(
    r"\b(?:unos|unas|como|casi|aproximadamente|aprox\.?|alrededor de|cerca de|mas de|menos de|al menos|"
    r"por lo menos|mas o menos|arriba de|entre|cuando menos|minimo)(?: (?:de|l[oa]s|un[oa]s))? ?\$? ?$"
)
_ABOUT_AFTER = re.compile(r"[^.,;]{0,30}\b(?:aproximad[oa]s|aproximadamente|aprox|mas o menos|y pico)\b")
_REACH = 40  # characters before a number that are looked at
_LETTERS = frozenset("mhf")  # «14 m, 8 h» are women and men, not metres and hours
_OTHER_LETTER = re.compile(r"[ ,;/y+|()-]{0,5}\d{1,6} ?(?P<letter>[mhf])\b")
_LETTER_BEFORE = re.compile(r"\d ?(?P<letter>[mhf])[ ,;/y+|()-]{1,5}$")


@dataclass(frozen=True)
class Amount:
    """A number of a text: `place` with its unit and sign, `number_place` only its digits.

    `noun`: up to four words after it as they stand («actas de la comision»), empty before punctuation.
    `article`: it is «un» or «una» before a noun.
    """

    place: Span
    number_place: Span
    value: Decimal
    unit: MeasurementUnit | None
    noun: tuple[str, ...]
    approximate: bool
    article: bool


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of a folded text, in order. Raises nothing."""
    return tuple(_amounts(text))


def _amounts(text: str) -> Iterator[Amount]:
    for found in _NUMBER.finditer(text):
        before = text[max(0, found.start() - _REACH) : found.start()]
        number = "article" if found["article"] else "number"
        unit, (start, end) = _unit_and_place(found, text, before)
        noun = _NOUN.match(text, end)
        yield Amount(
            place=(start, end),
            number_place=found.span(number),
            value=Decimal(found["number"].replace(",", "")) if found["number"] else Decimal(1),
            unit=unit,
            noun=tuple(noun[0].split()) if noun else (),
            approximate=bool(_ABOUT.search(before) or _ABOUT_AFTER.match(text, end)),
            article=number == "article",
        )


def _unit_and_place(found: re.Match[str], text: str, before: str) -> tuple[MeasurementUnit | None, Span]:
    """The unit of a number, and where the two stand together."""
    start, end = found.span()
    if found["number"]:
        if unit := _unit(found, text):
            return unit, (start, end)
        if found["unit"]:  # «14 m, 8 h»
            return None, (start, found.end("number"))
        if labelled := _UNIT_BEFORE.search(before):
            return unit_of(labelled["unit"]), (start - len(before) + labelled.start(), end)
    word = _WORD.match(text, end)
    spelled = unit_of(word[1]) if word else None
    return spelled, (start, word.end() if word and spelled else end)


def _unit(found: re.Match[str], text: str) -> MeasurementUnit | None:
    """The unit beside a number: its sign, what follows it, or «mxn» before it."""
    said = found["unit"]
    if found["sign"]:
        return unit_of(said) if said in ("mdp", "miles de pesos", "usd", "dls") else unit_of("$")
    if said is None:
        return unit_of("$") if _MONEY_BEFORE.search(text, max(0, found.start() - 5), found.start()) else None
    if said in _LETTERS:
        after = _OTHER_LETTER.match(text, found.end())
        before = _LETTER_BEFORE.search(text, max(0, found.start("number") - 10), found.start("number"))
        if any(each and each["letter"] != said for each in (after, before)):
            return None
    return unit_of(said)
