"""Rounded percentages are never misleading."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.progress.figures import percentage


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        ("0", "0"),
        ("0.0001", None),
        ("0.4", None),
        ("0.4999", None),
        ("0.5", "0.5"),
        ("0.55", "1"),
        ("12.5", "12.5"),
        ("12.50", "12.5"),
        ("12.55", "13"),
        ("28.5714", "29"),
        ("16.1157", "16"),
        ("64.2857", "64"),
        ("0.625", "1"),
        ("99.5", "99.5"),
        ("99.9", "99.9"),
        ("99.99992", "99"),
        ("100", "100"),
        ("112.5", "112.5"),
        ("100.004", "100"),
    ],
)
def test_percentages(percent: str, expected: str | None) -> None:
    shown = percentage(Fraction(percent) / 100)
    assert shown == (None if expected is None else Decimal(expected))


@given(st.fractions(0, 3, max_denominator=10**7))
@example(Fraction(9_999_999, 10_000_000))
def test_rounding_never_shows_a_false_hundred_or_zero(exact: Fraction) -> None:
    shown = percentage(exact)
    if shown is None:
        assert 0 < exact < Fraction(5, 1000)
        return
    assert (shown >= 100) == (exact >= 1)
    assert (shown == 0) == (exact == 0)
    assert abs(Fraction(shown) - exact * 100) < 1
    assert Fraction(shown) == exact * 100 or shown == int(shown)
