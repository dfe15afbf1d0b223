"""Working days and closes, compared with tables written by hand and the library of holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from models.calendar import calendar as calendars
from models.calendar.calendar import Calendar, calendar
from models.programme_changes.importing import ensure_loaded
from models.quarter import Quarter
from models.storage import database
from models.tables.agenda import CloseMove, DayOff

ZONE = ZoneInfo("America/Mexico_City")
PLAIN = Calendar(ZONE)
MOMENT = datetime(2024, 3, 20, 15, tzinfo=UTC)
YEARS = range(2019, 2061)
LIBRARY = holidays.country_holidays("MX", years=YEARS)
# Weekdays of rest, and working days by month, counted by hand on printed calendars.
REST = {
    2024: ("01-01", "02-05", "03-18", "05-01", "09-16", "10-01", "11-18", "12-25"),
    2025: ("01-01", "02-03", "03-17", "05-01", "09-16", "11-17", "12-25"),
    2026: ("01-01", "02-02", "03-16", "05-01", "09-16", "11-16", "12-25"),
}
BY_MONTH = {
    2024: (22, 20, 20, 22, 22, 20, 23, 22, 20, 22, 20, 21),
    2025: (22, 19, 20, 22, 21, 21, 23, 21, 21, 23, 19, 22),
    2026: (21, 19, 21, 22, 20, 22, 23, 21, 21, 22, 20, 22),
}
CLOSES = {
    "2023-T4": "2024-01-08", "2024-T1": "2024-04-05", "2024-T2": "2024-07-05", "2024-T3": "2024-10-08",
    "2024-T4": "2025-01-08", "2025-T1": "2025-04-07", "2025-T2": "2025-07-07", "2025-T3": "2025-10-07",
    "2025-T4": "2026-01-08", "2026-T1": "2026-04-07", "2026-T2": "2026-07-07", "2026-T3": "2026-10-07",
    "2026-T4": "2027-01-08",
}  # fmt: skip
LEFT = [  # from a day, not counted, to another, counted
    ("2024-03-20", "2024-04-05", 12),
    ("2024-03-15", "2024-03-19", 1),  # over a weekend and a Monday of rest
    ("2024-03-16", "2024-03-18", 0),
    ("2024-04-05", "2024-04-05", 0),
    ("2024-04-08", "2024-04-05", 0),
    ("2024-09-30", "2024-10-08", 5),  # 1 October 2024: a new federal government
    ("2024-12-23", "2025-01-08", 10),
    ("2026-12-24", "2027-01-08", 9),
]
days = st.dates(date(2019, 1, 1), date(2060, 12, 31))


def year_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", BY_MONTH)
def test_working_days_equal_the_table(year: int) -> None:
    found = [day for day in year_of(year) if PLAIN.is_working_day(day)]
    assert tuple(sum(day.month == month for day in found) for month in range(1, 13)) == BY_MONTH[year]
    rest = [day for day in year_of(year) if day.weekday() < 5 and day not in found]
    assert tuple(f"{day:%m-%d}" for day in rest) == REST[year]


@pytest.mark.parametrize("year", YEARS)
def test_holidays_equal_those_of_the_library(year: int) -> None:
    working = [day for day in year_of(year) if day.weekday() < 5 and day not in LIBRARY]
    assert [day for day in year_of(year) if PLAIN.is_working_day(day)] == working


@pytest.mark.parametrize(("quarter", "closes"), CLOSES.items())
def test_a_quarter_closes_on_its_fifth_working_day(quarter: str, closes: str) -> None:
    assert PLAIN.close_day(Quarter.parse(quarter)).isoformat() == closes


@pytest.mark.parametrize(("after", "until", "number"), LEFT)
def test_working_days_left(after: str, until: str, number: int) -> None:
    assert PLAIN.working_days(date.fromisoformat(after), date.fromisoformat(until)) == number


@given(days, st.integers(0, 40), st.frozensets(days, max_size=30))
def test_the_nth_working_day_is_a_working_day_with_n_between(
    day: date, count: int, off: frozenset[date]
) -> None:
    dates = Calendar(ZONE, off)
    found = dates.nth_working_day_after(day, count)
    assert dates.working_days(day, found) == count
    assert dates.is_working_day(found) or count == 0
    assert dates.next_working_day(found) > found


@given(days, days, days)
def test_counts_of_working_days_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    whole = PLAIN.working_days(first, last)
    assert whole == PLAIN.working_days(first, middle) + PLAIN.working_days(middle, last)


def test_days_off_and_the_number_of_days_move_the_close() -> None:
    off = frozenset({date(2024, 4, 2), date(2024, 4, 3)})
    assert Calendar(ZONE, off, {2024: 3}).close_day(Quarter(2024, 1)) == date(2024, 4, 5)
    assert Calendar(ZONE, off, {2023: 3}).close_day(Quarter(2024, 1)) == date(2024, 4, 9)
    assert Calendar(ZONE, closing_days={2024: 0}).close_day(Quarter(2024, 1)) == date(2024, 3, 31)


def test_a_close_is_the_end_of_its_local_day_and_late_cards_have_until_noon() -> None:
    quarter = Quarter(2024, 1)
    assert PLAIN.closes_at(quarter) == datetime(2024, 4, 6, 6, tzinfo=UTC)  # six hours behind
    assert PLAIN.late_cards_until(quarter) == datetime(2024, 4, 8, 18, tzinfo=UTC)  # a Monday
    moved = Calendar(ZONE, moves={quarter: date(2024, 4, 12)})
    assert moved.closes_at(quarter) == datetime(2024, 4, 13, 6, tzinfo=UTC)
    assert moved.close_day(quarter.next) == PLAIN.close_day(quarter.next)
    north = Calendar(ZoneInfo("America/Tijuana"))  # its clocks change on 3 November
    assert north.closes_at(Quarter(2024, 3)) == datetime(2024, 10, 9, 7, tzinfo=UTC)
    assert north.closes_at(Quarter(2024, 4)) == datetime(2025, 1, 9, 8, tzinfo=UTC)


def test_the_quarter_in_hand_is_the_previous_one_until_its_close() -> None:
    assert PLAIN.quarter_in_hand(date(2024, 3, 20)) == Quarter(2024, 1)
    assert PLAIN.quarter_in_hand(date(2024, 4, 5)) == Quarter(2024, 1)
    assert PLAIN.quarter_in_hand(date(2024, 4, 6)) == Quarter(2024, 2)
    assert PLAIN.quarter_in_hand(date(2025, 1, 8)) == Quarter(2024, 4)


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    with database.transaction(engine) as session:
        ensure_loaded(session, None, MOMENT)
    return engine


def add(engine: Engine, *rows: CloseMove | DayOff) -> None:
    with database.transaction(engine) as session:
        session.add_all(rows)


def read(engine: Engine) -> Calendar:
    with database.transaction(engine) as session:
        return calendar(session)


def moved(closes_on: date) -> CloseMove:
    return CloseMove(year=2024, quarter=1, closes_on=closes_on, reason="Pascua", made_at=MOMENT)


def off(day: date, removed: bool = False) -> DayOff:
    return DayOff(day=day, reason="Puente", made_at=MOMENT, removed_at=MOMENT if removed else None)


def test_the_calendar_is_read_from_programmes_moved_closes_and_added_days(loaded: Engine) -> None:
    before = read(loaded)
    assert before.zone == ZONE and before.days_off == {date(2024, 5, 10)}
    add(loaded, moved(date(2024, 4, 8)), moved(date(2024, 4, 10)))
    add(loaded, off(date(2024, 7, 1)), off(date(2024, 7, 2), removed=True))
    found = read(loaded)
    assert found.close_day(Quarter(2024, 1)) == date(2024, 4, 10)
    assert found.planned_close(Quarter(2024, 1)) == date(2024, 4, 5)
    assert found.close_day(Quarter(2024, 2)) == date(2024, 7, 8)


def test_without_a_programme_the_national_holidays_apply(engine: Engine) -> None:
    assert read(engine).close_day(Quarter(2024, 1)) == date(2024, 4, 5)


def test_the_calendar_is_cached_in_a_transaction_until_it_changes(loaded: Engine) -> None:
    with database.transaction(loaded) as session:
        kept = calendar(session)
        assert calendar(session) is kept
        with pytest.raises(ZeroDivisionError), database.savepoint(session):
            session.add(off(date(2024, 4, 1)))
            session.flush()
            calendars.touch(session)
            assert calendar(session).close_day(Quarter(2024, 1)) == date(2024, 4, 8)
            raise ZeroDivisionError
        assert calendar(session).close_day(Quarter(2024, 1)) == date(2024, 4, 5)
