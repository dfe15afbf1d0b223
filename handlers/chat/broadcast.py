"""Sends messages that people did not ask for, queued after replies."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from handlers.chat import fitting
from handlers.chat.keyboards import Keyboard
from handlers.texts import general
from models.people import reach
from models.reminders.hours import outside_hours
from models.storage.outbox import OutgoingCall
from models.tables.people import Role


def tell_role(session: Session, role: Role, text: str, now: datetime) -> None:
    """Tell every reachable person of that role."""
    tell(session, reach.reachable(session, role), text, now)


def tell(
    session: Session,
    chat_ids: Iterable[int],
    text: str,
    now: datetime,
    keyboard: Keyboard | None = None,
    silent: bool | None = None,
) -> None:
    """Send the same message to each of those chats, without a sound if `silent`.

    If that is not said, it makes no sound outside a person's hours.
    """
    chats = list(chat_ids)
    quiet = outside_hours(session, chats, now) if silent is None else chats if silent else []
    for chat_id in chats:
        payload = {"chat_id": chat_id, "text": text, "parse_mode": "HTML"}
        if chat_id in quiet:
            payload["disable_notification"] = True
        if keyboard:
            payload["reply_markup"] = {"inline_keyboard": keyboard}
        fitting.enqueue(session, OutgoingCall(chat_id, "sendMessage", payload, at=now, broadcast=True))


def mark_unreachable(session: Session, chat_id: int, now: datetime) -> None:
    """Mark the person of that chat unreachable, and tell planning once."""
    name = reach.mark_unreachable(session, chat_id, now)
    if name is not None:
        tell_role(session, Role.PLANNING, general.unreachable(name), now)
