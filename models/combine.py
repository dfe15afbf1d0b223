"""How the quantities registered of a target make one figure, and which plans go with it.

Rules: docs/rules.md#how-quantities-combine. The figure itself: `models.progress.combining`.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

Number = TypeVar("Number", int, Decimal)


class Combine(StrEnum):
    SUM = "sum"
    LATEST = "latest"  # a rate: the last value registered
    AVERAGE = "average"  # a rate: the mean of the values registered

    @property
    def is_rate(self) -> bool:
        """Whether the quantities are values of one thing, which do not add up."""
        return self is not Combine.SUM


def plan_fault(how: Combine, plan: Sequence[Number | None], amount: Number) -> tuple[str, Number] | None:
    """Return what is wrong with a plan, as a key of `models.programme_file.sentences`, and the number.

    Of a sum the entries add up to the amount; with open ones (None) they do not exceed it. Of a rate each
    entry is the level to be had in its period: none above the amount, and the last that is not 0 is the
    amount.
    """
    fixed = [each for each in plan if each is not None]
    if not how.is_rate:
        total = sum(fixed, amount * 0)
        if None in plan:
            return ("plan_exceeds", total) if total > amount else None
        return ("plan_differs", total) if total != amount else None
    if max(fixed, default=amount) > amount:
        return "level_exceeds", max(fixed)
    last = next((each for each in reversed(plan) if each is None or each), amount * 0)
    return ("level_last", last) if last is not None and last != amount else None
