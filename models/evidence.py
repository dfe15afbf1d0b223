"""Files that show that an activity took place. The table is laid; fetching and keeping files comes later."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field, SQLModel

from models.columns import Instant, by_value


class EvidenceKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    LOCATION = "location"


class Evidence(SQLModel, table=True):
    """One file of an activity or of a draft; `sha256` and `bytes` are empty until it is fetched."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("activity_id IS NOT NULL OR draft_id IS NOT NULL", name="belongs_to_something"),
    )

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int | None = Field(default=None, foreign_key="activity.id", index=True)
    draft_id: int | None = Field(default=None, foreign_key="draft.id", index=True)
    kind: EvidenceKind = Field(sa_type=by_value(EvidenceKind))
    file_id: str | None = None
    sha256: str | None = Field(default=None, index=True)
    bytes: int | None = Field(default=None, sa_type=BigInteger)
    received_at: datetime = Field(sa_type=Instant)
    fetched_at: datetime | None = Field(default=None, sa_type=Instant)
    missing_at: datetime | None = Field(default=None, sa_type=Instant)
