"""The workbook's sheet of progress, one row a target: each column with what stands in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from models.programme_file.sheets import COMBINES
from reports.excel.parts import lines
from reports.quarterly.content import LinePart, Report, TargetPart, UnitPart
from reports.texts import sheets
from reports.workbook import ColumnFormat, ReadColumn, Value


@dataclass(frozen=True)
class TargetRow:
    """What a row is of: the line's own figures stand in the row of each of its targets."""

    unit: UnitPart
    line: LinePart
    target: TargetPart


_Column = ReadColumn[TargetRow]


def _amount(title: str, value: Callable[[TargetPart], Value]) -> _Column:
    return _Column(title, ColumnFormat.NUMBER, 11, value=lambda row: value(row.target))


def _planned(place: int, title: str) -> _Column:
    return _amount(title, lambda target: target.by_quarter[place])


def _share(row: TargetRow) -> Fraction | None:
    return Fraction(row.target.counted) / Fraction(row.target.amount) if row.target.amount else None


def _sentence(row: TargetRow) -> str:
    return " ".join(filter(None, [row.line.standstill, row.line.closing, row.line.observation]))


PROGRESS = (
    _Column(sheets.UNIT, width=22, value=lambda row: row.unit.name),
    _Column(sheets.LINE, ColumnFormat.PLAIN, 7, value=lambda row: row.line.number),
    _Column(sheets.TITLE, width=28, value=lambda row: row.line.title),
    _Column(sheets.TARGET, width=18, value=lambda row: row.line.goal),
    _Column(sheets.STARTS, ColumnFormat.DAY, 11.5, value=lambda row: row.line.starts_on),
    _Column(sheets.ENDS, ColumnFormat.DAY, 11.5, value=lambda row: row.line.ends_on),
    _Column(sheets.MEASURE, width=16, value=lambda row: row.target.measure),
    _Column(sheets.COUNTS, width=12, value=lambda row: not row.target.informative),
    _Column(sheets.COUNTS_WHEN, width=16, value=lambda row: row.target.counts_when),
    _amount(sheets.PROGRAMMED, lambda target: target.programmed),
    _amount(sheets.AMOUNT, lambda target: target.amount),
    _amount(sheets.COUNTED, lambda target: target.counted),
    _amount(sheets.PENDING, lambda target: target.pending),
    _amount(sheets.PLANNED, lambda target: target.planned),
    *(_planned(place, title) for place, title in enumerate(sheets.PLAN)),
    _Column(sheets.TARGET_SHARE, ColumnFormat.SHARE, 10, value=_share),
    _Column(sheets.LINE_SHARE, ColumnFormat.SHARE, 10, value=lambda row: row.line.exact),
    _Column(sheets.SHOWN, width=13, value=lambda row: sheets.percent(row.line.shown)),
    _Column(sheets.LINE_PLANNED, ColumnFormat.SHARE, 10.5, value=lambda row: row.line.planned),
    _Column(sheets.SIGNAL, width=16, value=lambda row: sheets.SIGNALS[row.line.signal]),
    _Column(sheets.SENTENCE, width=60, value=_sentence),
    _Column(sheets.COMBINE, width=13, value=lambda row: COMBINES[row.target.combine]),
)


def targets(report: Report) -> Iterator[TargetRow]:
    return (TargetRow(unit, line, target) for unit, line in lines(report) for target in line.targets)
