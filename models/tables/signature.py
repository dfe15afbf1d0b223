"""Signatures of units' quarters, and reopenings. Rules: docs/rules.md#signing."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from models.columns import Instant
from models.quarter import Quarter

_IN_RANGE = "quarter BETWEEN 1 AND 4"


class Signature(SQLModel, table=True):
    """A signed snapshot of a unit's quarter, with its SHA-256; rows never change.

    The newest one of a quarter is in force until the quarter is reopened. `snapshot` is canonical JSON: all
    figures and texts, the programme at that time, evidence hashes. `in_place_of` is the director for whom a
    deputy signed.
    """

    __tablename__ = "signature"
    __table_args__ = (
        CheckConstraint(_IN_RANGE, name="quarter_in_range"),
        Index("ix_signature_quarter", "unit_id", "year", "quarter", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    quarter: int
    snapshot: str = Field(sa_type=Text)
    sha256: str
    signed_by: int = Field(foreign_key="person.id")
    in_place_of: int | None = Field(default=None, foreign_key="person.id")
    signed_at: datetime = Field(sa_type=Instant)


class Reopening(SQLModel, table=True):
    """A unit's closed quarter that accepts captures and corrections again until the end of a local day.

    `signature_id` is the signature that this ended; empty if the quarter was closed but not signed.
    """

    __tablename__ = "reopening"
    __table_args__ = (
        CheckConstraint(_IN_RANGE, name="quarter_in_range"),
        Index("ix_reopening_quarter", "unit_id", "year", "quarter", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    quarter: int
    signature_id: int | None = Field(default=None, foreign_key="signature.id", unique=True)
    reason: str
    until: date
    reopened_by: int | None = Field(default=None, foreign_key="person.id")
    reopened_at: datetime = Field(sa_type=Instant)


class ReopeningRequest(SQLModel, table=True):
    """Somebody's request to planning to reopen a quarter; `about` says in words what for.

    Answered by a reopening (`reopening_id`) or by «No procede», with `refusal` as the reason (may be empty).
    """

    __tablename__ = "reopening_request"
    __table_args__ = (
        CheckConstraint(_IN_RANGE, name="quarter_in_range"),
        Index("ix_reopening_request_quarter", "unit_id", "year", "quarter"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    quarter: int
    about: str
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(sa_type=Instant)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    reopening_id: int | None = Field(default=None, foreign_key="reopening.id")
    refusal: str | None = None

    @property
    def of(self) -> Quarter:
        return Quarter(self.year, self.quarter)
