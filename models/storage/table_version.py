"""The version of the database's tables (the last migration applied), and all versions there are."""

from pathlib import Path

from sqlalchemy import Connection, inspect

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def versions() -> list[str]:
    """Return all versions, oldest first, by the names of the migration files."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*.py"))


def version(connection: Connection) -> str | None:
    """Return the version of the tables without importing Alembic, or None if there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
