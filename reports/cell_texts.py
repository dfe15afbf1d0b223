"""What stands in a sheet's cells, as texts that are equal whether they were written or read back."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

CellTexts = Mapping[tuple[int, int], str]  # by row and column, from 0; empty cells are left out


def cell_text(value: Any) -> str | None:
    """Return a cell's value as text, or None for an empty one."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        return moment.replace(tzinfo=None).isoformat(timespec="minutes")
    return format(float(value), ".12g")


def texts_of(rows: Iterable[Sequence[Any]]) -> CellTexts:
    """Return the texts of these rows."""
    return {
        (row, column): text
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if (text := cell_text(value)) is not None
    }


def hash_of_cells(cells: CellTexts) -> str:
    """Return the SHA-256 of what stands in the cells of a sheet, and where."""
    listed = sorted([row, column, text] for (row, column), text in cells.items())
    return hashlib.sha256(json.dumps(listed, ensure_ascii=True).encode()).hexdigest()
