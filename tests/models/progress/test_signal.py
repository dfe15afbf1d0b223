"""The limits of each signal."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.progress.signal import Signal, judge

shares = st.fractions(0, 2, max_denominator=200)


@pytest.mark.parametrize(
    ("planned", "counted", "due", "signal"),
    [
        ("10", "9", "10", Signal.GREEN),
        ("10", "8.9999", "8", Signal.RUNNING),
        ("20", "9", "10", Signal.RUNNING),
        ("20", "8.9999", "10", Signal.YELLOW),
        ("20", "7", "10", Signal.YELLOW),
        ("20", "6.9999", "10", Signal.RED),
        ("20", "0", "10", Signal.RED),
        ("20", "0", "0", Signal.RUNNING),
        ("0", "0", "0", Signal.NOT_YET),
        ("0", "0.001", "0", Signal.GREEN),
    ],
)
def test_the_limits_of_each_signal(planned: str, counted: str, due: str, signal: Signal) -> None:
    counts = Fraction(counted)
    assert judge(Fraction(planned), counts, Fraction(due), counts) is signal


ORDER = [Signal.RED, Signal.YELLOW, Signal.RUNNING, Signal.GREEN]


@given(shares, shares, shares, shares)
def test_more_work_never_worsens_a_signal(
    planned: Fraction, due: Fraction, less: Fraction, more: Fraction
) -> None:
    planned, due = max(planned, due) + Fraction(1, 100), min(planned, due)
    low, high = sorted((less, more))
    assert ORDER.index(judge(planned, low, due, low)) <= ORDER.index(judge(planned, high, due, high))
