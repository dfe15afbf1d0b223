"""Rows exported as JSON lines are restored unchanged, on either engine and from one to the other."""

import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from models.operations import migrating, table_rows
from models.storage import audit, database
from models.tables.agenda import DayOff
from models.tables.audit import Audit
from models.tables.chat.draft import DraftKind, DraftRow
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.people import Person

NOW = datetime(2024, 3, 20, 15, 0, 0, 123456, tzinfo=UTC)
ODD = 'Ñandú «raro» "\\' + "\r\n\u2028\t🏛️ fin"


def stored() -> list[Any]:
    """Store one value of every kind; the draft refers to a draft that comes after it."""
    draft: dict[str, Any] = {
        "person_id": 1,
        "chat_id": -(2**50),
        "step": "card",
        "said_at": NOW,
        "touched_at": NOW,
    }
    place: dict[str, Any] = {"latitude": 16.7516, "longitude": -93.1029999, "received_at": NOW}
    return [
        Person(id=1, name=ODD, joined_at=NOW),
        DraftRow(id=4, kind=DraftKind.ACTIVITY, content={"a": [None, 1.5, ODD], "": {}}, **draft),
        DraftRow(id=3, kind=DraftKind.CORRECTION, cancelled_at=NOW, merged_into=4, **draft),
        Evidence(id=9, draft_id=3, kind=EvidenceKind.LOCATION, **place),
        DayOff(id=2, day=date(2024, 5, 10), reason="Día de las madres", made_at=NOW),
    ]


def copied(source: Connection, target: Connection) -> None:
    tables = table_rows.tables(target)
    with table_rows.any_order(target, tables):
        for table in tables:
            file = io.BytesIO()
            written = table_rows.write(source, table, file)
            file.seek(0)
            assert table_rows.read(target, table, file) == written


def everything(connection: Connection) -> dict[str, Any]:
    with Session(connection) as session:
        found: dict[str, Any] = {
            kind.__name__: [each.model_dump() for each in session.exec(select(kind).order_by(col(kind.id)))]
            for kind in (Person, DraftRow, Evidence, DayOff)
        }
        return {**found, "chain": [audit.verify(session)]}


def test_every_value_is_restored(engine: Engine, other_database_url: str) -> None:
    with database.transaction(engine) as session:
        for row in stored():
            session.add(row)
            session.flush()
        audit.record(session, NOW, "bot", "try", "draft:1", None, {"said": ODD, "none": None})
    other = database.connect(other_database_url)
    with database.snapshot(engine) as source, migrating.rebuilding(other) as target:
        migrating.upgrade(target)
        copied(source, target)
    with database.snapshot(engine) as source, database.snapshot(other) as target:
        assert everything(target) == everything(source)
        assert everything(target)["Person"][0]["name"] == ODD
    with database.transaction(other) as session:
        session.add(Person(name="Eva", joined_at=NOW))
        audit.record(session, NOW, "bot", "try", "draft:2")
    with database.transaction(other) as session:
        assert session.exec(select(Person.id).where(Person.name == "Eva")).one() == 2
        assert session.exec(select(Audit.before).where(Audit.seq == 1)).one() is None
        assert audit.verify(session).broken_at is None
    other.dispose()


def test_a_row_with_a_missing_reference_is_refused(engine: Engine) -> None:
    line = b'{"chat_id": 1, "message_id": 2, "draft_id": 3}\n'
    with pytest.raises((ValueError, DBAPIError)), migrating.rebuilding(engine) as connection:
        (table,) = [each for each in table_rows.tables(connection) if each.name == "draft_message"]
        with table_rows.any_order(connection, [table]):
            table_rows.read(connection, table, [line])
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM draft_message")).scalar() == 0


@pytest.mark.parametrize("line", [b'{"chat_id": 1}\n', b"[1, 2, 3]\n", b"\n"])
def test_an_invalid_row_is_refused(engine: Engine, line: bytes) -> None:
    with pytest.raises(ValueError), migrating.rebuilding(engine) as connection:
        (table,) = [each for each in table_rows.tables(connection) if each.name == "draft_message"]
        table_rows.read(connection, table, [line])


def test_references_are_checked_at_once_again_afterwards(engine: Engine) -> None:
    with migrating.rebuilding(engine) as connection, table_rows.any_order(connection, []):
        pass
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text("INSERT INTO draft_message (chat_id, message_id, draft_id) VALUES (1, 2, 3)"))
        pytest.fail("the reference was not checked")
