"""The offset by which a poll confirms the updates before it."""

import math
from collections.abc import Sequence
from typing import Any

LARGEST_OFFSET = 2**63 - 1  # that every server can read, should it refuse a larger one


def confirming(batch: Sequence[Any], largest: float = math.inf) -> int:
    """The offset that confirms the batch, not above `largest`; 0 where nothing in it has a usable number.

    Never a negative one: with that Telegram forgets all updates but so many of the last.
    """
    numbers = [raw.get("update_id") for raw in batch if isinstance(raw, dict)]
    usable = (each + 1 for each in numbers if type(each) is int and 0 < each + 1 <= largest)
    return max(usable, default=0)
