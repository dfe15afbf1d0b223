"""Records of backups, by which the age of the last one is known."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.storage import audit
from models.tables.operations.backup import Backup

ACTOR = "command line"
STALE_AFTER = timedelta(days=7)


def note(session: Session, made: Backup, now: datetime, action: str = "back up") -> None:
    """Store and audit that a backup was made, or that this database was restored from one."""
    session.add(made)
    session.flush()
    after = {"made_at": made.made_at.isoformat(), "place": made.place, "bytes": made.bytes}
    audit.record(session, now, ACTOR, action, f"backup:{made.id}", None, after | {"files": made.files})


def latest(session: Session) -> Backup | None:
    """Return the last recorded backup, including the one this database was restored from."""
    return session.exec(select(Backup).order_by(col(Backup.id).desc()).limit(1)).first()


def is_stale(last: Backup | None, now: datetime) -> bool:
    """Return whether the last backup is older than a week, or there is none."""
    return last is None or now - last.made_at > STALE_AFTER
