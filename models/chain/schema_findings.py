"""Finds triggers, views, tables and columns that the program does not know, and missing ones.

The audit chain does not cover them: a trigger may change what is written, a view may replace a table, and a
missing column cannot be compared.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from models.storage import known_tables, table_version

_SQLITE = "SELECT type || ' ' || name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY 1"
_POSTGRESQL = """SELECT 'trigger ' || tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
    UNION SELECT 'view ' || relname FROM pg_class
        WHERE relkind IN ('v', 'm') AND relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
    UNION SELECT 'rule ' || rulename FROM pg_rules WHERE schemaname = current_schema() ORDER BY 1"""


def extras(connection: Connection) -> list[str]:
    """Return triggers, views and rules, of which the program has none: «trigger x»."""
    query = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    return list(connection.execute(text(query)).scalars())


def unknown_tables(connection: Connection) -> list[str]:
    """Return tables that the program does not have."""
    known_tables.load()
    return sorted(set(inspect(connection).get_table_names()) - known_tables.names())


def misshapen(connection: Connection) -> Iterator[tuple[str, str | None]]:
    """Return missing tables, and missing or unknown columns.

    Empty if the tables are of an earlier version, since they are still to be upgraded.
    """
    if table_version.version(connection) in table_version.versions()[:-1]:
        return
    known_tables.load()
    for name in sorted(SQLModel.metadata.tables):
        if not inspect(connection).has_table(name):
            yield name, None
            continue
        known = {column.name for column in SQLModel.metadata.tables[name].columns}
        stored = {each["name"] for each in inspect(connection).get_columns(name)}
        yield from ((name, column) for column in sorted(known ^ stored))
