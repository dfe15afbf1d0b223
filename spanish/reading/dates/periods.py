"""Periods: «en marzo», «a finales del mes pasado», «la primera quincena de abril», «en lo que va del año».

A period is read whole, whatever day it is: who asks for what was done ends it today.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from spanish.reading.dates.items import beside_weekday, months_back
from spanish.reading.dates.units import DAY, LAST, MONTHS_OF, Days, month_end, numbered, shifted, third_of
from spanish.reading.dates.words import MONTH_NUMBERS, SHORT_WEEKDAYS, PieceKind, Pieces
from spanish.writing.folding import fold

_UNITS = frozenset((*MONTHS_OF, "semana", "quincena"))
_NUMBERED = frozenset(fold("quincena bimestre trimestre cuatrimestre semestre").split())
_THIRDS = {
    "principios": 0, "principio": 0, "inicios": 0, "inicio": 0, "comienzos": 0,
    "mediados": 1, "finales": 2, "fines": 2,
}  # fmt: skip
_ORDINALS = {
    "primer": 1, "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercer": 3, "tercero": 3,
    "tercera": 3, "cuarto": 4, "cuarta": 4, "ultimo": LAST, "ultima": LAST,
    "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip
_ENDINGS = ("er", "ero", "ra", "era", "do", "da", "to", "ta", "o", "a", "º", "ª", "°")
_ARTICLES = frozenset(("el", "la", "los", "las", "todo", "toda", "lo"))
_NOW = frozenset(("este", "esta", "presente", "actual", "corriente"))
_BEFORE = frozenset(("pasado", "pasada", "anterior", "antepasado", "antepasada"))
_NEXT = frozenset(("proximo", "proxima", "siguiente", "entrante"))
_AND = frozenset((",", "y", "e", "a", "al", "-", "–", "hasta"))
# «De enero a hoy».
UNTIL_NOW = re.compile(r",? (?:a|hasta|al) (?:la fecha|hoy|ahora|el dia de hoy|dia de hoy)\b")
_LAST_FEW = re.compile(r"(?:ultim|pasad)[oa]s (?P<count>\d{1,3}) (?P<unit>dias|semanas|meses)\b")
_THE = frozenset(("el", "la", "del", "toda", "todo"))
_ANY = frozenset(("cada", "por", "un", "una", "otro", "otra", "fin"))
_ROLES = {"en": "in", "durante": "in", "de": "of", "del": "of", "d": "of", "desde": "since", "entre": "in"}
_NOT = frozenset(fold("para pa hasta antes hacia rumbo cada por al un una fin vence otra otro").split())
_BEGINNINGS = (
    _UNITS
    | _THIRDS.keys()
    | _ORDINALS.keys()
    | MONTH_NUMBERS.keys()
    | _NOW
    | _BEFORE
    | _NEXT
    | {"lo", "fin", "t", "ultimos", "ultimas", "pasados"}
)


class PeriodRole(Enum):
    """What a period is to its sentence: when it was done, or something that a noun is of."""

    DOING = auto()
    OF_NOUN = auto()
    NEITHER = auto()


@dataclass(frozen=True)
class Period:
    """`days` is the whole of it, up to Sunday where it is a week; `place`: the piece after it."""

    start: int
    end: int
    place: int
    days: Days
    role: PeriodRole
    week: bool = False
    since: bool = False  # from its first day until today
    so_far: bool = False
    year: bool = False
    weekend: bool = False
    up_to: bool = False  # «de enero a marzo»
    named: bool = True  # which one is said


@dataclass(frozen=True)
class _Base:
    days: Days
    place: int
    unit: str
    told: bool  # which one is said: «este», «pasado», «segundo», «de marzo»
    several: bool = False  # «enero y febrero»
    up_to: bool = False  # «enero a marzo»
    week: bool = False  # from Monday to Sunday


def begins_period(pieces: Pieces, place: int) -> bool:
    """Whether a period may start with that piece."""
    if pieces[place].word in SHORT_WEEKDAYS and beside_weekday(pieces, place):
        return False  # «lun y mar»
    return pieces[place].word in _BEGINNINGS or pieces[place].kind is PieceKind.NUMBER


def read_period(pieces: Pieces, place: int, today: date) -> Period | None:
    """The period that starts with that piece, and what it is to the words before it."""
    if recent := _recent(pieces, place, today):
        return recent
    if pieces[place - 1].word in ("en", "de", "del", "ano") and (year := _year(pieces, place)):
        return Period(
            pieces[place].start, pieces[place].end, place + 1, year.days, PeriodRole.NEITHER, year=True
        )
    first = place
    so_far = pieces.words(place, 2) == ("lo", "que") and pieces[place + 3].word in ("de", "del")
    if so_far:
        place += 4
    third = _THIRDS.get(pieces[place].word) if pieces[place + 1].word in ("de", "del") else None
    if third is not None:
        place += 2
    if pieces.words(place, 3) == ("fin", "de", "semana"):
        return _weekend(pieces, place, today)
    base = _base(pieces, place, today)
    if base is None:
        return None
    days = base.days if third is None else third_of(base.days, third)
    if third is not None and base.unit not in ("mes", "month", "ano", "semana"):
        return None
    role, prep, head = _role(pieces, first, base, so_far or third is not None)
    place, end = base.place, pieces.end(base.place)
    until_now = UNTIL_NOW.match(pieces.text, end)
    if until_now:
        role, end = PeriodRole.DOING, until_now.end()
        place = pieces.place_after(place, end)
    return Period(
        pieces[head].start, end, place, days, role, week=base.week,
        since=prep == "since" or bool(until_now), so_far=so_far, year=base.unit == "ano",
        up_to=base.up_to or bool(until_now), named=_is_named(pieces, head, first, base),
    )  # fmt: skip


def _is_named(pieces: Pieces, head: int, first: int, base: _Base) -> bool:
    """Whether one is meant at all, not any: «el mes», «este mes», but neither «cada mes» nor «un mes»."""
    before = {pieces[head].word, pieces[head - 1].word, pieces[first - 1].word}
    return not before & _ANY and (base.told or bool(before & _THE))


def _recent(pieces: Pieces, place: int, today: date) -> Period | None:
    """«Los últimos 5 días»."""
    found = _LAST_FEW.match(pieces.text, pieces[place].start)
    if found is None:
        return None
    count, unit = int(found["count"]), found["unit"]
    first = (
        months_back(today, count)
        if unit == "meses"
        else today - (count * (7 if unit == "semanas" else 1) - 1) * DAY
    )
    head = place - (pieces[place - 1].word in _ARTICLES)
    head -= pieces[head - 1].word in ("en", "durante")
    after = pieces.place_after(place, found.end())
    return Period(pieces[head].start, found.end(), after, (first, today), PeriodRole.DOING, so_far=True)


def _weekend(pieces: Pieces, place: int, today: date) -> Period:
    monday = today - timedelta(days=today.weekday() + (7 if today.weekday() < 6 else 0))
    after = place + 3 + (pieces[place + 3].word == "pasado")
    head = place - (pieces[place - 1].word in ("el", "este"))
    doing = (
        (head < place or pieces[place - 1].kind is PieceKind.SIGN)
        and pieces[head - 1].word not in _NOT
        and pieces[after].word not in ("que", "proximo")
    )
    role = PeriodRole.DOING if doing else PeriodRole.NEITHER
    days = (monday + 5 * DAY, monday + 6 * DAY)
    return Period(pieces[head].start, pieces.end(after), after, days, role, weekend=True)


def _ordinal(pieces: Pieces, place: int) -> tuple[int | None, int]:
    """«primera», «2a», «3er»: which, and the piece after it."""
    piece, after = pieces[place], pieces[place + 1]
    if piece.word in _ORDINALS:
        return _ORDINALS[piece.word], place + 1
    if piece.kind is PieceKind.NUMBER and len(piece.word) == 1 and after.touches and after.word in _ENDINGS:
        return int(piece.word), place + 2 + (pieces[place + 2].word == ".")
    if piece.kind is PieceKind.NUMBER and len(piece.word) == 1 and after.word in _NUMBERED:
        return int(piece.word), place + 1
    return None, place


def _base(pieces: Pieces, place: int, today: date, within: bool = True) -> _Base | None:
    """Months, or a unit and which one: «marzo y abril», «este mes», «segunda quincena de abril».

    `within`: it may be of another, as that fortnight is of April.
    """
    while pieces[place].word in _ARTICLES:
        place += 1
    shift = None
    if pieces[place].word in _NOW | _BEFORE | _NEXT:
        shift = _shift(pieces[place].word)
        place += 1
    nth, place = _ordinal(pieces, place)
    unit = pieces[place].word
    if unit == "t" and pieces[place + 1].touches:  # T1
        unit = "trimestre"
    if unit in MONTH_NUMBERS and pieces[place].kind is PieceKind.WORD and nth is None:
        return _months(pieces, place, today)
    if unit == "mes" and pieces[place + 1].word == "de" and pieces[place + 2].word in MONTH_NUMBERS:
        return _months(pieces, place + 2, today)
    if unit not in _UNITS:
        return None
    place += 1
    after = pieces[place]
    if (
        unit in _NUMBERED
        and nth is None
        and after.kind is PieceKind.NUMBER
        and after.word in ("1", "2", "3", "4")
    ):
        nth, place = int(after.word), place + 1
    elif pieces[place - 1].word == "t":
        return None
    if shift is None and nth is None:
        shift, place = _shift_after(pieces, place)
    inner = None
    if within and pieces[place].word in ("de", "del"):
        inner = _base(pieces, place + 1, today, within=False) or _year(pieces, place + 1)
        if inner is None and unit == "semana" and pieces[place + 1].kind is PieceKind.NUMBER:
            return None  # «la semana del 18 al 22»
        if inner and (nth is not None or unit == "ano"):
            place = inner.place
    days = (
        numbered(unit, nth, inner.days if inner else None, today) if nth else shifted(unit, shift or 0, today)
    )
    week = unit == "semana" and not nth
    return _Base(days, place, unit, told=bool(nth) or shift is not None, week=week) if days else None


def _shift(word: str) -> int:
    return 0 if word in _NOW else 1 if word in _NEXT else -2 if word.startswith("antep") else -1


def _shift_after(pieces: Pieces, place: int) -> tuple[int | None, int]:
    word = pieces[place].word
    if word in _BEFORE | _NEXT or word in ("actual", "corriente"):
        return _shift(word), place + 1
    if pieces.words(place, 2) == ("en", "curso"):
        return 0, place + 2
    if word in ("que", "q") and pieces[place + 1].word in ("viene", "entra", "sigue"):
        return 1, place + 2
    return None, place


def _months(pieces: Pieces, place: int, today: date) -> _Base:
    """«marzo», «febrero y marzo», «enero a marzo de 2024»."""
    numbers, up_to = [MONTH_NUMBERS[pieces[place].word]], False
    place += 1
    while pieces[place].word in _AND or (pieces[place].word == "." and pieces[place].touches):
        after = place + 1 + (pieces.words(place + 1, 2) == ("mes", "de")) * 2
        if pieces[after].word not in MONTH_NUMBERS or pieces[after].kind is not PieceKind.WORD:
            break
        up_to = up_to or pieces[place].word not in (",", "y", "e", ".")
        numbers.append(MONTH_NUMBERS[pieces[after].word])
        place = after + 1
    year = _year(pieces, place + (pieces[place].word in ("de", "del")) + (pieces[place + 1].word == "ano"))
    if year:
        place, whole = year.place, year.days[0].year
    else:
        whole = today.year - 1 if today.month <= 2 and max(numbers) >= 10 else today.year
    first = date(whole - (numbers[0] > numbers[-1]), numbers[0], 1)
    days = (first, month_end(date(whole, numbers[-1], 1)))
    return _Base(days, place, "month", told=True, several=len(numbers) > 1, up_to=up_to)


def _year(pieces: Pieces, place: int) -> _Base | None:
    word = pieces[place].word
    if pieces[place].kind is not PieceKind.NUMBER or len(word) != 4 or not word.startswith("20"):
        return None
    return _Base((date(int(word), 1, 1), date(int(word), 12, 31)), place + 1, "ano", told=True)


def _role(pieces: Pieces, place: int, base: _Base, limited: bool) -> tuple[PeriodRole, str, int]:
    """Its role, the kind of preposition, and the piece with which the phrase starts."""
    head = place
    while pieces[head - 1].word in _ARTICLES or (limited and pieces[head - 1].word in ("a", "en", "desde")):
        head -= 1
    if pieces.words(head - 2, 2) == ("mes", "de"):  # «en el mes de marzo»
        head -= 2
        while pieces[head - 1].word in _ARTICLES:
            head -= 1
    before = pieces[head - 1].word
    prep = _ROLES.get(before, "")
    if prep == "of" and pieces[head - 2].word in ("dentro", "largo", "transcurso", "partir"):
        prep = "since" if pieces[head - 2].word == "partir" else "in"
        head -= 1
    if before in _NOT or pieces[place].word in _NEXT:
        return PeriodRole.NEITHER, prep, head
    if before == "entre" and not base.several:
        return PeriodRole.NEITHER, prep, head
    if prep in ("in", "since"):
        return PeriodRole.DOING, prep, head - 1
    if prep == "of":
        return (
            (PeriodRole.DOING if base.up_to and before in ("de", "d") else PeriodRole.OF_NOUN),
            prep,
            head - 1,
        )
    whole = any(pieces[each].word in ("todo", "toda") for each in range(head, place + 1))
    free = (
        limited
        or whole
        or (base.told and base.unit in ("mes", "semana", "quincena", "trimestre", "semestre", "bimestre"))
    )
    heading = not before and pieces[base.place].word == ":"
    ordinal = _ordinal(pieces, place)[0] is not None
    return (PeriodRole.DOING if (free and not ordinal) or heading else PeriodRole.NEITHER), prep, head
