"""Opens the database of the settings, if there is one, to hold a report against it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

from bot.failure import Failure
from models.chain import anchor
from models.chain.anchor import AnchorResult
from models.storage import database, table_version


@dataclass(frozen=True)
class OwnDatabase:
    """A session that only reads, and the folder with the programme's pictures."""

    session: Session
    images: Path

    def look_up(self, head: str) -> AnchorResult:
        """Return whether the audit chain has the head that a report prints."""
        return anchor.look_up(self.session, anchor.Head(head))


@contextmanager
def own_database() -> Iterator[OwnDatabase | None]:
    """Yield the database of the settings; None if there is none of this version."""
    from bot.cli_context import connect_only
    from bot.doctor.contents import file_of
    from bot.settings import Settings

    with ExitStack() as opened:
        found = None
        try:
            settings = Settings()
            if file_of(settings) is None:
                engine = opened.enter_context(connect_only(settings))
                connection = opened.enter_context(database.snapshot(engine))
                if table_version.version(connection) == table_version.versions()[-1]:
                    session = Session(connection, join_transaction_mode="rollback_only")
                    found = OwnDatabase(opened.enter_context(session), settings.data_dir / "images")
        except (ValidationError, ArgumentError, DBAPIError, Failure):
            found = None
        yield found
