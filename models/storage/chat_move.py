"""Groups that became supergroups: Telegram gives them a new number and refuses the old one."""

from datetime import datetime

from sqlmodel import Session, select

from models.storage import outbox
from models.tables.chat.chat_move import ChatMove


def moves(session: Session) -> dict[int, int]:
    """Return the new number of each moved chat by its old one."""
    return {row.chat_id: row.new_chat_id for row in session.exec(select(ChatMove)).all()}


def note(session: Session, chat_id: int, new_chat_id: int, now: datetime) -> None:
    """Store that the chat moved, and readdress its unsent rows."""
    row = session.get(ChatMove, chat_id) or ChatMove(chat_id=chat_id, new_chat_id=new_chat_id, moved_at=now)
    row.new_chat_id, row.moved_at = new_chat_id, now
    session.add(row)
    outbox.move(session, chat_id, new_chat_id)
