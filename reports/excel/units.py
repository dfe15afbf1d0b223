"""The units of the workbook's first sheet: each column with what stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.excel.parts import local
from reports.quarterly.content import ActivityPart, Report, UnitPart
from reports.texts import sheets
from reports.workbook import ColumnFormat, ReadColumn, Value


@dataclass(frozen=True)
class UnitRow:
    report: Report
    unit: UnitPart

    @property
    def activities(self) -> list[ActivityPart]:
        return [each for line in self.unit.lines for each in line.activities]


_Column = ReadColumn[UnitRow]


def _participants(row: UnitRow) -> Value:
    known = [each.people.participants for each in row.activities if each.people.participants is not None]
    return sum(known) if known else None


def _signed_at(row: UnitRow) -> Value:
    return local(row.report, row.unit.signature.signed_at) if row.unit.signature else None


UNITS = (
    _Column(sheets.UNIT, width=46, value=lambda row: row.unit.name),
    _Column(sheets.PROGRESS, ColumnFormat.SHARE, 16, value=lambda row: row.unit.exact),
    _Column(sheets.SHOWN, width=16, value=lambda row: sheets.percent(row.unit.shown)),
    _Column(sheets.PLANNED_SHARE, ColumnFormat.SHARE, 12, value=lambda row: row.unit.planned),
    _Column(sheets.SIGNAL, width=24, value=lambda row: sheets.SIGNALS[row.unit.signal]),
    _Column(sheets.ACTIVITIES, ColumnFormat.NUMBER, 12, value=lambda row: len(row.activities)),
    _Column(sheets.PEOPLE, ColumnFormat.NUMBER, 14, value=_participants),
    _Column(sheets.SIGNED, ColumnFormat.MOMENT, 17, value=_signed_at),
)


def units(report: Report) -> Iterator[UnitRow]:
    return (UnitRow(report, unit) for unit in report.units)
