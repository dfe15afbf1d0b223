"""PostgreSQL's lock of the process that works."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text

from bot.storage import advisory_lock
from bot.storage.advisory_lock import LOCK, NAME, AdvisoryLock
from bot.storage.single_instance import LockLost
from models.storage import database
from models.storage.refusal import is_away
from tests.support.waiting import PATIENCE


@contextmanager
def lock_on(url: str) -> Iterator[AdvisoryLock]:
    engine = database.connect(url)
    lock = AdvisoryLock(engine)
    yield lock
    lock.release()
    engine.dispose()


def end_connections(url: str, which: str) -> None:
    """End the connections of that database for which the condition holds."""
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = current_database() AND pid <> pg_backend_pid() AND {which}"
            )
        )
    admin.dispose()


def taken(lock: AdvisoryLock, within: float = PATIENCE) -> bool:
    """Try until it is taken, or for so many seconds."""
    until = time.monotonic() + within
    while not lock.take():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_a_lock_that_is_renewed_is_not_taken(postgres_url: str) -> None:
    with lock_on(postgres_url) as working, lock_on(postgres_url) as spare:
        assert working.take()
        assert not taken(spare, within=2 * advisory_lock.FROZEN_AFTER)
        working.require()


def test_a_lock_that_ended_is_taken(postgres_url: str) -> None:
    with lock_on(postgres_url) as spare:
        with lock_on(postgres_url) as working:
            assert working.take()
            assert not spare.take()
        assert taken(spare)
        assert spare.is_certain


def test_whoever_lost_the_lock_neither_writes_nor_speaks(postgres_url: str) -> None:
    with lock_on(postgres_url) as working, lock_on(postgres_url) as spare:
        assert working.take()
        with working._engine.begin() as connection:
            connection.execute(text("CREATE TABLE kept (number integer)"))
        idle = working._engine.connect()
        assert not spare.take()
        end_connections(postgres_url, f"pid = {working._pid}")
        assert taken(spare)
        for _ in range(2):  # a connection that it had, and a new one
            with pytest.raises(Exception) as raised, working._engine.begin() as connection:
                connection.execute(text("INSERT INTO kept VALUES (1)"))
            assert is_away(raised.value)
        idle.invalidate()
        assert not working.is_certain
        with pytest.raises(LockLost, match="was lost"):
            working.require()
        with spare._engine.begin() as connection:
            assert connection.execute(text("SELECT count(*) FROM kept")).scalar() == 0


def test_other_programs_keep_their_connections(postgres_url: str) -> None:
    """The command line is not ended when a spare takes over."""
    command = database.connect(postgres_url)
    with command.connect() as connection, lock_on(postgres_url) as spare:
        with lock_on(postgres_url) as working:
            assert working.take()
            assert not spare.take()
        assert taken(spare)
        assert connection.execute(text("SELECT 1")).scalar() == 1
    command.dispose()


def test_a_holder_of_an_earlier_version_is_waited_for(postgres_url: str) -> None:
    """It held the lock without renewing it."""
    earlier = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with earlier.connect() as connection, lock_on(postgres_url) as spare:
        connection.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
        assert not taken(spare, within=1.5 * advisory_lock.FROZEN_AFTER)
        connection.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))
        assert taken(spare)
    earlier.dispose()


def test_a_spare_outlives_a_restart_of_the_database(postgres_url: str) -> None:
    with lock_on(postgres_url) as spare:
        with lock_on(postgres_url) as working:
            assert working.take()
            assert not spare.take()
            end_connections(postgres_url, f"application_name = '{NAME}' AND pid <> {working._pid}")
            assert not spare.take()
        assert taken(spare)
