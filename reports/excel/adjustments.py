"""The workbook's sheet of adjustments, one row each: each column with what stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from models.programme_file.sheets import COMBINES
from reports.excel.parts import lines
from reports.quarterly.content import AdjustmentPart, LinePart, Report, TargetPart, UnitPart
from reports.texts import sheets
from reports.workbook import ColumnFormat, ReadColumn


@dataclass(frozen=True)
class AdjustmentRow:
    """`before` is the target's amount until the adjustment."""

    unit: UnitPart
    line: LinePart
    target: TargetPart
    before: Decimal
    adjustment: AdjustmentPart


_Column = ReadColumn[AdjustmentRow]

ADJUSTMENTS = (
    _Column(sheets.UNIT, width=22, value=lambda row: row.unit.name),
    _Column(sheets.LINE, ColumnFormat.PLAIN, 7, value=lambda row: row.line.number),
    _Column(sheets.TITLE, width=28, value=lambda row: row.line.title),
    _Column(sheets.MEASURE, width=16, value=lambda row: row.target.measure),
    _Column(sheets.DAY, ColumnFormat.DAY, 11.5, value=lambda row: row.adjustment.on),
    _Column(sheets.BEFORE, ColumnFormat.NUMBER, 12, value=lambda row: row.before),
    _Column(sheets.AFTER, ColumnFormat.NUMBER, 12, value=lambda row: row.adjustment.amount),
    _Column(sheets.REASON, width=60, value=lambda row: row.adjustment.reason),
    _Column(sheets.LETTER, width=24, value=lambda row: row.adjustment.letter),
    _Column(sheets.COMBINE, width=13, value=lambda row: COMBINES[row.adjustment.combine]),
)


def adjustments(report: Report) -> Iterator[AdjustmentRow]:
    for unit, line in lines(report):
        for target in line.targets:
            before = target.programmed
            for adjustment in target.adjustments:
                yield AdjustmentRow(unit, line, target, before, adjustment)
                before = adjustment.amount
