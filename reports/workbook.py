"""A workbook of tables made to be filtered, printed and computed with. The same tables give the same bytes.

Numbers and days are numbers and days; text stays text whatever it begins with.
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

from reports.legible import legible
from reports.texts import sheets

LARGEST_CELL = 32_767  # UTF-16 units that Excel takes in one cell
LINE_HEIGHT, TALLEST_ROW = 15, 409  # points
WIDEST_PAGE = 230  # a sheet's width, in characters, that a landscape page still shows legibly
BOLDER = 1.15  # how much wider than others bold letters are
LETTER = 1  # the paper of Mexico, by Excel's number
_TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Item = TypeVar("Item")
Value = str | int | float | bool | Decimal | Fraction | date | datetime | None


class ColumnFormat(Enum):
    """How a column's values look. What they are says each value itself."""

    TEXT = auto()
    NUMBER = auto()
    PLAIN = auto()  # a number that is a name: 2024, an activity's number
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
_EXACT, _COMPUTED = "#,##0.0#####", "#,##0.0#"  # of an amount that is no whole number


@dataclass(frozen=True)
class Column:
    """`width` is in Excel's characters."""

    title: str
    kind: ColumnFormat = ColumnFormat.TEXT
    width: float = 14


@dataclass(frozen=True)
class ReadColumn(Column, Generic[Item]):
    """A column that knows what stands in it: `value` gives that of the thing that a row is of."""

    value: Callable[[Item], Value] = field(kw_only=True)


def rows_of(columns: Sequence[ReadColumn[Item]], items: Iterable[Item]) -> Iterator[tuple[Value, ...]]:
    """One row an item, one value a column."""
    return (tuple(column.value(item) for column in columns) for item in items)


def cut(text: str) -> str:
    """What a cell can hold of it; where that is not all, the end says so."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LARGEST_CELL:
        return text
    remark = sheets.cut(len(text))
    kept = units[: 2 * (LARGEST_CELL - len(remark))].decode("utf-16-le", errors="ignore")
    return kept + remark


class Workbook:
    """Under construction; `content` ends it. `made_at` dates it, `running_title` heads printed pages."""

    def __init__(self, title: str, author: str, made_at: datetime, running_title: str) -> None:
        self._content = BytesIO()
        self._book: Any = xlsxwriter.Workbook(self._content, {"in_memory": True, **_TEXT_STAYS_TEXT})
        created = made_at.replace(tzinfo=None, microsecond=0)
        self._book.set_properties({"title": legible(title), "author": legible(author), "created": created})
        self._running_title = legible(running_title)
        self._widths: dict[str, Sequence[float]] = {}  # by the sheet's name
        self._formats: dict[tuple[str, bool], Any] = {}
        self._head = self._format(bold=True, text_wrap=True, valign="vcenter", bg_color="#E4DFEC", bottom=1)

    def sheet(self, name: str, widths: Sequence[float], fixed: int = 0) -> Any:
        """An empty sheet, set up to be printed legibly: on more pages where it is wide or long.

        Each of the pages beside each other begins with the `fixed` columns.
        """
        sheet = self._book.add_worksheet(name)
        self._widths[name] = widths
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
        """A sheet whose first row is the head, with filters; head and `fixed` columns stay in sight."""
        sheet = self.sheet(name, [column.width for column in columns], fixed)
        last = self.write_rows(sheet, 0, columns, rows)
        sheet.freeze_panes(1, fixed)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        sheet.repeat_rows(0)

    def write_rows(
        self, sheet: Any, top: int, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
    ) -> int:
        """Head and rows from row `top` on (0 is the first); the last row that was written."""
        for place, column in enumerate(columns):
            sheet.write_string(top, place, column.title, self._head)
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
        """One cell; an empty text and None leave it empty."""
        if value is None or value == "":
            sheet.write_blank(row, place, None, self._look(kind, bold))
        elif isinstance(value, bool):
            sheet.write_string(
                row, place, sheets.YES if value else sheets.NO, self._look(ColumnFormat.TEXT, bold)
            )
        elif isinstance(value, date):
            naive = value.replace(tzinfo=None) if isinstance(value, datetime) else value
            sheet.write_datetime(row, place, naive, self._look(kind, bold))
        elif isinstance(value, str):
            sheet.write_string(row, place, cut(legible(value)), self._look(ColumnFormat.TEXT, bold))
        else:
            sheet.write_number(row, place, float(value), self._look(kind, bold, _decimals(value)))

    def write_across(
        self, sheet: Any, row: int, first: int, last: int, text: str, bold: bool = False
    ) -> None:
        """A long text over several columns."""
        text = cut(legible(text))
        look = self._look(ColumnFormat.TEXT, bold)
        sheet.merge_range(row, first, row, last, "", look)
        sheet.write_string(row, first, text, look)
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
    """How what is behind the point is shown, where there is anything."""
    if value == int(value):
        return None
    return _COMPUTED if isinstance(value, Fraction) else _EXACT


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """Of a row with these texts in cells so wide. Not every program makes rows as high as their texts."""
    lines = [1]
    for text, width in texts:
        room = max(1, width - 2)  # the indent, and words that do not fill their line
        lines.append(sum(max(1, ceil(len(line) / room)) for line in text.split("\n")))
    return min(max(lines) * LINE_HEIGHT, TALLEST_ROW)


def _printed_title(title: str, name: str) -> str:
    """The header in Excel's own signs, of which `&` is one; it holds 255 characters."""
    return f"&L{title[:100].replace('&', '&&')}&R{name}"
