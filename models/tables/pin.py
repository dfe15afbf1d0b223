"""Hashed PINs, and the last question for a PIN that each person was asked; see `models.people.pin`."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from models.columns import Instant


class Step(StrEnum):
    NONE = "none"
    ENTER = "enter"  # the present PIN
    NEW = "new"  # a new PIN
    AGAIN = "again"  # the new PIN once more


class PersonPin(SQLModel, table=True):
    """A person's PIN. `key_id` is the key's id: a PIN hashed with another key counts as not set."""

    __tablename__ = "person_pin"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    key_id: str
    salt: str
    hash: str
    set_at: datetime = Field(sa_type=Instant)
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=Instant)


class PinQuestion(SQLModel, table=True):
    """A person's last question. `serial` rises with each, so that buttons of earlier ones are stale."""

    __tablename__ = "pin_question"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    serial: int = 0
    step: str = Step.NONE
    act: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    salt: str | None = None
    hash: str | None = None
    asked_at: datetime = Field(sa_type=Instant)
