"""Messages that could not be sent: the row is set aside, its chat is told, planning may retry it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from handlers.chat import broadcast
from handlers.texts import undelivered as texts
from models.people import roster
from models.storage import outbox
from models.storage.outbox import OutgoingCall
from models.tables.people import Role

_FILES = ("sendPhoto", "sendDocument", "sendVideo", "sendVoice", "sendAudio", "sendMediaGroup")


def step_aside(
    session: Session, outgoing: OutgoingCall, reason: str, now: datetime, tell_planning: bool
) -> None:
    """Set the row aside and send a sentence in its place; that sentence itself is never replaced."""
    outbox.set_aside(session, outgoing.id, reason, now)
    payload: dict[str, Any] = {"chat_id": outgoing.chat_id, "text": _sentence(outgoing)}
    for name in ("message_thread_id", "reply_parameters"):
        if name in outgoing.payload:
            payload[name] = outgoing.payload[name]
    outbox.enqueue(
        session, OutgoingCall(outgoing.chat_id, "sendMessage", payload, now, broadcast=outgoing.broadcast)
    )
    if tell_planning:
        broadcast.tell_role(session, Role.PLANNING, texts.notice(whose(session, outgoing.chat_id)), now)


def is_sentence(outgoing: OutgoingCall) -> bool:
    """Return whether the row is the sentence sent in place of another."""
    return outgoing.payload.get("text") in texts.SENTENCES


def whose(session: Session, chat_id: int) -> str:
    """Return the name of the chat's person, or None for a group."""
    return roster.name_of_chat(session, chat_id) or texts.A_GROUP


def _sentence(outgoing: OutgoingCall) -> str:
    if outgoing.method in _FILES:
        return texts.FILE_NOT_SENT
    return texts.NOTICE_NOT_SHOWN if outgoing.broadcast else texts.NOT_SHOWN
