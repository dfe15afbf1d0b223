"""Drafts: what a person has begun and not confirmed. All of it is in rows, so a restart loses nothing."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from models.storage.postponed import SLACK
from models.storage.unit_of_work import Left, work_of
from models.tables.chat.draft import DraftKind

CARDS = (DraftKind.ACTIVITY, DraftKind.CORRECTION)  # kinds to which messages and files can be added


@dataclass
class Draft:
    """One draft. `revision` rises with every change; buttons of an earlier revision are stale.

    `content` holds the answers so far, as a form of `models.storage.forms`. The draft is open while it is
    neither registered, cancelled nor expired. Nearly every message reads drafts, so they are plain values
    read and written by prepared statements, in half the time of the session's objects; changes must be saved.
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
    told_at: datetime | None = None  # Telegram's date of its last message, which may have come hours late
    merged_into: int | None = None  # the draft that it became a part of
    card_due_at: datetime | None = None  # when its card is to be sent again, because files joined it
    waits_since: datetime | None = None  # its card is not shown yet: `bounds.OPEN_CARDS` were open
    id: int = 0  # 0 until it is stored


ONE_DAY = timedelta(days=1)
LONGEST = timedelta(minutes=11)  # before a card is shown again: when its registration can be undone no more
_TABLE = SQLModel.metadata.tables["draft"]
_GOES_ON = select(_TABLE).where(
    _TABLE.c.registered_at.is_(None), _TABLE.c.cancelled_at.is_(None), _TABLE.c.expired_at.is_(None)
)
_MINE = _TABLE.c.person_id == bindparam("person_id"), _TABLE.c.chat_id == bindparam("chat_id")
_NEWEST = _TABLE.c.touched_at.desc(), _TABLE.c.id.desc()
_OPEN = _GOES_ON.where(_TABLE.c.waits_since.is_(None), *_MINE).order_by(*_NEWEST).limit(bindparam("limit"))
_NEWEST_OF_ALL = _GOES_ON.where(*_MINE).order_by(*_NEWEST).limit(1)
_WAITS = _GOES_ON.where(_TABLE.c.waits_since.is_not(None), *_MINE).order_by(_TABLE.c.id)
_WAITS = _WAITS.limit(bindparam("limit"))
# `touched_at`, by our clock and with a day's tolerance, is compared too, so that `ix_draft_open` is used.
_TOUCHED = _OPEN.where(
    _TABLE.c.kind.in_(CARDS),
    _TABLE.c.told_at >= bindparam("since"),
    _TABLE.c.touched_at >= bindparam("since_day"),
)
_COUNT = {
    of_cards: select(func.count()).select_from(
        _OPEN.with_only_columns(_TABLE.c.id)
        .where(_TABLE.c.kind.in_(CARDS) if of_cards else _TABLE.c.kind.not_in(CARDS))
        .subquery()
    )
    for of_cards in (True, False)
}
_COUNT_WAITING = select(func.count()).select_from(_WAITS.with_only_columns(_TABLE.c.id).subquery())
_WHOSE = (
    _GOES_ON.where(_TABLE.c.waits_since.is_(None))
    .with_only_columns(_TABLE.c.person_id, _TABLE.c.chat_id)
    .distinct()
)
# In the order of `ix_draft_open`: ordered by id alone, SQLite would read every draft ever stored.
_STALE = _GOES_ON.where(_TABLE.c.touched_at < bindparam("since")).order_by(_TABLE.c.person_id, _TABLE.c.id)
_DUE = (
    select(_TABLE)
    .where(or_(_TABLE.c.card_due_at <= bindparam("now"), _TABLE.c.card_due_at > bindparam("ahead")))
    .order_by(_TABLE.c.card_due_at)
)
_NEXT_DUE = select(func.min(_TABLE.c.card_due_at)).where(_TABLE.c.card_due_at.is_not(None))
_MESSAGES = SQLModel.metadata.tables["draft_message"]
_NOTE = {  # a message that arrives twice stays with its first draft
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
    "waits_since",
)
_SAVE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("draft_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_ASK = update(_TABLE).where(_TABLE.c.id == bindparam("draft_id")).values(card_due_at=bindparam("at"))
_STORE = insert(_TABLE).returning(_TABLE.c.id)


def is_open(draft: Draft) -> bool:
    """Return whether the draft is neither registered, cancelled nor expired."""
    return draft.registered_at is None and draft.cancelled_at is None and draft.expired_at is None


def newest_open(session: Session, person_id: int, chat_id: int, limit: int = 1) -> list[Draft]:
    """Return the person's open drafts in that chat, the one touched last first."""
    return _all(session, _OPEN, {"person_id": person_id, "chat_id": chat_id, "limit": limit})


def count_open(session: Session, person_id: int, chat_id: int, kind: DraftKind, limit: int) -> int:
    """Count open drafts in that chat, up to the limit: cards, or all other kinds."""
    values = {"person_id": person_id, "chat_id": chat_id, "limit": limit}
    return session.connection().execute(_COUNT[kind in CARDS], values).scalar_one()


def waiting(session: Session, person_id: int, chat_id: int, limit: int = 1) -> list[Draft]:
    """Return the drafts whose card is not shown yet, oldest first."""
    return _all(session, _WAITS, {"person_id": person_id, "chat_id": chat_id, "limit": limit})


def count_waiting(session: Session, person_id: int, chat_id: int, limit: int) -> int:
    """Count the drafts whose card is not shown yet, up to the limit."""
    values = {"person_id": person_id, "chat_id": chat_id, "limit": limit}
    return session.connection().execute(_COUNT_WAITING, values).scalar_one()


def holders(session: Session) -> list[tuple[int, int]]:
    """Return who has open drafts, and in which chat."""
    return [(person_id, chat_id) for person_id, chat_id in session.connection().execute(_WHOSE)]


def find(session: Session, draft_id: int) -> Draft | None:
    """Return the draft, locked until the transaction ends, or None."""
    return _one(session, _BY_ID, {"draft_id": draft_id})


def touched_since(session: Session, person_id: int, chat_id: int, since: datetime, limit: int) -> list[Draft]:
    """Return the person's open activity drafts in that chat touched since then, latest first."""
    values = {"person_id": person_id, "chat_id": chat_id, "since": since, "since_day": since - ONE_DAY}
    return _all(session, _TOUCHED, {**values, "limit": limit})


def due_cards(session: Session, now: datetime) -> list[Draft]:
    """Return the drafts whose card is to be shown again by now, even if the clock went back."""
    moments = {"now": now, "ahead": now + LONGEST + SLACK}
    return [Draft(**row._mapping) for row in session.connection().execute(_DUE, moments)]


def next_card_due(session: Session) -> datetime | None:
    """Return when the next card is to be shown again, or None."""
    return session.connection().execute(_NEXT_DUE).scalar()


def untouched_since(session: Session, since: datetime) -> list[Draft]:
    """Return open and waiting drafts that nobody touched since then."""
    return [Draft(**row._mapping) for row in session.connection().execute(_STALE, {"since": since})]


def newest(session: Session, person_id: int, chat_id: int) -> Draft | None:
    """Return the open draft that was touched last, whether its card is shown or waits; None if none."""
    return _one(session, _NEWEST_OF_ALL, {"person_id": person_id, "chat_id": chat_id})


def content_of(session: Session, person_id: int, draft_id: int) -> dict[str, Any] | None:
    """Return the content of a person's draft, open or not; None if it is not theirs."""
    query = select(_TABLE.c.content).where(_TABLE.c.person_id == person_id, _TABLE.c.id == draft_id)
    return session.execute(query).scalars().first()


def note_message(session: Session, chat_id: int, message_id: int, draft_id: int) -> None:
    """Store that the draft was filled from that message."""
    values = {"chat_id": chat_id, "message_id": message_id, "draft_id": draft_id}
    session.connection().execute(_NOTE[session.get_bind().dialect.name], values)


def of_message(session: Session, chat_id: int, message_id: int) -> Draft | None:
    """Return the draft that was filled from that message, or the one it was merged into."""
    found = select(_MESSAGES.c.draft_id).where(
        _MESSAGES.c.chat_id == chat_id, _MESSAGES.c.message_id == message_id
    )
    draft_id = session.connection().execute(found).scalar()
    return None if draft_id is None else whole(session, draft_id)


def whole(session: Session, draft_id: int) -> Draft | None:
    """Return the draft, or the one it was merged into."""
    draft = find(session, draft_id)
    while draft is not None and draft.merged_into is not None:
        draft = find(session, draft.merged_into)
    return draft


def merge(session: Session, part: Draft, into: int, now: datetime) -> None:
    """Merge the first draft into the second: it is closed, and its messages belong to the second."""
    part.merged_into, part.cancelled_at = into, now
    save(session, part)
    move_messages(session, part.id, into)


def move_messages(session: Session, from_draft: int, to_draft: int) -> None:
    """Make the messages from which a draft was filled belong to another one."""
    session.connection().execute(
        update(_MESSAGES).where(_MESSAGES.c.draft_id == from_draft).values(draft_id=to_draft)
    )


def store(session: Session, draft: Draft) -> None:
    """Insert a new draft and set its number."""
    values = {name: value for name, value in vars(draft).items() if name != "id"}
    draft.id = session.connection().execute(_STORE, values).scalar_one()


def save(session: Session, draft: Draft) -> None:
    """Write the changeable columns of a draft."""
    values = {f"new_{name}": getattr(draft, name) for name in _CHANGING}
    session.connection().execute(_SAVE, {"draft_id": draft.id, **values})


def ask_for_card(session: Session, draft_id: int, at: datetime) -> None:
    """Set when the card of the draft, or what it became, is to be shown again."""
    session.connection().execute(_ASK, {"draft_id": draft_id, "at": at})
    work_of(session).left.add(Left.CARDS)


def _all(session: Session, statement: Select[Any], values: dict[str, Any]) -> list[Draft]:
    return [Draft(**row._mapping) for row in session.connection().execute(statement, values)]


def _one(session: Session, statement: Select[Any], values: dict[str, int]) -> Draft | None:
    row = session.connection().execute(statement, values).first()
    return None if row is None else Draft(**row._mapping)
