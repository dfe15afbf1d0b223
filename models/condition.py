"""How the bot itself is doing: what waits, what failed, whom it cannot reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, func
from sqlmodel import Session, col, select, update

from models.audit import Audit
from models.errors import Rejected
from models.inbox import Heartbeat, Inbox
from models.outbox import Outbox
from models.people import Person


@dataclass(frozen=True)
class Condition:
    """`chain_length` entries in the audit chain, the last with hash `chain_head`."""

    set_aside: Sequence[Inbox]
    unsent: int
    unreachable: Sequence[str]
    chain_length: int
    chain_head: str | None
    heard_at: datetime | None


def condition(session: Session) -> Condition:
    """Everything at this moment, the oldest failures first. The chain is not verified: that takes long."""
    waiting = col(Outbox.sent_at).is_(None), col(Outbox.dropped_at).is_(None)
    last = session.exec(select(Audit).order_by(col(Audit.seq).desc()).limit(1)).first()
    heartbeat = session.get(Heartbeat, 1)
    return Condition(
        set_aside=session.exec(
            select(Inbox).where(col(Inbox.set_aside_at).is_not(None)).order_by(col(Inbox.set_aside_at))
        ).all(),
        unsent=session.exec(select(func.count()).select_from(Outbox).where(*waiting)).one(),
        unreachable=session.exec(
            select(Person.name).where(col(Person.unreachable_at).is_not(None)).order_by(col(Person.name))
        ).all(),
        chain_length=last.seq if last else 0,
        chain_head=last.hash if last else None,
        heard_at=heartbeat.heard_at if heartbeat else None,
    )


def put_back(session: Session, update_id: int, now: datetime) -> None:
    """Let an update that was set aside be tried three times again, from now on.

    Raises `Rejected("stale_button")` if it is not set aside (any more).
    """
    changed = session.execute(
        update(Inbox)
        .where(col(Inbox.update_id) == update_id, col(Inbox.set_aside_at).is_not(None))
        .values(set_aside_at=None, retry_at=now, attempts=0)
    )
    assert isinstance(changed, CursorResult)
    if changed.rowcount != 1:
        raise Rejected("stale_button")
