"""The version of the tables: which migration they are of, and which there are."""

from pathlib import Path

from sqlalchemy import Connection, inspect

MIGRATIONS = Path(__file__).parent / "migrations"


def versions() -> list[str]:
    """Every version of the tables that there was, oldest first. The files' names begin with theirs."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*.py"))


def version(connection: Connection) -> str | None:
    """The version of the tables as they stand, found out without Alembic; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
