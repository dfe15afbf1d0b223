"""Erases what an entry of the audit chain says before and after, with its salt, on request.

The chain stays whole, and a new entry says which one was erased. An erasure that no entry announces is
reported.
"""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import null, update
from sqlmodel import Session, col

from models.chain import replay
from models.chain.replay import ERASE
from models.storage import audit
from models.storage.row_image import RowImage, Wrote
from models.storage.unit_of_work import work_of
from models.tables.audit import Audit


class NotErasable(Exception):
    """There is no such entry, or it was erased before; the message says which."""


def erase(session: Session, seq: int, reason: str, actor: str, now: datetime) -> None:
    """Erase the entry; the new entry keeps the reason. Raises `NotErasable`.

    What its rows hold today is recorded again with a new salt, so that it stays comparable, if it agrees with
    the entry.
    """
    entry = session.get(Audit, seq)
    if entry is None:
        raise NotErasable("is not in the chain")
    if entry.salt is None:
        raise NotErasable("was erased before")
    kept = list(_still_true(session, entry))
    session.connection().execute(
        update(Audit).where(col(Audit.seq) == seq).values(before=null(), after=null(), salt=None)
    )
    session.expire(entry)
    work_of(session).audit.extend(kept)
    audit.record(session, now, actor, ERASE, f"entry:{seq}", after={"reason": reason})


def _still_true(session: Session, entry: Audit) -> Iterator[RowImage]:
    """Return the personal values that rows hold by this entry."""
    written = {(table, key) for table, key, *_ in json.loads(entry.rows or "[]")}
    found = replay.replay(session, {table for table, _ in written})
    try:
        for row in found.rows():
            if (row.table, row.key) not in written or row.stands is None or not row.there:
                continue
            values = {
                name: row.stands[name]
                for name, expected in row.columns.items()
                if expected.entry == entry.seq and expected.digest is not None and row.agrees(name)
            }
            if values:
                yield RowImage(row.table, row.key, Wrote.UPDATE, values)
    finally:
        found.close()
