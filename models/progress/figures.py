"""Rounds exact shares for display; `spanish.writing.formats` writes them as text."""

from decimal import Decimal
from fractions import Fraction

HALF = Fraction(1, 2)


def percentage(exact: Fraction) -> Decimal | None:
    """Return the percentage to show of a share (1 is the whole), or None for «less than 1 %».

    One decimal if the exact percentage has no more than one, else rounded half up to a whole one; never
    rounded up to 100 nor down to 0. Above 100 is allowed.
    """
    percent = exact * 100
    if 0 < percent < HALF:
        return None
    tenths = percent * 10
    if tenths.denominator == 1:
        whole, tenth = divmod(tenths.numerator, 10)
        return Decimal(whole) if tenth == 0 else Decimal(tenths.numerator) / 10
    whole = (percent + HALF).__floor__()
    return Decimal(99 if whole == 100 and percent < 100 else whole)
