"""People, their roles in units, and invitations."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import Instant, by_value


class Role(StrEnum):
    STAFF = "staff"  # "enlace": registers the unit's activities
    DIRECTOR = "director"  # "titular": heads the unit, signs its quarter
    PLANNING = "planning"  # "planeación": keeps programme, people and calendar
    OBSERVER = "observer"  # "comisaría": reads, changes nothing

    @property
    def has_unit(self) -> bool:
        """Return whether the role belongs to a unit; planning and observers see the whole institution."""
        return self in (Role.STAFF, Role.DIRECTOR)


class Person(SQLModel, table=True):
    """Somebody linked by an invitation. Name and Telegram id are stored only here.

    `forgotten_at`: both were taken out of the database on request (`models.operations.forgetting`).
    """

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    telegram_id: int | None = Field(default=None, sa_type=BigInteger, unique=True)
    joined_at: datetime = Field(sa_type=Instant)
    suspended_at: datetime | None = Field(default=None, sa_type=Instant)
    unreachable_at: datetime | None = Field(default=None, sa_type=Instant)
    forgotten_at: datetime | None = Field(default=None, sa_type=Instant)


class PrivacyAcceptance(SQLModel, table=True):
    """The privacy notice that a person was shown, by its SHA-256 and version, and when they accepted it."""

    __tablename__ = "privacy_acceptance"
    __table_args__ = (UniqueConstraint("person_id", "notice_sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    notice_sha256: str
    version: str
    shown_at: datetime = Field(sa_type=Instant)
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)


class Membership(SQLModel, table=True):
    """One (role, unit) pair of a person; `unit_id` is empty for planning and observers."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("(role IN ('staff', 'director')) = (unit_id IS NOT NULL)", name="role_has_unit"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=by_value(Role))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    granted_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


class Invitation(SQLModel, table=True):
    """A single-use code for a role and unit. Only its keyed hash is stored, with the key's id."""

    __tablename__ = "invitation"

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True)
    key_id: str | None = None  # empty: made before keys existed, so its code is not valid any more
    role: Role = Field(sa_type=by_value(Role))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    name: str | None = None
    invited_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    used_by: int | None = Field(default=None, foreign_key="person.id")
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_by: int | None = Field(default=None, foreign_key="person.id")


class Stranger(SQLModel, table=True):
    """A Telegram account without a person: when it was last answered, failed codes, checks of reports."""

    __tablename__ = "stranger"

    telegram_id: int = Field(sa_type=BigInteger, primary_key=True)
    told_at: datetime | None = Field(default=None, sa_type=Instant)
    failures: int = 0
    failed_since: datetime | None = Field(default=None, sa_type=Instant)
    checks: int = Field(default=0, sa_column_kwargs={"server_default": "0"})  # of reports' codes
    checked_since: datetime | None = Field(default=None, sa_type=Instant)


class CodeGuesses(SQLModel, table=True):
    """One row: how many codes of all strangers failed since then, and until when all codes are refused."""

    __tablename__ = "code_guesses"

    id: int = Field(default=1, primary_key=True)
    failures: int = 0
    since: datetime = Field(sa_type=Instant)
    refused_until: datetime | None = Field(default=None, sa_type=Instant)
    told_at: datetime | None = Field(default=None, sa_type=Instant)
