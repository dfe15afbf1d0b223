"""The rows of the updates received: each is inserted once, and read again when it is to be retried."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select, update

from models.storage.postponed import is_due
from models.tables.chat.inbox import Inbox

_INBOX = SQLModel.metadata.tables["inbox"]
_INSERT = {
    dialect: insert(_INBOX).on_conflict_do_nothing().returning(_INBOX.c.update_id)
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def insert_handled(session: Session, update_ids: Collection[int], now: datetime) -> set[int]:
    """Insert the updates as handled; return the ids of those that were not stored before."""
    if not update_ids:
        return set()
    rows = [
        {"update_id": update_id, "received_at": now, "attempts": 1, "handled_at": now}
        for update_id in dict.fromkeys(update_ids)
    ]
    statement = _INSERT[session.get_bind().dialect.name]
    return set(session.connection().execute(statement, rows).scalars())


def largest(session: Session) -> int:
    """Return the largest number of an update that is stored; 0 if there is none."""
    return session.exec(select(func.max(Inbox.update_id))).one() or 0


def change(session: Session, update_id: int, values: dict[str, Any]) -> None:
    """Set columns of one update's row."""
    session.execute(update(Inbox).where(col(Inbox.update_id) == update_id).values(**values))


def next_due(session: Session, now: datetime, longest: timedelta, but: Collection[int]) -> Inbox | None:
    """Return the failed update that is due for a retry the longest, except those in `but`; None if none is.

    `longest` is the longest time between two attempts.
    """
    return session.exec(
        select(Inbox)
        .where(
            col(Inbox.handled_at).is_(None),
            col(Inbox.queued_by).is_(None),
            is_due(col(Inbox.retry_at), now, longest),
            col(Inbox.update_id).not_in(but),
        )
        .order_by(col(Inbox.retry_at), col(Inbox.update_id))
        .limit(1)
    ).first()
