"""What a person has begun and not yet confirmed, as stored; see `models.storage.draft`."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, text
from sqlmodel import Field, SQLModel

from models.columns import Instant, by_value


class DraftKind(StrEnum):
    ACTIVITY = "activity"  # becomes an Activity
    SETTLEMENT = "settlement"  # «ya cuenta»: becomes a Settlement
    CORRECTION = "correction"  # changes an Activity, whose earlier version is kept
    WITHDRAWAL = "withdrawal"  # voids an Activity
    RETURN = "return"  # gives an Activity back to its author
    STANDSTILL = "standstill"  # «sin movimiento», with its reason
    OBSERVATION = "observation"  # on a line's quarter
    PRESENTATION = "presentation"  # of a unit's quarter
    SIGNATURE = "signature"  # of a unit's quarter
    REOPENING = "reopening"  # of a signed quarter
    ADJUSTMENT = "adjustment"  # of a target
    IMPORT = "import"  # of a programme file that was sent
    CALENDAR = "calendar"  # moves a close, or adds a day off
    ABSENCE = "absence"  # of a director, with their deputy
    INVITATION = "invitation"  # of one person or several
    NAME = "name"  # corrects a person's name
    REFUSAL = "refusal"  # of a request to reopen a quarter
    CAPTION = "caption"  # of pictures in the report


_NOT_ENDED = "registered_at IS NULL AND cancelled_at IS NULL AND expired_at IS NULL"


_SHOWN, _WAITING = (f"{_NOT_ENDED} AND waits_since IS {state}" for state in ("NULL", "NOT NULL"))


class DraftRow(SQLModel, table=True):
    """A draft as stored. It is read and written by the functions of `models.storage.draft`."""

    __tablename__ = "draft"
    __table_args__ = (
        Index(
            "ix_draft_open",
            "person_id",
            "chat_id",
            "touched_at",
            "id",
            sqlite_where=text(_SHOWN),
            postgresql_where=text(_SHOWN),
        ),
        Index(
            "ix_draft_not_ended",
            "person_id",
            "chat_id",
            "touched_at",
            sqlite_where=text(_NOT_ENDED),
            postgresql_where=text(_NOT_ENDED),
        ),
        Index(
            "ix_draft_waiting",
            "person_id",
            "chat_id",
            "id",
            sqlite_where=text(_WAITING),
            postgresql_where=text(_WAITING),
        ),
        Index(
            "ix_draft_card_due",
            "card_due_at",
            sqlite_where=text("card_due_at IS NOT NULL"),
            postgresql_where=text("card_due_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
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
    told_at: datetime | None = Field(default=None, sa_type=Instant)
    merged_into: int | None = Field(default=None, foreign_key="draft.id")
    card_due_at: datetime | None = Field(default=None, sa_type=Instant)
    waits_since: datetime | None = Field(default=None, sa_type=Instant)


class DraftMessage(SQLModel, table=True):
    """A message from which a draft was filled; when the person edits it, the draft changes."""

    __tablename__ = "draft_message"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    message_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    draft_id: int = Field(foreign_key="draft.id", index=True)
