"""The sheets of an Excel workbook as rows of plain values, each at its cell.

Whoever sends one may have made it to hurt whoever opens it: what the package says of itself is looked at
before anything is unpacked, and no formula, macro or link is followed. Where it comes from a chat it is read
in a process of its own (`models.programme_file.reading`).
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
HEAD_WITHIN = 20  # rows: a title, a logo's place and a date may stand above the head


class Formula:
    """Stands where a cell computes instead of saying."""


class Mistake:
    """Stands where a formula failed: #REF!, #N/A."""


@dataclass(frozen=True)
class Percent:
    """Stands where a cell says one number and shows another: 0.5 as 50 %."""

    number: Decimal


Value = str | int | Decimal | bool | date | datetime | Formula | Mistake | Percent
Rows = dict[int, dict[int, Value]]  # by row and column from 1; what is empty is left out


@dataclass
class Sheet:
    """`head` is the row of the titles. `merged` are the ranges of the rows below it."""

    rows: Rows = field(default_factory=dict)
    head: int = 1
    merged: list[str] = field(default_factory=list)


def read_sheets(source: bytes) -> dict[str, Sheet]:
    """The sheets of a programme that are there, by their names as we write them.

    Raises `Unreadable` for what is no workbook that we take.
    """
    try:
        package = Package(source)
        return {name: _sheet(package, name, given) for name, given in _chosen(package.sheets).items()}
    except (Unreadable, MemoryError):
        raise
    except Exception:  # a broken part makes the parsers stumble in many ways
        raise Unreadable(said("workbook_broken")) from None


def _chosen(names: Mapping[str, Any]) -> dict[str, str]:
    """Which of the workbook's sheets is meant by each of ours: the exact name, else one much like it."""
    chosen: dict[str, str] = {}
    for given in names:
        meant = as_named(given, SHEETS)
        if meant is not None and (meant not in chosen or given == meant):
            chosen[meant] = given
    for given in names:  # «Metas1» and «Metas (2)», as programs call a copy, where the sheet itself is gone
        meant = as_named(_COPY.sub("", given.strip()).strip(), SHEETS)
        if meant is not None:
            chosen.setdefault(meant, given)
    return chosen


def _sheet(package: Package, name: str, given: str) -> Sheet:
    """Raises `Unreadable` where it has far too many cells that say something."""
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

    # Fifteen digits are what Excel keeps, and more than any amount has.
    exact = Decimal(f"{float(cell.text or ''):.15g}")
    given = cell.number_format
    format_code = BUILTIN_FORMATS.get(int(given), "General") if given.isdecimal() else given
    if is_date_format(format_code):
        return _dated(exact, from_1904)
    if "%" in format_code:
        return Percent(exact)
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 10**15 else exact


def _dated(number: Decimal, from_1904: bool) -> Value:
    """The day that a number is shown as; the number itself where that is no day."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    try:
        found = from_excel(float(number), CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900)
    except (ValueError, OverflowError):
        return number
    return _day(found) if isinstance(found, datetime) else str(found)


def _day(moment: datetime) -> date | datetime:
    return moment.date() if moment.time() == time() else moment


def filled(sheet: Sheet) -> Iterator[tuple[int, dict[int, Value]]]:
    """The rows below the head that say something, in their order."""
    return ((number, sheet.rows[number]) for number in sorted(sheet.rows) if number > sheet.head)
