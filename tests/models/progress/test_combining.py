"""How quantities make a figure: a property of each way, and of a line that has several."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.combine import Combine
from models.programme.view import LineView, TargetView, Terms
from models.progress.combining import combined
from models.progress.signal import Signal
from models.progress.status import line_status
from models.progress.tally import Tally
from models.quarter import Quarter

T1, T4 = Quarter(2024, 1), Quarter(2024, 4)


def terms(combine: Combine, amount: int = 900) -> Terms:
    return Terms(date.min, amount, None, combine)


def line_of(*targets: tuple[int, int, Combine]) -> LineView:
    views = tuple(
        TargetView(number, f"Medida {number}", decimals, None, False, (Terms(date.min, amount, None, how),))
        for number, (amount, decimals, how) in enumerate(targets, 1)
    )
    return LineView(1, 1, 1, "Línea", None, date(2024, 1, 1), date(2024, 12, 31), False, views)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30), st.integers(1, 10**9))
def test_each_way_holds_whatever_was_registered(quantities: list[int], amount: int) -> None:
    assert combined(terms(Combine.SUM, amount), quantities) == sum(quantities)
    assert combined(terms(Combine.LATEST, amount), quantities) == quantities[-1]
    mean = combined(terms(Combine.AVERAGE, amount), quantities)
    exact = Fraction(sum(quantities), len(quantities))
    assert abs(mean - exact) < 1 and min(quantities) <= mean <= max(quantities)
    assert (mean >= amount) == (exact >= amount)  # rounding reaches no target


@pytest.mark.parametrize(
    ("quantities", "figure"), [([], 0), ([875], 875), ([870, 881], 876), ([899, 900], 899), ([900, 901], 901)]
)
def test_a_mean_is_rounded_half_up_but_never_up_to_its_target(quantities: list[int], figure: int) -> None:
    assert combined(terms(Combine.AVERAGE), quantities) == figure


def test_a_rate_among_several_targets_makes_the_line_their_mean() -> None:
    line = line_of((16, 0, Combine.SUM), (900, 1, Combine.LATEST))
    stood = line_status(line, Tally({1: 4, 2: 810}), T1, date(2024, 3, 31))
    assert stood.exact == (Fraction(4, 16) + Fraction(810, 900)) / 2
    assert stood.planned == (Fraction(1, 4) + 1) / 2
    assert stood.signal is Signal.GREEN
    above = line_status(line, Tally({1: 4, 2: 990}), T1, date(2024, 3, 31))
    assert above.exact == (Fraction(4, 16) + 1) / 2  # each capped at its own target


@pytest.mark.parametrize(
    ("counted", "on", "signal"),
    [
        (0, "2024-03-20", Signal.RUNNING),
        (0, "2024-03-31", Signal.RED),
        (700, "2024-03-31", Signal.YELLOW),
        (810, "2024-03-31", Signal.GREEN),
        (950, "2024-03-31", Signal.GREEN),
        (950, "2024-12-31", Signal.MET),
    ],
)
def test_a_rate_is_compared_with_its_target_all_year(counted: int, on: str, signal: Signal) -> None:
    day = date.fromisoformat(on)
    line = line_of((900, 1, Combine.LATEST))
    assert line_status(line, Tally({1: counted}), Quarter.of(day), day).signal is signal
