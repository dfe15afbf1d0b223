"""The offset with which a poll confirms earlier updates."""

import math
from collections.abc import Sequence
from typing import Any

LARGEST_OFFSET = 2**63 - 1  # the largest that every server can read


def confirming(batch: Sequence[Any], largest: float = math.inf) -> int:
    """Return the offset that confirms the batch, at most `largest`; 0 if no update has a usable number.

    Never negative: a negative offset makes Telegram drop all but the latest updates.
    """
    numbers = [raw.get("update_id") for raw in batch if isinstance(raw, dict)]
    usable = (each + 1 for each in numbers if type(each) is int and 0 < each + 1 <= largest)
    return max(usable, default=0)
