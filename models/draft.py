"""What a person has begun and not yet confirmed. A restart at any step loses nothing: it is all here."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Select, bindparam, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel

from models.columns import Instant, by_value


class DraftKind(StrEnum):
    ACTIVITY = "activity"  # becomes an Activity
    SETTLEMENT = "settlement"  # «ya cuenta»: becomes a Settlement
    CORRECTION = "correction"  # changes an Activity, whose earlier version is kept
    WITHDRAWAL = "withdrawal"  # voids an Activity
    RETURN = "return"  # gives an Activity back to its author
    STANDSTILL = "standstill"  # «sin movimiento», with its reason
    OBSERVATION = "observation"  # of a line's quarter
    PRESENTATION = "presentation"  # of a unit's quarter
    SIGNATURE = "signature"  # of a unit's quarter
    REOPENING = "reopening"  # of a signed quarter
    ADJUSTMENT = "adjustment"  # of a target
    IMPORT = "import"  # of a programme file that was sent
    CALENDAR = "calendar"  # moves a close, or adds a day off
    ABSENCE = "absence"  # of a director, and who stands in


class DraftRow(SQLModel, table=True):
    """A draft as stored. What reads and writes it goes by `Draft` and the functions below."""

    __tablename__ = "draft"
    __table_args__ = (
        Index(
            "ix_draft_open",
            "person_id",
            sqlite_where=text("registered_at IS NULL AND cancelled_at IS NULL AND expired_at IS NULL"),
            postgresql_where=text("registered_at IS NULL AND cancelled_at IS NULL AND expired_at IS NULL"),
        ),
        Index(
            "ix_draft_card_due",
            "card_due_at",
            sqlite_where=text("card_due_at IS NOT NULL"),
            postgresql_where=text("card_due_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
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
    told_at: datetime | None = Field(default=None, sa_type=Instant)
    merged_into: int | None = Field(default=None, foreign_key="draft.id")
    card_due_at: datetime | None = Field(default=None, sa_type=Instant)


class DraftMessage(SQLModel, table=True):
    """A message of a person from which a draft was filled: when it is edited, so is the draft."""

    __tablename__ = "draft_message"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    message_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    draft_id: int = Field(foreign_key="draft.id", index=True)


@dataclass
class Draft:
    """One card. `revision` rises with every change: a button of an earlier one is stale.

    `content` holds what was said so far, in the form of `models.filled`. Open while none of the last three
    is set. Drafts are on the way of nearly every message, so they are plain values, read and written by
    prepared statements: through the session it takes twice as long. A change counts once it is saved.
    """

    person_id: int
    chat_id: int
    kind: DraftKind
    said_at: datetime
    touched_at: datetime
    step: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    revision: int = 0
    registered_at: datetime | None = None
    cancelled_at: datetime | None = None
    expired_at: datetime | None = None
    told_at: datetime | None = None  # Telegram's date of what touched it last; it may have waited for hours
    merged_into: int | None = None  # the draft of which it turned out to be a part
    card_due_at: datetime | None = None  # when its card is to be shown anew, files having joined it
    id: int = 0  # until it is stored


_TABLE = SQLModel.metadata.tables["draft"]
_OPEN = select(_TABLE).where(
    _TABLE.c.registered_at.is_(None), _TABLE.c.cancelled_at.is_(None), _TABLE.c.expired_at.is_(None)
)
_NEWEST_OPEN = (
    _OPEN.where(_TABLE.c.person_id == bindparam("person_id"), _TABLE.c.chat_id == bindparam("chat_id"))
    .order_by(_TABLE.c.touched_at.desc(), _TABLE.c.id.desc())
    .limit(1)
)
# In the order of `ix_draft_open`: by the number alone SQLite would read every draft that there ever was.
_EVERY_OPEN = _OPEN.order_by(_TABLE.c.person_id, _TABLE.c.id)
_TOUCHED = _OPEN.where(
    _TABLE.c.person_id == bindparam("person_id"),
    _TABLE.c.chat_id == bindparam("chat_id"),
    _TABLE.c.kind.in_([DraftKind.ACTIVITY, DraftKind.CORRECTION]),
    _TABLE.c.told_at >= bindparam("since"),
).order_by(_TABLE.c.touched_at.desc(), _TABLE.c.id.desc())
_STALE = _EVERY_OPEN.where(_TABLE.c.touched_at < bindparam("since"))
_DUE = select(_TABLE).where(_TABLE.c.card_due_at <= bindparam("now")).order_by(_TABLE.c.card_due_at)
_NEXT_DUE = select(func.min(_TABLE.c.card_due_at)).where(_TABLE.c.card_due_at.is_not(None))
_MESSAGES = SQLModel.metadata.tables["draft_message"]
_NOTE = {  # a message that comes a second time stays with the draft that it filled first
    dialect: insert_into(_MESSAGES).on_conflict_do_nothing()
    for dialect, insert_into in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_BY_ID = select(_TABLE).where(_TABLE.c.id == bindparam("draft_id")).with_for_update()
_CHANGING = (
    "step",
    "content",
    "revision",
    "touched_at",
    "registered_at",
    "cancelled_at",
    "expired_at",
    "told_at",
    "merged_into",
    "card_due_at",
)
_SAVE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("draft_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_ASK = update(_TABLE).where(_TABLE.c.id == bindparam("draft_id")).values(card_due_at=bindparam("at"))
_STORE = insert(_TABLE).returning(_TABLE.c.id)


def is_open(draft: Draft) -> bool:
    """Whether it may still become what it is to become."""
    return draft.registered_at is None and draft.cancelled_at is None and draft.expired_at is None


def newest_open(session: Session, person_id: int, chat_id: int) -> Draft | None:
    """The person's open draft in that chat that was touched last."""
    return _one(session, _NEWEST_OPEN, {"person_id": person_id, "chat_id": chat_id})


