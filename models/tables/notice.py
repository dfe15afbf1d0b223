"""Notices sent to people, and their preferences. A unique key prevents sending a notice twice."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint, true
from sqlmodel import Field, SQLModel

from models.columns import Instant


class NoticeKind(StrEnum):
    """The kinds of messages that the bot sends unasked."""

    MORNING = "morning"  # the duties of a unit, on some mornings before a close or a line's end
    WEEKLY = "weekly"  # progress of the unit, or of all; on the week's first working morning
    OVERDUE = "overdue"  # the close is over and a unit's quarter is not done
    SUMMARY = "summary"  # of the quarter, on the evening of its close
    MOVED = "moved"  # planning moved the close of a quarter
    HEAD = "head"  # the head of the audit chain, once a week; nobody can switch it off


class Notice(SQLModel, table=True):
    """A notice that was sent, or was due and had nothing to say.

    `kind` is a `NoticeKind`, or another module's own word, such as "snooze" for a reminder that a person
    asked for. `period` is the day, week or quarter and the unit that it is about: «2024-04-05:juridica»,
    «2024-W14», «2024-T1:2024-04-05:juridica»; of a reopened quarter «2024-04-12:juridica:2024-T1». `owed`
    are the keys of the duties that it named, so that the next one tells what has changed.
    """

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("kind", "person_id", "period"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    person_id: int = Field(foreign_key="person.id")
    period: str
    told_at: datetime = Field(sa_type=Instant)
    owed: list[str] | None = Field(default=None, sa_type=JSON)


class Preference(SQLModel, table=True):
    """A person's hours for notices (local, whole), pause, and loudness by kind. Without a row: defaults.

    `keyboard`: the buttons below the chat are shown.
    """

    __tablename__ = "preference"
    __table_args__ = (
        CheckConstraint("from_hour >= 0 AND from_hour < to_hour AND to_hour <= 24", name="hours_in_order"),
    )

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    from_hour: int = 9
    to_hour: int = 18
    paused_until: date | None = None
    loudness: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    keyboard: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class Acknowledgement(SQLModel, table=True):
    """«Lo atiendo»: somebody takes care of a unit's overdue quarter, which ends its escalation."""

    __tablename__ = "acknowledgement"
    __table_args__ = (UniqueConstraint("unit_id", "year", "quarter"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    quarter: int
    person_id: int = Field(foreign_key="person.id")
    acknowledged_at: datetime = Field(sa_type=Instant)


class StandIn(SQLModel, table=True):
    """The absence of a director from one day to another, both included, and the deputy who decides instead.

    It is in force while both hold the posts (`Membership` rows) that they had when it was stored; a post
    that is granted again is another row.
    """

    __tablename__ = "stand_in"
    __table_args__ = (
        CheckConstraint("from_day <= to_day", name="days_in_order"),
        CheckConstraint("person_id <> deputy_id", name="somebody_else"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    deputy_id: int = Field(foreign_key="person.id")
    from_day: date
    to_day: date
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    director_post: int | None = Field(default=None, foreign_key="membership.id")
    deputy_post: int | None = Field(default=None, foreign_key="membership.id")
