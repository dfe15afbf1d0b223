"""What is no longer needed is not kept: rows of inbox and outbox that are done, after thirty days."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from models.inbox import Inbox
from models.outbox import Outbox

KEPT = timedelta(days=30)


def sweep(session: Session, now: datetime) -> None:
    """Drop what was handled, sent or given up before that."""
    before = now - KEPT
    session.execute(delete(Inbox).where(col(Inbox.handled_at) < before))
    session.execute(delete(Outbox).where(col(Outbox.sent_at) < before))
    session.execute(delete(Outbox).where(col(Outbox.dropped_at) < before))
