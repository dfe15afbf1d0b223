"""Calls of the Bot API that are to be made; see `models.storage.outbox`."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text, text
from sqlmodel import Field, SQLModel

from models.columns import Instant

_UNSENT = "sent_at IS NULL AND dropped_at IS NULL"


class Outbox(SQLModel, table=True):
    """One call of the Bot API: `method` with `payload` (JSON) to one chat, in order of `id` within the chat.

    sent_at: it arrived, as `message_id`. dropped_at: it will never be sent. aside_at: it could not be sent in
    any form, or not in several tries, and is kept with its payload until planning retries it. `error` says
    why. None of the three is set: to be sent.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_unsent",
            "id",
            sqlite_where=text(f"{_UNSENT} AND aside_at IS NULL"),
            postgresql_where=text(f"{_UNSENT} AND aside_at IS NULL"),
        ),
        Index(
            "ix_outbox_unsent_of_chat",
            "chat_id",
            "id",
            sqlite_where=text(f"{_UNSENT} AND aside_at IS NULL"),
            postgresql_where=text(f"{_UNSENT} AND aside_at IS NULL"),
        ),
        Index(
            "ix_outbox_aside",
            "id",
            sqlite_where=text("aside_at IS NOT NULL"),
            postgresql_where=text("aside_at IS NOT NULL"),
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
    aside_at: datetime | None = Field(default=None, sa_type=Instant)
    error: str | None = Field(default=None, sa_type=Text)
