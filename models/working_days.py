"""Working days of the agency: Monday to Friday, less Mexico's holidays and the programme's own."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from models.quarter import Quarter

MONDAY, SATURDAY = 0, 5
DEFAULT_CLOSE = 5  # working days after a quarter during which it may still be captured


def is_working_day(day: date, calendar: dict[str, Any]) -> bool:
    """`calendar` is the programme's: its `holidays` are ISO dates or dates, on top of the national ones."""
    own = {str(each) for each in calendar.get("holidays", ())}
    return day.weekday() < SATURDAY and day not in _national(day.year) and day.isoformat() not in own


def nth_working_day_after(day: date, count: int, calendar: dict[str, Any]) -> date:
    """The `count`-th working day after `day`, which itself is not counted."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, calendar)
    return day


def capture_close(quarter: Quarter, calendar: dict[str, Any]) -> date:
    """The last day on which a quarter may be captured, whole: the n-th working day after it."""
    days = calendar.get("closes_after_working_days", DEFAULT_CLOSE)
    return nth_working_day_after(quarter.last_day, days, calendar)


@lru_cache(maxsize=16)
def _national(year: int) -> frozenset[date]:
    """The days of rest of article 74 of the Federal Labour Law; its election days are Sundays anyway.

    By hand, because the library `holidays` would take a tenth of the bot's memory; the tests hold the two
    against each other.
    """
    days = {
        date(year, 1, 1),
        _nth_monday(1, year, 2),
        _nth_monday(3, year, 3),
        date(year, 5, 1),
        date(year, 9, 16),
        _nth_monday(3, year, 11),
        date(year, 12, 25),
    }
    if year % 6 == 2024 % 6:
        days.add(date(year, 10, 1))  # a new federal government
    return frozenset(days)


def _nth_monday(count: int, year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7 + 7 * (count - 1))
