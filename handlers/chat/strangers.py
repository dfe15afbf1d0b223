"""Drops repeated updates of accounts without an invitation before they cost a row or an answer.

Each is told one sentence a day (`handlers.people.access`). Repeats, taps, edits, messages in groups, codes
after five wrong ones, and checks of reports after ten are neither stored nor answered.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.people import roster, stranger
from models.storage.outbox import Answer
from models.storage.unit_of_work import work_of

CHECK = "/verificar"
Batch = list[dict[str, Any]]


def without_repeats(session: Session, batch: Batch, now: datetime) -> Batch:
    """Return the updates to store and handle; at most two queries for the batch."""
    people = roster.linked(session, {who for raw in batch if (who := sender(raw))})
    outside = {who for raw in batch if (who := sender(raw)) and not people.get(who, False)}
    if not outside:
        return batch
    told, spent, checked = stranger.limits(session, outside, now)
    left: Batch = []
    for raw in batch:
        who = sender(raw)
        if who in outside and _is_check(raw):
            if who not in checked:
                left.append(raw)
            continue
        if who not in outside or _is_heard(session, raw, who in people, who in told, who in spent):
            left.append(raw)
            if who in outside and "message" in raw:
                told.add(who)
    return left


def _is_heard(session: Session, raw: dict[str, Any], was_linked: bool, told: bool, spent: bool) -> bool:
    query, message = raw.get("callback_query"), raw.get("message")
    if isinstance(query, dict):
        if not was_linked:  # until it is answered, the button shows a progress bar
            work_of(session).answers.append(Answer(str(query.get("id")), None, alert=False))
        return was_linked
    if not isinstance(message, dict):
        return was_linked and "my_chat_member" in raw
    if _is_group(message):
        return False
    if str(message.get("text", "")).startswith("/start "):
        return not spent
    return not told


def _is_check(raw: dict[str, Any]) -> bool:
    """Return whether it asks in private about the code of a signed report."""
    message = raw.get("message")
    if not isinstance(message, dict) or _is_group(message):
        return False
    return str(message.get("text", "")).startswith(f"{CHECK} ")


def _is_group(message: dict[str, Any]) -> bool:
    chat = message.get("chat")
    number = chat.get("id") if isinstance(chat, dict) else None
    return isinstance(number, int) and number < 0


def sender(raw: dict[str, Any]) -> int:
    """Return the sender's Telegram id, or 0 if none is named."""
    for part in raw.values():
        if isinstance(part, dict):
            given = part.get("from")
            number = given.get("id") if isinstance(given, dict) and not given.get("is_bot") else None
            return number if type(number) is int and 0 < number < 2**63 else 0
    return 0
