"""Received updates. An update is handled in the transaction that inserts its row, or not at all."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Text, text
from sqlmodel import Field, SQLModel

from models.columns import Instant


class Inbox(SQLModel, table=True):
    """One update. The payload is kept only until it is handled.

    handled_at: done. retry_at: it failed and is retried then. set_aside_at: it failed three times.
    queued_by: the Telegram id of a person who sent many at once, in whose queue it waits at `queue_place`;
    emptied when it is handled.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_unhandled",
            "retry_at",
            sqlite_where=text("handled_at IS NULL AND queued_by IS NULL"),
            postgresql_where=text("handled_at IS NULL AND queued_by IS NULL"),
        ),
        Index(
            "ix_inbox_queued",
            "queued_by",
            "queue_place",
            sqlite_where=text("queued_by IS NOT NULL"),
            postgresql_where=text("queued_by IS NOT NULL"),
        ),
    )

    update_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    received_at: datetime = Field(sa_type=Instant)
    payload: str | None = Field(default=None, sa_type=Text)
    attempts: int = 1
    error: str | None = Field(default=None, sa_type=Text)
    handled_at: datetime | None = Field(default=None, sa_type=Instant)
    retry_at: datetime | None = Field(default=None, sa_type=Instant)
    set_aside_at: datetime | None = Field(default=None, sa_type=Instant)
    queued_by: int | None = Field(default=None, sa_type=BigInteger)
    queue_place: int | None = Field(default=None, sa_type=BigInteger)


class Heartbeat(SQLModel, table=True):
    """One row: when Telegram last answered. After a long gap Telegram may have dropped updates."""

    __tablename__ = "heartbeat"

    id: int = Field(default=1, primary_key=True)
    heard_at: datetime = Field(sa_type=Instant)
