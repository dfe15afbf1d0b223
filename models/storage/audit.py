"""Who changed what, when, before and after, in an append-only chain. Rules: docs/rules.md#audit.

Each row's hash covers the previous row's hash, the row's own facts, a *salted digest* of before and after,
and `rows`: what was written to which row of the tables (`models.storage.row_image`). People are named by
internal number. So personal text and its salt can be erased, and the chain stays whole; what was erased can
no longer be guessed from the digests. `rows` is never erased.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Row, insert, text
from sqlmodel import Session, SQLModel, col, select

from models.storage.row_image import RowImage, canonical
from models.storage.unit_of_work import work_of
from models.tables.audit import Audit

GENESIS = "0" * 64
WRITE = "write"  # the action of an entry for rows that were written without a recorded change
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_READ_AT_ONCE = 50  # entries; one of a baseline holds 200 rows
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)  # by a value that its column cannot hold
_CHAIN_LOCK = 0x41564E43  # "AVNC": one writer at a time gives sequence numbers on PostgreSQL


@dataclass(frozen=True)
class Change:
    """A change recorded during the transaction and added to the chain at its end."""

    at: datetime
    actor: str
    action: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class ChainVerdict:
    """The result of verifying the chain.

    `entries` is how many were read, `broken_at` the first sequence number that does not fit, `reason` why,
    `erased` the entries whose before, after and salt were erased.
    """

    entries: int
    head: str
    broken_at: int | None = None
    reason: str | None = None
    erased: tuple[int, ...] = ()


def person(person_id: int) -> str:
    """Return how the chain names a person: by number, never by name."""
    return f"person:{person_id}"


def record(
    session: Session,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Record a change. It is chained when the transaction ends, and dropped if its savepoint is rolled
    back.
    """
    work_of(session).audit.append(Change(at, actor, action, subject, before, after))


def chain(session: Session) -> None:
    """Give the recorded changes and rows their numbers and hashes.

    Called once, last, by `database.transaction`.
    """
    work = work_of(session)
    gathered, work.audit = work.audit, []
    if not gathered:
        return
    keep_others_out(session.connection())
    seq, previous = head(session)
    entries = []
    for change, images in _entries(session, gathered):
        seq += 1
        salt = secrets.token_hex(16)
        digest = _digest(salt, change.before, change.after)
        rows = canonical([each.stored(salt) for each in images]) if images else None
        previous = _hash(previous, seq, change.at, *_facts(change, digest, rows))
        entries.append(
            {**vars(change), "seq": seq, "salt": salt, "digest": digest, "rows": rows, "hash": previous}
        )
    session.connection().execute(insert(SQLModel.metadata.tables["audit"]), entries)


def keep_others_out(connection: Connection) -> None:
    """Let no other transaction add to the chain, and so none change a table, until this one ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})


def _entries(
    session: Session, gathered: Sequence[Change | RowImage]
) -> Iterator[tuple[Change, list[RowImage]]]:
    """Assign rows to the change recorded after they were written; the remaining ones to the last change."""
    found: list[tuple[Change, list[RowImage]]] = []
    waiting: list[RowImage] = []
    for each in gathered:
        if isinstance(each, RowImage):
            waiting.append(each)
        else:
            found.append((each, waiting))
            waiting = []
    if waiting and not found:
        found.append((_bare_write(session, waiting), []))
    if waiting:
        found[-1][1].extend(waiting)
    return iter(found)


def _bare_write(session: Session, images: Sequence[RowImage]) -> Change:
    """Return an entry for rows without a recorded change.

    It is dated by the newest instant in the rows, else by the last entry.
    """
    moments = [
        value
        for image in images
        for name, value in image.values.items()
        if name.endswith("_at") and isinstance(value, str)
    ]
    last = session.execute(select(Audit.at).order_by(col(Audit.seq).desc()).limit(1)).scalar()
    at = max(map(datetime.fromisoformat, moments), default=last or _BEGINNING)
    return Change(at, "bot", WRITE, ", ".join(sorted({each.table for each in images})), None, None)


def head(session: Session) -> tuple[int, str]:
    """Return the number and hash of the newest entry, without verifying the chain."""
    last = session.execute(select(Audit.seq, Audit.hash).order_by(col(Audit.seq).desc()).limit(1)).first()
    return (last.seq, last.hash) if last else (0, GENESIS)


def verify(session: Session, visit: Callable[[Row[Any]], None] | None = None) -> ChainVerdict:
    """Verify the chain up to the first entry that does not fit; call `visit` with each that does.

    An entry that cannot be read, or on which `visit` raises one of `UNREADABLE`, does not fit.
    """
    entries, previous, erased = 0, GENESIS, []
    for row in _read(session):
        entries += 1
        if row is None:
            return ChainVerdict(entries, previous, entries, "it holds what its columns cannot")
        if row.seq != entries:
            return ChainVerdict(entries, previous, entries, f"entry {entries} is missing")
        if (reason := fault(row, previous)) is not None:
            return ChainVerdict(entries, previous, row.seq, reason)
        if row.salt is None:
            erased.append(row.seq)
        if visit is not None:
            try:
                visit(row)
            except UNREADABLE:
                return ChainVerdict(entries, previous, row.seq, "what it says that it wrote cannot be read")
        previous = row.hash
    return ChainVerdict(entries, previous, erased=tuple(erased))


def _read(session: Session) -> Iterator[Row[Any] | None]:
    """Yield every entry in order; None, and nothing more, in place of one that cannot be read."""
    query = sqlalchemy.select(SQLModel.metadata.tables["audit"]).order_by(col(Audit.seq))
    options, last = {"yield_per": _READ_AT_ONCE}, 0
    try:
        with closing(session.connection().execute(query, execution_options=options)) as rows:
            for row in rows:
                yield row
                last = row.seq
            return
    except UNREADABLE:
        pass  # one of the entries cannot be read: they are read one by one below to find it
    for seq in session.execute(select(Audit.seq).where(Audit.seq > last).order_by(col(Audit.seq))).scalars():
        try:
            row = session.connection().execute(query.where(col(Audit.seq) == seq)).one()
        except UNREADABLE:
            yield None
            return
        yield row


def fault(entry: Row[Any] | Audit, previous: str) -> str | None:
    """Return what is wrong with an entry that follows the one with that hash, or None.

    An erased entry has neither before, after nor salt.
    """
    said = entry.before is not None or entry.after is not None
    if not all(isinstance(each, str | None) for each in _texts(entry)):
        return "it holds what its columns cannot"
    if entry.salt is None and said:
        return "its salt was erased, but not what it says before and after"
    if entry.salt is not None and entry.digest != _digest(entry.salt, entry.before, entry.after):
        return "what it says before and after was altered"
    if entry.hash != _hash(previous, entry.seq, entry.at, *_facts(entry, entry.digest, entry.rows)):
        return "its facts or its place in the chain were altered"
    return None


def _texts(entry: Row[Any] | Audit) -> tuple[object, ...]:
    return entry.actor, entry.action, entry.subject, entry.salt, entry.digest, entry.rows, entry.hash


def _facts(entry: Any, digest: str, rows: str | None) -> tuple[str, ...]:
    """Return what the hash covers. Entries older than `rows` have none, and keep their hash."""
    facts = (entry.actor, entry.action, entry.subject, digest)
    return facts if rows is None else (*facts, rows)


def _digest(salt: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    return hashlib.sha256((salt + canonical([before, after])).encode()).hexdigest()


def _hash(previous: str, seq: int, at: datetime, *facts: str) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(canonical([previous, seq, moment, *facts]).encode()).hexdigest()
