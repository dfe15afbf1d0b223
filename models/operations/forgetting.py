"""Forgets a person: their name and Telegram account are taken out of every table.

1. The person's roles end, their open cards are cancelled; PIN, preferences, messages and pending updates of
   theirs are deleted.
2. Their name and account are replaced in every text and every JSON value of every table, signed snapshots
   included, by «[persona 7]». Number, deeds and figures stay.
3. The audit chain records this in an entry `FORGET`. Every earlier entry whose digests or texts are of what
   was replaced loses its texts and salt; an entry `ERASE` names all of them (`models.chain.erasing`).

Why it is done so, and what a signature's hash is worth afterwards: docs/decisions/0049.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Enum,
    String,
    Table,
    TypeDecorator,
    and_,
    delete,
    or_,
    select,
    update,
)
from sqlmodel import Session, SQLModel, col

from models.chain import erasing
from models.chain.replay import FORGET
from models.errors import Rejected
from models.people import roster
from models.people.spellings import NOBODY, Identity
from models.programme.view import touch
from models.storage import audit, known_tables, truth
from models.storage.row_image import forms_by_name, key_forms, key_of
from models.tables.audit import Audit
from models.tables.chat.draft import DraftMessage, DraftRow
from models.tables.chat.inbox import Inbox
from models.tables.chat.outbox import Outbox
from models.tables.evidence import Evidence
from models.tables.notice import Preference
from models.tables.people import Person, Stranger
from models.tables.pin import PersonPin, PinQuestion
from models.tables.programme import Programme
from models.tables.report import MadeReport, ReportOrder
from models.tables.signature import Signature

Touched = dict[tuple[str, str], set[str]]  # replaced columns by table and key
_PROGRAMME = frozenset({"programme", "unit", "programme_unit", "line", "target", "adjustment"})


@dataclass(frozen=True)
class Forgotten:
    """How many texts had the name, and how many entries of the audit chain were erased."""

    number: int
    texts: int
    entries: int
    snapshots: int


def forget(
    session: Session, person_id: int, by: int | None, now: datetime, also: Sequence[str] = ()
) -> Forgotten:
    """Forget the person; `also` are other spellings or former names, `by` is None from the command line.

    Raises `Rejected`: "not_yourself", "last_planning", "stale_button" if there is no such person or they were
    forgotten before.
    """
    known_tables.load()
    person = session.get(Person, person_id)
    if person is None or person.forgotten_at is not None:
        raise Rejected("stale_button")
    actor = audit.person(by) if by is not None else "command line"
    if session.connection().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")  # overwrite what is replaced
    roster.leave(session, person_id, by, now)
    names = tuple(name for each in (person.name, *also) if (name := " ".join(each.split())))
    identity = Identity(names, person.telegram_id, f"[persona {person_id}]")
    touched: Touched = defaultdict(set)
    _note(touched, person, "name", "telegram_id")
    _drop_own_rows(session, person, touched, now)
    person.name, person.telegram_id = f"Persona {person_id}", None
    person.forgotten_at, person.unreachable_at = now, None
    session.flush()
    texts = sum(_clean(session, table, identity, touched) for table in SQLModel.metadata.sorted_tables)
    snapshots = _drop_reports(session, touched) if texts else 0
    session.flush()
    audit.record(session, now, actor, FORGET, audit.person(person_id), None, {"texts": texts})
    erased = list(_entries_with(session, identity, touched))
    erasing.erase_all(session, erased, "a person was forgotten", actor, now)
    return Forgotten(person_id, texts, len(erased), snapshots)


def _note(touched: Touched, row: SQLModel, *columns: str) -> None:
    table = SQLModel.metadata.tables[str(row.__tablename__)]
    key = key_of([form.write(getattr(row, form.name)) for form in key_forms(table)])
    touched[table.name, key].update(columns)


def _drop_own_rows(session: Session, person: Person, touched: Touched, now: datetime) -> None:
    """Delete what is only about the person, and the numbers of their chat."""
    for kind in (PersonPin, PinQuestion, Preference):
        if (row := session.get(kind, person.id)) is not None:
            session.delete(row)
    _drop_cards(session, person, now)
    _drop_orders(session, person, now)
    _drop_chat_of_evidence(session, person, touched)
    if person.telegram_id is not None:
        _drop_messages(session, person.telegram_id, now)


def _drop_cards(session: Session, person: Person, now: datetime) -> None:
    """Cancel the person's open cards, and clear what became nothing, and the chat of all."""
    mine = or_(col(DraftRow.person_id) == person.id, col(DraftRow.chat_id) == person.telegram_id)
    ends = (col(DraftRow.registered_at), col(DraftRow.cancelled_at), col(DraftRow.expired_at))
    _change(session, DraftRow, and_(mine, *(each.is_(None) for each in ends)), cancelled_at=now)
    _change(
        session, DraftRow, and_(mine, col(DraftRow.registered_at).is_(None)), content={}, card_due_at=None
    )
    drafts = select(col(DraftRow.id)).where(mine)
    session.execute(delete(DraftMessage).where(col(DraftMessage.draft_id).in_(drafts)))
    _change(session, DraftRow, mine, chat_id=NOBODY)


