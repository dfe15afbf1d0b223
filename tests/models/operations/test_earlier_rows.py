"""A database of version 0004 with a row in every table, and absences of each kind, is upgraded completely."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import JSON, Connection, Engine, MetaData, Table, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import Boolean, Date, DateTime, Float, Integer, Numeric
from sqlmodel import col
from sqlmodel import select as select_rows

from models.chain.table_findings import compare
from models.operations import migrating
from models.people import deputies
from models.storage import database
from models.storage.audit import GENESIS, Change, _digest, _facts, _hash
from models.tables.audit import Audit
from models.tables.notice import StandIn

BEFORE = "0004"
MADE = datetime(2024, 3, 1, 15, tzinfo=UTC)
TODAY = date(2024, 3, 20)
Row = dict[str, Any]
Rows = dict[str, list[Row]]

# Values for columns whose type does not determine valid ones.
VALUES: dict[str, Row] = {
    "activity": {"kind": "activity", "participants": 4, "men": 2, "women": 2, "withdrawn_at": None},
    "draft": {"kind": "activity", "registered_at": None, "cancelled_at": None, "expired_at": None},
    "entry": {"quantity": 3, "pending": 1},
    "evidence": {
        "kind": "location",
        "activity_id": 1,
        "draft_id": None,
        "removed_at": None,
        "removed_by": None,
    },
    "invitation": {"role": "staff"},
    "line": {"number": 1},
    "made_report": {"format": "pdf"},
    "programme": {"year": 2024},
    "report_order": {"format": "pdf"},
    "preference": {"from_hour": 9, "to_hour": 15},
}
# Whose posts they were, when each was given, and whether it ended: numbers 1–6 are people, 1 the unit.
POSTS = {
    10: (1, "director", 1, -30, None),  # the director's, held still
    11: (2, "staff", 1, -30, None),  # a deputy of the same unit
    12: (3, "planning", None, -30, None),  # a deputy by another post
    13: (4, "staff", 1, -30, -5),  # ended, and
    14: (4, "staff", 1, 5, None),  # given again after the stand-in
    15: (5, "director", 1, -30, -5),  # another director's, ended and given again
    16: (5, "director", 1, 5, None),
    17: (6, "observer", None, -30, None),  # no deputy by the rules of today
}
# Director and deputy of each stand-in, and the posts that it is bound to afterwards.
STAND_INS = {
    1: (1, 2, 10, 11),
    2: (1, 3, 10, 12),
    3: (1, 4, 10, None),
    4: (5, 2, None, 11),
    5: (1, 6, 10, None),
}
IN_FORCE = [1, 2, 5]


@pytest.fixture
def earlier(database_url: str) -> Iterator[Engine]:
    engine = database.connect(database_url)
    with migrating.rebuilding(engine) as connection:
        migrating.upgrade(connection, BEFORE)
        fill(connection)
    yield engine
    engine.dispose()


def reflected(connection: Connection) -> list[Table]:
    known = MetaData()
    known.reflect(connection)
    return [table for table in known.sorted_tables if table.name != "alembic_version"]


def fill(connection: Connection) -> None:
    tables = {table.name: table for table in reflected(connection)}
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))  # rows in any order
    for person in range(1, 7):
        _insert(
            connection, tables["person"], {"id": person, "telegram_id": 100 + person, "suspended_at": None}
        )
    for number, (person, role, unit, since, until) in POSTS.items():
        ended = None if until is None else MADE + timedelta(days=until)
        post = {"person_id": person, "role": role, "unit_id": unit, "ended_at": ended}
        _insert(
            connection,
            tables["membership"],
            {"id": number, **post, "granted_at": MADE + timedelta(days=since)},
        )
    for number, (director, deputy, *_) in STAND_INS.items():
        days = {"from_day": date(2024, 3, 10), "to_day": date(2024, 3, 31), "made_at": MADE, "ended_at": None}
        who = {"id": number, "person_id": director, "deputy_id": deputy, "unit_id": 1, "made_by": 1}
        connection.execute(tables["stand_in"].insert().values(**who, **days))
    _chain(connection, tables["audit"], 3)
    for name, table in tables.items():
        if name not in ("person", "membership", "stand_in", "audit"):
            _insert(connection, table, VALUES.get(name, {}))


def _insert(connection: Connection, table: Table, said: Row) -> None:
    row = {column.name: _value(column) for column in table.columns} | said
    connection.execute(table.insert().values(**row))


def _value(column: Any) -> Any:
    """Return a value for a column of that type; references lead to number 1."""
    if isinstance(column.type, DateTime):
        return MADE
    if isinstance(column.type, Date):
        return MADE.date()
    if isinstance(column.type, JSON):
        return {"of": column.name}
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer | Float | Numeric):
        return 1
    return f"{column.table.name} {column.name}"


def _chain(connection: Connection, table: Table, entries: int) -> None:
    """Write entries as version 0004 did, without rows."""
    previous = GENESIS
    for seq in range(1, entries + 1):
        change = Change(MADE, "person:1", "register", f"activity:{seq}", None, {"place": "Tuxtla"})
        digest = _digest("0" * 32, change.before, change.after)
        previous = _hash(previous, seq, MADE, *_facts(change, digest, None))
        values = {**vars(change), "seq": seq, "salt": "0" * 32, "digest": digest, "hash": previous}
        connection.execute(table.insert().values(**values))


def stored(connection: Connection) -> Rows:
    return {
        table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for table in reflected(connection)
    }


def test_an_upgrade_keeps_a_row_of_every_table(earlier: Engine) -> None:
    with earlier.connect() as connection:
        before = stored(connection)
    assert all(before.values())
    migrating.migrate(earlier)
    with earlier.connect() as connection:
        after = stored(connection)
        if earlier.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    after["audit"] = after["audit"][: len(before["audit"])]
    for name, rows in before.items():
        kept = [{column: row[column] for column in rows[0]} for row in after[name]]
        assert in_order(kept) == in_order(rows), name


def in_order(rows: list[Row]) -> list[str]:
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)


def test_an_absence_is_bound_to_the_roles_of_when_it_was_made(earlier: Engine) -> None:
    migrating.migrate(earlier)
    with database.reading(earlier) as session:
        rows = session.exec(select_rows(StandIn).order_by(col(StandIn.id))).all()
        posts = {row.id: (row.person_id, row.deputy_id, row.director_post, row.deputy_post) for row in rows}
        assert posts == STAND_INS
        assert sorted(row.id or 0 for row in deputies.stand_ins(session, TODAY)) == IN_FORCE


def test_after_the_upgrade_the_chain_covers_all_earlier_rows(earlier: Engine) -> None:
    migrating.migrate(earlier)
    with database.reading(earlier) as session:
        found = compare(session)
        actions = session.exec(select_rows(Audit.action).order_by(col(Audit.seq))).all()
    assert found.verdict.broken_at is None
    assert list(map(str, found.findings)) == []
    assert list(actions[:3]) == ["register"] * 3 and set(actions[3:]) == {"baseline"}


def test_what_was_summed_is_summed(earlier: Engine) -> None:
    migrating.migrate(earlier)
    with earlier.connect() as connection:
        for table in ("target", "adjustment"):
            assert connection.execute(text(f"SELECT DISTINCT combine FROM {table}")).scalars().all() == [
                "sum"
            ]
        assert connection.execute(text("SELECT count(*) FROM target WHERE aliases IS NULL")).scalar() == 0
        with pytest.raises(IntegrityError):
            connection.execute(text("UPDATE target SET combine = 'mean'"))
