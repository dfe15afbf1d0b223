"""What shows that an activity took place: photographs, documents, recordings, places.

A row is stored with the message that brought it, so an activity stands whatever becomes of its files; the
file itself is fetched later and kept by its content (`bot/evidence`). Each state is a moment: `fetched_at`
it is kept, `missing_at` it could not be fetched (yet), `refused_at` it is no evidence, `reason` why.
"""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.columns import Instant, by_value


def place(folder: Path, sha256: str) -> Path:
    """Where a store keeps the content with that hash."""
    return folder / sha256[:2] / sha256


class EvidenceKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    LOCATION = "location"  # coordinates and no file


class Evidence(SQLModel, table=True):
    """One piece of evidence of a draft, and of the activity that the draft became or was sent to.

    `bytes`, `name` and `media_type` are what Telegram said until the file is fetched, then what it is.
    `sha256` (lower-case hex) is the content's address; `copy_sha256` that of the picture for reports, scaled
    and without its position. `retry_at` is when the file is fetched next; empty where nothing is to be done.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("activity_id IS NOT NULL OR draft_id IS NOT NULL", name="belongs_to_something"),
        CheckConstraint(
            "(kind = 'location') = (latitude IS NOT NULL AND longitude IS NOT NULL)",
            name="location_has_place",
        ),
        Index("ix_evidence_message", "chat_id", "message_id"),
        Index(
            "ix_evidence_album",
            "chat_id",
            "album",
            sqlite_where=text("album IS NOT NULL"),
            postgresql_where=text("album IS NOT NULL"),
        ),
        Index(
            "ix_evidence_due",
            "retry_at",
            sqlite_where=text("retry_at IS NOT NULL"),
            postgresql_where=text("retry_at IS NOT NULL"),
        ),
        Index(
            "ix_evidence_missing",
            "missing_at",
            sqlite_where=text("missing_at IS NOT NULL"),
            postgresql_where=text("missing_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int | None = Field(default=None, foreign_key="activity.id", index=True)
    draft_id: int | None = Field(default=None, foreign_key="draft.id", index=True)
    kind: EvidenceKind = Field(sa_type=by_value(EvidenceKind))
    added_by: int | None = Field(default=None, foreign_key="person.id")
    chat_id: int | None = Field(default=None, sa_type=BigInteger)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    album: str | None = None  # Telegram's media_group_id
    caption: str | None = None  # what was written with it
    file_id: str | None = None
    name: str | None = None
    media_type: str | None = None
    bytes: int | None = Field(default=None, sa_type=BigInteger)
    latitude: float | None = None
    longitude: float | None = None
    sha256: str | None = Field(default=None, index=True)
    copy_sha256: str | None = Field(default=None, index=True)
    received_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    retry_at: datetime | None = Field(default=None, sa_type=Instant)
    fetched_at: datetime | None = Field(default=None, sa_type=Instant)
    missing_at: datetime | None = Field(default=None, sa_type=Instant)
    refused_at: datetime | None = Field(default=None, sa_type=Instant)
    reason: str | None = None
    removed_at: datetime | None = Field(default=None, sa_type=Instant)
    removed_by: int | None = Field(default=None, foreign_key="person.id")
