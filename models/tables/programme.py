"""The annual work programme as stored: units, lines of action, targets and their adjustments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Instant, by_value
from models.combine import Combine


class Programme(SQLModel, table=True):
    """One year's programme. `revision` rises with every change, which makes cached views stale."""

    __tablename__ = "programme"

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(unique=True)
    institution: dict[str, Any] = Field(sa_type=JSON)
    calendar: dict[str, Any] = Field(sa_type=JSON)
    revision: int = 1
    loaded_at: datetime = Field(sa_type=Instant)


class Unit(SQLModel, table=True):
    """An "órgano administrativo"; the same row in every year's programme."""

    __tablename__ = "unit"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)


class ProgrammeUnit(SQLModel, table=True):
    """A unit's objective and strategy (a text or a list of texts) in one year."""

    __tablename__ = "programme_unit"

    programme_id: int = Field(foreign_key="programme.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    position: int
    objective: str | None = None
    strategy: Any = Field(default=None, sa_type=JSON)


class Line(SQLModel, table=True):
    """A "línea de acción". Its dates are those of the programme file, errors included.

    `in_force_from` and `in_force_until` are set if it was added during the year or ended early; it is left
    out of the figures of days outside them.
    """

    __tablename__ = "line"
    __table_args__ = (
        UniqueConstraint("programme_id", "unit_id", "number"),
        CheckConstraint("starts_on <= ends_on", name="days_in_order"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(foreign_key="programme.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    number: int
    title: str
    description: str | None = None
    goal: str | None = None
    starts_on: date
    ends_on: date
    demand_driven: bool = False
    in_force_from: date | None = None
    in_force_until: date | None = None
    indicator: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class Target(SQLModel, table=True):
    """A "meta": an amount of a measure. `amount` and `plan` are the original ones, scaled by `decimals`.

    So is `combine`; `aliases` are other words that people use for the measure.
    """

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("line_id", "measure"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("decimals BETWEEN 0 AND 6", name="decimals_in_range"),
    )

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="line.id", index=True)
    position: int
    measure: str
    decimals: int = 0
    amount: int = Field(sa_type=BigInteger)
    plan: list[int | None] | None = Field(default=None, sa_type=JSON)
    counts_when: str | None = None
    informative: bool = False
    combine: Combine = Field(default=Combine.SUM, sa_type=by_value(Combine))
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)
    opening: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class Adjustment(SQLModel, table=True):
    """A change of a target from `adjusted_on` on; figures of earlier days keep the earlier amount."""

    __tablename__ = "adjustment"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id", index=True)
    adjusted_on: date
    amount: int = Field(sa_type=BigInteger)
    plan: list[int | None] | None = Field(default=None, sa_type=JSON)
    combine: Combine = Field(default=Combine.SUM, sa_type=by_value(Combine))
    reason: str
    letter: str | None = None
    made_by: int | None = Field(default=None, foreign_key="person.id")
    made_at: datetime = Field(sa_type=Instant)
