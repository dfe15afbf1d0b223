"""Plans of targets, computed as exact fractions and never stored. Rules: docs/rules.md#plan.

Everything is scaled by the target's `decimals`. The agency's own report schedules one document as 0 0 0 1 and
two as 0 0 1 1.

A rate plans the level to be had in each period, which is not added to that of others.
"""

from calendar import monthrange
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from models.programme.view import LineView, Plan, TargetView, Terms
from models.quarter import Quarter

QUARTERS = 4
NOTHING = Fraction(0)


def planned(line: LineView, target: TargetView, quarter: Quarter, on: date) -> Fraction:
    """Return the plan's sum, or a rate's level, up to the end of `quarter`, by the terms in force on `on`."""
    sums = _sums(line, target, target.in_force(on), quarter.year)
    return sums[quarter.number * (len(sums) - 1) // QUARTERS]


def due(line: LineView, target: TargetView, year: int, on: date) -> Fraction:
    """Return the plan's sum, or a rate's level, of the periods that have ended on `on`; a last day counts.

    The periods are months if the plan is monthly, else quarters.
    """
    sums = _sums(line, target, target.in_force(on), year)
    return sums[_months_ended(year, on) * (len(sums) - 1) // 12]


def by_quarter(line: LineView, target: TargetView, year: int, on: date) -> tuple[Fraction, ...]:
    """Return the plan of each of the four quarters; of a rate the level at the end of each, 0 for none."""
    terms = target.in_force(on)
    if terms.combine.is_rate:
        parts = levels(line, terms, year)
        return tuple(_last_level(parts, n) for n in range(QUARTERS))
    sums = _sums(line, target, terms, year)
    step = (len(sums) - 1) // QUARTERS
    return tuple(sums[(n + 1) * step] - sums[n * step] for n in range(QUARTERS))


def planned_quarters(line: LineView, year: int, on: date) -> tuple[int, ...]:
    """Return the numbers of the quarters for which the line's counting targets plan something."""
    plans = [by_quarter(line, target, year, on) for target in line.counting_targets]
    return tuple(n for n in range(1, QUARTERS + 1) if any(parts[n - 1] for parts in plans))


def is_over(line: LineView, target: TargetView, year: int, on: date) -> bool:
    """Return whether the last period in which a rate plans something has ended on `on`."""
    parts = levels(line, target.in_force(on), year)
    last = max((number for number, part in enumerate(parts, 1) if part), default=0)
    return _months_ended(year, on) * len(parts) // 12 >= last


def _sums(line: LineView, target: TargetView, terms: Terms, year: int) -> tuple[Fraction, ...]:
    """Return what is planned up to the end of each period, after a first 0."""
    if terms.combine.is_rate:
        return tuple(
            accumulate(levels(line, terms, year), lambda before, level: level or before, initial=NOTHING)
        )
    if terms.plan is not None:
        return _plan_sums(terms.amount, terms.plan)
    return _spread_sums(
        terms.amount, 10**target.decimals, _quarters_touched(line.starts_on, line.ends_on, year)
    )


@lru_cache(maxsize=4096)
def _plan_sums(amount: int, plan: Plan) -> tuple[Fraction, ...]:
    """Return the running sums of a plan; periods without a value share the rest of the amount evenly."""
    fixed = sum(each for each in plan if each is not None)
    open_periods = plan.count(None)
    share = Fraction(max(amount - fixed, 0), open_periods) if open_periods else NOTHING
    parts = (share if each is None else Fraction(each) for each in plan)
    return tuple(accumulate(parts, initial=NOTHING))


@lru_cache(maxsize=4096)
def _spread_sums(amount: int, one: int, quarters: tuple[int, ...]) -> tuple[Fraction, ...]:
    """Return the running sums without a plan: even parts, or one unit each in the last quarters."""
    parts = [NOTHING] * QUARTERS
    units, rest = divmod(amount, one)
    if rest == 0 and units < len(quarters):
        for number in quarters[len(quarters) - units :]:
            parts[number - 1] = Fraction(one)
    else:
        for number in quarters:
            parts[number - 1] = Fraction(amount, len(quarters))
    return tuple(accumulate(parts, initial=NOTHING))


def levels(line: LineView, terms: Terms, year: int) -> tuple[Fraction, ...]:
    """Return a rate's level of each period: 0 where nothing is planned.

    An open period has the level of the next fixed one, else the amount; without a plan every quarter that
    the line's dates touch has the amount.
    """
    amount = Fraction(terms.amount)
    if terms.plan is None:
        touched = _quarters_touched(line.starts_on, line.ends_on, year)
        return tuple(amount if n in touched else NOTHING for n in range(1, QUARTERS + 1))
    found: list[Fraction] = []
    for each in reversed(terms.plan):
        amount = amount if not each else Fraction(each)
        found.append(NOTHING if each == 0 else amount)
    return tuple(reversed(found))


def _last_level(parts: tuple[Fraction, ...], quarter: int) -> Fraction:
    """Return the last level of a quarter, counted from 0, in which something is planned."""
    step = len(parts) // QUARTERS
    return next((each for each in reversed(parts[quarter * step : (quarter + 1) * step]) if each), NOTHING)


@lru_cache(maxsize=4096)
def _quarters_touched(starts_on: date, ends_on: date, year: int) -> tuple[int, ...]:
    """Return the quarters that the dates touch; all four if they lie outside the year."""
    first, last = max(starts_on, date(year, 1, 1)), min(ends_on, date(year, 12, 31))
    if first > last:
        return (1, 2, 3, 4)
    return tuple(range(Quarter.of(first).number, Quarter.of(last).number + 1))


def _months_ended(year: int, on: date) -> int:
    """Return how many months of `year` have ended on that day, a last day counting as ended."""
    if on.year != year:
        return 12 if on.year > year else 0
    return on.month - (on.day < monthrange(on.year, on.month)[1])
