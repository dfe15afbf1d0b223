"""Differences between the audit chain and the tables, each with row, column and entry."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection
from sqlmodel import Session

from models.chain import replay as replaying
from models.chain import schema_findings
from models.chain.replay import Replay, ReplayedRow
from models.storage.audit import ChainVerdict
from models.tables.signature import Signature

FROZEN = (Signature.__tablename__,)  # rows that are inserted and never written again


class Amiss(StrEnum):
    ALTERED = "altered"  # a column holds something else
    INSERTED = "inserted"  # a row that no entry wrote
    DELETED = "deleted"  # a row that an entry wrote is gone
    REWRITTEN = "rewritten"  # a row that is never changed was changed, and the chain has it
    ERASED = "erased"  # an entry was erased, and no later entry says so
    UNREADABLE = "unreadable"  # a table holds what its columns cannot
    UNKNOWN = "unknown"  # a table that the program does not have
    EXTRA = "extra"  # a trigger, view or rule; the program has none
    MISSHAPEN = "misshapen"  # a table or column that is missing, or a column that the program does not have


@dataclass(frozen=True)
class TableFinding:
    """A difference. `entry` is the one that disagrees; for an inserted row, the one that deleted it."""

    amiss: Amiss
    table: str
    key: str | None = None
    column: str | None = None
    entry: int | None = None

    def __str__(self) -> str:
        row = f"{self.table} {self.key}" if self.key is not None else self.table
        sentences = {
            Amiss.ALTERED: f"{row}: {self.column} is not what entry {self.entry} says",
            Amiss.INSERTED: f"{row}: no entry wrote this row"
            if self.entry is None
            else f"{row}: entry {self.entry} deleted this row, and it is there",
            Amiss.DELETED: f"{row}: entry {self.entry} wrote this row, and it is not there",
            Amiss.REWRITTEN: f"{row}: entry {self.entry} changed a row that is never changed",
            Amiss.ERASED: f"audit {self.entry}: this entry was erased, and no later entry says so",
            Amiss.UNREADABLE: f"{row}: a row holds what its column cannot",
            Amiss.UNKNOWN: f"{row}: the program has no such table",
            Amiss.EXTRA: f"{row}: the program has none of these",
            Amiss.MISSHAPEN: f"{row}: {self.column or 'the table'} is not as this version has it",
        }
        return sentences[self.amiss]


@dataclass
class Comparison:
    """The result of comparing chain and tables. `uncompared` is how many values were erased."""

    verdict: ChainVerdict
    rows: int
    uncompared: int
    findings: list[TableFinding]
    omitted: int = 0  # findings beyond the first `MOST`

    @property
    def intact(self) -> bool:
        return self.verdict.broken_at is None and not self.findings


MOST = 1000  # findings that are kept


def compare(session: Session, only: Collection[str] | None = None) -> Comparison:
    """Compare the replayed chain with all audited tables, or `only` those.

    The session must read one consistent state: `database.reading`.
    """
    found = replaying.replay(session, only)
    try:
        result = Comparison(found.verdict, 0, 0, [])
        for finding in _all(session, found, result, only is None):
            if len(result.findings) < MOST:
                result.findings.append(finding)
            else:
                result.omitted += 1
        return result
    finally:
        found.close()


def _all(session: Session, found: Replay, result: Comparison, everything: bool) -> Iterator[TableFinding]:
    if everything:
        for seq in found.verdict.erased:
            if seq not in found.announced:
                yield TableFinding(Amiss.ERASED, "audit", entry=seq)
        yield from _of_schema(session.connection())
    yield from (TableFinding(Amiss.UNREADABLE, name) for name in found.unreadable)
    for row in found.rows():
        result.rows += row.stands is not None
        if row.stands is not None and row.there:
            result.uncompared += sum(not each.comparable for each in row.columns.values())
        yield from of_row(row)


def _of_schema(connection: Connection) -> Iterator[TableFinding]:
    yield from (TableFinding(Amiss.UNKNOWN, name) for name in schema_findings.unknown_tables(connection))
    yield from (TableFinding(Amiss.EXTRA, name) for name in schema_findings.extras(connection))
    for table, column in schema_findings.misshapen(connection):
        yield TableFinding(Amiss.MISSHAPEN, table, column=column)


def of_row(row: ReplayedRow) -> Iterator[TableFinding]:
    """Yield the differences of one row."""
    if row.rewritten is not None and row.table in FROZEN:
        yield TableFinding(Amiss.REWRITTEN, row.table, row.name, entry=row.rewritten)
    if row.stands is None:
        if row.there:
            yield TableFinding(Amiss.DELETED, row.table, row.name, entry=row.entry)
    elif not row.there:
        yield TableFinding(Amiss.INSERTED, row.table, row.name, entry=row.entry)
    else:
        for column in row.stands:
            if not row.agrees(column):
                expected = row.expected(column)
                entry = expected.entry if expected else row.entry
                yield TableFinding(Amiss.ALTERED, row.table, row.name, column, entry)
