"""Writes a workbook of tables that can be filtered, printed and used for computing; equal data give equal
bytes.

Numbers and days are written as such; text is always text, even if it begins with "=".
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from io import BytesIO
from math import ceil
from typing import Any, Generic, TypeVar

import xlsxwriter

from reports.cell_texts import cell_text
from reports.legible import legible
from reports.texts import sheets

LARGEST_CELL = 32_767  # UTF-16 code units that Excel allows in a cell
LINE_HEIGHT, TALLEST_ROW = 15, 409  # points
WIDEST_PAGE = 230  # the width of a sheet, in characters, that is still legible on a landscape page
BOLDER = 1.15  # factor by which bold letters are wider
LETTER = 1  # Excel's number for the paper size used in Mexico
_TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Item = TypeVar("Item")
Value = str | int | float | bool | Decimal | Fraction | date | datetime | None


class ColumnFormat(Enum):
    """How a column's values are shown; their type is that of each value."""

    TEXT = auto()
    NUMBER = auto()
    PLAIN = auto()  # a number used as a name: 2024, an activity's number
    SHARE = auto()  # 1 is the whole, shown as a percentage
    DAY = auto()
    MOMENT = auto()
    PLACE = auto()  # degrees


_NUMBER_FORMATS = {
    ColumnFormat.TEXT: "@",
    ColumnFormat.NUMBER: "#,##0",
    ColumnFormat.PLAIN: "0",
    ColumnFormat.SHARE: "0.0%",
    ColumnFormat.DAY: "dd/mm/yyyy",
    ColumnFormat.MOMENT: "dd/mm/yyyy hh:mm",
    ColumnFormat.PLACE: "0.000000",
}
_EXACT, _COMPUTED = "#,##0.0#####", "#,##0.0#"  # number formats of amounts that are not whole


@dataclass(frozen=True)
class Column:
    """A column; `width` is in Excel's characters."""

    title: str
    kind: ColumnFormat = ColumnFormat.TEXT
    width: float = 14


@dataclass(frozen=True)
class ReadColumn(Column, Generic[Item]):
    """A column with a function `value` from a row's item to the cell's value."""

    value: Callable[[Item], Value] = field(kw_only=True)


def rows_of(columns: Sequence[ReadColumn[Item]], items: Iterable[Item]) -> Iterator[tuple[Value, ...]]:
    """Return one row per item, with one value per column."""
    return (tuple(column.value(item) for column in columns) for item in items)


