"""A quantity written in digits, as in Mexico: 1,200 or 1200, 12.5 with a point."""

import re

from models.errors import Rejected, Unreadable

# A hundred digits are read too: that they are too many is for the target's limit to say.
_DIGITS = re.compile(r"(?P<whole>\d{1,3}(?:[, ]\d{3}){1,33}|\d{1,100})(?:\.(?P<part>\d{1,6}))?")


def read_quantity(text: str, decimals: int) -> int:
    """The quantity scaled by `decimals`. Raises `Rejected` for words, signs and too fine fractions."""
    found = _DIGITS.fullmatch(text.strip())
    if found is None:
        raise Unreadable("quantity_unreadable")
    part = (found["part"] or "").rstrip("0")
    if len(part) > decimals:
        raise Rejected("quantity_too_fine" if decimals else "quantity_not_whole")
    return int(re.sub(r"\D", "", found["whole"]) + part.ljust(decimals, "0"))
