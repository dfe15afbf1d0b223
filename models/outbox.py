"""What is to be said. A row before the effect, its outcome after."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Text, insert, text
from sqlmodel import Field, Session, SQLModel, col, select

from models.clean_text import without_direction
from models.columns import Instant


class Outbox(SQLModel, table=True):
    """One call of the Bot API: `method` with `payload` (JSON) to one chat, in order of `id` within the chat.

    sent_at: it arrived, as `message_id`. dropped_at: it never will, `error` says why. Neither: to be sent.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_unsent",
            "id",
            sqlite_where=text("sent_at IS NULL AND dropped_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND dropped_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)
    method: str
    payload: str = Field(sa_type=Text)
    broadcast: bool = False
    draft_id: int | None = Field(default=None, foreign_key="draft.id", index=True)
    created_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    dropped_at: datetime | None = Field(default=None, sa_type=Instant)
    error: str | None = Field(default=None, sa_type=Text)


@dataclass
class Saying:
    """A call of the Bot API that a handler asked for; `id` is given when the transaction ends."""

    chat_id: int
    method: str
    payload: dict[str, Any]
    at: datetime
    broadcast: bool = False
    draft_id: int | None = None
    id: int = 0

    @property
    def edits(self) -> int | None:
        """The message that it changes, if it changes one."""
        return self.payload.get("message_id")


def say(session: Session, saying: Saying) -> None:
    """Gather one saying. It is stored when the transaction ends, forgotten if its savepoint is undone."""
    session.info.setdefault("outbox", []).append(saying)


def amend(session: Session, draft_id: int, text: str, keyboard: list[list[dict[str, str]]]) -> bool:
    """Change what this transaction is about to say of a draft; False where it says nothing of it
    that is not stored yet.

    The saying is replaced, not altered: a savepoint that is undone takes the earlier one back.
    """
    sayings: list[Saying] = session.info.get("outbox", [])
    for place in range(len(sayings) - 1, -1, -1):
        saying = sayings[place]
        if saying.draft_id == draft_id and "text" in saying.payload and not saying.id:
            changed = {"text": text, "reply_markup": {"inline_keyboard": keyboard}}
            sayings[place] = replace(saying, payload={**saying.payload, **changed})
            return True
    return False


def store(session: Session) -> None:
    """Insert what was gathered and is not stored yet, in order; `database.transaction` hands it on."""
    sayings: list[Saying] = [each for each in session.info.get("outbox", []) if not each.id]
    if not sayings:
        return
    for each in sayings:
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
        for each in sayings
    ]
    ids = session.connection().execute(_INSERT, rows).scalars()
    for saying, row_id in zip(sayings, ids, strict=True):
        saying.id = row_id


def _keep_in_place(payload: dict[str, Any]) -> None:
    """No name, title or narrative turns round what stands beside it: signs of direction go."""
    for shown in ("text", "caption"):
        if isinstance(payload.get(shown), str):
            payload[shown] = without_direction(payload[shown])


def unsent(session: Session) -> list[Saying]:
    """Everything still to be said, oldest first: what a restart finds."""
    rows = session.exec(
        select(Outbox)
        .where(col(Outbox.sent_at).is_(None), col(Outbox.dropped_at).is_(None))
        .order_by(col(Outbox.id))
    ).all()
    return [
        Saying(
            chat_id=row.chat_id,
            method=row.method,
            payload=json.loads(row.payload),
            at=row.created_at,
            broadcast=row.broadcast,
            draft_id=row.draft_id,
            id=row.id or 0,
        )
        for row in rows
    ]


_as_json = json.JSONEncoder(ensure_ascii=False).encode  # `dumps` makes an encoder for every call
_TABLE = SQLModel.metadata.tables["outbox"]
_INSERT = insert(_TABLE).returning(_TABLE.c.id, sort_by_parameter_order=True)
