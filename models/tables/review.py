"""Returns of activities to their authors, and reviews. Nobody reviews their own activity."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Instant


class Return(SQLModel, table=True):
    """An activity that a director returned to its author. `field` is the step of
    `handlers.activity_form.steps` that is wrong, or empty.

    It ends (`settled_at`) with a correction or withdrawal, or when `taken_back_by` withdraws the return.
    """

    __tablename__ = "activity_return"
    __table_args__ = (
        Index(
            "ix_activity_return_open",
            "activity_id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id", index=True)
    version: int
    field: str | None = None
    reason: str
    returned_by: int = Field(foreign_key="person.id")
    returned_at: datetime = Field(sa_type=Instant)
    settled_at: datetime | None = Field(default=None, sa_type=Instant)
    taken_back_by: int | None = Field(default=None, foreign_key="person.id")


class Review(SQLModel, table=True):
    """Planning's approval of a version of an activity that a director registered in their own unit."""

    __tablename__ = "activity_review"
    __table_args__ = (UniqueConstraint("activity_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id")
    version: int
    reviewed_by: int = Field(foreign_key="person.id")
    reviewed_at: datetime = Field(sa_type=Instant)
