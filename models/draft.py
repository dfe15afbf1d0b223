"""What a person has begun and not yet confirmed. A restart at any step loses nothing: it is all here."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Select, bindparam, select, update
from sqlmodel import Field, Session, SQLModel

from models.columns import Instant, by_value


class DraftKind(StrEnum):
    ACTIVITY = "activity"  # becomes an Activity
    SETTLEMENT = "settlement"  # «ya cuenta»: becomes a Settlement


class Draft(SQLModel, table=True):
    """One open card. `revision` rises with every change: a button of an earlier one is stale.

    `content` holds what was said so far, in the form of `models.capture.Filled`.
    """

    __tablename__ = "draft"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    chat_id: int = Field(sa_type=BigInteger)
    kind: DraftKind = Field(default=DraftKind.ACTIVITY, sa_type=by_value(DraftKind))
    step: str
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    revision: int = 1
    said_at: datetime = Field(sa_type=Instant)
    touched_at: datetime = Field(sa_type=Instant)
    registered_at: datetime | None = Field(default=None, sa_type=Instant)
    cancelled_at: datetime | None = Field(default=None, sa_type=Instant)
    expired_at: datetime | None = Field(default=None, sa_type=Instant)

    @property
    def is_open(self) -> bool:
        return self.registered_at is None and self.cancelled_at is None and self.expired_at is None


_TABLE = SQLModel.metadata.tables["draft"]
_NEWEST_OPEN = (
    select(_TABLE)
    .where(
        _TABLE.c.person_id == bindparam("person_id"),
        _TABLE.c.chat_id == bindparam("chat_id"),
        _TABLE.c.registered_at.is_(None),
        _TABLE.c.cancelled_at.is_(None),
        _TABLE.c.expired_at.is_(None),
    )
    .order_by(_TABLE.c.touched_at.desc(), _TABLE.c.id.desc())
    .limit(1)
)
_BY_ID = select(_TABLE).where(_TABLE.c.id == bindparam("draft_id")).with_for_update()
_CHANGING = ("step", "content", "revision", "touched_at", "registered_at", "cancelled_at", "expired_at")
_SAVE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("draft_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)


def newest_open(session: Session, person_id: int, chat_id: int) -> Draft | None:
    """The person's open draft in that chat that was touched last; a value, see `save`."""
    return _one(session, _NEWEST_OPEN, {"person_id": person_id, "chat_id": chat_id})


def find(session: Session, draft_id: int) -> Draft | None:
    """That draft, locked until the transaction ends; a value, see `save`."""
    return _one(session, _BY_ID, {"draft_id": draft_id})


def save(session: Session, draft: Draft) -> None:
    """Write what may have changed in a draft that was found.

    Drafts are on the way of nearly every message, so they are read and written by prepared statements
    instead of through the session, which takes twice as long.
    """
    values = {f"new_{name}": getattr(draft, name) for name in _CHANGING}
    session.connection().execute(_SAVE, {"draft_id": draft.id, **values})


def _one(session: Session, statement: Select[Any], values: dict[str, int]) -> Draft | None:
    row = session.connection().execute(statement, values).first()
    return None if row is None else Draft(**row._mapping)
