"""Erases the values before and after, and the salt, of an entry of the audit chain, on request.

The chain stays valid, and a new entry names the erased one. An erasure that no entry names is reported as a
fault.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import null, update
from sqlmodel import Session, col

from models.chain import replay
from models.chain.replay import ERASE
from models.storage import audit
from models.storage.row_image import RowImage, Wrote
from models.storage.unit_of_work import work_of
from models.tables.audit import Audit

AT_ONCE = 500  # entries in one statement


class NotErasable(Exception):
    """There is no such entry, or it was erased before; the message says which."""


def erase(session: Session, seq: int, reason: str, actor: str, now: datetime) -> None:
    """Erase the entry; a new entry has the reason. Raises `NotErasable`.

    The present values of its rows that agree with it are recorded again with a new salt, so that they can
    still be compared.
    """
    entry = session.get(Audit, seq)
    if entry is None:
        raise NotErasable("is not in the chain")
    if entry.salt is None:
        raise NotErasable("was erased before")
    _erase(session, [entry], reason, actor, now)


def erase_all(session: Session, entries: Sequence[int], reason: str, actor: str, now: datetime) -> None:
    """Erase all of these entries, which were not erased before, and name them in one new entry."""
    found = [session.get_one(Audit, seq) for seq in entries]
    if found:
        _erase(session, found, reason, actor, now)


def _erase(session: Session, entries: Sequence[Audit], reason: str, actor: str, now: datetime) -> None:
    kept = list(_still_true(session, entries))
    numbers = [each.seq for each in entries]
    for some in range(0, len(numbers), AT_ONCE):
        session.connection().execute(
            update(Audit)
            .where(col(Audit.seq).in_(numbers[some : some + AT_ONCE]))
            .values(before=null(), after=null(), salt=None)
        )
    for each in entries:
        session.expire(each)
    work_of(session).audit.extend(kept)
    named = f"entry:{','.join(map(str, numbers))}"
    audit.record(session, now, actor, ERASE, named, after={"reason": reason})


def _still_true(session: Session, entries: Sequence[Audit]) -> Iterator[RowImage]:
    """Return the personal values in rows that still are as these entries wrote them."""
    numbers = {each.seq for each in entries}
    written = {(table, key) for entry in entries for table, key, *_ in json.loads(entry.rows or "[]")}
    found = replay.replay(session, {table for table, _ in written})
    try:
        for row in found.rows():
            if (row.table, row.key) not in written or row.stands is None or not row.there:
                continue
            values = {
                name: row.stands[name]
                for name, expected in row.columns.items()
                if expected.entry in numbers and expected.digest is not None and row.agrees(name)
            }
            if values:
                yield RowImage(row.table, row.key, Wrote.UPDATE, values)
    finally:
        found.close()
