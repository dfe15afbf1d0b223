"""The first sentence of a line's activities where they are told together, in one paragraph of the report."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from models.columns import Instant


class LineSummary(SQLModel, table=True):
    """«Se impartieron 9 capacitaciones, de las cuales…», said of those activities as they stood.

    `activities` are pairs of an activity's number and version. The newest row of a line's quarter is in
    force; an empty text takes it back.
    """

    __tablename__ = "line_summary"
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter_in_range"),
        Index("ix_line_summary_line", "line_id", "year", "quarter", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id")
    year: int
    quarter: int
    text: str
    activities: list[Any] = Field(default_factory=list, sa_type=JSON)
    said_by: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime = Field(sa_type=Instant)
