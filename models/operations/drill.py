"""Records of restore drills: `restore --drill` tries a backup, and `/estado` shows the result."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.storage import audit
from models.tables.operations.drill import RestoreDrill

ACTOR = "command line"
STALE_AFTER = timedelta(days=35)  # one that cron starts each month is late by then


def note(session: Session, done: RestoreDrill) -> None:
    """Store and audit the result of a drill."""
    session.add(done)
    session.flush()
    after = {"place": done.place, "failure": done.failure}
    audit.record(session, done.done_at, ACTOR, "restore drill", f"restore_drill:{done.id}", None, after)


def latest(session: Session) -> RestoreDrill | None:
    return session.exec(select(RestoreDrill).order_by(col(RestoreDrill.id).desc()).limit(1)).first()


def is_stale(last: RestoreDrill, now: datetime) -> bool:
    """Return whether the last drill is older than five weeks."""
    return now - last.done_at > STALE_AFTER
