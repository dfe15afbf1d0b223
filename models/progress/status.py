"""Progress, plan and signal of targets, lines, units and the institution on one day. Pure.

Rules: docs/rules.md#progress.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from models.combine import Combine
from models.programme import plan
from models.programme.view import LineView, ProgrammeView, TargetView, UnitView
from models.progress.signal import Signal, judge
from models.progress.tally import Tally
from models.quarter import Quarter

NONE = Fraction(0)
WHOLE = Fraction(1)


@dataclass(frozen=True)
class TargetStatus:
    """One target; every amount is scaled by `target.decimals`."""

    target: TargetView
    amount: int  # in force on the day
    counted: int
    pending: int
    planned: Fraction  # to the end of the requested quarter
    due: Fraction  # of the periods that have ended
    combine: Combine = Combine.SUM  # in force at the day


@dataclass(frozen=True)
class LineStatus:
    """One line. `exact`, `planned` and `due` are shares of its targets taken together; 1 is the whole."""

    line: LineView
    targets: tuple[TargetStatus, ...]  # informative ones too; they are never part of a share
    exact: Fraction
    planned: Fraction
    due: Fraction
    signal: Signal
    activities: int

    @property
    def met(self) -> bool:
        return self.signal is Signal.MET

    @property
    def counting(self) -> tuple[TargetStatus, ...]:
        return tuple(each for each in self.targets if not each.target.informative)

    @property
    def reached(self) -> bool:
        """Whether each target has its amount; of a rate it may be lost again."""
        return all(each.counted >= each.amount for each in self.counting)

    @property
    def summable(self) -> bool:
        """Whether its targets' amounts add up; with a rate among several, the line is the mean of theirs."""
        return len(self.counting) == 1 or not any(each.combine.is_rate for each in self.counting)


@dataclass(frozen=True)
class UnitStatus:
    """One unit. Its shares are the mean of its lines', each capped at 100 %."""

    unit: UnitView
    lines: tuple[LineStatus, ...]
    exact: Fraction
    planned: Fraction
    due: Fraction
    signal: Signal
    signed: "Signed | None" = None

    @property
    def activities(self) -> int:
        return sum(line.activities for line in self.lines)

    def line(self, number: int) -> LineStatus | None:
        return next((each for each in self.lines if each.line.number == number), None)


@dataclass(frozen=True)
class Signed:
    """The signature that a unit's status comes from. `live` is the status without it."""

    signature_id: int
    at: datetime
    sha256: str
    snapshot: str = field(repr=False)
    live: UnitStatus


@dataclass(frozen=True)
class ProgressStatus:
    """Some or all units of a programme. The shares are the mean of these units'."""

    programme: ProgrammeView
    quarter: Quarter
    on: date
    units: tuple[UnitStatus, ...]
    exact: Fraction
    planned: Fraction
    due: Fraction
    signal: Signal

    @property
    def activities(self) -> int:
        return sum(unit.activities for unit in self.units)

    def unit(self, unit_id: int) -> UnitStatus | None:
        return next((each for each in self.units if each.unit.id == unit_id), None)


def progress_status(
    programme: ProgrammeView, units: tuple[UnitView, ...], counts: Tally, quarter: Quarter, on: date
) -> ProgressStatus:
    """Return the status of some units of a programme in a quarter, at the end of a day."""
    status = tuple(_unit_status(unit, counts, quarter, on) for unit in units)
    if len(status) > 1:  # a unit without lines in force on that day is left out
        status = tuple(each for each in status if each.lines)
    return together(programme, status, quarter, on)


def together(
    programme: ProgrammeView, status: tuple[UnitStatus, ...], quarter: Quarter, on: date
) -> ProgressStatus:
    """Return the status of the units together, with the mean of their shares."""
    exact, planned, due = (_mean([getattr(each, name) for each in status]) for name in _SHARES)
    signal = _signal_of_many([each.signal for each in status], exact, planned, due)
    return ProgressStatus(programme, quarter, on, status, exact, planned, due, signal)


_SHARES = ("exact", "planned", "due")


def _unit_status(unit: UnitView, counts: Tally, quarter: Quarter, on: date) -> UnitStatus:
    """Return the status of a unit, made of its lines in force on that day."""
    unit = unit.on(on)
    lines = tuple(line_status(line, counts, quarter, on) for line in unit.lines)
    measured = [each for each in lines if each.counting]
    exact = _mean([min(each.exact, WHOLE) for each in measured])
    planned, due = _mean([each.planned for each in measured]), _mean([each.due for each in measured])
    signal = _signal_of_many([each.signal for each in measured], exact, planned, due)
    return UnitStatus(unit, lines, exact, planned, due, signal)


