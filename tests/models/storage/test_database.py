"""Transactions, savepoints, migrations and the chain, on both engines."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, func, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, SQLModel, col, select

from models.operations import migrating
from models.storage import audit, database, outbox, table_version
from models.storage.outbox import OutgoingCall
from models.tables.audit import Audit
from models.tables.chat.outbox import Outbox
from models.tables.people import Person

NOW = datetime(2024, 3, 20, 15, 0, tzinfo=UTC)


def person(name: str) -> Person:
    return Person(name=name, joined_at=NOW)


def record(session: Session, subject: str) -> None:
    audit.record(session, NOW, "bot", "try", subject, None, {"text": "Comité"})


def test_the_migrations_create_exactly_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_an_older_database_is_migrated_to_the_newest_version(database_url: str) -> None:
    engine = database.connect(database_url)
    config = Config()
    config.set_main_option("script_location", str(table_version.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    migrating.migrate(engine)
    with engine.connect() as connection:
        missing = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    engine.dispose()
    assert missing == []


def test_every_migration_has_its_version_at_the_head_of_its_name_and_the_newest_is_the_last_by_name() -> None:
    scripts = ScriptDirectory(str(table_version.MIGRATIONS))
    names = {each.revision: Path(each.path).name for each in scripts.walk_revisions()}
    assert all(name.startswith(f"{revision}_") for revision, name in names.items())
    assert scripts.get_current_head() == max(names)


def test_a_snapshot_is_consistent_and_does_not_block_writers(engine: Engine) -> None:
    with database.snapshot(engine) as connection:
        count = select(func.count()).select_from(Person)
        assert connection.execute(count).scalar() == 0
        with database.transaction(engine) as session:
            session.add(person("Ana"))
        assert connection.execute(count).scalar() == 0
    with database.snapshot(engine) as connection:
        assert connection.execute(count).scalar() == 1


def test_a_savepoint_rolls_back_rows_messages_and_audit(engine: Engine) -> None:
    with database.transaction(engine) as session:
        session.add(person("kept"))
        record(session, "person:1")
        with pytest.raises(ZeroDivisionError), database.savepoint(session):
            session.add(person("undone"))
            record(session, "person:2")
            outbox.enqueue(session, OutgoingCall(5, "sendMessage", {"text": "x"}, at=NOW))
            raise ZeroDivisionError
    with database.transaction(engine) as session:
        assert session.exec(select(Person.name)).all() == ["kept"]
        assert session.exec(select(Audit.subject)).all() == ["person:1"]
        assert session.exec(select(Outbox)).all() == []


def test_a_naive_moment_is_refused(engine: Engine) -> None:
    with pytest.raises((StatementError, ValueError)), database.transaction(engine) as session:
        session.add(Person(name="x", joined_at=datetime(2024, 3, 20, 9, 0)))  # noqa: DTZ001


def test_moments_come_back_in_utc(engine: Engine) -> None:
    with database.transaction(engine) as session:
        session.add(person("x"))
    with database.transaction(engine) as session:
        assert session.exec(select(Person.joined_at)).one() == NOW


def test_constraints_are_enforced_by_the_database(engine: Engine) -> None:
    with pytest.raises(IntegrityError), database.transaction(engine) as session:
        session.execute(
            text(
                "INSERT INTO programme (year, institution, calendar, revision, loaded_at)"
                " VALUES (2024, '{}', '{}', 1, '2024-01-01')"
            )
        )
        session.execute(text("INSERT INTO unit (key, name, aliases) VALUES ('a', 'A', '[]')"))
        session.execute(
            text(
                "INSERT INTO line (programme_id, unit_id, number, title, starts_on, ends_on, demand_driven)"
                " VALUES (1, 1, 1, 'x', '2024-12-31', '2024-01-01', false)"
            )
        )


@pytest.mark.parametrize("column", ["actor", "action", "subject", "hash", "after"])
def test_verifying_names_the_first_altered_entry(engine: Engine, column: str) -> None:
    for number in range(5):
        with database.transaction(engine) as session:
            record(session, f"person:{number}")
    with database.transaction(engine) as session:
        assert audit.verify(session).broken_at is None
        value = {"text": "otro"} if column == "after" else "altered"
        session.execute(update(Audit).where(col(Audit.seq) == 3).values({column: value}))
    with database.transaction(engine) as session:
        assert audit.verify(session).broken_at == 3


def test_a_missing_entry_breaks_the_chain(engine: Engine) -> None:
    for number in range(4):
        with database.transaction(engine) as session:
            record(session, f"person:{number}")
    with database.transaction(engine) as session:
        session.execute(text("DELETE FROM audit WHERE seq = 2"))
    with database.transaction(engine) as session:
        assert audit.verify(session).broken_at == 2


def test_erasing_personal_text_and_its_salt_leaves_the_chain_whole(engine: Engine) -> None:
    with database.transaction(engine) as session:
        record(session, "person:1")
        record(session, "person:2")
    with database.transaction(engine) as session:
        session.execute(update(Audit).where(col(Audit.seq) == 1).values(before=None, after=None, salt=None))
    with database.transaction(engine) as session:
        assert audit.verify(session).broken_at is None
