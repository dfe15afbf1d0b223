"""Quarters, and the day on which one is evaluated."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.quarter import Quarter, as_of


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
def test_an_invalid_quarter_is_refused(key: str) -> None:
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
def test_a_quarter_is_evaluated_today_or_on_its_last_day(quarter: str, today: str, expected: str) -> None:
    assert as_of(Quarter.parse(quarter), date.fromisoformat(today)).isoformat() == expected
