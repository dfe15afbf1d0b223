"""An Excel workbook to the same plain tree as YAML gives, with the cell of every value.

Whoever sends one may have made it to hurt whoever opens it: what the package says of itself is looked at
before anything is unpacked, and no formula, macro or link is followed. Where it comes from a chat it is read
in a process of its own (`models.programme_reading`).
"""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from models.programme_sentences import said
from models.programme_sheets import SHEETS
from models.programme_tree import Place, Unreadable

MAX_UNPACKED = 20_000_000  # bytes that the package may come to
MAX_PARTS = 500  # files in the package
MAX_ROWS, MAX_COLUMNS = 5000, 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel until 2003, and whatever has a password


class Formula:
    """Stands where a cell computes instead of saying."""


class Mistake:
    """Stands where a formula failed: #REF!, #N/A."""


Value = str | int | Decimal | bool | date | datetime | Formula | Mistake
Rows = dict[int, dict[int, Value]]  # by row and column from 1; what is empty is left out


def read_sheets(source: bytes) -> dict[str, Rows]:
    """Every sheet by its name. Raises `Unreadable` for what is no workbook that we take."""
    _refuse_tricks(source)
    from openpyxl import load_workbook  # here: whatever does not read a workbook need not load it

    try:
        book = load_workbook(BytesIO(source), read_only=True, keep_links=False)
        sheets = {sheet.title: _rows(sheet) if sheet.title in SHEETS else {} for sheet in book.worksheets}
        book.close()
    except (Unreadable, MemoryError):
        raise
    except Exception:  # the library raises whatever a broken part makes it stumble over
        raise Unreadable(said("workbook_broken")) from None
    return sheets


def _refuse_tricks(source: bytes) -> None:
    if source.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in source:
            raise Unreadable(said("password"))
        raise Unreadable(said("old_excel"))
    try:
        with zipfile.ZipFile(BytesIO(source)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, zlib.error):
        raise Unreadable(said("no_workbook")) from None
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable(said("macros"))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(said("bomb"))
    if "xl/workbook.xml" not in names:
        raise Unreadable(said("no_workbook"))


def _rows(sheet: Any) -> Rows:
    """The sheet's cells that say something. Raises `Unreadable` where they are far too many."""
    sheet.reset_dimensions()
    rows: Rows = {}
    for cells in sheet.iter_rows():
        for cell in cells:
            if (value := _value(cell)) is None:
                continue
            if cell.row > MAX_ROWS or cell.column > MAX_COLUMNS:
                place = Place(cell.row, cell.column, sheet.title)
                raise Unreadable(said("too_many_cells", rows=MAX_ROWS, columns=MAX_COLUMNS), place)
            rows.setdefault(cell.row, {})[cell.column] = value
    return rows


def _value(cell: Any) -> Value | None:
    value = cell.value
    if value is None:
        return None
    if cell.data_type in ("f", "e"):
        return Formula() if cell.data_type == "f" else Mistake()
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() or None
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, float):  # fifteen digits are what Excel keeps, and more than any amount has
        exact = Decimal(f"{value:.15g}")
        return int(exact) if exact == exact.to_integral_value() and abs(exact) < 10**15 else exact
    return value if isinstance(value, bool | int) else str(value)


def filled(rows: Rows) -> Iterator[tuple[int, dict[int, Value]]]:
    """The rows below the header that say something, in their order."""
    return ((number, rows[number]) for number in sorted(rows) if number > 1)
