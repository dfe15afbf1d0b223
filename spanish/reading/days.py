"""A day or two, as people type them: «ayer», «13/03», «13 de marzo», «del 4 al 6 de marzo»."""

import re
from datetime import date, timedelta

from models.errors import Rejected, Unreadable
from spanish.writing.days import MONTHS
from spanish.writing.folding import fold

_RELATIVE = {"hoy": 0, "ayer": 1, "antier": 2, "anteayer": 2}
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DIGITS = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}|\d{2}))?")
_WORDS = re.compile(r"(?:el )?(?P<day>\d{1,2})(?: de)? (?P<name>[a-z]+)(?:(?: de| del)? (?P<year>\d{4}))?")
_SHORT_RANGE = re.compile(r"(?:del )?(?P<first>\d{1,2}) (?:al|a|y) (?P<last>\d{1,2} .+|\d{1,2}/.+)")
_RANGE = re.compile(r"(?:del )?(?P<first>.{1,60}?)(?: al | a | - )(?:el )?(?P<last>.{1,60})")


def read_days(text: str, today: date) -> tuple[date, date]:
    """First and last day. A day without a year is of `today`'s year.

    Raises `Rejected`: `day_unreadable`, or `day_impossible` for the 31st of February.
    """
    said = fold(text)
    if short := _SHORT_RANGE.fullmatch(said):
        last = _read_day(short["last"], today)
        return _make(last.year, last.month, int(short["first"])), last
    if said not in _RELATIVE and (both := _RANGE.fullmatch(said)) and not _ISO.fullmatch(said):
        return _read_day(both["first"], today), _read_day(both["last"], today)
    day = _read_day(said, today)
    return day, day


def _read_day(said: str, today: date) -> date:
    if said in _RELATIVE:
        return today - timedelta(days=_RELATIVE[said])
    if found := _ISO.fullmatch(said) or _DIGITS.fullmatch(said):
        return _make(_year(found["year"], int(found["month"]), today), int(found["month"]), int(found["day"]))
    if (found := _WORDS.fullmatch(said)) and (month := _month(found["name"])):
        return _make(_year(found["year"], month, today), month, int(found["day"]))
    raise Unreadable("day_unreadable")


def _month(name: str) -> int | None:
    """«marzo», «mar», «setiembre»."""
    name = "septiembre" if name in ("setiembre", "sept") else name
    return next(
        (place for place, full in enumerate(MONTHS, 1) if len(name) >= 3 and full.startswith(name)), None
    )


def _year(text: str | None, month: int, today: date) -> int:
    """Without a year it is this one; in January and February the last months are the year before's."""
    if text is None:
        return today.year - 1 if today.month <= 2 and month >= 10 else today.year
    return int(text) + 2000 if len(text) == 2 else int(text)


def _make(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Rejected("day_impossible", day=f"{day:02}/{month:02}") from None