def every_open(session: Session) -> list[Draft]:
    """Everybody's open drafts, each person's oldest first."""
    return [Draft(**row._mapping) for row in session.connection().execute(_EVERY_OPEN)]


def find(session: Session, draft_id: int) -> Draft | None:
    """That draft, locked until the transaction ends."""
    return _one(session, _BY_ID, {"draft_id": draft_id})


def touched_since(session: Session, person_id: int, chat_id: int, since: datetime) -> list[Draft]:
    """The person's open drafts of activities in that chat that were touched since then, latest first."""
    values = {"person_id": person_id, "chat_id": chat_id, "since": since}
    return [Draft(**row._mapping) for row in session.connection().execute(_TOUCHED, values)]


def due_cards(session: Session, now: datetime) -> list[Draft]:
    """The drafts whose card is to be shown anew by now."""
    return [Draft(**row._mapping) for row in session.connection().execute(_DUE, {"now": now})]


def next_card_due(session: Session) -> datetime | None:
    """When the next card is to be shown anew; None where none is."""
    return session.connection().execute(_NEXT_DUE).scalar()


def untouched_since(session: Session, since: datetime) -> list[Draft]:
    """Open drafts that nobody touched since then."""
    return [Draft(**row._mapping) for row in session.connection().execute(_STALE, {"since": since})]


def note_message(session: Session, chat_id: int, message_id: int, draft_id: int) -> None:
    """The draft was filled from that message of its person."""
    values = {"chat_id": chat_id, "message_id": message_id, "draft_id": draft_id}
    session.connection().execute(_NOTE[session.get_bind().dialect.name], values)


def of_message(session: Session, chat_id: int, message_id: int) -> Draft | None:
    """The draft that was filled from that message, or what that draft turned out to be a part of."""
    found = select(_MESSAGES.c.draft_id).where(
        _MESSAGES.c.chat_id == chat_id, _MESSAGES.c.message_id == message_id
    )
    draft_id = session.connection().execute(found).scalar()
    return None if draft_id is None else whole(session, draft_id)


def whole(session: Session, draft_id: int) -> Draft | None:
    """That draft, or the one in which it was merged."""
    draft = find(session, draft_id)
    while draft is not None and draft.merged_into is not None:
        draft = find(session, draft.merged_into)
    return draft


def merge(session: Session, part: Draft, into: int, now: datetime) -> None:
    """The first is a part of the second: it is open no more, and its messages are the other's."""
    part.merged_into, part.cancelled_at = into, now
    save(session, part)
    session.connection().execute(
        update(_MESSAGES).where(_MESSAGES.c.draft_id == part.id).values(draft_id=into)
    )


def store(session: Session, draft: Draft) -> None:
    """Insert a new draft and give it its number."""
    values = {name: value for name, value in vars(draft).items() if name != "id"}
    draft.id = session.connection().execute(_STORE, values).scalar_one()


def save(session: Session, draft: Draft) -> None:
    """Write what may have changed in a draft that was found."""
    values = {f"new_{name}": getattr(draft, name) for name in _CHANGING}
    session.connection().execute(_SAVE, {"draft_id": draft.id, **values})


def ask_for_card(session: Session, draft_id: int, at: datetime) -> None:
    """Have the draft's card, or what it became, shown anew at that moment: something about it changed."""
    session.connection().execute(_ASK, {"draft_id": draft_id, "at": at})
    session.info["cards_due"] = True


def _one(session: Session, statement: Select[Any], values: dict[str, int]) -> Draft | None:
    row = session.connection().execute(statement, values).first()
    return None if row is None else Draft(**row._mapping)
