"""Backups that were made, so that whoever looks after the bot sees how old the last one is."""

from datetime import datetime, timedelta

from sqlalchemy import BigInteger
from sqlmodel import Field, Session, SQLModel, col, select

from models import audit
from models.columns import Instant

ACTOR = "command line"
STALE_AFTER = timedelta(days=7)


class Backup(SQLModel, table=True):
    """One backup. `place` is its path as it was given, `files` how many pieces of evidence are in it."""

    __tablename__ = "backup"

    id: int | None = Field(default=None, primary_key=True)
    made_at: datetime = Field(sa_type=Instant)
    place: str
    bytes: int = Field(sa_type=BigInteger)
    files: int


def note(session: Session, made: Backup, now: datetime, action: str = "back up") -> None:
    """Keep, and audit, that a backup was made; or, as another action, that this database came from it."""
    session.add(made)
    session.flush()
    after = {"made_at": made.made_at.isoformat(), "place": made.place, "bytes": made.bytes}
    audit.record(session, now, ACTOR, action, f"backup:{made.id}", None, after | {"files": made.files})


def latest(session: Session) -> Backup | None:
    """The last backup that was noted, also where this database itself was restored from it."""
    return session.exec(select(Backup).order_by(col(Backup.id).desc()).limit(1)).first()


def is_stale(last: Backup | None, now: datetime) -> bool:
    """Whether the last backup is older than a week, or there is none."""
    return last is None or now - last.made_at > STALE_AFTER