def _drop_orders(session: Session, person: Person, now: datetime) -> None:
    """End the reports that the person ordered, and clear the chat of all."""
    mine = or_(col(ReportOrder.person_id) == person.id, col(ReportOrder.chat_id) == person.telegram_id)
    waits = (col(ReportOrder.done_at).is_(None), col(ReportOrder.failed_at).is_(None))
    _change(session, ReportOrder, and_(mine, *waits), failed_at=now)
    _change(session, ReportOrder, mine, chat_id=NOBODY, message_id=None)


def _change(session: Session, table: type[SQLModel], where: ColumnElement[bool], **values: Any) -> None:
    session.execute(update(table).where(where).values(**values).execution_options(synchronize_session=False))


def _drop_chat_of_evidence(session: Session, person: Person, touched: Touched) -> None:
    sent = or_(col(Evidence.added_by) == person.id, col(Evidence.chat_id) == person.telegram_id)
    for row in session.scalars(select(Evidence).where(sent)).all():
        _note(touched, row, "chat_id", "message_id", "album")
        row.chat_id = row.message_id = row.album = None
        if row.fetched_at is not None:
            _note(touched, row, "file_id")
            row.file_id = None


def _drop_messages(session: Session, telegram_id: int, now: datetime) -> None:
    """Delete messages to the account and updates from it, also those that wait."""
    session.execute(delete(Outbox).where(col(Outbox.chat_id) == telegram_id))
    session.execute(delete(DraftMessage).where(col(DraftMessage.chat_id) == telegram_id))
    session.execute(delete(Stranger).where(col(Stranger.telegram_id) == telegram_id))
    waiting = select(col(Inbox.update_id), col(Inbox.payload), col(Inbox.queued_by)).where(
        or_(col(Inbox.payload).is_not(None), col(Inbox.queued_by).is_not(None))
    )
    theirs = [
        update_id
        for update_id, payload, queued_by in session.execute(waiting)
        if queued_by == telegram_id or _is_from(payload, telegram_id)
    ]
    for update_id in theirs:
        over = {"handled_at": now, "retry_at": None, "set_aside_at": None}
        empty = {"payload": None, "error": None, "queued_by": None, "queue_place": None}
        _change(session, Inbox, col(Inbox.update_id) == update_id, **over, **empty)


def _is_from(payload: str | None, telegram_id: int) -> bool:
    raw = json.loads(payload) if payload else {}
    return any(
        isinstance(each, dict) and (each.get("from") or {}).get("id") == telegram_id for each in raw.values()
    )


