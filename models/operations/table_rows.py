"""Rows of any table as lines of JSON and back: the format of backups on both engines.

The tables are reflected from the database, not taken from the models, so rows of an earlier version can be
restored into tables of that version. Instants are written in UTC with offset, days like 2024-03-31. In JSON
columns a stored JSON `null` is restored as SQL NULL.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, BinaryIO

from sqlalchemy import (
    JSON,
    Connection,
    Date,
    DateTime,
    Integer,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
    text,
)

VERSION = "alembic_version"
AT_ONCE = 500  # rows


def tables(connection: Connection) -> list[Table]:
    """Return every table of the database by name, except the one with its version."""
    found = MetaData()
    found.reflect(connection)
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = type(column.type)(none_as_null=True)
    return [found.tables[name] for name in sorted(found.tables) if name != VERSION]


def write(connection: Connection, table: Table, file: BinaryIO) -> int:
    """Write every row as a line, in order of its key; return how many."""
    rows = connection.execute(
        select(table).order_by(*table.primary_key), execution_options={"yield_per": AT_ONCE}
    )
    count = 0
    for row in rows:
        file.write(_as_json(dict(row._mapping)).encode() + b"\n")
        count += 1
    return count


def read(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Insert rows written by `write`; return how many. Raises ValueError for an invalid row."""
    count, left = 0, iter(lines)
    while rows := [_row(table, line) for line in islice(left, AT_ONCE)]:
        connection.execute(insert(table), rows)
        count += len(rows)
    return count


@contextmanager
def any_order(connection: Connection, filled: Sequence[Table]) -> Iterator[None]:
    """Allow rows to refer to later ones inside the block; sequences continue after the highest id.

    Raises ValueError or `IntegrityError` if one is missing at the end. On SQLite foreign keys must be off.
    """
    if connection.dialect.name == "sqlite":
        yield
        if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise ValueError(f"a row of {lost[0]} names one of {lost[2]} that is not there")
        return
    _check_at_end(connection, "DEFERRABLE INITIALLY DEFERRED")
    yield
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    _check_at_end(connection, "NOT DEFERRABLE")
    for table in filled:
        if "id" in table.columns and isinstance(table.c.id.type, Integer):
            name = connection.dialect.identifier_preparer.format_table(table)
            sequence = func.pg_get_serial_sequence(name, "id")
            connection.execute(select(func.setval(sequence, select(func.max(table.c.id)).scalar_subquery())))


def _check_at_end(connection: Connection, when: str) -> None:
    for (_, table), keys in inspect(connection).get_multi_foreign_keys().items():
        for key in keys:
            connection.execute(text(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{key["name"]}" {when}'))


def _row(table: Table, line: bytes) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict) or row.keys() != {column.name for column in table.columns}:
        raise ValueError(f"not a row of {table.name}")
    for column in table.columns:
        parse = _from_text(column.type)
        if parse is not None and row[column.name] is not None:
            row[column.name] = parse(row[column.name])
    return row


def _from_text(kind: Any) -> Callable[[str], date] | None:
    if isinstance(kind, DateTime):
        return datetime.fromisoformat
    return date.fromisoformat if isinstance(kind, Date) else None


def _as_text(value: Any) -> str:
    """Return a date or datetime as text, for `json.dumps`. Raises TypeError for other types."""
    if isinstance(value, datetime):  # SQLite returns it naive, in UTC
        return (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a column holds a {type(value).__name__}, which a backup cannot keep")


_as_json = json.JSONEncoder(ensure_ascii=False, default=_as_text).encode
