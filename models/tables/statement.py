"""A unit's statements on its quarter: lines without activity, observations on lines, and the presentation.

The newest row of each is in force; earlier ones are kept. An empty text withdraws the statement.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from models.columns import Instant

_IN_RANGE = "quarter BETWEEN 1 AND 4"


class NoActivityStatement(SQLModel, table=True):
    """«Sin movimiento este trimestre»: the reason why a line has no activity in a quarter."""

    __tablename__ = "standstill"  # its former name, which drafts, snapshots and open data keep, too
    __table_args__ = (
        CheckConstraint(_IN_RANGE, name="quarter_in_range"),
        Index("ix_standstill_line", "line_id", "year", "quarter", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id")
    year: int
    quarter: int
    reason: str
    said_by: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime = Field(sa_type=Instant)


class Observation(SQLModel, table=True):
    """The observation on a line's quarter, printed beside its percentage in the report."""

    __tablename__ = "observation"
    __table_args__ = (
        CheckConstraint(_IN_RANGE, name="quarter_in_range"),
        Index("ix_observation_line", "line_id", "year", "quarter", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id")
    year: int
    quarter: int
    text: str
    said_by: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime = Field(sa_type=Instant)


class Presentation(SQLModel, table=True):
    """A unit's narrative of its quarter, for the first part of the report."""

    __tablename__ = "presentation"
    __table_args__ = (
        CheckConstraint(_IN_RANGE, name="quarter_in_range"),
        Index("ix_presentation_unit", "unit_id", "year", "quarter", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    quarter: int
    text: str
    said_by: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime = Field(sa_type=Instant)
