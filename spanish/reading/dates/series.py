"""Days named one after another: «los días 12, 13 y 14 de marzo», «del lunes al miércoles», «ayer y hoy»."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from models.errors import Rejected
from spanish.reading.dates.items import NamedDay, counts, latest, months_back, read_item
from spanish.reading.dates.units import Days
from spanish.reading.dates.words import WEEKDAY_NUMBERS, Pieces

_SEPARATOR = re.compile(
    r",? ?(?P<how>(?:(?:y )?hasta|al?|y|e)\b|[-–,])(?: (?:el|los))?(?: dias?)?"
    r"(?: este)?(?: pasado)? ?"
)
MOST = 12  # days one after another
_BEFORE_MONTH = 15  # «29 al 1 de febrero» may begin in January, «15 al 13 de febrero» is a mistake


@dataclass
class DaySeries:
    """The days, from the first piece to before `place`; `refused` says why there are none."""

    start: int
    end: int
    place: int
    days: Days | None = None
    refused: Rejected | None = None
    by_name: bool = False
    by_weekday: bool = False
    latest: bool = False  # looked for before today: a weekday or a number of the month alone
    unsure: bool = False  # the first is of no month, or of the one before
    past: bool = False  # «pasado», «ayer»: it cannot be to come
    range_: bool = False  # «del … al …»
    items: list[NamedDay] = field(default_factory=list)


def read_series(pieces: Pieces, place: int, today: date) -> DaySeries | None:
    """The days that are named from that piece on; None where it names none."""
    items, how = _items(pieces, place, today)
    _trim(items, how, pieces, place)
    if not items:
        return None
    last = items[-1]
    series = DaySeries(pieces[place].start, last.end, last.place, items=items)
    series.by_weekday = len(items) == 1 and last.number is None and last.weekday is not None
    series.by_name = all(
        item.number is None or (item.weekday is not None and not item.month) for item in items
    )
    series.latest = any(not item.dated for item in items)
    series.past = any(item.past for item in items)
    series.range_ = bool({"al", "a", "hasta", "y hasta", "-", "–"} & set(how))
    try:
        _resolve(series, how, today)
    except Rejected as error:
        series.refused, series.days = error, None
    except (ValueError, OverflowError):
        series.days = None
    return series


def _items(pieces: Pieces, place: int, today: date) -> tuple[list[NamedDay], list[str]]:
    items: list[NamedDay] = []
    how: list[str] = []
    item = read_item(pieces, place, today)
    while item and len(items) < MOST:
        items.append(item)
        between = _SEPARATOR.match(pieces.text, item.end)
        if between is None and pieces[item.place].word not in WEEKDAY_NUMBERS:
            break
        after = pieces.place_after(item.place, between.end()) if between else item.place
        item = read_item(pieces, after, today)
        if item:
            how.append(between["how"] if between else ",")  # «lunes martes y hoy»
    return items, how


def _trim(items: list[NamedDay], how: list[str], pieces: Pieces, place: int) -> None:
    """Leave out what at the end is no day: «del 4 al 6, 15 sillas», «ayer y 5 equipos»."""
    for count in range(1, len(items)):  # a number by itself is no day beside «ayer»
        one = items[count - 1]
        if one.number and not one.dated and one.weekday is None and items[count].number is None:
            del items[count:], how[count - 1 :]
            break
    while items:
        last, before = items[-1], items[:-1]
        numbered = last.number is not None and not last.dated
        if numbered and counts(pieces, last.place) and last.bare:
            last.place, last.end = last.bare
            last.number, numbered = None, False
        after_other = any(each.dated or each.number is None for each in before) and last.weekday is None
        if (
            numbered
            and ((after_other and before) or counts(pieces, last.place) or not _headed(pieces, place, items))
        ) or (
            how[len(items) - 2 :] == [","] * len(how[len(items) - 2 :]) and before and not _listed(items, how)
        ):
            pass
        else:
            return
        items.pop()
        del how[max(0, len(items) - 1) :]


def _listed(items: list[NamedDay], how: list[str]) -> bool:
    """«12, 13 y 14», «lunes, martes»: several with commas only are of one kind."""
    if any(each != "," for each in how):
        return how[-1] != ","
    numbers = [item.number for item in items if item.number and not item.dated]
    if numbers != sorted(set(numbers)):
        return False
    kinds = {(each.number is not None, each.dated) for each in items}
    return len(kinds) == 1 and all(each.fixed is None or each.number is not None for each in items)


def _headed(pieces: Pieces, place: int, items: list[NamedDay]) -> bool:
    """Whether a number without a month is one of a day: «el 12», «los días 12 y 13», «lunes 12»."""
    if items[-1].weekday is not None:
        return True
    before, earlier = pieces[place - 1].word, pieces[place - 2].word
    if before in ("dia", "dias", "fecha", "fechas") or items[0].weekday is not None:
        return True
    if before == "pasado":
        return earlier in ("el", "este", "del", "")
    if before == "el":
        return earlier not in ("en", "articulo", "anexo", "sobre")
    return before in ("del", "entre", "los") and len(items) > 1


def _resolve(series: DaySeries, how: list[str], today: date) -> None:
    """Find the days from the last to the first. Raises `Rejected` or ValueError for an impossible one."""
    following: date | None = None
    days: list[date] = []
    items = series.items
    named = [item.weekday for item in items if item.number is None and item.fixed is None]
    past = any(item.past or item.last_week for item in items)
    to_now = len(items) > 1 and not past and len(named) == len(items) and named[-1] == today.weekday()
    if items[-1].this_week or to_now:  # «lunes y martes», said on a Tuesday
        monday = today - timedelta(days=today.weekday())
        for item in items:
            if item.fixed is None and item.weekday is not None:
                item.fixed = monday + timedelta(days=item.weekday)
    for place in range(len(items) - 1, -1, -1):
        item = items[place]
        if following and item.number is not None and not item.dated:
            first = _same_month(following, item.number)
            series.unsure = (
                series.unsure
                or first is None
                or ((following - first).days > _BEFORE_MONTH and first.month != following.month)
            )
            days.append(first or following)
        else:
            days.append(_day(item, following or today, today, bool(following)))
        following = days[-1]
        if item.number and item.weekday not in (None, following.weekday()):
            break  # «lunes y miércoles 3 y 5»: the days before are those that have their numbers
    days.reverse()
    if not items[-1].dated and len(items) > 1 and items[-1].number and days[-1] < today:
        _check_running(items, today)
    ordered = all(one <= other for one, other in pairwise(days))
    if not ordered and series.range_:
        raise Rejected("days_out_of_order")
    series.days = (min(days), max(days))


def _check_running(items: list[NamedDay], today: date) -> None:
    """«Del 8 al 12» said on the 10th is going on. Raises ValueError."""
    first, last = items[0].number, items[-1].number
    if first is not None and last is not None and first <= today.day < last:
        raise ValueError(last)


def _day(item: NamedDay, before: date, today: date, strictly: bool) -> date:
    if item.fixed:
        return item.fixed
    if item.number is None and item.weekday is not None:
        back = (before.weekday() - item.weekday) % 7 or 7
        earlier = item.last_week and (item.past or back <= today.weekday())
        return before - timedelta(days=back + (7 if earlier else 0))
    number = item.number or 0
    if item.month == 0:
        return months_back(today, 1).replace(day=number) if item.year == "-1" else today.replace(day=number)
    if item.month is not None:
        return _make(item.year, item.month, number, today)
    if found := latest(number, item.weekday, today):
        return found
    raise ValueError(number)


def _make(year: str | None, month: int, day: int, today: date) -> date:
    """Without a year it is of today's; in January and February the last months are of the year before.

    Raises `Rejected("day_impossible")` for the 31st of February.
    """
    whole = today.year - 1 if today.month <= 2 and month >= 10 else today.year
    if year is not None:
        whole = int(year) + 2000 if len(year) == 2 else int(year)
    try:
        return date(whole, month, day)
    except ValueError:
        raise Rejected("day_impossible", day=f"{day:02}/{month:02}") from None


def _same_month(last: date, number: int) -> date | None:
    """The day with that number before `last`: of its month, else of the one before (29 al 1 de febrero).

    None where neither has it.
    """
    if 0 < number <= last.day:
        return last.replace(day=number)
    before = last.replace(day=1) - timedelta(days=1)
    return before.replace(day=number) if 0 < number <= before.day else None
