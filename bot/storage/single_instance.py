"""A lock that lets one process work with a database; a second one waits."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

log = logging.getLogger(__name__)

LOCK = 0x4156414E  # "AVAN", the key of PostgreSQL's session-level advisory lock
ASK_EVERY = 0.5  # seconds


class LockLost(Exception):
    """The lock is lost and another process may be running, so this one must stop."""


@asynccontextmanager
async def hold_lock(engine: Engine) -> AsyncIterator[Callable[[], None]]:
    """Hold the database's lock; wait while another process has it, and log that once.

    It is a file lock beside the SQLite file, or a session-level advisory lock on PostgreSQL. Both end with
    the process. PostgreSQL's also ends with its connection: the yielded function, called before each batch,
    raises `LockLost` then.
    """
    if engine.dialect.name == "postgresql":
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        await _wait(lambda: _advisory(connection))
        try:
            yield lambda: _ask(connection)
        finally:
            connection.close()
        return
    lock = FileLock(f"{engine.url.database}.lock", blocking=False)
    await _wait(lambda: _file(lock))
    try:
        yield lambda: None
    finally:
        lock.release()


def _ask(connection: Connection) -> None:
    try:
        connection.execute(text("SELECT 1"))
    except DBAPIError:
        raise LockLost("the connection that kept other processes off the database was lost") from None


async def _wait(take: Callable[[], bool]) -> None:
    told = False
    while not take():
        if not told:
            log.warning("Another process works with this database; waiting until it ends")
            told = True
        await asyncio.sleep(ASK_EVERY)


def _advisory(connection: Connection) -> bool:
    return bool(connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK}).scalar())


def _file(lock: FileLock) -> bool:
    try:
        lock.acquire()
    except Timeout:
        return False
    return True
