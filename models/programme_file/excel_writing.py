"""Writes a programme as an Excel workbook; `models.programme_file.excel` reads the same back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from pydantic import BaseModel

from models.combine import Combine
from models.programme.format import GivenTarget, GivenUnit, ProgrammeFile
from models.programme_file.sheets import (
    COLUMNS,
    COMBINES,
    FIRST_HEADER,
    HOLIDAY,
    INSTITUTION,
    INSTITUTION_ROWS,
    LAST_ROWS,
    LINE,
    LINES,
    MONTHS,
    NO,
    NOT_FIXED,
    QUARTERS,
    REPEATED,
    SHEETS,
    STRATEGY,
    TARGETS,
    UNIT,
    UNITS,
    YES,
    CellKind,
    SheetColumn,
)
from models.programme_file.tree import FilePosition

LARGEST_CELL = 32_767  # characters that Excel allows
SPARE_ROWS = 200  # empty rows below the last one that have the drop-down lists too
_CHOICES = {CellKind.YES_NO: [YES, NO], CellKind.COMBINE: [*COMBINES.values()]}


class TooLong(ValueError):
    """A text is too long for an Excel cell, the one at `place`."""

    def __init__(self, place: FilePosition) -> None:
        super().__init__(f"{place}: the text does not fit a cell of Excel's")
        self.place = place


def write_excel(programme: ProgrammeFile) -> bytes:
    """Return the workbook. Raises `TooLong` for a text that no cell can contain."""
    import xlsxwriter  # here, so that it is loaded only when a workbook is written

    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        writer = _Writer(book)
        writer.write_institution(programme)
        writer.write_table(UNITS, _unit_rows(programme), _strategies(programme))
        writer.write_table(LINES, _line_rows(programme))
        writer.write_table(TARGETS, _target_rows(programme))
    return content.getvalue()


Cells = dict[str, Any]  # by the column's title


def _unit_rows(programme: ProgrammeFile) -> Iterator[Cells]:
    for unit in programme.units:
        cells = _cells(UNITS, unit)
        if isinstance(unit.strategy, tuple):
            cells |= {f"{STRATEGY} {place}": text for place, text in enumerate(unit.strategy, 1)}
            del cells[STRATEGY]
        yield cells


def _strategies(programme: ProgrammeFile) -> tuple[SheetColumn, ...]:
    """Return as many columns as the longest list of strategies needs, at least two."""
    lists = [unit.strategy for unit in programme.units if isinstance(unit.strategy, tuple)]
    longest = max([2, *map(len, lists)])
    return tuple(SheetColumn(f"{STRATEGY} {place}", (), width=60) for place in range(1, longest + 1))


def _line_rows(programme: ProgrammeFile) -> Iterator[Cells]:
    for unit in programme.units:
        yield from ({**_cells(LINES, line), UNIT: unit.key} for line in unit.lines)


def _target_rows(programme: ProgrammeFile) -> Iterator[Cells]:
    for unit, number, target in _targets(programme):
        cells = {**_cells(TARGETS, target), UNIT: unit.key, LINE: number}
        titles = QUARTERS if len(target.plan or ()) == len(QUARTERS) else MONTHS
        cells |= dict.fromkeys((*QUARTERS, *MONTHS))
        for title, entry in zip(titles, target.plan or (), strict=False):
            cells[title] = NOT_FIXED if entry is None else entry
        yield cells


def _targets(programme: ProgrammeFile) -> Iterator[tuple[GivenUnit, int, GivenTarget]]:
    for unit in programme.units:
        for line in unit.lines:
            yield from ((unit, line.number, target) for target in line.targets)


def _cells(sheet: str, part: BaseModel) -> Cells:
    return {column.title: _at(part, column.path) for column in COLUMNS[sheet] if column.path}


def _at(part: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        part = None if part is None else getattr(part, name)
    return part


class _Writer:
    """Writes one workbook. Texts are written as texts, never as formulas, even `=1+1`."""

    def __init__(self, book: Any) -> None:
        self._sheets = {name: book.add_worksheet(name) for name in SHEETS}
        look = {"valign": "top", "text_wrap": True}
        self._head = book.add_format({**look, "bold": True, "bg_color": "#E4DFEC", "bottom": 1})
        self._formats = {
            CellKind.TEXT: book.add_format({**look, "num_format": "@"}),
            CellKind.TEXTS: book.add_format({**look, "num_format": "@"}),
            CellKind.NUMBER: book.add_format({"valign": "top"}),
            CellKind.DAY: book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"}),
            CellKind.YES_NO: book.add_format({"valign": "top"}),
            CellKind.COMBINE: book.add_format({"valign": "top"}),
        }

    def write_institution(self, programme: ProgrammeFile) -> None:
        sheet = self._sheets[INSTITUTION]
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 80, self._formats[CellKind.TEXT])
        sheet.set_column(2, 2, 80, self._formats[CellKind.TEXT])
        sheet.set_column(3, 3, 40, self._formats[CellKind.TEXT])
        self._write_head(INSTITUTION, list(FIRST_HEADER))
        row = 1
        for field in INSTITUTION_ROWS:
            sheet.write_string(row, 0, field.title, self._head)
            self._write(INSTITUTION, row, 1, field.kind, _at(programme, field.path))
            row += 1
        for day in programme.calendar.holidays:
            sheet.write_string(row, 0, HOLIDAY, self._head)
            self._write(INSTITUTION, row, 1, CellKind.DAY, day)
            row += 1
        for title, (name, fields) in REPEATED.items():
            for part in getattr(programme.institution, name):
                sheet.write_string(row, 0, title, self._head)
                for column, each in enumerate(fields, 1):
                    self._write(INSTITUTION, row, column, CellKind.TEXT, getattr(part, each))
                row += 1
        for field in LAST_ROWS:
            sheet.write_string(row, 0, field.title, self._head)
            self._write(INSTITUTION, row, 1, field.kind, _at(programme, field.path))
            row += 1

    def write_table(self, name: str, rows: Iterator[Cells], more: tuple[SheetColumn, ...] = ()) -> None:
        columns = (*COLUMNS[name], *more)
        sheet = self._sheets[name]
        self._write_head(name, [column.title for column in columns])
        last = 0
        for last, cells in enumerate(rows, 1):
            for place, column in enumerate(columns):
                self._write(name, last, place, column.kind, cells.get(column.title))
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width, self._formats[column.kind])
            if column.kind in _CHOICES:
                choice = {"validate": "list", "source": _CHOICES[column.kind]}
                sheet.data_validation(1, place, last + SPARE_ROWS, place, choice)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def _write_head(self, name: str, titles: list[str]) -> None:
        for place, title in enumerate(titles):
            self._sheets[name].write_string(0, place, title, self._head)
        self._sheets[name].freeze_panes(1, 3 if name == TARGETS else 1)

    def _write(self, name: str, row: int, place: int, kind: CellKind, value: Any) -> None:
        sheet, look = self._sheets[name], self._formats[kind]
        if isinstance(value, tuple):
            value = "\n".join(value)
        if value is None or value == "":
            sheet.write_blank(row, place, None, look)
        elif isinstance(value, bool):
            sheet.write_string(row, place, YES if value else NO, look)
        elif isinstance(value, Combine):
            sheet.write_string(row, place, COMBINES[value], look)
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, look)
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, place, float(value), look)
        elif len(value.encode("utf-16-le")) > 2 * LARGEST_CELL:
            raise TooLong(FilePosition(row + 1, place + 1, name))
        else:
            sheet.write_string(row, place, value, look)
