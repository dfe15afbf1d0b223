"""Where a folded text names days, and which days they are; `spanish.reading.days` is who asks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.errors import Rejected
from spanish.reading.dates.context import FREE, NOBODYS, STATE, is_to_come, period_weight, weight
from spanish.reading.dates.periods import UNTIL_NOW, Period, PeriodRole, begins_period, read_period
from spanish.reading.dates.series import DaySeries, read_series
from spanish.reading.dates.units import Days
from spanish.reading.dates.words import Pieces
from spanish.reading.spoken import Span

# «El lunes respondí tres y el martes una», «12 dic 8 equipos, 13 dic 6 equipos»: things on each of them.
_EACH_DAY = re.compile(
    r"[^.;:()]{0,60}\b(?:\d{1,12}|una?|otr[oa]s?)\b[^.;:()]{0,60}(?:,| y| e)"
    r"(?: (?:\d{1,12}|una?|otr[oa]s?)(?: \w+)?)?(?: el)? "
)
# «El primero el 2 y el segundo el 5», «120 el sábado y 80 el domingo», «el 8 a Tonalá y el 9 a Arriaga».
_AND_ANOTHER = re.compile(
    r"[^.;:()]{0,40},? (?:y|e) (?:(?:el|la) (?:segund|tercer|ultim)|(?:el |la )?otr)[oa]s?"
    r"(?: mas)?(?: fue)?(?: el)? "
)
_AND_MORE = re.compile(r"(?:,? (?:y|e)|,) (?:a |con )?(?:\d{1,6}|una?|otr[oa]s?)(?: \w+)? (?:el )?")
_AND_THERE = re.compile(r" [^.;:()]{1,40} (?:y|e) (?:el )?")
_NO_VERB = re.compile(r" (?:a|en|con|al|para)\b")
_AND_ALSO = re.compile(r",? (?:y|e) ")
_HEADS = re.compile(r" ?(?::|[-–](?= ))")  # «Lunes: 3 visitas. Martes: 4»
_BEGAN = re.compile(r"\b(?:inici|empez|empec|comenz|comenc|arranc|abri)\w*(?: el)?(?: dia)? ?$")
_ENDED = re.compile(r"[^.;]{0,60}\b(?:termin|conclu|finaliz|clausur|acab|cerr)\w*(?: el)?(?: dia)? ")
_COUNTED = re.compile(r"(?:\d|\buna?|\botr[oa]s?)(?: \w+)?(?: el)? $")
_ONES = re.compile(r"\d|una?\b|otr[oa]s?\b")
_BULLETS = re.compile(r"[^;]{0,60}; ?(?:[-*•·–]|\d{1,2}[.)-]) ?[^;]{1,120}?[-–:,(] ?(?:el )?")
_SHORT_ITEM = re.compile(r"(?: [^\W\d_]+){1,4}(?:,| y) (?:el )?")  # «lunes Finanzas, martes Salud»
_STATE_AFTER = re.compile(r" (?:ya )?(?:quedo|quedaron|esta|estan)\b")  # «desde ayer quedaron»
_LINES_END = re.compile(r"\)? ?(?:;|$)")
_ONE_OF_THEM = re.compile(
    r"\b(?:ultim|primer|segund|tercer)[oa]? (?:fue )?(?:de ell[oa]s )?(?:fue )?(?:el )?(?:dia )?$"
)
_REACH = 60  # characters looked at on either side of a day


@dataclass(frozen=True)
class DayPhrase:
    """A phrase that names a day or several, and where it stands."""

    start: int
    end: int
    days: Days | None  # None: impossible, or to come
    by_weekday: bool = False
    by_name: bool = False  # a weekday, or «ayer», «hoy»
    latest: bool = False  # looked for before today: a weekday or a number of the month alone
    refused: Rejected | None = None  # why there are no days, where the phrase is one of a day
    unsure: bool = False  # the first of several is of no month, or of the one before
    places: tuple[Span, ...] = ()  # of several days apart from each other
    weight: int = FREE  # how sure it is that something was done then; `NOBODYS`: it is of something else
    period: Days | None = None  # the whole of a period, of which `days` end today
    so_far: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.places or ((self.start, self.end),)


def find_day_phrases(text: str, today: date) -> list[DayPhrase]:
    """Every phrase of a text in small letters, without accents and with its numbers in digits, in order.

    Those that belong together («ayer y hoy») are one, from the first day to the last.
    """
    return list(_join(_find(text, today), text))


def _named(pieces: Pieces, today: date) -> Iterator[tuple[int, Period | DaySeries]]:
    """Every period and every series of days with its first piece, whatever they are to the sentence."""
    place = 0
    while place < len(pieces):
        period = read_period(pieces, place, today) if begins_period(pieces, place) else None
        series = (
            None if period and period.role is not PeriodRole.NEITHER else read_series(pieces, place, today)
        )
        if found := series or period:
            yield place, found
        place = found.place if found else place + 1


def find_named(text: str, today: date) -> Iterator[Period | DaySeries]:
    """Yield every period and every series of days that the text names, whatever they are to the sentence."""
    for _, found in _named(Pieces(text), today):
        yield found


def find_periods(text: str, today: date) -> Iterator[Days]:
    """The whole of every period, and every day, that the text names, in order."""
    for _, found in _named(Pieces(text), today):
        if isinstance(found, Period):
            if found.named:
                yield (found.days[0], today) if found.since else found.days
        elif found.days:
            yield found.days


def _find(text: str, today: date) -> Iterator[DayPhrase]:
    pieces = Pieces(text)
    for place, found in _named(pieces, today):
        if isinstance(found, DaySeries):
            yield _of_series(found, pieces, place, today)
        elif phrase := _of_period(found, text, today):
            yield phrase


def _of_period(period: Period, text: str, today: date) -> DayPhrase | None:
    """None where nothing is said to be done then."""
    if period.role is PeriodRole.NEITHER or (period.year and not period.so_far):
        return None
    weighs = period_weight(text, period.start, period.role is PeriodRole.OF_NOUN, period.up_to)
    first, last = period.days
    if weighs != NOBODYS and first > today and text.startswith("en ", period.start):
        return DayPhrase(period.start, period.end, None)  # «en abril arrancamos», said in March
    if weighs == NOBODYS or first > today or is_to_come(text, period.start, period.end, named=False):
        return None
    if period.since:
        last = today
    elif period.week and last < today:
        last -= timedelta(days=2)
    days = (first, min(last, today))
    return DayPhrase(
        period.start, period.end, days, weight=weighs, period=period.days,
        so_far=period.so_far or period.since, latest=period.weekend,
    )  # fmt: skip


def _of_series(series: DaySeries, pieces: Pieces, place: int, today: date) -> DayPhrase:
    start = series.start
    since = False
    if (series.items[0].number is not None and not series.items[0].dated) or series.by_weekday:
        before = pieces[place - 1]
        if before.word in ("dia", "dias", "pasado", "el") and not series.by_weekday:
            start = before.start
    if len(series.items) == 1:
        since = pieces[place - 1].word == "desde" or pieces.words(place - 2, 2) == ("desde", "el")
        since = since or bool(UNTIL_NOW.match(pieces.text, series.end))
        since = since and not STATE.search(pieces.text[max(0, start - 2 * _REACH) : start])
        since = since and not _STATE_AFTER.match(pieces.text, series.end)
    text, days = pieces.text, series.days
    if (
        days
        and not series.past
        and is_to_come(text, start, series.end, series.latest or series.by_name, series.by_name)
    ):
        return DayPhrase(start, series.end, None)
    if days and since and days[1] < today:
        days = (days[0], today)
        start = max(text.find("desde", start - len("desde el "), start), 0) or start
    return DayPhrase(
        start, series.end, days, by_weekday=series.by_weekday, by_name=series.by_name, latest=series.latest,
        refused=series.refused, unsure=series.unsure,
        weight=weight(text, start, series.end, series.range_, series.by_name, single=len(series.items) == 1),
        so_far=since,
    )  # fmt: skip


def _join(named: Iterator[DayPhrase], text: str) -> Iterator[DayPhrase]:
    """«El lunes 2 y el martes una»: one from first to last."""
    held: DayPhrase | None = None
    for each in named:
        if held and (places := _together(held, each, text)) and (days := _span(held, each)):
            held = replace(
                held, end=each.end, days=days, period=each.period and held.period and days,
                by_weekday=False, by_name=each.by_name, places=places, latest=held.latest or each.latest,
                unsure=held.unsure or each.unsure,
            )  # fmt: skip
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


def _together(one: DayPhrase, other: DayPhrase, text: str) -> tuple[Span, ...]:
    """Where the two stand, if what is told was done on both; what is told of each stays in the text."""
    if one.period and other.period and _AND_ALSO.fullmatch(text, one.end, other.start):
        return (*one.spans, *other.spans)
    if one.period or other.period or not 0 < other.start - one.end < 2 * _REACH:
        return ()
    if _BULLETS.fullmatch(text, one.end, other.start) and _LINES_END.match(text, one.end):
        return (*one.spans, *other.spans)
    gap = (one.end, other.start)
    if _HEADS.match(text, one.end) and _HEADS.match(text, other.end):
        return (*one.spans, *other.spans)
    if _BEGAN.search(text, max(0, one.start - _REACH), one.start) and _ENDED.fullmatch(text, *gap):
        return (*one.spans, *other.spans)
    if _AND_ANOTHER.fullmatch(text, *gap) or (
        _AND_THERE.fullmatch(text, *gap) and _NO_VERB.match(text, other.end)
    ):
        return (*one.spans, *other.spans)
    heading = text.rfind(":", 0, one.start)
    if one.by_name and other.by_name and heading >= 0 and _SHORT_ITEM.fullmatch(text, *gap):
        return (*one.spans, *other.spans)
    if _AND_MORE.fullmatch(text, *gap) and _ONES.search(text, max(0, one.start - _REACH), one.start):
        return (*one.spans, *other.spans)
    if _EACH_DAY.fullmatch(text, *gap) is None:
        return ()
    between = text[one.end : other.start]
    counted = _COUNTED.search(between) or _ONES.search(text, other.end, other.end + 25)
    return (*one.spans, *other.spans) if counted else ()


def _span(one: DayPhrase, other: DayPhrase) -> Days | None:
    """From one to the other. «Lunes y viernes» said on a Wednesday are of the same, the past week."""
    if one.days is None or other.days is None or NOBODYS in (one.weight, other.weight):
        return None
    first, last = one.days[0], other.days[1]
    if first > last and one.by_weekday and other.by_weekday:
        first -= timedelta(days=7)
    return (first, last) if first <= last else None


def choose(phrases: list[DayPhrase], text: str) -> DayPhrase | None:
    """The phrase that tells best when something was done: the first of those that weigh most.

    A period gives way to a day within it: «el mes pasado quedó concluido, lo recibió el día 30».
    """
    best = max((each.weight for each in phrases), default=NOBODYS)
    if best == NOBODYS:
        return None
    first, *others = (each for each in phrases if each.weight == best)
    if first.period is None or first.so_far:
        return first
    for each in others:
        inside = each.days and first.days and first.days[0] <= each.days[0] and each.days[1] <= first.days[1]
        if (
            inside
            and each.period is None
            and not _ONE_OF_THEM.search(text, max(0, each.start - _REACH), each.start)
        ):
            return each
    return first
