"""The bot's account at Telegram. Each account numbers its messages and updates by itself.

A database that is used with another account forgets the numbers of the one before: else a new update counts
as handled already, and a reply belongs to a card that had the same number.
"""

from datetime import UTC, datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from models.tables.chat.bot_account import BotAccount
from models.tables.chat.draft import DraftMessage
from models.tables.chat.inbox import Inbox
from models.tables.chat.outbox import Outbox

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def take_over(session: Session, bot_id: int, now: datetime) -> bool:
    """Note the account; return whether it is another than before, whose numbers are forgotten then.

    Updates that wait for a retry keep theirs.
    """
    known = session.exec(select(BotAccount)).first()
    if known is not None and known.id == bot_id:
        return False
    session.execute(delete(BotAccount))
    session.add(BotAccount(id=bot_id, since=_ALWAYS if known is None else now))
    if known is None:
        return False
    session.execute(delete(DraftMessage))
    session.execute(delete(Inbox).where(col(Inbox.handled_at).is_not(None)))
    session.execute(update(Outbox).where(col(Outbox.message_id).is_not(None)).values(message_id=None))
    return True


def since(session: Session) -> datetime:
    """Return from when on message numbers are those of the present account."""
    return session.exec(select(BotAccount.since)).first() or _ALWAYS
