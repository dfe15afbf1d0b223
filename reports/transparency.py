"""The national transparency platform's table of indicators, to be pasted into its template.

There is one row per indicator, which is a target that counts: a line with two targets gives two rows, since
each has its own measure and amount, and the note has the figure that the report prints for the whole line.
Fields of an indicator that the programme does not have are derived from the line, and the note says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from reports.quarterly.content import LinePart, Report, TargetPart, UnitPart
from reports.texts import transparency as texts
from reports.workbook import ColumnFormat, ReadColumn, Workbook, rows_of
from spanish.writing import formats


def render(report: Report) -> bytes:
    """Return the workbook: one sheet with a header row. Days are texts, as the platform expects."""
    book = Workbook(report.title, report.institution.name, report.dated_at, report.heading)
    book.add_table(texts.SHEET, COLUMNS, rows_of(COLUMNS, _indicators(report)))
    return book.content()


@dataclass(frozen=True)
class _Indicator:
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

    @property
    def missing(self) -> list[str]:
        """The fields of the indicator that the programme does not have."""
        return [field for field in self.derived if not self.line.indicator.get(field)]


def _indicators(report: Report) -> Iterator[_Indicator]:
    for unit in report.units:
        for line in unit.lines:
            counting = [target for target in line.targets if not target.informative]
            for target in counting:
                yield _Indicator(report, unit, line, target, alone=len(counting) == 1)


def _name(row: _Indicator) -> str:
    name = row.said("name")
    return name if row.alone else texts.of_measure(name, row.target.measure)


def _validated(row: _Indicator) -> str | None:
    signature = row.unit.signature
    return _day(signature.signed_at.astimezone(row.report.dated_at.tzinfo).date()) if signature else None


def _progress(row: _Indicator) -> str:
    """Return the line's printed percentage if it has one target, else the target's own."""
    if row.alone or not row.target.amount:
        return f"{row.line.shown} %"
    return formats.shown(Fraction(row.target.counted) / Fraction(row.target.amount))


def _of_catalogue(direction: str) -> str:
    """Return the direction as in the platform's catalogue, or unchanged if it is not in it."""
    known = {each.casefold(): each for each in texts.DIRECTIONS}
    return known.get(direction.strip(" .").casefold(), direction)


def _note(row: _Indicator) -> str:
    parts = [
        None if row.unit.signature else texts.DRAFT,
        None if row.alone else texts.shared_line(row.line.shown),
        row.line.observation,
        texts.derived(row.missing) if row.missing else None,
    ]
    return " ".join(filter(None, parts))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


_Column = ReadColumn[_Indicator]


def _said(title: str, field: str, width: float) -> _Column:
    return _Column(title, width=width, value=lambda row: row.said(field))


COLUMNS = (
    _Column(texts.YEAR, ColumnFormat.PLAIN, 10, value=lambda row: row.report.quarter.year),
    _Column(texts.PERIOD_STARTS, width=13, value=lambda row: _day(row.report.quarter.first_day)),
    _Column(texts.PERIOD_ENDS, width=13, value=lambda row: _day(row.report.quarter.last_day)),
    _Column(
        texts.OBJECTIVE,
        width=50,
        value=lambda row: row.line.indicator.get("objective") or row.unit.objective,
    ),
    _Column(texts.NAME, width=40, value=_name),
    _said(texts.DIMENSION, "dimension", 14),
    _said(texts.DEFINITION, "definition", 50),
    _said(texts.METHOD, "method", 40),
    _Column(texts.MEASURE, width=16, value=lambda row: row.target.measure),
    _said(texts.FREQUENCY, "frequency", 13),
    _said(texts.BASELINE, "baseline", 10),
    _Column(texts.PROGRAMMED, ColumnFormat.NUMBER, 13, value=lambda row: row.target.programmed),
    _Column(
        texts.ADJUSTED,
        ColumnFormat.NUMBER,
        13,
        value=lambda row: row.target.amount if row.adjusted else 0,
    ),
    _Column(texts.PROGRESS, width=14, value=_progress),
    _Column(texts.DIRECTION, width=13, value=lambda row: _of_catalogue(row.said("direction"))),
    _said(texts.SOURCE, "source", 34),
    _Column(texts.AREA, width=34, value=lambda row: row.unit.name),
    _Column(texts.VALIDATED, width=13, value=_validated),
    _Column(texts.UPDATED, width=13, value=lambda row: _day(row.report.on)),
    _Column(texts.NOTE, width=50, value=_note),
)
