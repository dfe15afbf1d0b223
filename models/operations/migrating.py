"""Upgrades the tables to the newest version."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from models.storage import audit, table_version


class NewerTables(Exception):
    """The tables are of a version that this program does not know."""

    def __init__(self, version: str) -> None:
        super().__init__(f"the database is of a newer Avance, whose tables are of version {version}")


def migrate(engine: Engine) -> None:
    """Upgrade the tables, and add what changed to the audit chain; does nothing if they are up to date.

    Others may work with the tables meanwhile; they wait. Raises `NewerTables`.
    """
    with engine.begin() as connection:
        stored = table_version.version(connection)
    newest = table_version.versions()[-1]
    if stored != newest and stored is not None and stored not in table_version.versions():
        raise NewerTables(stored)
    if stored != newest:
        with rebuilding(engine) as connection:
            audit.keep_others_out(connection)
            if (stored := table_version.version(connection)) == newest:
                return
            disagreed = disagreeing(connection)
            upgrade(connection)
            write_baseline(connection, stored, newest, disagreed)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the missing migrations up to that version, in the transaction of `rebuilding`."""
    # Imported here: it takes a tenth of a start's time and memory, and most starts do not need it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(table_version.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def disagreeing(connection: Connection) -> Collection[tuple[str, str]]:
    """Return the rows that disagree with the audit chain, by table and key, before an upgrade."""
    from models.operations import baseline

    with Session(connection, join_transaction_mode="rollback_only") as session:
        return baseline.disagreeing(session)


def write_baseline(
    connection: Connection, before: str | None, after: str, disagreed: Collection[tuple[str, str]]
) -> None:
    """Add to the audit chain what an upgrade from one version to another changed."""
    from models.operations import baseline

    with Session(connection, join_transaction_mode="rollback_only") as session:
        baseline.write(session, before, after, disagreed)


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """Yield a transaction in which tables are created and altered.

    SQLite alters a table by making another and dropping the first, which foreign keys would forbid; they can
    only be disabled before a transaction begins.
    """
    with engine.connect() as connection, _foreign_keys_aside(connection), connection.begin():
        yield connection


@contextmanager
def _foreign_keys_aside(connection: Connection) -> Iterator[None]:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
