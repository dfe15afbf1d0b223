"""An upgrade records existing rows in the chain; rows altered before it are still reported."""

import json
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col, select

from models import tables
from models.chain.table_findings import compare
from models.operations import baseline, migrating
from models.storage import audit, database, installation, known_tables, truth
from models.storage.recording import UnrecordedWrite
from models.tables.audit import Audit
from models.tables.people import Person
from tests.models.quarter_end.test_signing import SIGNED_AT

PERSON = "INSERT INTO person (id, name, joined_at) VALUES ({0}, 'P{0}', '2024-01-02 15:00:00')"


def people(engine: Engine, first: int, last: int) -> None:
    """Insert people without the program."""
    with engine.begin() as connection:
        for number in range(first, last):
            connection.execute(text(PERSON.format(number)))


def upgraded_again(engine: Engine) -> None:
    """Upgrade as `migrating.migrate` does if there is a newer version."""
    with migrating.rebuilding(engine) as connection:
        disagreed = migrating.disagreeing(connection)
        migrating.write_baseline(connection, "before", "after", disagreed)


def findings(engine: Engine) -> list[str]:
    with database.reading(engine) as session:
        found = compare(session)
    assert found.verdict.broken_at is None
    return list(map(str, found.findings))


def test_rows_older_than_the_chain_are_recorded_in_baseline_entries(database_url: str) -> None:
    engine = database.connect(database_url)
    with migrating.rebuilding(engine) as connection:
        migrating.upgrade(connection, "0004")
    people(engine, 1, baseline.AT_ONCE + 50)
    migrating.migrate(engine)
    assert findings(engine) == []
    with database.reading(engine) as session:
        entries = session.exec(select(Audit).order_by(col(Audit.seq))).all()
        assert [each.action for each in entries] == ["baseline", "baseline"]
        assert [len(json.loads(each.rows or "")) for each in entries] == [baseline.AT_ONCE, 49]
        assert entries[0].before == {"version": "0004"}
    migrating.migrate(engine)
    with database.reading(engine) as session:
        assert audit.head(session)[0] == 2
    people(engine, 999, 1000)
    assert findings(engine) == ["person 999: no entry wrote this row"]
    engine.dispose()


def test_a_row_altered_before_an_upgrade_is_reported_after_it(engine: Engine) -> None:
    with database.transaction(engine) as session:
        session.add_all(Person(id=number, name=f"P{number}", joined_at=SIGNED_AT) for number in (1, 2))
    with engine.begin() as connection:
        connection.execute(text("UPDATE person SET name = 'otra' WHERE id = 1"))
        connection.execute(text(PERSON.format(3)))
    before = findings(engine)
    assert before == ["person 1: name is not what entry 1 says", "person 3: no entry wrote this row"]
    upgraded_again(engine)
    assert findings(engine) == before


def test_changes_of_a_migration_are_in_the_chain(engine: Engine) -> None:
    with database.transaction(engine) as session:
        session.add_all(Person(id=number, name=f"P{number}", joined_at=SIGNED_AT) for number in (1, 2))
    with migrating.rebuilding(engine) as connection:
        disagreed = migrating.disagreeing(connection)
        connection.execute(text("UPDATE person SET suspended_at = joined_at WHERE id = 2"))
        connection.execute(text(PERSON.format(3)))
        migrating.write_baseline(connection, "before", "after", disagreed)
    assert findings(engine) == []
    with database.reading(engine) as session:
        assert session.exec(select(Audit.action).order_by(col(Audit.seq))).all()[-1] == "migrate"


def test_an_insert_of_one_row_is_recorded_and_of_several_refused(engine: Engine) -> None:
    values = {"name": "Ana", "joined_at": SIGNED_AT}
    own = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    refused = (
        insert(Person).values([values]),
        insert(Person).values([values, values]),
        insert(Person).values([values]).values([values]),
        insert(Person).from_select(["name", "joined_at"], select(Person.name, Person.joined_at)),
        insert(Person).values(**values).returning(col(Person.id)),
        own(Person).values(**values).on_conflict_do_nothing(),
    )
    with database.transaction(engine) as session:
        for execute in (session.execute, session.connection().execute):
            execute(insert(Person).values(**values))
            with pytest.raises(UnrecordedWrite, match="person"):
                execute(insert(Person), [values, values])
            for statement in refused:
                with pytest.raises(UnrecordedWrite, match="person"):
                    execute(statement)
        installed = installation.installation_id(session)
    assert findings(engine) == []
    with engine.begin() as connection:
        connection.execute(text("UPDATE installation SET created_at = '2020-01-01 00:00:00'"))
        connection.execute(text("UPDATE person SET name = 'Eva' WHERE id = 2"))
    assert findings(engine) == [
        f"installation {installed}: created_at is not what entry 1 says",
        "person 2: name is not what entry 1 says",
    ]


def test_each_exception_is_an_existing_table_or_column() -> None:
    known_tables.load()
    known = SQLModel.metadata.tables
    assert all(known[name] is not None and reason for name, reason in truth.WORKING_TABLES.items())
    for (table, column), reason in truth.WORKING_COLUMNS.items():
        assert column in known[table].columns and reason


def test_every_module_with_a_table_is_known() -> None:
    loading = "from models.storage import known_tables; known_tables.load(); print(*known_tables.names())"
    done = subprocess.run([sys.executable, "-c", loading], capture_output=True, text=True, check=True)
    folder = Path(tables.__file__).parent
    text = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.py"))
    assert set(re.findall(r'__tablename__ = "(\w+)"', text)) < set(done.stdout.split())
    assert text.count("table=True") == len(done.stdout.split()) - 1  # Alembic's own beside them


def test_the_size_of_an_entry_does_not_grow_with_the_database(engine: Engine) -> None:
    for number in range(1, 40):
        with database.transaction(engine) as session:
            session.add(Person(id=number, name="P", joined_at=SIGNED_AT))
    with database.transaction(engine) as session:
        session.get_one(Person, 7).name = "Q"
    with database.reading(engine) as session:
        rows = [each or "" for each in session.exec(select(Audit.rows).order_by(col(Audit.seq))).all()]
    assert {len(each) for each in rows[10:39]} == {len(rows[10])} and len(rows[39]) < len(rows[10])


def test_a_replay_takes_no_more_memory_with_more_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_READ_AT_ONCE", 2)  # otherwise so few entries are read at once
    peaks = []
    for rows in (1_000, 5_000):
        engine = database.connect(f"sqlite:///{tmp_path / f'{rows}.db'}")
        with migrating.rebuilding(engine) as connection:
            migrating.upgrade(connection, "0004")
        with engine.begin() as connection:
            for number in range(1, rows + 1):
                connection.exec_driver_sql(PERSON.format(number))
        migrating.migrate(engine)
        findings(engine)  # compiled and imported once only
        tracemalloc.start()
        assert findings(engine) == []
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        engine.dispose()
    assert peaks[1] < 2 * peaks[0], peaks
