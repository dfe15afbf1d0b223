"""Replays the audit chain and compares the result with the tables.

1. The chain is verified. The writes of its entries, and every row of an audited table, go into a temporary
   SQLite file, so neither has to fit in memory.
2. Both are read in order of table and key. The writes of a row are combined, and every column is compared
   with the row.
3. Of an erased entry only values that are not personal can be compared.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import sqlmodel
from sqlalchemy import ColumnElement, Row, Table, inspect, select, type_coerce
from sqlalchemy.types import NullType
from sqlmodel import Session, SQLModel, col

from models.storage import audit, known_tables, truth
from models.storage.audit import ChainVerdict
from models.storage.row_image import (
    Wrote,
    canonical,
    declared_default,
    digest,
    key_forms,
    key_of,
    value_forms,
)
from models.storage.stored_form import reader
from models.tables.audit import Audit

ERASE = "erase entry"  # the action of an entry that names an erased one
FORGET = "forget person"  # of the entry that took a name out of texts, signed snapshots included
BASELINE = "baseline"  # of entries with the rows there were when the chain began to cover tables
MIGRATE = "migrate"  # of entries with what an upgrade of the tables changed
RESTATING = (BASELINE, MIGRATE, ERASE)  # entries that record present values again; they change nothing
_STANDS = 2**62  # above every sequence number, so that the row itself is sorted after its writes
_AT_ONCE = 500  # rows
_TABLE = """CREATE TABLE written
    (name TEXT, key TEXT, seq INTEGER, place INTEGER, wrote TEXT, plain TEXT, personal TEXT, salt TEXT)"""
_INSERT = "INSERT INTO written VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_IN_ORDER = "SELECT * FROM written ORDER BY name, key, seq, place"

_Written = tuple[str, str, int, int, str, str, str, str | None]


@dataclass(frozen=True)
class Expected:
    """What a column should hold: a value, or a digest with a salt, or unknown if the salt was erased."""

    entry: int
    value: Any = None
    digest: str | None = None
    salt: str | None = None

    @property
    def comparable(self) -> bool:
        return self.digest is None or self.salt is not None


@dataclass
class ReplayedRow:
    """A row by the chain, and `stands`, the same row in the table or None.

    `entry` is the last one that wrote it; `there` is whether it exists by the chain. Columns that are not in
    `columns` are empty, or hold their declared default. `rewritten` is the last entry that changed it after
    its insertion, except restating ones; `redacted` is the last one that only took a forgotten person's name
    out of its texts.
    """

    table: str
    key: str
    there: bool = False
    entry: int | None = None
    inserted: int | None = None
    rewritten: int | None = None
    redacted: int | None = None
    columns: dict[str, Expected] = field(default_factory=dict)
    stands: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        """Return the key as text: 12, or 3/7."""
        return "/".join(str(each) for each in json.loads(self.key))

    def expected(self, column: str) -> Expected | None:
        """Return what a column should hold; None if the chain does not have the row."""
        if not self.there:
            return None
        if (written := self.columns.get(column)) is not None:
            return written
        return Expected(self.inserted or self.entry or 0, declared_default(self.table, column))

    def agrees(self, column: str) -> bool:
        """Return whether the column agrees with the chain, as far as that was not erased."""
        expected, stands = self.expected(column), (self.stands or {})[column]
        if expected is None:
            return False
        if expected.digest is None:
            return bool(canonical(expected.value) == canonical(stands))
        if expected.salt is None:
            return stands is not None
        return stands is not None and expected.digest == digest(
            expected.salt, self.table, self.key, column, stands
        )


@dataclass
class Replay:
    """The verdict on the chain, the erasures it names, and its rows, which can be read once."""

    verdict: ChainVerdict
    announced: frozenset[int]  # erased entries that a later one names
    restating: frozenset[int]  # entries of `RESTATING`
    forgetting: frozenset[int]  # entries `FORGET`
    unreadable: tuple[str, ...]  # tables with values that their columns cannot hold
    covers_rows: bool  # whether any entry says what it wrote
    _file: sqlite3.Connection

    def rows(self) -> Iterator[ReplayedRow]:
        """Yield every row that the chain or a table has, in order of table and key."""
        for (table, key), written in groupby(self._file.execute(_IN_ORDER), key=lambda each: each[:2]):
            yield _fold(table, key, written, self.restating, self.forgetting)

    def close(self) -> None:
        self._file.close()


def replay(session: Session, only: Collection[str] | None = None) -> Replay:
    """Yield the replay of the chain and of all audited tables, or `only` those.

    The session must read one consistent state: `database.reading`. A broken chain is read up to the break.
    """
    known_tables.load()
    tables = [each for each in truth.tables() if only is None or each.name in only]
    names = {each.name for each in tables}
    file = sqlite3.connect("")  # a temporary file, deleted when closed
    file.execute(_TABLE)
    announced: set[int] = set()
    restating: set[int] = set()
    forgetting: set[int] = set()
    covering: set[int] = set()  # empty while no entry says what it wrote

    def visit(entry: Row[Any]) -> None:
        if entry.action == ERASE:
            announced.update(map(int, entry.subject.rpartition(":")[2].split(",")))
        if entry.action == FORGET:
            forgetting.add(entry.seq)
        if entry.action in RESTATING:
            restating.add(entry.seq)
        if entry.rows is not None:
            covering.add(1)
            file.executemany(_INSERT, _written(entry, names))

    verdict = audit.verify(session, visit)
    present = inspect(session.connection()).get_table_names()
    unreadable = []
    for table in tables:
        try:
            if table.name in present:
                file.executemany(_INSERT, _current_rows(session, table))
        except audit.UNREADABLE:
            unreadable.append(table.name)
    return Replay(
        verdict,
        frozenset(announced),
        frozenset(restating),
        frozenset(forgetting),
        tuple(unreadable),
        bool(covering),
        file,
    )


def one_row(session: Session, instance: SQLModel) -> ReplayedRow | None:
    """Return a row by the entries that name it, and by the object; None if an entry was altered.

    The chain as a whole is not verified.
    """
    table = SQLModel.metadata.tables[str(instance.__tablename__)]
    key = key_of([form.write(getattr(instance, form.name)) for form in key_forms(table)])
    named = col(Audit.rows).contains(f"[{canonical(table.name)},{canonical(key)},", autoescape=True)
    written: list[_Written] = []
    restating, forgetting = set(), set()
    for entry in session.exec(sqlmodel.select(Audit).where(named).order_by(col(Audit.seq))).all():
        before = session.exec(sqlmodel.select(Audit.hash).where(Audit.seq == entry.seq - 1)).first()
        if audit.fault(entry, before or audit.GENESIS) is not None:
            return None
        written += (each for each in _written(entry, [table.name]) if each[1] == key)
        if entry.action in RESTATING:
            restating.add(entry.seq)
        if entry.action == FORGET:
            forgetting.add(entry.seq)
    row = _fold(table.name, key, iter(written), restating, forgetting)
    values = ((form.name, form.write, getattr(instance, form.name)) for form in value_forms(table))
    row.stands = {name: None if value is None else write(value) for name, write, value in values}
    return row


def _written(entry: Row[Any] | Audit, names: Collection[str]) -> Iterator[_Written]:
    """Yield the entry's writes. Raises one of `audit.UNREADABLE` if they have another form."""
    for place, (table, key, wrote, plain, personal) in enumerate(json.loads(entry.rows or "[]")):
        if not (isinstance(plain, dict) and isinstance(personal, dict) and isinstance(json.loads(key), list)):
            raise ValueError(f"no write of a row in entry {entry.seq}")
        if table in names:
            Wrote(wrote)
            texts = canonical(plain), canonical(personal)
            yield table, key, entry.seq, place, wrote, *texts, entry.salt


