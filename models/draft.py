"""What a person has begun and not yet confirmed. A restart at any step loses nothing: it is all here."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field, SQLModel

from models.columns import Instant, by_value


class DraftKind(StrEnum):
    ACTIVITY = "activity"  # becomes an Activity
    SETTLEMENT = "settlement"  # «ya cuenta»: becomes a Settlement


class Draft(SQLModel, table=True):
    """One open card. `revision` rises with every change: a button of an earlier one is stale.

    `content` holds what was said so far, in the form of `models.capture.Filled`.
    """

    __tablename__ = "draft"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    chat_id: int = Field(sa_type=BigInteger)
    kind: DraftKind = Field(default=DraftKind.ACTIVITY, sa_type=by_value(DraftKind))
    step: str
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    revision: int = 1
    said_at: datetime = Field(sa_type=Instant)
    touched_at: datetime = Field(sa_type=Instant)
    registered_at: datetime | None = Field(default=None, sa_type=Instant)
    cancelled_at: datetime | None = Field(default=None, sa_type=Instant)
    expired_at: datetime | None = Field(default=None, sa_type=Instant)

    @property
    def is_open(self) -> bool:
        return self.registered_at is None and self.cancelled_at is None and self.expired_at is None
