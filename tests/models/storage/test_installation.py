"""The installation id is created once and kept, also by a backup."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import select

from models.operations import migrating
from models.storage import database
from models.storage.installation import installation_id, stored_id
from models.tables.operations.installation import Installation


def test_the_installation_id_is_created_once(engine: Engine) -> None:
    with database.reading(engine) as session:
        assert stored_id(session) is None
    with database.transaction(engine) as session:
        made = installation_id(session)
    with database.transaction(engine) as session:
        assert installation_id(session) == stored_id(session) == made
        row = session.exec(select(Installation)).one()
        assert len(row.id) == 32
        assert abs(row.created_at - datetime.now(UTC)) < timedelta(hours=1)


def test_two_databases_have_different_ids(engine: Engine, other_database_url: str) -> None:
    other = database.connect(other_database_url)
    migrating.migrate(other)
    ids = set()
    for each in (engine, other):
        with database.transaction(each) as session:
            ids.add(installation_id(session))
    other.dispose()
    assert len(ids) == 2
