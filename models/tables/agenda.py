"""Planning's changes to the calendar: moved closes of quarters, and added days off."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.columns import Instant


class CloseMove(SQLModel, table=True):
    """Another day at whose end a quarter closes; the newest row of a quarter is in force."""

    __tablename__ = "close_move"
    __table_args__ = (CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter_in_range"),)

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    quarter: int
    closes_on: date
    reason: str
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=Instant)


class DayOff(SQLModel, table=True):
    """A day off in addition to the national holidays and the programme's own."""

    __tablename__ = "day_off"

    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(index=True)
    reason: str
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=Instant)
    removed_at: datetime | None = Field(default=None, sa_type=Instant)
