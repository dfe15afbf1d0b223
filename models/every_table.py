"""Every module that defines a table, so that the metadata know all of them."""

from sqlmodel import SQLModel

VERSION = "alembic_version"  # which migration the tables are of


def load() -> None:
    """Make all tables known. Imported here: the tables' own modules import what calls this."""
    from models import (  # noqa: F401
        activity,
        agenda,
        evidence,
        inbox,
        notice,
        people,
        programme,
        review,
        signature,
        statement,
    )
    from models.tables import (  # noqa: F401
        audit,
        backup,
        chat_move,
        draft,
        installation,
        outbox,
        pin,
        report,
        store_fault,
    )


def names() -> set[str]:
    """Every table that the program knows; after `load`."""
    return {*SQLModel.metadata.tables, VERSION}
