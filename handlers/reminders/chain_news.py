"""What the nightly look at the audit chain found, told to planning and observers."""

from datetime import datetime

from sqlmodel import Session

from handlers.chat import broadcast
from handlers.texts.reminders import chain as texts
from models.chain.table_findings import Comparison
from models.people import reach
from models.tables.people import Role


def tell(session: Session, found: Comparison, now: datetime) -> None:
    """Without a sound: it is night."""
    chats = dict.fromkeys(
        chat_id for role in (Role.PLANNING, Role.OBSERVER) for chat_id in reach.reachable(session, role)
    )
    broadcast.tell(session, chats, texts.broken(found), now, silent=True)
