"""The days that a running text names: where they stand in it, and which days they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.understanding.activity.numbers import cut
from handlers.understanding.days import fold, read_days
from models.errors import Rejected
from reports.texts.days import MONTHS, WEEKDAYS

Days = tuple[date, date]

_AGO = {"hoy": 0, "esta": 0, "ayer": 1, "anoche": 1, "antier": 2, "anteayer": 2, "antes de ayer": 2}
_WEEKDAYS = [fold(name) for name in WEEKDAYS]
_WEEKDAY = "|".join(_WEEKDAYS)
_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|setiembre|sept"
_DAY = re.compile(
    rf"""\b(?:
    (?P<written>(?:(?:{_WEEKDAY}),?\ )?(?P<day>\d{{1,2}}|primero)(?:o|º|er|ero)?
        (?:\ de\ |\ |-)(?P<month>{_MONTH})\b(?:(?:\ del?|-|,)?\ ?(?:ano\ )?(?P<year>20\d\d)\b)?)
    |(?P<digits>20\d\d-\d\d?-\d\d?|\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?
        |\d{{1,2}}(?P<sign>[.-])\d{{1,2}}(?P=sign)20\d\d)
        (?![\w/])
    |(?P<this_month>\d{{1,2}})\ del?\ (?:presente|actual|corriente|este\ mes)\b
    |(?:(?P<named>{_WEEKDAY})\ |dias?\ )(?:(?P<since>\d{{1,2}})\ (?:al|a|y)\ )?(?P<number>\d{{1,2}})\b
        (?!\ ?[%:/]|\ del?\ )
    |(?P<weekday>{_WEEKDAY})\b(?P<before>\ de\ la\ semana\ pasada\b)?
    |hace\ (?P<ago>\d{{1,3}}|un)\ dias?\b
    |(?P<relative>hoy|anoche|antier|anteayer|antes\ de\ ayer|ayer|esta(?=\ (?:manana|tarde|noche)\b))\b
    )""",
    re.VERBOSE,
)
# «4 al», «lunes 4 y», «4, 5 y», before a day with its month
_FROM = re.compile(
    rf"(?<![\w/.,])(?:(?:{_WEEKDAY}) )?(\d{{1,2}})(?:, ?(?:(?:{_WEEKDAY}) )?\d{{1,2}}){{0,9}}"
    rf"(?: (?:al|a|y|e|hasta) | ?- ?)(?:el )?(?:dia )?$"
)
_TOGETHER = re.compile(r",? (?:al|a|y|e|hasta|y hasta|y otr[oa])(?: el)?(?: dia)? | ?- ?|, ?")
# What is to come is no day on which something was done: «para el viernes», «el lunes que viene».
_COMING = re.compile(
    r"\b(?:(?:para|pa|p/|hasta|antes del?|proximo|siguiente|cada|los)(?: el)?(?: proximo)? ?"
    r"|(?:quedamos en|vamos a|va a|van a|sera|seran|programad[oa]s?|agendad[oa]s?)\b[^.,;]*)$"
)
_TO_COME = re.compile(r"(?: que| q)? (?:viene|entra|proximo|siguiente)\b")
_RECENT, _RECENT_NAMED = 21, 46  # days back in which «el día 14», «el lunes 4» are looked for
_REACH = 60  # characters looked at on either side of a day


@dataclass(frozen=True)
class _Named:
    start: int
    end: int
    days: Days | None  # None: impossible, or to come
    by_weekday: bool = False


def find_days(text: str, today: date) -> tuple[Days | None, str]:
    """First and last of the days first named that have come already, and the text without any day."""
    named = list(_join(_find(text, today), text))
    known = [each.days for each in named if each.days and _sound(each.days, today)]
    return (known[0] if known else None), cut(text, ((each.start, each.end) for each in named))


def _sound(days: Days, today: date) -> bool:
    """In order, not to come, and not the year of a law that is cited."""
    return days[0] <= days[1] <= today and days[0].year >= today.year - 1


def _find(text: str, today: date) -> Iterator[_Named]:
    for found in _DAY.finditer(text):
        start = found.start()
        before, after = text[max(0, start - _REACH) : start], text[found.end() : found.end() + _REACH]
        if (_COMING.search(before) and (found["weekday"] or found["named"])) or _TO_COME.match(after):
            yield _Named(start, found.end(), None)
            continue
        try:
            last = _read(found, today)
        except (Rejected, ValueError, OverflowError):
            yield _Named(start, found.end(), None)
            continue
        first = _same_month(last, int(found["since"])) if found["since"] else last
        if not (found["weekday"] or found["relative"] or found["ago"]) and (range_ := _FROM.search(before)):
            first = _same_month(last, int(range_[1]))
            start -= len(before) - range_.start()
        yield _Named(start, found.end(), (first, last), bool(found["weekday"]))


def _read(found: re.Match[str], today: date) -> date:
    """The day that one match names. Raises `Rejected` or ValueError for one that does not exist."""
    if found["written"]:
        number = "1" if found["day"] == "primero" else found["day"]
        return read_days(f"{number} de {found['month']} {found['year'] or ''}".strip(), today)[0]
    if found["digits"]:
        return read_days(found["digits"], today)[0]
    if found["this_month"]:
        return today.replace(day=int(found["this_month"]))
    if found["number"]:
        return _latest(int(found["number"]), found["named"], today)
    if found["weekday"]:
        back = (today.weekday() - _WEEKDAYS.index(found["weekday"])) % 7
        last_week = 7 if found["before"] and back <= today.weekday() else 0
        return today - timedelta(days=back + last_week)
    ago = found["ago"]
    days = _AGO[found["relative"]] if found["relative"] else 1 if ago == "un" else int(ago)
    return today - timedelta(days=days)


def _latest(number: int, weekday: str | None, today: date) -> date:
    """The last day with that number and name. Raises ValueError where that is too long ago to be meant."""
    for back in range(_RECENT_NAMED if weekday else _RECENT):
        day = today - timedelta(days=back)
        if day.day == number and weekday in (None, _WEEKDAYS[day.weekday()]):
            return day
    raise ValueError(number)


def _same_month(last: date, number: int) -> date:
    """The day with that number before `last`: of its month, else of the one before (29 al 1 de febrero)."""
    if 0 < number <= last.day:
        return last.replace(day=number)
    before = last.replace(day=1) - timedelta(days=1)
    return before.replace(day=number) if 0 < number <= before.day else last


def _join(named: Iterator[_Named], text: str) -> Iterator[_Named]:
    """«Ayer y hoy», «el lunes y otro el martes», «29 de enero al 1 de febrero»: one from first to last."""
    held: _Named | None = None
    for each in named:
        if held and _TOGETHER.fullmatch(text, held.end, each.start) and (days := _span(held, each)):
            held = _Named(held.start, each.end, days)
            continue
        if held and each.start >= held.end:  # else the later covers it: «días 26 al 29 de febrero»
            yield held
        held = each
    if held:
        yield held


def _span(one: _Named, other: _Named) -> Days | None:
    """From one to the other. «Lunes y viernes» said on a Wednesday are of the same, the past week."""
    if one.days is None or other.days is None:
        return None
    first, last = one.days[0], other.days[1]
    if first > last and one.by_weekday and other.by_weekday:
        first -= timedelta(days=7)
    return (first, last) if first <= last else None
