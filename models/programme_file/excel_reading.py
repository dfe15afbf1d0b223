"""Reads the sheets of an Excel workbook as rows of plain values.

A workbook may be malicious: the package's directory is checked before anything is unpacked, and no formula,
macro or link is followed. A workbook from the chat is read in a process of its own
(`models.programme_file.reading`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from models.clean_text import without_invisible
from models.programme_file.excel_package import Package, RawCell
from models.programme_file.sentences import said
from models.programme_file.sheets import SHEETS, as_named
from models.programme_file.tree import FilePosition, Unreadable

MAX_ROWS, MAX_COLUMNS = 5000, 200
_COPY = re.compile(r"(?:(?<!\d)\d{1,2}|\(\d{1,2}\))\Z", re.ASCII)
HEAD_WITHIN = 20  # rows in which the header is looked for, below a title, a logo or a date


class Formula:
    """The value of a cell with a formula."""


class Mistake:
    """The value of a cell whose formula failed: #REF!, #N/A."""


@dataclass(frozen=True)
class Percent:
    """The value of a cell that shows its number as a percentage: 0.5 as 50 %."""

    number: Decimal


Value = str | int | Decimal | bool | date | datetime | Formula | Mistake | Percent
Rows = dict[int, dict[int, Value]]  # by row and column, from 1; empty cells are left out


@dataclass
class Sheet:
    """A sheet. `head` is the number of the row with the titles, `merged` are merged ranges."""

    rows: Rows = field(default_factory=dict)
    head: int = 1
    merged: list[str] = field(default_factory=list)


def read_sheets(source: bytes) -> dict[str, Sheet]:
    """Return the workbook's sheets that belong to a programme, by the names in `SHEETS`.

    Raises `Unreadable` if the file is not an acceptable workbook.
    """
    try:
        package = Package(source)
        return {name: _sheet(package, name, given) for name, given in _chosen(package.sheets).items()}
    except (Unreadable, MemoryError):
        raise
    except Exception:  # a broken part makes the parsers raise many kinds of exceptions
        raise Unreadable(said("workbook_broken")) from None


def _chosen(names: Mapping[str, Any]) -> dict[str, str]:
    """Return the workbook's name of each known sheet: the exact one, else a similar one."""
    chosen: dict[str, str] = {}
    for given in names:
        meant = as_named(given, SHEETS)
        if meant is not None and (meant not in chosen or given == meant):
            chosen[meant] = given
    for given in names:  # «Metas1» and «Metas (2)», as programs name copies, if the sheet itself is gone
        meant = as_named(_COPY.sub("", given.strip()).strip(), SHEETS)
        if meant is not None:
            chosen.setdefault(meant, given)
    return chosen


def _sheet(package: Package, name: str, given: str) -> Sheet:
    """Return the sheet. Raises `Unreadable` if it has far too many cells with content."""
    raw = package.sheet(given)
    rows: Rows = {}
    for cell in raw.cells:
        if (value := _value(cell, package.from_1904)) is None:
            continue
        if cell.row > MAX_ROWS or cell.column > MAX_COLUMNS:
            place = FilePosition(cell.row, cell.column, name)
            raise Unreadable(said("too_many_cells", rows=MAX_ROWS, columns=MAX_COLUMNS), place)
        rows.setdefault(cell.row, {})[cell.column] = value
    return Sheet(rows, merged=raw.merged)


def _value(cell: RawCell, from_1904: bool) -> Value | None:
    if cell.computes:
        return Formula()
    if cell.text is None or cell.kind == "e":
        return None if cell.text is None else Mistake()
    if cell.kind == "b":
        return cell.text in ("1", "true")
    if cell.kind == "d":
        return _day(datetime.fromisoformat(cell.text))
    if cell.kind == "n":
        return _number(cell, from_1904)
    return without_invisible(cell.text).strip() or None


def _number(cell: RawCell, from_1904: bool) -> Value:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    # Excel keeps fifteen digits, more than any amount has.
    exact = Decimal(f"{float(cell.text or ''):.15g}")
    given = cell.number_format
    format_code = BUILTIN_FORMATS.get(int(given), "General") if given.isdecimal() else given
    if is_date_format(format_code):
        return _dated(exact, from_1904)
    if "%" in format_code:
        return Percent(exact)
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 10**15 else exact


def _dated(number: Decimal, from_1904: bool) -> Value:
    """Return the date that a number is shown as, or the number itself if that is not a date."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    try:
        found = from_excel(float(number), CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900)
    except (ValueError, OverflowError):
        return number
    return _day(found) if isinstance(found, datetime) else str(found)


def _day(moment: datetime) -> date | datetime:
    return moment.date() if moment.time() == time() else moment


def filled(sheet: Sheet) -> Iterator[tuple[int, dict[int, Value]]]:
    """Return the rows below the header that are not empty, in order."""
    return ((number, sheet.rows[number]) for number in sorted(sheet.rows) if number > sheet.head)
