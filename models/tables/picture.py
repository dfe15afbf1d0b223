"""What people decided about the report's pictures."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from models.columns import Instant


class PictureChoice(SQLModel, table=True):
    """Whether the report shows a picture, and its caption. The newest row of a picture is in force.

    None: not decided by anybody; the picture is then shown if it is fit, with a caption that is made.
    `evidence_id` is no foreign key: evidence taken out of an activity may be deleted, and this stays.
    """

    __tablename__ = "picture_choice"
    __table_args__ = (Index("ix_picture_choice_evidence", "evidence_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int
    shown: bool | None = None
    caption: str | None = None
    said_by: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime = Field(sa_type=Instant)


class PictureOrder(SQLModel, table=True):
    """The order of the pictures of a line's quarter: their numbers. The newest row is in force.

    Pictures that it does not name follow.
    """

    __tablename__ = "picture_order"
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter_in_range"),
        Index("ix_picture_order_line", "line_id", "year", "quarter", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id")
    year: int
    quarter: int
    pictures: list[Any] = Field(default_factory=list, sa_type=JSON)
    said_by: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime = Field(sa_type=Instant)