def _clean(session: Session, table: Table, identity: Identity, touched: Touched) -> int:
    """Take the identity out of a table's texts; return of how many values."""
    columns = [each for each in table.columns if _holds_text(each)]
    if table.name == "audit" or not columns:
        return 0
    keys = list(table.primary_key.columns)
    found = [
        (row[: len(keys)], changed)
        for row in session.execute(select(*keys, *columns)).all()
        if (changed := _changes(row[len(keys) :], columns, table, identity))
    ]
    for key, changed in found:
        where = and_(*(column == value for column, value in zip(keys, key, strict=True)))
        session.execute(update(table).where(where).values(changed))
        if truth.holds_truth(table):
            written = zip(key_forms(table), key, strict=True)
            personal = {name for name in changed if forms_by_name(table.name)[name].personal}
            touched[table.name, key_of([form.write(value) for form, value in written])] |= personal
    if found and table.name in _PROGRAMME:
        for programme in session.scalars(select(Programme)).all():
            touch(session, programme)
    session.expire_all()
    return sum(len(changed) for _, changed in found)


def _holds_text(column: Column[Any]) -> bool:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    is_text = isinstance(kind, String) and not isinstance(kind, Enum)
    return (is_text or isinstance(kind, JSON)) and not column.primary_key and not column.foreign_keys


def _changes(
    values: Sequence[Any], columns: Sequence[Column[Any]], table: Table, identity: Identity
) -> dict[str, Any]:
    """Return the values that held the identity, by column, without it."""
    found = {}
    for column, value in zip(columns, values, strict=True):
        if value is None or (table.name, column.name) == ("person", "name"):
            continue
        changed = _without(value, identity)
        if table.name == "signature" and column.name == "snapshot" and changed != value:
            changed = _without_salt(changed)
        if changed != value:
            found[column.name] = changed
    return found


def _without(value: Any, identity: Identity) -> Any:
    """Return the value without the identity; a text that is JSON is read as such, since it may be escaped."""
    if isinstance(value, str) and value[:1] in "{[" and value[-1:] in "}]":
        try:
            read = json.loads(value)
        except ValueError:
            return identity.without(value)
        changed = identity.without(read)
        if changed == read:
            return value
        return json.dumps(changed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return identity.without(value)


def _without_salt(snapshot: str) -> str:
    """Return the snapshot without its salt, without which no text can be tried against the signed hash."""
    content = {name: value for name, value in json.loads(snapshot).items() if name != "salt"}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _drop_reports(session: Session, touched: Touched) -> int:
    """Delete the records of made reports that may print the name: drafts, and those of a cleaned snapshot.

    Their files are named by no row then, and are swept away. Returns how many snapshots were cleaned.
    """
    session.execute(delete(MadeReport).where(col(MadeReport.signed).is_(False)))
    cleaned = [json.loads(key)[0] for table, key in touched if table == "signature"]
    for number in cleaned:
        signature = session.get_one(Signature, number)
        session.execute(
            delete(MadeReport).where(
                col(MadeReport.year) == signature.year, col(MadeReport.quarter) == signature.quarter
            )
        )
    return len(cleaned)


def _entries_with(session: Session, identity: Identity, touched: Touched) -> Iterator[int]:
    """Yield the entries whose texts have the identity, or whose digests are of a replaced value."""
    query = select(col(Audit.seq), col(Audit.before), col(Audit.after), col(Audit.rows)).where(
        col(Audit.salt).is_not(None)
    )
    for seq, before, after, rows in session.execute(query.order_by(col(Audit.seq))).all():
        said = [each for each in (before, after) if each is not None]
        if any(identity.without(each) != each for each in said) or _is_of(rows, touched):
            yield seq


def _is_of(rows: str | None, touched: Touched) -> bool:
    return any(
        not touched[table, key].isdisjoint(digests)
        for table, key, _, _, digests in json.loads(rows or "[]")
        if (table, key) in touched
    )
