"""What could not be sent: the row steps aside, its chat hears a sentence, planning may try it again."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from handlers.chat import broadcast
from handlers.texts import undelivered as texts
from models.storage import outbox
from models.storage.outbox import OutgoingCall
from models.tables.people import Person, Role

_FILES = ("sendPhoto", "sendDocument", "sendVideo", "sendVoice", "sendAudio", "sendMediaGroup")


def step_aside(
    session: Session, saying: OutgoingCall, reason: str, now: datetime, tell_planning: bool
) -> None:
    """Keep the row aside and say so, in its place. The sentence itself is never replaced by another."""
    outbox.set_aside(session, saying.id, reason, now)
    payload: dict[str, Any] = {"chat_id": saying.chat_id, "text": _sentence(saying)}
    for name in ("message_thread_id", "reply_parameters"):
        if name in saying.payload:
            payload[name] = saying.payload[name]
    outbox.enqueue(
        session, OutgoingCall(saying.chat_id, "sendMessage", payload, now, broadcast=saying.broadcast)
    )
    if tell_planning:
        broadcast.tell_role(session, Role.PLANNING, texts.notice(whose(session, saying.chat_id)), now)


def is_sentence(saying: OutgoingCall) -> bool:
    """Whether it already is what is said in another's place."""
    return saying.payload.get("text") in texts.SENTENCES


def whose(session: Session, chat_id: int) -> str:
    """The name of the person of that chat; groups are not known by name."""
    name = session.exec(select(Person.name).where(col(Person.telegram_id) == chat_id)).first()
    return name or texts.A_GROUP


def _sentence(saying: OutgoingCall) -> str:
    if saying.method in _FILES:
        return texts.FILE_NOT_SENT
    return texts.NOTICE_NOT_SHOWN if saying.broadcast else texts.NOT_SHOWN
