"""Who changed what, when, before and after, in an append-only chain.

Each row's hash covers the previous row's hash, the row's own facts and a *salted digest* of before and
after. People are named by internal number. So personal text and its salt can be erased, and the chain stays
whole; what was erased can no longer be guessed from the digest.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, insert, text
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import Instant

GENESIS = "0" * 64
_CHAIN_LOCK = 0x41564E43  # "AVNC": one writer at a time gives sequence numbers on PostgreSQL


class Audit(SQLModel, table=True):
    __tablename__ = "audit"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant)
    actor: str  # "person:7", "command line", "bot"
    action: str
    subject: str  # "activity:12"
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    salt: str | None = None
    digest: str
    hash: str


@dataclass(frozen=True)
class Change:
    """One audited change, gathered during the transaction and chained at its end."""

    at: datetime
    actor: str
    action: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class Verdict:
    """`entries` that were read; `broken_at` the first sequence number that does not fit, and why."""

    entries: int
    head: str
    broken_at: int | None = None
    reason: str | None = None


def person(person_id: int) -> str:
    """How the chain names a person: by number, never by name."""
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
    """Gather one change: chained when the transaction ends, forgotten if its savepoint is undone."""
    session.info.setdefault("audit", []).append(Change(at, actor, action, subject, before, after))


def chain(session: Session) -> None:
    """Give the gathered changes their numbers and hashes. Called once, last, by `database.transaction`."""
    changes: list[Change] = session.info.pop("audit", [])
    if not changes:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    seq, previous = head(session)
    rows = []
    for change in changes:
        seq += 1
        salt = secrets.token_hex(16)
        digest = _digest(salt, change.before, change.after)
        previous = _hash(previous, seq, change.at, change.actor, change.action, change.subject, digest)
        rows.append({**vars(change), "seq": seq, "salt": salt, "digest": digest, "hash": previous})
    session.connection().execute(insert(SQLModel.metadata.tables["audit"]), rows)


def head(session: Session) -> tuple[int, str]:
    """The newest entry's number and hash, the chain not verified."""
    last = session.execute(select(Audit.seq, Audit.hash).order_by(col(Audit.seq).desc()).limit(1)).first()
    return (last.seq, last.hash) if last else (0, GENESIS)


def verify(session: Session) -> Verdict:
    """Walk the chain from the first entry and name the first that does not fit."""
    entries, previous = 0, GENESIS
    for row in session.exec(select(Audit).order_by(col(Audit.seq))).yield_per(1000):
        entries += 1
        if row.seq != entries:
            return Verdict(entries, previous, entries, f"entry {entries} is missing")
        if row.salt is not None and row.digest != _digest(row.salt, row.before, row.after):
            return Verdict(entries, previous, row.seq, "what it says before and after was altered")
        expected = _hash(previous, row.seq, row.at, row.actor, row.action, row.subject, row.digest)
        if row.hash != expected:
            return Verdict(entries, previous, row.seq, "its facts or its place in the chain were altered")
        previous = row.hash
    return Verdict(entries, previous)


def _digest(salt: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    return hashlib.sha256((salt + _canonical([before, after])).encode()).hexdigest()


def _hash(previous: str, seq: int, at: datetime, *facts: str) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(_canonical([previous, seq, moment, *facts]).encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
