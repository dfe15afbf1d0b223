"""Quarters, the day at which one is looked at, and the close of its capture."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.quarter import Quarter, asked
from models.working_days import capture_close, is_working_day

CALENDAR = {"closes_after_working_days": 5, "holidays": ["2024-05-10"]}
YEARS = range(2019, 2061)
NATIONAL = holidays.country_holidays("MX", years=YEARS)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_every_day_lies_in_its_quarter_and_in_no_other(day: date) -> None:
    quarter = Quarter.of(day)
    assert day in quarter
    assert day not in quarter.next and day not in quarter.previous
    assert quarter.next.previous == quarter
    assert quarter.last_day + timedelta(days=1) == quarter.next.first_day
    assert Quarter.parse(quarter.key) == quarter
    assert day.month in quarter.months


@pytest.mark.parametrize("key", ["2024-T5", "2024-T0", "2024T1", "2024-t1", "24-T1", "", "2024-T1 "])
def test_what_is_no_quarter_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="quarter"):
        Quarter.parse(key)


@pytest.mark.parametrize(
    ("quarter", "today", "expected"),
    [
        ("2024-T1", "2024-03-20", "2024-03-20"),
        ("2024-T1", "2024-03-31", "2024-03-31"),
        ("2024-T1", "2024-04-02", "2024-03-31"),
        ("2024-T3", "2024-04-02", "2024-04-02"),
        ("2023-T4", "2024-04-02", "2023-12-31"),
    ],
)
def test_a_quarter_stands_at_today_or_at_its_last_day(quarter: str, today: str, expected: str) -> None:
    assert asked(Quarter.parse(quarter), date.fromisoformat(today)).isoformat() == expected


@pytest.mark.parametrize(
    ("quarter", "closes"),
    [
        ("2023-T4", "2024-01-08"),  # 1 January
        ("2024-T1", "2024-04-05"),
        ("2024-T2", "2024-07-05"),
        ("2024-T3", "2024-10-08"),  # 1 October 2024: change of the federal government
        ("2024-T4", "2025-01-08"),
        ("2025-T1", "2025-04-07"),
    ],
)
def test_capture_closes_on_the_fifth_working_day(quarter: str, closes: str) -> None:
    assert capture_close(Quarter.parse(quarter), CALENDAR).isoformat() == closes


def test_the_programmes_own_holidays_and_number_of_days_move_the_close() -> None:
    calendar = {"closes_after_working_days": 3, "holidays": ["2024-04-02", date(2024, 4, 3)]}
    assert capture_close(Quarter(2024, 1), calendar) == date(2024, 4, 5)


def test_working_days() -> None:
    assert not is_working_day(date(2024, 3, 18), CALENDAR)  # Benito Juárez
    assert not is_working_day(date(2024, 5, 10), CALENDAR)  # the programme's own
    assert not is_working_day(date(2024, 3, 16), CALENDAR)  # a Saturday
    assert is_working_day(date(2024, 3, 19), CALENDAR)


@pytest.mark.parametrize("year", YEARS)
def test_the_national_days_of_rest_are_those_that_the_library_knows(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    working = [day for day in days if day.weekday() < 5 and day not in NATIONAL]
    assert [day for day in days if is_working_day(day, {})] == working
