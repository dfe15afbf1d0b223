"""After an upgrade, adds rows to the audit chain that the tables have and the chain does not.

The first time, these are all rows stored before the chain covered rows; later, what a migration added or
changed. The entries' action tells which. Rows that disagreed with the chain before the upgrade are left out,
so they are still reported.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime

from sqlalchemy import func, inspect
from sqlmodel import Session, select

from models.chain import replay, table_findings
from models.chain.replay import BASELINE, MIGRATE, ReplayedRow
from models.storage import audit
from models.storage.audit import Change
from models.storage.row_image import RowImage, Wrote
from models.storage.unit_of_work import work_of

AT_ONCE = 200  # rows in an entry


Rows = Collection[tuple[str, str]]  # by table and key


def disagreeing(session: Session) -> Rows:
    """Return, before an upgrade, the rows that disagree with the chain."""
    connection = session.connection()
    if not inspect(connection).has_table("audit"):
        return ()
    if "rows" not in {each["name"] for each in inspect(connection).get_columns("audit")}:
        return ()
    found = replay.replay(session)
    try:
        if not found.covers_rows:
            return ()
        return {(row.table, row.key) for row in found.rows() if any(table_findings.of_row(row))}
    finally:
        found.close()


def write(session: Session, before: str | None, after: str, disagreed: Rows = ()) -> int:
    """Add what the chain lacks, in entries of `AT_ONCE` rows; return how many rows.

    `before` and `after` are the versions of the tables, `disagreed` the rows to leave out.
    """
    at = session.execute(select(func.now())).scalar_one()
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    found = replay.replay(session)
    known = found.covers_rows
    action = MIGRATE if known else BASELINE
    count = 0
    try:
        batch: list[RowImage] = []
        for image in _missing(row for row in found.rows() if (row.table, row.key) not in disagreed):
            batch.append(image)
            if len(batch) == AT_ONCE:
                count += _chain(session, batch, at, action, before, after)
        count += _chain(session, batch, at, action, before, after)
    finally:
        found.close()
    return count


def _chain(
    session: Session, batch: list[RowImage], at: datetime, action: str, before: str | None, after: str
) -> int:
    if not batch:
        return 0
    change = Change(at, "bot", action, f"tables:{after}", {"version": before}, {"version": after})
    work_of(session).audit = [*batch, change]
    audit.chain(session)
    count = len(batch)
    batch.clear()
    return count


def _missing(rows: Iterator[ReplayedRow]) -> Iterator[RowImage]:
    for row in rows:
        if row.stands is None:
            if row.there:
                yield RowImage(row.table, row.key, Wrote.DELETE, {})
        elif not row.there:
            yield RowImage(row.table, row.key, Wrote.INSERT, row.stands)
        else:
            changed = {name: value for name, value in row.stands.items() if not row.agrees(name)}
            if changed:
                yield RowImage(row.table, row.key, Wrote.UPDATE, changed)
