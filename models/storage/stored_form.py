"""Reads values of SQLite columns that may have another form than the program writes.

SQLite stores values of any type in any column, and compares dates, instants and choices as text. So a value
written in another form, by another program, is a different value to a query.
"""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, Column, Dialect

WHOLE_SECOND = ".000000"  # SQLite's own clock leaves it out of an instant, the program never does
Read = Callable[[Any], Any]  # from the driver's value to the value in the audit chain's form


def reader(column: Column[Any], write: Read, dialect: Dialect) -> Read:
    """Return a function from the driver's non-empty values of that column to the audit chain's form.

    `write` converts the values that the column's type returns.
    """
    kind = column.type.dialect_impl(dialect)
    load, store = kind.result_processor(dialect, None), kind.bind_processor(dialect)
    is_json = isinstance(column.type, JSON)  # its white space and order of keys may differ

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
    """Return a substitute for a value with no form of its column; it equals no value that has one."""
    return {"stored as": repr(raw)}
