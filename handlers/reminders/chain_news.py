"""Tells planning and observers that the nightly check of the audit chain found a difference."""

from datetime import datetime

from sqlmodel import Session

from handlers.chat import broadcast
from handlers.texts.reminders import chain as texts
from models.chain.table_findings import Comparison
from models.people import reach
from models.tables.people import Role


def tell(session: Session, found: Comparison, now: datetime) -> None:
    """Send what was found, silently, since it is night."""
    chats = dict.fromkeys(
        chat_id for role in (Role.PLANNING, Role.OBSERVER) for chat_id in reach.reachable(session, role)
    )
    broadcast.tell(session, chats, texts.broken(found), now, silent=True)
