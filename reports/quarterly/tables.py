"""Tables of planned and done amounts by month or quarter, like tables 1 and 2 of the agency's report."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.programme.plan import levels
from models.programme.view import LineView
from models.progress.combining import combined
from models.progress.origins import LeftOut
from models.progress.status import LineStatus, TargetStatus
from models.quarter import Quarter
from reports.quarterly.content import Table
from reports.texts import quarterly as texts
from spanish.writing import formats

MONTHS = 12
Done = Callable[[TargetStatus, date, date], Fraction | None]  # first and last day; None: a rate without one


def of_line(
    stood: LineStatus, said: dict[str, Any], quarter: Quarter, on: date
) -> Iterator[tuple[Table, Callable[[int], str]]]:
    """Each table and what makes its caption of its number. None where nothing is planned or done yet."""
    between = done(said["origins"], on)
    plans = [(each, _plan(each, on)) for each in stood.targets]
    for each, plan in plans:
        if plan is not None and len(plan) == MONTHS:
            table = _monthly(stood.line, each, plan, quarter, on, between)
            yield table, lambda number, each=each: texts.monthly(number, each.target.measure)  # type: ignore[misc]
    quarterly = [each for each, plan in plans if plan is not None and len(plan) < MONTHS]
    moved = any(each.planned or each.counted or each.target.informative for each in quarterly)
    if quarterly and moved:
        shares = {target["id"]: target["by_quarter"] for target in said["targets"]}
        table = _quarterly(quarterly, shares, quarter, on, between)
        yield table, lambda number: texts.quarterly(number, stood.line.number)


def _plan(stood: TargetStatus, on: date) -> tuple[int | None, ...] | None:
    return stood.target.in_force(on).plan


def done(origins: list[dict[str, Any]], on: date) -> Done:
    """Return what tells how much of a target was done between two days.

    From the entries that make up the figure: each on its activity's day, what was pending on the day on
    which it came to count. The value of a rate belongs whole to its activity's day.
    """
    parts = [each for origin in origins for each in _parts(origin)]

    def between(stood: TargetStatus, first: date, last: date) -> Fraction | None:
        terms, scale = stood.target.in_force(on), 10**stood.target.decimals
        if stood.combine.is_rate:
            found = ((day, amount) for owner, day, amount in map(_value, origins) if owner == stood.target.id)
            values = [int(amount * scale) for day, amount in found if amount and first <= day <= last]
            return Fraction(combined(terms, values), scale) if values else None
        own = (amount for owner, day, amount in parts if owner == stood.target.id and first <= day <= last)
        return sum(own, Fraction())

    return between


def _value(origin: dict[str, Any]) -> tuple[int, date, Fraction]:
    """What the entry says of a rate, a later one or none."""
    without = origin["reason"] in (LeftOut.SUPERSEDED, LeftOut.INFORMATIVE)
    return (
        origin["target"],
        date.fromisoformat(origin["ends_on"]),
        Fraction(origin["left_out" if without else "counted"]),
    )


def _parts(origin: dict[str, Any]) -> Iterator[tuple[int, date, Fraction]]:
    target, counted = origin["target"], Fraction(origin["counted"])
    if origin["reason"] == LeftOut.INFORMATIVE:
        counted = Fraction(origin["left_out"])
    for each in origin.get("settled", ()) if counted else ():
        quantity = Fraction(each["quantity"])
        counted -= quantity
        yield target, date.fromisoformat(each["on"]), quantity
    yield target, date.fromisoformat(origin["ends_on"]), counted


def _monthly(
    line: LineView,
    stood: TargetStatus,
    plan: tuple[int | None, ...],
    quarter: Quarter,
    on: date,
    done: Done,
) -> Table:
    """The quarter's months, and their sum, or the quarter's figure of a rate."""
    decimals, rows, asked = stood.target.decimals, [], []
    planned = _months(line, stood, plan, quarter, on)
    for month in quarter.months:
        first = date(quarter.year, month, 1)
        last = min(Quarter.of(first).last_day, _end(first))
        shown = _number(done(stood, first, last)) if first <= on else texts.NOT_YET
        asked.append(planned[month - 1])
        rows.append((texts.month(month), formats.rounded(planned[month - 1], decimals), shown))
    whole = done(stood, quarter.first_day, quarter.last_day)
    scheduled = sum(asked, Fraction())
    if stood.combine.is_rate:
        scheduled = next((each for each in reversed(asked) if each), scheduled)
    label = texts.CLOSE if stood.combine.is_rate else texts.TOTAL
    total = (label, formats.rounded(scheduled, decimals), _number(whole))
    return Table(0, texts.MONTHLY_HEAD, tuple(rows), total, "")


def _months(
    line: LineView, stood: TargetStatus, plan: tuple[int | None, ...], quarter: Quarter, on: date
) -> tuple[Fraction, ...]:
    """What is scheduled in each month of the year."""
    if stood.combine.is_rate:
        return levels(line, stood.target.in_force(on), quarter.year)
    fixed = sum(each for each in plan if each is not None)
    share = Fraction(max(stood.amount - fixed, 0), plan.count(None)) if None in plan else Fraction()
    return tuple(share if each is None else Fraction(each) for each in plan)


def _end(first: date) -> date:
    month = first.month % MONTHS + 1
    return date(first.year + (month == 1), month, 1) - date.resolution


def _quarterly(
    targets: list[TargetStatus], shares: dict[int, list[str]], quarter: Quarter, on: date, done: Done
) -> Table:
    """Return the table with a row for what is planned of each target, and one for what was done."""
    rows = []
    for each in targets:
        target, decimals = each.target, each.target.decimals
        scheduled = [formats.rounded(Fraction(part) * 10**decimals, decimals) for part in shares[target.id]]
        amount = formats.rounded(Fraction(each.amount), decimals)
        rows.append((texts.scheduled(target.measure), *scheduled, amount))
        executed = [
            _number(done(each, part.first_day, part.last_day)) if part.first_day <= on else texts.NOT_YET
            for part in Quarter.all_of(quarter.year)
        ]
        counted = formats.rounded(Fraction(each.counted), decimals)
        rows.append((texts.done(target.measure, each.combine), *executed, counted))
    return Table(0, texts.QUARTERLY_HEAD, tuple(rows), None, "")


def _number(amount: Fraction | None) -> str:
    if amount is None:
        return texts.NOT_YET
    return formats.number(Decimal(amount.numerator) / Decimal(amount.denominator))
