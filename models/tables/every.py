"""Imports every module that defines a table, so that SQLModel's metadata has all of them."""

from sqlmodel import SQLModel

VERSION = "alembic_version"  # Alembic's table, with the last migration applied


def load() -> None:
    """Import all tables. The imports are inside, as modules of tables import modules that call this."""
    from models.tables import (  # noqa: F401
        activity,
        agenda,
        audit,
        backup,
        chat_move,
        draft,
        evidence,
        inbox,
        installation,
        notice,
        outbox,
        people,
        pin,
        programme,
        report,
        review,
        signature,
        statement,
        store_fault,
    )


def names() -> set[str]:
    """Return the names of all tables; call `load` before."""
    return {*SQLModel.metadata.tables, VERSION}