def cut(text: str) -> str:
    """Return the text, cut to what a cell can contain; a cut text ends with a remark."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LARGEST_CELL:
        return text
    remark = sheets.cut(len(text))
    kept = units[: 2 * (LARGEST_CELL - len(remark))].decode("utf-16-le", errors="ignore")
    return kept + remark


class Workbook:
    """A workbook being written; `content` finishes it. `made_at` is its date, `running_title` its header."""

    def __init__(self, title: str, author: str, made_at: datetime, running_title: str) -> None:
        self._content = BytesIO()
        self._book: Any = xlsxwriter.Workbook(self._content, {"in_memory": True, **_TEXT_STAYS_TEXT})
        created = made_at.replace(tzinfo=None, microsecond=0)
        self._book.set_properties({"title": legible(title), "author": legible(author), "created": created})
        self._running_title = legible(running_title)
        self.written: dict[str, dict[tuple[int, int], str]] = {}  # what stands in each sheet, by its name
        self._widths: dict[str, Sequence[float]] = {}  # by the sheet's name
        self._formats: dict[tuple[str, bool], Any] = {}
        self._head = self._format(bold=True, text_wrap=True, valign="vcenter", bg_color="#E4DFEC", bottom=1)

    def sheet(self, name: str, widths: Sequence[float], fixed: int = 0) -> Any:
        """Return a new sheet, set up to be printed legibly, on several pages if it is wide or long.

        On pages side by side, the `fixed` columns are repeated.
        """
        sheet = self._book.add_worksheet(name)
        self._widths[name] = widths
        self.written[name] = {}
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_landscape()
        sheet.set_paper(LETTER)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.fit_to_pages(ceil(sum(widths) / WIDEST_PAGE), 0)
        if fixed:
            sheet.repeat_columns(0, fixed - 1)
        sheet.set_header(_printed_title(self._running_title, name))
        sheet.set_footer(sheets.PAGE_FOOTER)
        return sheet

    def add_table(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], fixed: int = 0
    ) -> None:
        """Add a sheet with a header row and filters; header and `fixed` columns are frozen."""
        sheet = self.sheet(name, [column.width for column in columns], fixed)
        last = self.write_rows(sheet, 0, columns, rows)
        sheet.freeze_panes(1, fixed)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.repeat_rows(0)

    def write_rows(
        self, sheet: Any, top: int, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
    ) -> int:
        """Write header and rows from row `top` on (0 is the first); return the last row written."""
        for place, column in enumerate(columns):
            self._put(sheet, top, place, column.title, self._head)
        sheet.set_row(top, _height([(each.title, each.width / BOLDER) for each in columns]))
        row = top
        for row, values in enumerate(rows, top + 1):
            for place, (column, value) in enumerate(zip(columns, values, strict=True)):
                self.write(sheet, row, place, value, column.kind)
            texts = [(each, col.width) for col, each in zip(columns, values, strict=True)]
            sheet.set_row(row, _height([(each, width) for each, width in texts if isinstance(each, str)]))
        return row

    def write(
        self,
        sheet: Any,
        row: int,
        place: int,
        value: Value,
        kind: ColumnFormat = ColumnFormat.TEXT,
        bold: bool = False,
    ) -> None:
        """Write one cell; an empty text or None leaves it empty."""
        if value is None or value == "":
            sheet.write_blank(row, place, None, self._look(kind, bold))
        elif isinstance(value, bool):
            self._put(
                sheet, row, place, sheets.YES if value else sheets.NO, self._look(ColumnFormat.TEXT, bold)
            )
        elif isinstance(value, date):
            naive = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            sheet.write_datetime(row, place, naive, self._look(kind, bold))
            self._note(sheet, row, place, naive)
        elif isinstance(value, str):
            self._put(sheet, row, place, cut(legible(value)), self._look(ColumnFormat.TEXT, bold))
        else:
            sheet.write_number(row, place, float(value), self._look(kind, bold, _decimals(value)))
            self._note(sheet, row, place, value)

    def _put(self, sheet: Any, row: int, place: int, text: str, look: Any) -> None:
        sheet.write_string(row, place, text, look)
        self._note(sheet, row, place, text)

    def _note(self, sheet: Any, row: int, place: int, value: Value) -> None:
        text = cell_text(value)
        if text is not None:
            self.written[sheet.get_name()][row, place] = text

    def write_across(
        self, sheet: Any, row: int, first: int, last: int, text: str, bold: bool = False
    ) -> None:
        """Write a long text over several columns."""
        text = cut(legible(text))
        look = self._look(ColumnFormat.TEXT, bold)
        sheet.merge_range(row, first, row, last, "", look)
        self._put(sheet, row, first, text, look)
        width = sum(self._widths[sheet.get_name()][first : last + 1])
        sheet.set_row(row, _height([(text, width)]))

    def content(self) -> bytes:
        self._book.close()
        return self._content.getvalue()

    def _look(self, kind: ColumnFormat, bold: bool, decimals: str | None = None) -> Any:
        number_format = decimals if decimals and kind is ColumnFormat.NUMBER else _NUMBER_FORMATS[kind]
        key = (number_format, bold)
        if key not in self._formats:
            texts = {"align": "left", "indent": 1, "text_wrap": True} if kind is ColumnFormat.TEXT else {}
            self._formats[key] = self._format(num_format=number_format, valign="top", bold=bold, **texts)
        return self._formats[key]

    def _format(self, **look: Any) -> Any:
        return self._book.add_format(look)


def _decimals(value: int | float | Decimal | Fraction) -> str | None:
    """Return the number format for a value with decimals, or None for a whole number."""
    if value == int(value):
        return None
    return _COMPUTED if isinstance(value, Fraction) else _EXACT


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height of a row with (text, width) cells, in points; some programs do not compute it."""
    lines = [1]
    for text, width in texts:
        room = max(1, width - 2)  # for the indent, and for lines that are not full
        lines.append(sum(max(1, ceil(len(line) / room)) for line in text.split("\n")))
    return min(max(lines) * LINE_HEIGHT, TALLEST_ROW)


def _printed_title(title: str, name: str) -> str:
    """Return the page header in Excel's codes, which begin with `&`; it has at most 255 characters."""
    return f"&L{title[:100].replace('&', '&&')}&R{name}"
