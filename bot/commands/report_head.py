"""Looks up the audit head that a report prints in the database of the settings, if there is one."""

from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

from bot.failure import Failure
from models.chain import anchor
from models.chain.anchor import AnchorResult
from models.storage import database, table_version


def look_up(head: str) -> AnchorResult | None:
    """Return the result, or None if there is no database of this version."""
    from bot.cli_context import connect_only
    from bot.doctor.contents import file_of
    from bot.settings import Settings

    try:
        settings = Settings()
        if file_of(settings) is not None:
            return None
        with connect_only(settings) as engine, database.snapshot(engine) as connection:
            if table_version.version(connection) != table_version.versions()[-1]:
                return None
            with Session(connection, join_transaction_mode="rollback_only") as session:
                return anchor.look_up(session, anchor.Head(head))
    except (ValidationError, ArgumentError, DBAPIError, Failure):
        return None
