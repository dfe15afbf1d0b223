"""The outbox: calls of the Bot API, stored before they are made, and their outcome afterwards."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, update
from sqlmodel import Session, SQLModel, col, select

from models.clean_text import in_place
from models.storage.unit_of_work import work_of
from models.tables.chat.outbox import Outbox

OTHERWISE = "otherwise"  # in a payload: the HTML to say where the call is refused; Telegram does not get it


@dataclass
class OutgoingCall:
    """A call of the Bot API that a handler asked for. `id` is set when the transaction ends.

    A call that has an `id` from the start is a stored row that is to be tried again.
    """

    chat_id: int
    method: str
    payload: dict[str, Any]
    at: datetime
    broadcast: bool = False
    draft_id: int | None = None
    id: int = 0

    @property
    def edits(self) -> int | None:
        """Return the id of the message that the call edits, or None."""
        return self.payload.get("message_id")

    def moved_to(self, chat_id: int) -> "OutgoingCall":
        """Return the call for the chat's new id.

        Ids of messages and topics are different there, so an edit becomes a new message.
        """
        left_out = ("message_id", "reply_parameters", "message_thread_id")
        payload = {key: value for key, value in self.payload.items() if key not in left_out}
        method = "sendMessage" if self.method == "editMessageText" else self.method
        return replace(self, chat_id=chat_id, method=method, payload={**payload, "chat_id": chat_id})


@dataclass(frozen=True)
class Answer:
    """The answer to a callback query: sent at once, past the queue, and never retried."""

    callback_id: str
    text: str | None
    alert: bool


def enqueue(session: Session, call: OutgoingCall) -> None:
    """Add a call. It is stored when the transaction ends, and dropped if its savepoint is rolled back."""
    work_of(session).outbox.append(call)


def shown_as(session: Session, draft_id: int) -> int | None:
    """Return the number of the message that shows the draft, as last sent; None if none is known."""
    newest = col(Outbox.id).desc()
    shown = select(Outbox.message_id).where(
        col(Outbox.draft_id) == draft_id, col(Outbox.message_id).is_not(None)
    )
    return session.exec(shown.order_by(newest).limit(1)).first()


def amend(session: Session, draft_id: int, text: str, keyboard: list[list[dict[str, str]]]) -> bool:
    """Change the call that this transaction sends for a draft; return False if there is none.

    The call is replaced, not altered, so that a rolled back savepoint restores the earlier one.
    """
    calls = work_of(session).outbox
    for place in range(len(calls) - 1, -1, -1):
        call = calls[place]
        if call.draft_id == draft_id and "text" in call.payload and not call.id:
            changed = {"text": text, "reply_markup": {"inline_keyboard": keyboard}}
            calls[place] = replace(call, payload={**call.payload, **changed})
            return True
    return False


def store(session: Session) -> None:
    """Insert the calls that are not stored yet, in order."""
    calls = [each for each in work_of(session).outbox if not each.id]
    if not calls:
        return
    for each in calls:
        _keep_in_place(each.payload)
    rows = [
        {
            "chat_id": each.chat_id,
            "method": each.method,
            "payload": _as_json(each.payload),
            "broadcast": each.broadcast,
            "draft_id": each.draft_id,
            "created_at": each.at,
        }
        for each in calls
    ]
    ids = session.connection().execute(_INSERT, rows).scalars()
    for call, row_id in zip(calls, ids, strict=True):
        call.id = row_id


def _keep_in_place(payload: dict[str, Any]) -> None:
    """Isolate right-to-left text in names and texts, so that it does not reverse the text around it."""
    for shown in ("text", "caption"):
        if isinstance(payload.get(shown), str):
            payload[shown] = in_place(payload[shown])


WAITS = (col(Outbox.sent_at).is_(None), col(Outbox.dropped_at).is_(None), col(Outbox.aside_at).is_(None))


def waiting_chats(session: Session) -> Sequence[tuple[int, bool]]:
    """Return the chats with unsent calls and whether these are broadcasts, by the age of the oldest."""
    kinds = select(col(Outbox.chat_id), col(Outbox.broadcast)).where(*WAITS)
    grouped = kinds.group_by(col(Outbox.chat_id), col(Outbox.broadcast))
    return session.exec(grouped.order_by(func.min(Outbox.id))).all()


def unsent(
    session: Session, chats: Collection[int], broadcast: bool, limit: int, but: Collection[int] = ()
) -> list[OutgoingCall]:
    """Return the first unsent calls of one kind to these chats, oldest first, except those with these ids."""
    query = select(Outbox).where(*WAITS, col(Outbox.chat_id).in_(chats), col(Outbox.broadcast).is_(broadcast))
    if but:
        query = query.where(col(Outbox.id).not_in(but))
    return [_call(row) for row in session.exec(query.order_by(col(Outbox.id)).limit(limit)).all()]


def set_aside(session: Session, row_id: int, error: str, now: datetime) -> None:
    """Set the row aside: no more tries, and the next row of the chat is sent."""
    session.execute(update(Outbox).where(col(Outbox.id) == row_id).values(aside_at=now, error=error))


def aside(session: Session) -> Sequence[Outbox]:
    """Return the rows that were set aside, oldest first."""
    query = select(Outbox).where(col(Outbox.aside_at).is_not(None)).order_by(col(Outbox.id))
    return session.exec(query).all()


def resume(session: Session, row_ids: Collection[int]) -> int:
    """Retry rows that were set aside when the transaction ends; return how many."""
    rows = [row for row in aside(session) if row.id in row_ids]
    for row in rows:
        row.aside_at, row.error = None, None
        enqueue(session, _call(row))
    session.flush()
    return len(rows)


def move(session: Session, from_chat: int, to_chat: int) -> None:
    """Readdress unsent rows from one chat to the other."""
    moved = update(Outbox).where(col(Outbox.chat_id) == from_chat)
    session.execute(
        moved.where(col(Outbox.sent_at).is_(None), col(Outbox.dropped_at).is_(None)).values(chat_id=to_chat)
    )


def _call(row: Outbox) -> OutgoingCall:
    call = OutgoingCall(
        chat_id=row.chat_id,
        method=row.method,
        payload=json.loads(row.payload),
        at=row.created_at,
        broadcast=row.broadcast,
        draft_id=row.draft_id,
        id=row.id or 0,
    )
    has_moved = call.payload.get("chat_id", row.chat_id) != row.chat_id
    return call.moved_to(row.chat_id) if has_moved else call


_as_json = json.JSONEncoder().encode  # faster than `json.dumps`, which makes an encoder for every call
_TABLE = SQLModel.metadata.tables["outbox"]
_INSERT = insert(_TABLE).returning(_TABLE.c.id, sort_by_parameter_order=True)
