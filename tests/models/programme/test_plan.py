"""Planned and due amounts of a plan."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.combine import Combine
from models.programme.plan import by_quarter, due, is_over, planned, planned_quarters
from models.programme.view import LineView, TargetView, Terms
from models.quarter import Quarter

YEAR = 2024
END = date(2024, 12, 31)


def line_of(
    amount: int,
    plan: tuple[int | None, ...] | None = None,
    starts: str = "2024-01-01",
    ends: str = "2024-12-31",
    decimals: int = 0,
) -> tuple[LineView, TargetView]:
    target = TargetView(1, "Documentos", decimals, None, False, (Terms(date.min, amount, plan),))
    dates = date.fromisoformat(starts), date.fromisoformat(ends)
    return LineView(1, 1, 1, "Línea", None, *dates, False, (target,)), target


def rate(
    amount: int,
    plan: tuple[int | None, ...] | None = None,
    starts: str = "2024-01-01",
    ends: str = "2024-12-31",
) -> tuple[LineView, TargetView]:
    line, target = line_of(amount, plan, starts, ends)
    target = replace(target, terms=(replace(target.terms[0], combine=Combine.LATEST),))
    return replace(line, targets=(target,)), target


@pytest.mark.parametrize(
    ("given_line", "levels", "by_then"),
    [
        (rate(90), [90, 90, 90, 90], [90, 90, 90, 90]),
        (rate(1), [1, 1, 1, 1], [1, 1, 1, 1]),  # never one at the end
        (rate(90, starts="2024-04-01", ends="2024-08-30"), [0, 90, 90, 0], [0, 90, 90, 90]),
        (rate(90, (80, 85, 90, 90)), [80, 85, 90, 90], [80, 85, 90, 90]),
        (rate(90, (None, 85, None, None)), [85, 85, 90, 90], [85, 85, 90, 90]),
        (rate(90, (80, 0, 90, 0)), [80, 0, 90, 0], [80, 80, 90, 90]),
        (rate(90, (0, 0, 70, *[None] * 3, 0, 80, 0, *[None] * 3)), [70, 80, 80, 90], [70, 80, 80, 90]),
    ],
)
def test_a_rate_plans_levels_that_are_not_added(
    given_line: tuple[LineView, TargetView], levels: list[int], by_then: list[int]
) -> None:
    line, target = given_line
    quarters = list(Quarter.all_of(YEAR))
    assert list(by_quarter(line, target, YEAR, END)) == levels
    assert [planned(line, target, quarter, END) for quarter in quarters] == by_then
    assert [due(line, target, YEAR, quarter.last_day) for quarter in quarters] == by_then


def test_what_a_rate_plans_is_over_with_its_last_period() -> None:
    line, target = rate(90, (80, 90, 0, 0))
    assert not is_over(line, target, YEAR, date(2024, 6, 29))
    assert is_over(line, target, YEAR, date(2024, 6, 30))
    whole, target = rate(90)
    assert not is_over(whole, target, YEAR, date(2024, 12, 30)) and is_over(whole, target, YEAR, END)


def parts_of(line: LineView, target: TargetView) -> list[Fraction]:
    sums = [planned(line, target, quarter, END) for quarter in Quarter.all_of(YEAR)]
    parts = [after - before for before, after in zip([Fraction(0), *sums[:-1]], sums, strict=True)]
    assert parts == list(by_quarter(line, target, YEAR, END))
    return parts


@pytest.mark.parametrize(
    ("given_line", "expected"),
    [
        (line_of(16), [4, 4, 4, 4]),
        (line_of(15), [Fraction(15, 4)] * 4),
        (line_of(1), [0, 0, 0, 1]),
        (line_of(2), [0, 0, 1, 1]),
        (line_of(3), [0, 1, 1, 1]),
        (line_of(4), [1, 1, 1, 1]),
        (line_of(1, starts="2024-04-01", ends="2024-08-30"), [0, 0, 1, 0]),
        (line_of(1, starts="2024-08-01", ends="2024-09-30"), [0, 0, 1, 0]),
        (line_of(15, starts="2024-01-01", ends="2024-03-31"), [15, 0, 0, 0]),
        (line_of(5, starts="2024-06-30", ends="2024-07-01"), [0, Fraction(5, 2), Fraction(5, 2), 0]),
        (line_of(4, starts="2023-01-01", ends="2023-12-31"), [1, 1, 1, 1]),  # the mistake in Archivo 5
        (line_of(4, starts="2023-07-01", ends="2024-06-30"), [2, 2, 0, 0]),
        (line_of(125, decimals=1), [Fraction(125, 4)] * 4),
        (line_of(25, decimals=1), [Fraction(25, 4)] * 4),  # 2.5 is not whole
        (line_of(20, decimals=1), [0, 0, 10, 10]),  # 2.0 is
        (line_of(10, (1, 2, 3, 4)), [1, 2, 3, 4]),
        (line_of(10, (None, 2, None, None)), [Fraction(8, 3), 2, Fraction(8, 3), Fraction(8, 3)]),
        (line_of(2, (None, None, None, None)), [Fraction(1, 2)] * 4),
        (line_of(78, tuple(range(1, 13))), [6, 15, 24, 33]),
        (line_of(242, (0, 21, 18, *[None] * 9)), [39, Fraction(203, 3), Fraction(203, 3), Fraction(203, 3)]),
    ],
)
def test_planned_amounts_by_quarter(given_line: Any, expected: list[Fraction]) -> None:
    assert parts_of(*given_line) == expected


@pytest.mark.parametrize(
    ("on", "quarterly", "monthly"),
    [
        ("2023-12-31", 0, 0),
        ("2024-01-30", 0, 0),
        ("2024-01-31", 0, 1),
        ("2024-02-28", 0, 1),
        ("2024-02-29", 0, 2),  # a leap year
        ("2024-03-30", 0, 2),
        ("2024-03-31", 3, 3),
        ("2024-06-29", 3, 5),
        ("2024-12-31", 12, 12),
        ("2025-02-01", 12, 12),
    ],
)
def test_due_is_the_plan_of_the_periods_that_have_ended(on: str, quarterly: int, monthly: int) -> None:
    day = date.fromisoformat(on)
    assert due(*line_of(12), YEAR, day) == quarterly
    assert due(*line_of(12, (1,) * 12), YEAR, day) == monthly


def test_an_adjusted_amount_applies_from_its_day_on() -> None:
    line, original = line_of(12)
    adjusted = (*original.terms, Terms(date(2024, 5, 1), 24, (0, 0, 12, 12)))
    target = TargetView(1, "Documentos", 0, None, False, adjusted)
    assert planned(line, target, Quarter(2024, 1), date(2024, 4, 30)) == 3
    assert planned(line, target, Quarter(2024, 3), date(2024, 5, 1)) == 12
    assert list(by_quarter(line, target, YEAR, date(2024, 5, 1))) == [0, 0, 12, 12]


def test_quarters_with_a_planned_amount() -> None:
    assert planned_quarters(line_of(2)[0], YEAR, END) == (3, 4)
    assert planned_quarters(line_of(5, (0,) * 7 + (5,) + (0,) * 4)[0], YEAR, END) == (3,)


amounts = st.integers(1, 10**9)
days = st.dates(date(2022, 1, 1), date(2026, 12, 31))


@st.composite
def any_lines(draw: st.DrawFn) -> tuple[LineView, TargetView]:
    """A line with any dates, and a plan that adds up, has gaps, or is missing."""
    starts, ends = sorted((draw(days), draw(days)))
    plan: tuple[int | None, ...] | None = None
    amount = draw(amounts)
    if length := draw(st.sampled_from([0, 4, 12])):
        parts = draw(st.lists(st.integers(0, 1000), min_size=length, max_size=length))
        gaps = draw(st.sets(st.integers(0, length - 1)))
        fixed = sum(part for place, part in enumerate(parts) if place not in gaps)
        amount = fixed + draw(st.integers(0, 50)) if gaps else fixed
        plan = tuple(None if place in gaps else part for place, part in enumerate(parts))
    return line_of(max(amount, 1), plan, starts.isoformat(), ends.isoformat(), draw(st.integers(0, 3)))


@given(any_lines(), days)
def test_a_plan_rises_to_the_amount_and_due_never_passes_it(
    drawn: tuple[LineView, TargetView], on: date
) -> None:
    line, target = drawn
    parts = parts_of(line, target)
    assert all(part >= 0 for part in parts)
    plan = target.terms[0].plan
    if plan is None or None in plan or sum(part for part in plan if part) == target.terms[0].amount:
        assert sum(parts) == target.terms[0].amount
    if on.year == YEAR:
        owed = due(line, target, YEAR, on)
        assert owed <= planned(line, target, Quarter.of(on), on)
        assert owed >= (0 if on.month < 4 else planned(line, target, Quarter.of(on).previous, on))
