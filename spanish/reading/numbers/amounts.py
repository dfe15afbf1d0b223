"""Amounts in a text: each number that may count something, with its unit and the noun that follows it.

Takes folded text with its numbers in digits (`spanish.reading.numbers.digits.in_digits`). Which of them count
nothing (folios, hours, articles of law) is for `spanish.reading.numbers.other_numbers` to say.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from spanish.reading.numbers.units import AFTER_NUMBER, MeasurementUnit, unit_of
from spanish.reading.spoken import Span
from spanish.writing import number_words

_NOUN_WORDS = 4
_NUMBER = re.compile(
    r"(?P<sign>\$ ?)?(?<![\w.,#-])(?<!\d[:/])(?<!\w\w/)(?<!//)"
    r"(?P<number>(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,12})(?:\.\d{1,6})?)"
    r"(?![\dº°ª/]|[.,:-]\d)"
    rf"(?: ?(?:de )?(?P<unit>{AFTER_NUMBER}))?(?!\w)"
    r"|\b(?P<article>una?)\b(?= [a-z])"
)
_UNIT_BEFORE = re.compile(  # «Km: 3.2», «hectáreas reforestadas: 25.75»
    rf"(?<![\w²³])(?<!\d )(?P<unit>{AFTER_NUMBER})(?: [a-z]+){{0,4}} ?\)? ?[:=] ?$"
)
_PLURAL = re.compile(r" [a-z]{3,20}s\b")
_MONEY_BEFORE = re.compile(r"\b(?:mxn|m\.?n\.?|(?P<foreign>usd)) ?$")
_NOUN = re.compile(rf"(?: [a-z]+){{1,{_NOUN_WORDS}}}")
_WORD = re.compile(r" ([a-z]{4,20})\b")  # a unit that is mistyped, perhaps, or after «un»
_ABOUT = re.compile(
    r"\b(?:unos|unas|como|casi|aproximadamente|aprox\.?|alrededor de|cerca de|mas de|menos de|al menos|"
    r"por lo menos|mas o menos|arriba de|entre|cuando menos|minimo)(?: (?:de|l[oa]s|un[oa]s))? ?\$? ?$"
    r"|\d (?:o|u) $"
)
_ABOUT_AFTER = re.compile(
    r"(?: [a-z]{1,20}){0,2} (?:aproximad[oa]s|aproximadamente|aprox|mas o menos)\b(?! \d)|"
    r" y (?:pico|algo|tant[oa]s)\b| [ou] \d"
)
# «Ciento y pico»: `in_digits` leaves it in words, for it is no number.
_AND_SOME = re.compile(r" y (?:pico|tant[oa]s|algo)\b")
_IN_WORDS = 60  # characters that a number before «y pico» may have
_RANGE = re.compile(r"(?<![\w.,:/$#-])(?P<first>\d{1,3}) ?- ?(?P<last>\d{1,3})(?= [a-z]{3})(?![\w/-])")
_JOINING = re.compile(r" (?:y |con )?")  # «1 km y 200 m»
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
    return tuple(sorted((*_amounts(text), *_ranges(text), *_some(text)), key=lambda amount: amount.place))


def join_amounts(text: str, amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """The amounts of a text, two units of one as one in the smaller: «1 km y 200 m» is 1,200 m."""
    joined: list[Amount] = []
    for each in amounts:
        if joined and (whole := _together(joined[-1], each, text)):
            joined[-1] = whole
        else:
            joined.append(each)
    return tuple(joined)


def _amounts(text: str) -> Iterator[Amount]:
    for found in _NUMBER.finditer(text):
        before = text[max(0, found.start() - _REACH) : found.start()]
        number = "article" if found["article"] else "number"
        unit, (start, end) = _unit_and_place(found, text, before)
        about = bool(_ABOUT.search(before) or _ABOUT_AFTER.match(text, end))
        if some := _AND_SOME.match(text, end):  # «30 y pico»
            end = some.end()
        yield Amount(
            place=(start, end),
            number_place=found.span(number),
            value=Decimal(found["number"].replace(",", "")) if found["number"] else Decimal(1),
            unit=unit,
            noun=_noun(text, end),
            approximate=about,
            article=number == "article",
        )


def _ranges(text: str) -> Iterator[Amount]:
    """«20-25 personas»: the last of them, as an estimate."""
    for found in _RANGE.finditer(text):
        if int(found["first"]) < int(found["last"]):
            yield Amount(
                found.span(),
                found.span(),
                Decimal(found["last"]),
                None,
                _noun(text, found.end()),
                True,
                False,
            )


def _some(text: str) -> Iterator[Amount]:
    """«Ciento y pico», «treinta y tantas»: what is surely said, as an estimate."""
    for some in _AND_SOME.finditer(text):
        start = max(0, some.start() - _IN_WORDS)
        words = list(number_words.PHRASE.finditer(text, start, some.start()))
        value = number_words.value(words[-1][0]) if words and words[-1].end() == some.start() else None
        if value is not None:
            place = (words[-1].start(), some.end())
            yield Amount(place, place, Decimal(value), None, _noun(text, some.end()), True, False)


def _together(one: Amount, other: Amount, text: str) -> Amount | None:
    """Two of one dimension, the second less than one unit of the first, in the second's unit."""
    if (
        one.unit is None
        or other.unit is None
        or other.article
        or one.unit.dimension is not other.unit.dimension
    ):
        return None
    times = one.unit.factor / other.unit.factor
    if times <= 1 or times.denominator != 1 or other.value >= int(times):
        return None
    if not _JOINING.fullmatch(text, one.place[1], other.place[0]):
        return None
    return Amount(
        place=(one.place[0], other.place[1]),
        number_place=(one.number_place[0], other.number_place[1]),
        value=one.value * int(times) + other.value,
        unit=other.unit,
        noun=other.noun,
        approximate=one.approximate or other.approximate,
        article=False,
    )


def _noun(text: str, end: int) -> tuple[str, ...]:
    found = _NOUN.match(text, end)
    return tuple(found[0].split()) if found else ()


def _unit_and_place(found: re.Match[str], text: str, before: str) -> tuple[MeasurementUnit | None, Span]:
    """The unit of a number, and where the two stand together."""
    start, end = found.span()
    if found["number"]:
        if unit := _unit(found, text):
            return unit, (start, end)
        if found["unit"]:  # «14 m, 8 h»
            return None, (start, found.end("number"))
        labelled = None if _PLURAL.match(text, end) else _UNIT_BEFORE.search(before)
        if labelled:
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
        before = _MONEY_BEFORE.search(text, max(0, found.start() - 5), found.start())
        return unit_of("usd" if before["foreign"] else "$") if before else None
    if said in _LETTERS:
        after = _OTHER_LETTER.match(text, found.end())
        before = _LETTER_BEFORE.search(text, max(0, found.start("number") - 10), found.start("number"))
        if any(each and each["letter"] != said for each in (after, before)):
            return None
    return unit_of(said)
