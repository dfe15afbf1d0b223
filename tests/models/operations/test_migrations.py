"""A database of an earlier version is upgraded with all its rows, on both engines."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from models.operations import migrating
from models.storage import database, table_version

ROWS = (
    "INSERT INTO person (id, name, joined_at) VALUES (1, 'Ana', '2024-01-02 15:00:00')",
    "INSERT INTO draft (id, person_id, chat_id, kind, step, content, revision, said_at, touched_at)"
    " VALUES (1, 1, 101, 'activity', 'card', '{}', 1, '2024-01-02 15:00:00', '2024-01-02 15:00:00')",
    "INSERT INTO outbox (chat_id, method, payload, broadcast, draft_id, created_at)"
    " VALUES (101, 'sendMessage', '{}', false, 1, '2024-01-02 15:00:00')",
)
DRAFT = ROWS[1].replace("(1, 1, 101, 'activity'", "(2, 1, 101, 'KIND'")


@pytest.fixture
def early(database_url: str) -> Engine:
    """A database of the first version, with a draft and its messages."""
    engine = database.connect(database_url)
    config = Config()
    config.set_main_option("script_location", str(table_version.MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for row in ROWS:
            connection.execute(text(row))
    return engine


def test_rows_of_the_first_version_are_kept(early: Engine) -> None:
    migrating.migrate(early)
    with early.begin() as connection:
        said = connection.execute(text("SELECT draft.kind FROM outbox JOIN draft ON draft.id = draft_id"))
        assert said.scalars().all() == ["activity"]
        connection.execute(text(DRAFT.replace("KIND", "correction")))
        if early.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    early.dispose()


def test_the_newest_version_can_be_taken_back(early: Engine) -> None:
    migrating.migrate(early)
    config = Config()
    config.set_main_option("script_location", str(table_version.MIGRATIONS))
    with migrating.rebuilding(early) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0011")
        columns = {each["name"] for each in inspect(connection).get_columns("target")}
        assert "combine" not in columns and "aliases" not in columns and "measure" in columns
    migrating.migrate(early)
    early.dispose()


def test_constraints_hold_after_the_upgrade(early: Engine) -> None:
    migrating.migrate(early)
    with pytest.raises(IntegrityError), early.begin() as connection:
        connection.execute(text(DRAFT.replace("KIND", "something else")))
    with pytest.raises(IntegrityError), early.begin() as connection:
        connection.execute(text("DELETE FROM draft WHERE id = 1"))
    early.dispose()
