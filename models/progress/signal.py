"""The signal ("semáforo"): one word for whether a line or unit progresses as planned.

Rules: docs/rules.md#signal.
"""

from enum import StrEnum
from fractions import Fraction

GREEN_FROM = Fraction(9, 10)
RUNNING_FROM = Fraction(9, 10)
YELLOW_FROM = Fraction(7, 10)


class Signal(StrEnum):
    MET = "met"  # every target reached
    GREEN = "green"  # at least 90 % of what is planned to the end of the requested quarter
    RUNNING = "running"  # at least 90 % of what is due by now, or nothing due yet
    YELLOW = "yellow"  # at least 70 % of what is due
    RED = "red"  # below 70 %
    NOT_YET = "not-yet"  # nothing planned up to the requested quarter
    DEMAND = "demand"  # depends on third parties: no colour


def judge(planned: Fraction, toward_plan: Fraction, due: Fraction, toward_due: Fraction) -> Signal:
    """Return the signal of a line or unit that is neither met nor demand-driven.

    `toward_plan` is what counts toward `planned`, `toward_due` what counts toward `due`; all four have the
    same unit. With several targets, each is capped at its own plan, so the two differ. With nothing planned
    yet, anything counted is green; `toward_plan` must then be what is counted.
    """
    if planned > 0 and toward_plan >= GREEN_FROM * planned:
        return Signal.GREEN
    if planned == 0:
        return Signal.GREEN if toward_plan > 0 else Signal.NOT_YET
    if due == 0 or toward_due >= RUNNING_FROM * due:
        return Signal.RUNNING
    return Signal.YELLOW if toward_due >= YELLOW_FROM * due else Signal.RED