def _current_rows(session: Session, table: Table) -> Iterator[_Written]:
    connection = session.connection()
    there = {each["name"] for each in inspect(connection).get_columns(table.name)}
    keys = key_forms(table)
    forms = [each for each in value_forms(table) if each.name in there]  # fewer before an upgrade
    read = {form.name: form.write for form in forms}
    columns: list[ColumnElement[Any]] = [table.c[form.name] for form in (*keys, *forms)]
    if connection.dialect.name == "sqlite":
        read = {name: reader(table.c[name], write, connection.dialect) for name, write in read.items()}
        columns = [*columns[: len(keys)], *(type_coerce(each, NullType()) for each in columns[len(keys) :])]
    options = {"yield_per": _AT_ONCE}
    with closing(connection.execute(select(*columns), execution_options=options)) as rows:
        for row in rows:
            key = key_of([form.write(value) for form, value in zip(keys, row, strict=False)])
            values = {
                form.name: None if value is None else read[form.name](value)
                for form, value in zip(forms, row[len(keys) :], strict=True)
            }
            yield table.name, key, _STANDS, 0, "", canonical(values), "", None


def _fold(
    table: str,
    key: str,
    written: Iterator[_Written],
    restating: Collection[int],
    forgetting: Collection[int],
) -> ReplayedRow:
    row = ReplayedRow(table, key)
    for _, _, seq, _, wrote, plain, personal, salt in written:
        if seq == _STANDS:
            row.stands = json.loads(plain)
            continue
        row.entry, row.there = seq, wrote != Wrote.DELETE
        if wrote != Wrote.UPDATE:
            row.columns.clear()
            row.inserted = seq
        elif seq in forgetting and plain == "{}":
            row.redacted = seq
        elif seq not in restating:
            row.rewritten = seq
        row.columns.update({name: Expected(seq, value) for name, value in json.loads(plain).items()})
        row.columns.update(
            {name: Expected(seq, digest=each, salt=salt) for name, each in json.loads(personal).items()}
        )
    return row
