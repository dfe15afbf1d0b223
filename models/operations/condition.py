"""The state of the bot: what waits, what failed, who is unreachable, backups, free disk space."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, CursorResult, func
from sqlmodel import Session, SQLModel, col, select, update

from models.calendar.closing import signatures
from models.errors import Rejected
from models.evidence import store_fault
from models.operations import backup, drill
from models.programme.view import programmes
from models.quarter import Quarter
from models.storage import audit, outbox
from models.tables.chat.draft import DraftRow
from models.tables.chat.inbox import Heartbeat, Inbox
from models.tables.chat.outbox import Outbox
from models.tables.evidence import Evidence
from models.tables.operations.backup import Backup
from models.tables.operations.drill import RestoreDrill
from models.tables.operations.store_fault import FaultKind
from models.tables.people import Person

SLOW = timedelta(minutes=2)  # an answer that is unsent for longer is reported
NAMED = 100  # of the messages that were set aside, how many are listed with names
LITTLE_ROOM = 1_000_000_000  # bytes: some hundred photos sent as files


@dataclass(frozen=True)
class Signatures:
    """How many of the units have signed the quarter that ended last."""

    quarter: Quarter
    signed: int
    units: int


@dataclass(frozen=True)
class Undelivered:
    """A message that was set aside; `name` of its person, None for a group."""

    row: int
    name: str | None
    error: str


@dataclass(frozen=True)
class Condition:
    """The state at an instant. The audit chain has `chain_length` entries, the last with hash `chain_head`.

    `waiting` files of evidence are being fetched, `missing` ones could not be fetched so far; a file may be
    both. `free_bytes` is None if unknown. `faults` counts files of the evidence folder by fault.
    """

    set_aside: Sequence[Inbox]
    unsent: int
    unsent_since: datetime | None
    unreachable: Sequence[str]
    chain_length: int
    chain_head: str
    heard_at: datetime | None
    waiting: int
    missing: int
    free_bytes: int | None
    last_backup: Backup | None
    open_drafts: int
    signatures: Signatures | None
    faults: Mapping[FaultKind, int]
    undelivered: Sequence[Undelivered] = ()
    last_drill: RestoreDrill | None = None


def condition(session: Session, quarter: Quarter, folder: Path | None = None) -> Condition:
    """Return the state, oldest failures first; the chain is not verified.

    `folder` is the data folder. Every count is read from an index.
    """
    unsent = outbox.WAITS
    heartbeat = session.get(Heartbeat, 1)
    stands = col(Evidence.removed_at).is_(None)
    length, head = audit.head(session)
    return Condition(
        set_aside=_set_aside(session),
        unsent=_count(session, Outbox, *unsent),
        unsent_since=session.exec(
            select(Outbox.created_at).where(*unsent).order_by(col(Outbox.id)).limit(1)
        ).first(),
        unreachable=session.exec(
            select(Person.name).where(col(Person.unreachable_at).is_not(None)).order_by(col(Person.name))
        ).all(),
        chain_length=length,
        chain_head=head,
        heard_at=heartbeat.heard_at if heartbeat else None,
        waiting=_count(session, Evidence, col(Evidence.retry_at).is_not(None), stands),
        missing=_count(session, Evidence, col(Evidence.missing_at).is_not(None), stands),
        free_bytes=room(folder) if folder else None,
        last_backup=backup.latest(session),
        open_drafts=_count(
            session,
            DraftRow,
            col(DraftRow.registered_at).is_(None),
            col(DraftRow.cancelled_at).is_(None),
            col(DraftRow.expired_at).is_(None),
        ),
        signatures=_signatures(session, quarter.previous),
        faults={kind: number for kind in FaultKind if (number := store_fault.count(session, kind))},
        undelivered=_undelivered(session),
        last_drill=drill.latest(session),
    )


def room(folder: Path) -> int | None:
    """Return the free bytes for database or evidence, whichever is less.

    None if the folder does not exist.
    """
    places = [place for place in (folder, folder / "evidence") if place.is_dir()]
    return min((shutil.disk_usage(place).free for place in places), default=None)


def put_back(session: Session, update_id: int, now: datetime) -> None:
    """Have an update that was set aside retried, up to three times.

    Raises `Rejected("stale_button")` if it is not set aside.
    """
    changed = session.execute(
        update(Inbox)
        .where(col(Inbox.update_id) == update_id, col(Inbox.set_aside_at).is_not(None))
        .values(set_aside_at=None, retry_at=now, attempts=0)
    )
    assert isinstance(changed, CursorResult)
    if changed.rowcount != 1:
        raise Rejected("stale_button")


def send_again(session: Session, row: int | None = None) -> None:
    """Send a message that was set aside, or all of them for None.

    Raises `Rejected("stale_button")` if it is not set aside, or none is.
    """
    rows = [each.id or 0 for each in outbox.aside(session)] if row is None else [row]
    if not outbox.resume(session, rows):
        raise Rejected("stale_button")


def _set_aside(session: Session) -> Sequence[Inbox]:
    failed = col(Inbox.handled_at).is_(None), col(Inbox.queued_by).is_(None)
    aside = *failed, col(Inbox.set_aside_at).is_not(None)
    return session.exec(select(Inbox).where(*aside).order_by(col(Inbox.set_aside_at))).all()


def _undelivered(session: Session) -> Sequence[Undelivered]:
    rows = outbox.aside(session)
    chats = [row.chat_id for row in rows[:NAMED]]
    named = select(Person.telegram_id, Person.name).where(col(Person.telegram_id).in_(chats))
    names = dict(session.exec(named).all()) if chats else {}
    return [Undelivered(row.id or 0, names.get(row.chat_id), row.error or "") for row in rows]


def _count(session: Session, table: type[SQLModel], *which: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).select_from(table).where(*which)).one()


def _signatures(session: Session, quarter: Quarter) -> Signatures | None:
    """Return how many units signed; None if that quarter has no programme."""
    programme = programmes(session).of(quarter.last_day)
    if programme is None:
        return None
    units = [unit.id for unit in programme.units]
    return Signatures(quarter, len(signatures(session, units, quarter)), len(units))