def line_status(line: LineView, counts: Tally, quarter: Quarter, on: date) -> LineStatus:
    """Return the status of one line: counted ÷ target; of several targets each is capped at 100 %. Pure.

    A rate may still fall: it is met once its last planned period has ended.
    A line with only informative targets has shares of 0.
    """
    targets = tuple(_stand_target(line, target, counts, quarter, on) for target in line.targets)
    counting = [each for each in targets if not each.target.informative]
    activities = counts.activities.get(line.id, 0)
    if not counting:
        return LineStatus(line, targets, NONE, NONE, NONE, Signal.NOT_YET, activities)
    shares = _shares_of_one(counting[0]) if len(counting) == 1 else _shares_of_several(counting)
    if all(_is_met(line, each, quarter.year, on) for each in counting):
        signal = Signal.MET
    elif line.demand_driven:
        signal = Signal.DEMAND
    else:
        signal = judge(shares.planned, shares.toward_plan, shares.due, shares.toward_due)
    return LineStatus(line, targets, shares.exact, shares.planned, shares.due, signal, activities)


def _is_met(line: LineView, each: TargetStatus, year: int, on: date) -> bool:
    reached = each.counted >= each.amount
    return reached and (not each.combine.is_rate or plan.is_over(line, each.target, year, on))


class _Shares(NamedTuple):
    exact: Fraction
    planned: Fraction
    due: Fraction
    toward_plan: Fraction
    toward_due: Fraction


def _shares_of_one(only: TargetStatus) -> _Shares:
    """Return the shares of a line with one target, which may exceed 100 %."""
    exact = Fraction(only.counted, only.amount)
    return _Shares(exact, only.planned / only.amount, only.due / only.amount, exact, exact)


def _shares_of_several(counting: list[TargetStatus]) -> _Shares:
    """Return the shares of several targets, each capped at its own amount and plan.

    With nothing planned yet, everything counted goes toward the plan.
    """
    exact = _share(counting, [min(each.counted, each.amount) for each in counting])
    planned = _share(counting, [each.planned for each in counting])
    toward_plan = _share(counting, [_lesser(each.counted, each.planned) for each in counting])
    return _Shares(
        exact=exact,
        planned=planned,
        due=_share(counting, [each.due for each in counting]),
        toward_plan=toward_plan if planned else exact,
        toward_due=_share(counting, [_lesser(each.counted, each.due) for each in counting]),
    )


def _lesser(counted: int, cap: Fraction) -> int | Fraction:
    return counted if counted < cap else cap


def _share(counting: list[TargetStatus], amounts: Sequence[int | Fraction]) -> Fraction:
    """Return the sum of amounts over the sum of targets, whose `decimals` may differ.

    With a rate among them, which adds up with nothing: the mean of each amount over its own target.
    """
    if any(each.combine.is_rate for each in counting):
        return _mean([Fraction(amount) / each.amount for each, amount in zip(counting, amounts, strict=True)])
    finest = max(each.target.decimals for each in counting)
    whole, numerators, denominator = 0, 0, 1
    for each, amount in zip(counting, amounts, strict=True):
        weight: int = 10 ** (finest - each.target.decimals)
        whole += weight * each.amount
        # a/b + c/d in integers: five times as fast as Fractions, and computed for every answer.
        numerators = numerators * amount.denominator + weight * amount.numerator * denominator
        denominator *= amount.denominator
    return Fraction(numerators, denominator * whole)


def _signal_of_many(signals: list[Signal], exact: Fraction, planned: Fraction, due: Fraction) -> Signal:
    """Return the signal of a unit or the institution from its parts' mean progress and mean plan."""
    if signals and all(each is Signal.MET for each in signals):
        return Signal.MET
    if signals and all(each in (Signal.MET, Signal.DEMAND) for each in signals):
        return Signal.DEMAND
    return judge(planned, exact, due, exact)


def _mean(shares: list[Fraction]) -> Fraction:
    return sum(shares, NONE) / len(shares) if shares else NONE


def _stand_target(
    line: LineView, target: TargetView, counts: Tally, quarter: Quarter, on: date
) -> TargetStatus:
    terms = target.in_force(on)
    return TargetStatus(
        target=target,
        amount=terms.amount,
        counted=counts.counted.get(target.id, 0),
        pending=counts.pending.get(target.id, 0),
        planned=plan.planned(line, target, quarter, on),
        due=plan.due(line, target, quarter.year, on),
        combine=terms.combine,
    )
