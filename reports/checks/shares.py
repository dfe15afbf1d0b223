"""Compares a written percentage with a share, in the precision in which it is written."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def reads(share: Fraction, written: Decimal) -> bool:
    """Return whether the percentage is the share, rounded half up to as many decimals as it has.

    29 and 28.6 are 2/7; 13 and 12.5 are 1/8; 1, 0.6 and 0.63 are 25/4000.
    """
    decimals = max(0, -int(written.as_tuple().exponent))
    percent = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return percent.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) == written
