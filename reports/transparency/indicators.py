"""The indicators of the transparency platform, and the values of a format's columns.

There is one row per indicator, which is a target that counts: a line with two targets gives two rows, since
each has its own measure and amount, and the note has the figure that the report prints for the whole line.
Fields of an indicator that the programme does not have are derived from the line.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from reports.quarterly.content import LinePart, Report, TargetPart, UnitPart
from reports.texts import transparency as texts
from reports.workbook import Value
from spanish.writing import formats


@dataclass(frozen=True)
class IndicatorRow:
    """The data of a row. `alone`: the line has no other target that counts."""

    report: Report
    unit: UnitPart
    line: LinePart
    target: TargetPart
    alone: bool

    @property
    def adjusted(self) -> bool:
        return bool(self.target.adjustments)

    @cached_property
    def derived(self) -> dict[str, str]:
        """The values of an indicator's fields, for use where the programme does not have them."""
        line, target = self.line, self.target
        return {
            "name": texts.name(line.title),
            "dimension": texts.EFFICACY,
            "definition": line.description or line.title,
            "method": texts.method(target.measure, self.adjusted, target.counts_when, target.combine),
            "frequency": texts.QUARTERLY,
            "baseline": texts.UNSAID if target.combine.is_rate else texts.FROM_ZERO,
            "direction": texts.ASCENDING,
            "source": texts.source(self.unit.name),
        }

    def said(self, field: str) -> str:
        """Return the programme's value of a field, else the derived one."""
        value: str = self.line.indicator.get(field) or self.derived[field]
        return value


def indicators(report: Report) -> Iterator[IndicatorRow]:
    for unit in report.units:
        for line in unit.lines:
            counting = [target for target in line.targets if not target.informative]
            for target in counting:
                yield IndicatorRow(report, unit, line, target, alone=len(counting) == 1)


def _name(row: IndicatorRow) -> str:
    name = row.said("name")
    return name if row.alone else texts.of_measure(name, row.target.measure)


def _validated(row: IndicatorRow) -> str | None:
    signature = row.unit.signature
    return _day(signature.signed_at.astimezone(row.report.dated_at.tzinfo).date()) if signature else None


def _progress(row: IndicatorRow) -> str:
    """Return the line's printed percentage if it has one target, else the target's own."""
    if row.alone or not row.target.amount:
        return f"{row.line.shown} %"
    return formats.shown(Fraction(row.target.counted) / Fraction(row.target.amount))


def _note(row: IndicatorRow) -> str:
    """Return what the public may read beside the figures: nothing about drafts or how the row was made."""
    parts = [None if row.alone else texts.shared_line(row.line.shown), row.line.observation]
    return " ".join(filter(None, parts))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _objective(row: IndicatorRow) -> str | None:
    return row.line.indicator.get("objective") or row.unit.objective


# The values that a format's column may have, by the name that its file uses.
FIELDS: dict[str, Callable[[IndicatorRow], Value]] = {
    "year": lambda row: row.report.quarter.year,
    "period_starts": lambda row: _day(row.report.quarter.first_day),
    "period_ends": lambda row: _day(row.report.quarter.last_day),
    "objective": _objective,
    "name": _name,
    "dimension": lambda row: row.said("dimension"),
    "definition": lambda row: row.said("definition"),
    "method": lambda row: row.said("method"),
    "measure": lambda row: row.target.measure,
    "frequency": lambda row: row.said("frequency"),
    "baseline": lambda row: row.said("baseline"),
    "programmed": lambda row: row.target.programmed,
    "adjusted": lambda row: row.target.amount if row.adjusted else 0,
    "progress": _progress,
    "direction": lambda row: row.said("direction"),
    "source": lambda row: row.said("source"),
    "area": lambda row: row.unit.name,
    "validated": _validated,
    "updated": lambda row: _day(row.report.on),
    "note": _note,
}
