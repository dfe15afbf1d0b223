"""Figures and dates, compared with Babel's es_MX."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from spanish.writing import days, formats


@pytest.mark.parametrize(
    ("exact", "said"),
    [
        (Fraction(1, 8), "12.5 %"),
        (Fraction(2, 7), "29 %"),
        (Fraction(1), "100 %"),
        (Fraction(9, 8), "112.5 %"),
        (Fraction(0), "0 %"),
        (Fraction(4, 1000), "menos de 1 %"),
        (Fraction(9999999, 10000000), "99 %"),
        (Fraction(61640), "6,164,000 %"),
    ],
)
def test_shares(exact: Fraction, said: str) -> None:
    assert formats.shown(exact) == said


@given(st.integers(0, 10**12), st.integers(0, 3))
def test_numbers_as_in_mexico(scaled: int, decimals: int) -> None:
    value = Decimal(scaled).scaleb(-decimals)
    assert formats.number(value) == format_decimal(value, format="#,##0.###", locale="es_MX")


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_days_as_in_mexico(when: date) -> None:
    assert days.day(when) == format_date(when, "d 'de' MMMM", locale="es_MX")
    assert days.day(when, when.year + 1).endswith(f" de {when.year}")


def test_computed_amounts_say_when_they_are_rounded() -> None:
    assert formats.rounded(Fraction(15, 4), 0) == "3.75"
    assert formats.rounded(Fraction(203, 3), 0) == "≈67.67"
    assert formats.rounded(Fraction(125, 4), 1) == "≈3.13"


def test_enumerations() -> None:
    assert formats.quarters((4,)) == "4to trimestre"
    assert formats.quarters((3, 4)) == "3er y 4to trimestre"
    assert formats.quarters((1, 2, 3)) == "1er, 2do y 3er trimestre"
