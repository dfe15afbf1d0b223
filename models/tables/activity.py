"""Activities, the quantities they claim of targets, and from when pending quantities count."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Instant, by_value


class ActivityKind(StrEnum):
    ACTIVITY = "activity"  # registered by a person
    OPENING = "opening"  # imported with the programme, if an agency starts to use Avance within a year


class RequiredFacts(SQLModel):
    """The fields that every registered activity has; None in a form that is not filled in so far."""

    starts_on: date | None = None
    ends_on: date | None = None
    narrative: str | None = None


class OptionalFacts(SQLModel):
    """The optional fields of an activity; None: not given. How to add one: docs/recipes/field.md."""

    place: str | None = None


class ActivityFacts(OptionalFacts, RequiredFacts):
    """The fields of an activity that people fill in, shared by the table, the form and each kept version.

    `report_text` is what the report says instead of the narrative; None: not made yet.
    """

    report_text: str | None = None


class AttendanceFacts(SQLModel):
    """How many people took part: in all, by sex and by sector. None: not given."""

    participants: int | None = None
    women: int | None = None
    men: int | None = None
    private_sector: int | None = None
    civil_society: int | None = None
    academia: int | None = None
    public_servants: int | None = None


SECTORS = tuple(AttendanceFacts.model_fields)[3:]
SYSTEM_COLUMNS = frozenset({
    "id", "kind", "draft_id", "registered_by", "registered_at", "said_at", "version", "withdrawn_at",
    "withdrawn_by", "withdrawal_reason",
})  # columns of an activity that people do not fill in  # fmt: skip


class Activity(ActivityFacts, AttendanceFacts, table=True):
    """One activity on one line of action, from one day to another, both included.

    `said_at` is Telegram's date of the message that began it, by which it is judged to be in time.
    `draft_id` is unique, so a draft becomes at most one activity even if a tap is repeated or redelivered.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="days_in_order"),
        CheckConstraint("participants >= 0 AND women >= 0 AND men >= 0", name="participants_not_negative"),
        CheckConstraint("women + men = participants", name="women_and_men_add_up"),
        CheckConstraint(
            "private_sector + civil_society + academia + public_servants = participants",
            name="sectors_add_up",
        ),
        Index("ix_activity_unit", "unit_id", "ends_on", "id"),
        # All columns that `models.progress.tally` reads of an activity, so that it reads only the index.
        Index("ix_activity_line", "line_id", "ends_on", "id", "withdrawn_at", "kind"),
        Index("ix_activity_author", "registered_by", "ends_on", "id"),
        Index("ix_activity_registered", "registered_by", "registered_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    line_id: int = Field(foreign_key="line.id")
    kind: ActivityKind = Field(default=ActivityKind.ACTIVITY, sa_type=by_value(ActivityKind))
    draft_id: int | None = Field(default=None, foreign_key="draft.id", unique=True)
    starts_on: date
    ends_on: date
    narrative: str
    registered_by: int | None = Field(default=None, foreign_key="person.id")
    registered_at: datetime = Field(sa_type=Instant)
    said_at: datetime = Field(sa_type=Instant)
    version: int = 1
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_by: int | None = Field(default=None, foreign_key="person.id")
    withdrawal_reason: str | None = None


class Entry(SQLModel, table=True):
    """How much of one target an activity claims, and how much of it is pending (see `Target.counts_when`).

    Both are scaled by the target's `decimals`. What is not pending counts on the activity's last day.
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("activity_id", "target_id"),
        Index("ix_entry_target", "target_id", "activity_id", "quantity", "pending"),  # as ix_activity_line
        CheckConstraint("pending >= 0 AND pending <= quantity", name="pending_within_quantity"),
    )

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id")
    target_id: int = Field(foreign_key="target.id")
    quantity: int = Field(sa_type=BigInteger)
    pending: int = Field(default=0, sa_type=BigInteger)


class Settlement(SQLModel, table=True):
    """«Ya cuenta»: this much of an entry's pending quantity counts from `counts_on` on."""

    __tablename__ = "settlement"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    draft_id: int | None = Field(default=None, foreign_key="draft.id", unique=True)
    quantity: int = Field(sa_type=BigInteger)
    counts_on: date
    registered_by: int | None = Field(default=None, foreign_key="person.id")
    registered_at: datetime = Field(sa_type=Instant)
    said_at: datetime = Field(sa_type=Instant)
    undone_at: datetime | None = Field(default=None, sa_type=Instant)
    undone_by: int | None = Field(default=None, foreign_key="person.id")


class DocumentNumber(SQLModel, table=True):
    """The number of an official letter ("oficio") that an activity names."""

    __tablename__ = "document_number"
    __table_args__ = (UniqueConstraint("activity_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id")
    number: str = Field(index=True)


class Revision(SQLModel, table=True):
    """A whole version of an activity, as it was before a correction."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("activity_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id")
    version: int
    content: dict[str, Any] = Field(sa_type=JSON)
    reason: str | None = None
    replaced_by: int | None = Field(default=None, foreign_key="person.id")
    replaced_at: datetime = Field(sa_type=Instant)
