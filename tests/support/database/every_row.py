"""A signed quarter with at least two rows in every audited table, derived from the tables."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, func, insert, select
from sqlalchemy.types import JSON, Boolean, Date, Enum, Float, Integer, TypeDecorator
from sqlmodel import Session, SQLModel

from models.operations import migrating
from models.storage import database, known_tables, truth
from tests.models.quarter_end.test_signing import DIRECTOR, SIGNED_AT, T1, prepare
from tests.support.database.signed_quarter import signed, unit_of

known_tables.load()
TABLES = truth.tables()


def make(path: Path) -> Path:
    """Return the path of the database, written as the program writes it."""
    engine = prepare(database.connect(f"sqlite:///{path}"))
    with database.transaction(engine) as session:
        signed(session, DIRECTOR, unit_of(session), T1, SIGNED_AT)
    with migrating.rebuilding(engine) as connection:  # foreign keys off: the values are arbitrary
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        with Session(connection, join_transaction_mode="rollback_only") as session:
            for table in TABLES:
                _fill(session, table)
            database.complete(session)
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")
    engine.dispose()
    return path


def _fill(session: Session, table: Table) -> None:
    kind = next(each.class_ for each in SQLModel._sa_registry.mappers if each.local_table is table)
    there = session.execute(select(func.count()).select_from(table)).scalar_one()
    for number in range(there, 2):
        values = {column.name: value(column, 500 + number) for column in table.columns}
        session.add(kind(**values))
        session.flush()


def value(column: Any, number: int) -> Any:
    """Return a value of the column's type; different numbers give different values."""
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, Enum):
        choices = list(kind.enum_class or kind.enums)
        return choices[number % len(choices)]
    if isinstance(kind, JSON):
        return {"number": number}
    if isinstance(kind, Boolean):
        return bool(number % 2)
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, Float):
        return number + 0.25
    if isinstance(kind, Date):
        return date(2024, 1, 1) + timedelta(days=number)
    return SIGNED_AT + timedelta(days=number) if kind.python_type is datetime else f"text {number}"


def other(column: Any, was: Any) -> Any:
    """Return a value of the column's type that differs from `was`."""
    return next(found for number in (9001, 9002) if (found := value(column, number)) != was)


@contextmanager
def behind_the_back(path: Path, to: Path) -> Iterator[Connection]:
    """Copy the database and yield a connection without the program's checks, as an attacker has it."""
    shutil.copy(path, to)
    engine = create_engine(f"sqlite:///{to}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        yield connection
    engine.dispose()


def stored(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table in order of its key."""
    return [dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))]


def key_is(table: Table, row: dict[str, Any]) -> Any:
    """Return the condition that matches only that row."""
    conditions = [column == row[column.name] for column in table.primary_key]
    return conditions[0] if len(conditions) == 1 else conditions[0] & conditions[1]


def inserted(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    connection.execute(insert(table), row)


def opened(path: Path) -> Engine:
    return database.connect(f"sqlite:///{path}")
