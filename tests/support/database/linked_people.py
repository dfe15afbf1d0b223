"""A database with the bundled programme and linked people, without a bot or a chat."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, select

from models.people import invitation
from models.storage import database, keys
from models.tables.programme import Unit
from tests.support.database.database_templates import copy_programme
from tests.support.phones.stage import Part


def opened(folder: Path, cast: Iterable[Part], now: datetime) -> Engine:
    """Return the engine of a new database in that folder; the caller disposes of it."""
    copy_programme(folder / "avance.db", None, now)
    engine = database.connect(f"sqlite:///{folder / 'avance.db'}")
    keys.bind(engine, bytes(keys.LENGTH))
    with database.transaction(engine) as session:
        for part in cast:
            _join(session, part, now)
    return engine


def _join(session: Session, part: Part, now: datetime) -> None:
    unit = session.exec(select(Unit.id).where(Unit.key == part.unit)).first() if part.unit else None
    _, code = invitation.invite(session, part.role, unit, part.name, None, "command line", now)
    session.flush()
    assert invitation.join(session, part.telegram_id, part.name, code, now)
