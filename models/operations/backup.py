"""Backups that were made, so that whoever looks after the bot sees how old the last one is."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.storage import audit
from models.tables.backup import Backup

ACTOR = "command line"
STALE_AFTER = timedelta(days=7)


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
