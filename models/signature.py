"""A unit's quarter as its director signed it. Source: the design's section 4, "Quarter"."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from models.columns import Instant


class Signature(SQLModel, table=True):
    """A snapshot and its SHA-256. The newest of a unit's quarter that was not reopened holds.

    `snapshot` is canonical JSON: every figure and sentence, the programme as it stood, evidence hashes. A row
    is never changed but by the reopening, which keeps it: `reopened_until` is the last day on which the
    quarter may then be captured and corrected again.
    """

    __tablename__ = "signature"
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter_in_range"),
        Index("ix_signature_quarter", "unit_id", "year", "quarter", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    quarter: int
    snapshot: str = Field(sa_type=Text)
    sha256: str
    signed_by: int = Field(foreign_key="person.id")
    signed_at: datetime = Field(sa_type=Instant)
    reopened_at: datetime | None = Field(default=None, sa_type=Instant)
    reopened_by: int | None = Field(default=None, foreign_key="person.id")
    reopened_until: date | None = None
    reopening_reason: str | None = None
