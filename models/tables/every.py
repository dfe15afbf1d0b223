"""Every module that defines a table, so that the metadata know all of them."""

from sqlmodel import SQLModel

VERSION = "alembic_version"  # which migration the tables are of


def load() -> None:
    """Make all tables known. Imported here: the tables' own modules import what calls this."""
    from models.tables import (  # noqa: F401  # noqa: F401
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
    """Every table that the program knows; after `load`."""
    return {*SQLModel.metadata.tables, VERSION}
