"""Reads values of SQLite columns that may be in another form than the program writes.

SQLite stores a value of any type in any column and compares days, moments and choices as text, so a value
written in another form is another value to a query.
"""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, Column, Dialect

WHOLE_SECOND = ".000000"  # left out of a moment by SQLite's own clock, and never by the program
Read = Callable[[Any], Any]  # what the driver gives, to the value as the audit chain writes it


def reader(column: Column[Any], write: Read, dialect: Dialect) -> Read:
    """For values of that column, which are not empty. `write` is for what the column's type gives."""
    kind = column.type.dialect_impl(dialect)
    load, store = kind.result_processor(dialect, None), kind.bind_processor(dialect)
    is_json = isinstance(column.type, JSON)  # blanks and order of keys are the engine's own affair

    def read(raw: Any) -> Any:
        try:
            value = load(raw) if load is not None else raw
            stored = raw if is_json or store is None else store(value)
            if type(stored) is not type(raw) or (stored != raw and stored != f"{raw}{WHOLE_SECOND}"):
                return odd(raw)
            written = write(value)
            json.dumps(written)
        except (ValueError, TypeError, LookupError, AttributeError):
            return odd(raw)
        return written

    return read


def odd(raw: Any) -> dict[str, str]:
    """Stands for a value that is in no form of its column, so that it is equal to none that is."""
    return {"stored as": repr(raw)}
