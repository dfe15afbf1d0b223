"""Evidence that an activity took place: photos, documents, recordings, locations.

A row is stored in the transaction of the message that brought it; the file itself is fetched later and stored
by the hash of its content (`bot/evidence`), so an activity can be registered before its files are there. The
states are instants: `fetched_at`, the file is stored; `missing_at`, it could not be fetched so far;
`refused_at`, it cannot be evidence. `reason` says why.
"""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from models.columns import Instant, by_value


def place(folder: Path, sha256: str) -> Path:
    """Return the path at which an evidence folder keeps the content with that hash."""
    return folder / sha256[:2] / sha256


class EvidenceKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    LOCATION = "location"  # coordinates, without a file


class Evidence(SQLModel, table=True):
    """One piece of evidence of a draft, and of the activity that the draft became or was added to.

    `bytes`, `name` and `media_type` are Telegram's until the file is fetched, then the file's own. `sha256`
    (lower-case hex) is the hash of the content, `copy_sha256` that of the picture for reports, scaled and
    without location data; `width` to `likeness` are what that copy looks like (`models.evidence.look`), if it
    was measured. `retry_at` is when to fetch the file next; empty if nothing is to be done.
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
    caption: str | None = None  # the text that was sent with it
    file_id: str | None = None
    name: str | None = None
    media_type: str | None = None
    bytes: int | None = Field(default=None, sa_type=BigInteger)
    latitude: float | None = None
    longitude: float | None = None
    sha256: str | None = Field(default=None, index=True)
    copy_sha256: str | None = Field(default=None, index=True)
    width: int | None = None
    height: int | None = None
    brightness: int | None = None
    likeness: str | None = None
    received_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    retry_at: datetime | None = Field(default=None, sa_type=Instant)
    fetched_at: datetime | None = Field(default=None, sa_type=Instant)
    missing_at: datetime | None = Field(default=None, sa_type=Instant)
    refused_at: datetime | None = Field(default=None, sa_type=Instant)
    reason: str | None = None
    removed_at: datetime | None = Field(default=None, sa_type=Instant)
    removed_by: int | None = Field(default=None, foreign_key="person.id")
