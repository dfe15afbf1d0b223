"""Queues in the inbox, one per person, for updates of people who send more than is handled at once.

Each query reads one end of one person's queue by the index, so its cost does not grow with the queue.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select

from models.bounds import WAITING_UPDATES
from models.tables.chat.inbox import Inbox

_INBOX = SQLModel.metadata.tables["inbox"]
_INSERT = {
    "sqlite": sqlite.insert(_INBOX).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_INBOX).on_conflict_do_nothing(),
}
LEFT: dict[str, Any] = {"queued_by": None, "queue_place": None}  # values of a row that left the queue


def people(session: Session) -> list[int]:
    """Return the Telegram ids of all people whose updates wait."""
    waiting = select(Inbox.queued_by).where(col(Inbox.queued_by).is_not(None)).distinct()
    return [each for each in session.exec(waiting).all() if each is not None]


def append(session: Session, person: int, batch: Sequence[dict[str, Any]], now: datetime) -> int:
    """Add updates to the end of the person's queue, except those stored before.

    Returns how many of the batch there was room for.
    """
    first, last = _end(session, person), _end(session, person, last=True)
    room = max(0, WAITING_UPDATES - (last - first + 1 if last else 0))
    rows = [
        {
            "update_id": raw["update_id"],
            "received_at": now,
            "payload": json.dumps(raw, ensure_ascii=False),
            "attempts": 0,
            "queued_by": person,
            "queue_place": last + number,
        }
        for number, raw in enumerate(batch[:room], 1)
    ]
    if rows:
        session.connection().execute(_INSERT[session.get_bind().dialect.name], rows)
    return len(rows)


def first(session: Session, person: int, limit: int, but: Collection[int] = ()) -> list[dict[str, Any]]:
    """Return up to `limit` of the person's waiting updates, earliest first, except those in `but`."""
    rows = session.exec(
        select(Inbox.payload)
        .where(Inbox.queued_by == person, col(Inbox.update_id).not_in(but))
        .order_by(col(Inbox.queue_place))
        .limit(limit)
    )
    return [json.loads(payload or "{}") for payload in rows.all()]


def _end(session: Session, person: int, last: bool = False) -> int:
    """Return the first or the last place in the person's queue; 0 if it is empty."""
    place = col(Inbox.queue_place)
    order = place.desc() if last else place
    query = select(Inbox.queue_place).where(Inbox.queued_by == person).order_by(order).limit(1)
    return session.exec(query).first() or 0
