"""Tables of planned and done amounts by month or quarter, like tables 1 and 2 of the agency's report."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.progress.origins import LeftOut
from models.progress.status import LineStatus, TargetStatus
from models.quarter import Quarter
from reports.quarterly.content import Table
from reports.texts import quarterly as texts
from spanish.writing import formats

MONTHS = 12
Done = Callable[[int, date, date], Fraction]  # target, first and last day: what began to count then


def of_line(
    stood: LineStatus, said: dict[str, Any], quarter: Quarter, on: date
) -> Iterator[tuple[Table, Callable[[int], str]]]:
    """Yield each table with a function from its number to its caption; none if nothing is planned or done."""
    done = _done(said["origins"])
    plans = [(each, _plan(each, on)) for each in stood.targets]
    for each, plan in plans:
        if plan is not None and len(plan) == MONTHS:
            table = _monthly(each, plan, quarter, on, done)
            yield table, lambda number, each=each: texts.monthly(number, each.target.measure)  # type: ignore[misc]
    quarterly = [each for each, plan in plans if plan is not None and len(plan) < MONTHS]
    moved = any(each.planned or each.counted or each.target.informative for each in quarterly)
    if quarterly and moved:
        shares = {target["id"]: target["by_quarter"] for target in said["targets"]}
        table = _quarterly(quarterly, shares, quarter, on, done)
        yield table, lambda number: texts.quarterly(number, stood.line.number)


def _plan(stood: TargetStatus, on: date) -> tuple[int | None, ...] | None:
    return stood.target.in_force(on).plan


def _done(origins: list[dict[str, Any]]) -> Done:
    """Return a function for what began to count between two days, from the entries of the line's figure."""
    counted = [each for origin in origins for each in _parts(origin)]

    def between(target: int, first: date, last: date) -> Fraction:
        return sum(
            (amount for owner, day, amount in counted if owner == target and first <= day <= last), Fraction()
        )

    return between


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
    stood: TargetStatus, plan: tuple[int | None, ...], quarter: Quarter, on: date, done: Done
) -> Table:
    """Return the table of the quarter's months, with their sum."""
    decimals, rows, sums = stood.target.decimals, [], [Fraction(), Fraction()]
    fixed = sum(each for each in plan if each is not None)
    share = Fraction(max(stood.amount - fixed, 0), plan.count(None)) if None in plan else Fraction()
    for month in quarter.months:
        given = plan[month - 1]
        scheduled = share if given is None else Fraction(given)
        first = date(quarter.year, month, 1)
        last = min(Quarter.of(first).last_day, _end(first))
        executed = done(stood.target.id, first, last)
        sums = [sums[0] + scheduled, sums[1] + executed]
        shown = _number(executed) if first <= on else texts.NOT_YET
        rows.append((texts.month(month), formats.rounded(scheduled, decimals), shown))
    total = (texts.TOTAL, formats.rounded(sums[0], decimals), _number(sums[1]))
    return Table(0, texts.MONTHLY_HEAD, tuple(rows), total, "")


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
            _number(done(target.id, part.first_day, part.last_day)) if part.first_day <= on else texts.NOT_YET
            for part in Quarter.all_of(quarter.year)
        ]
        counted = formats.rounded(Fraction(each.counted), decimals)
        rows.append((texts.done(target.measure), *executed, counted))
    return Table(0, texts.QUARTERLY_HEAD, tuple(rows), None, "")


def _number(amount: Fraction) -> str:
    return formats.number(Decimal(amount.numerator) / Decimal(amount.denominator))
