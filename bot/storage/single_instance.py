"""A lock that lets one process work with a database; a second one waits."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

log = logging.getLogger(__name__)

ASK_EVERY = 0.25  # seconds


class LockLost(OperationalError):
    """The lock is lost and another process may be running, so this one must stop.

    A `DBAPIError`, since nothing can be written: what could not be stored is not confirmed.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(None, None, Exception(reason), connection_invalidated=True)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


class HeldLock(Protocol):
    """The lock, as the process that works holds it."""

    def require(self) -> None:
        """Raise `LockLost` if it is known to be lost."""

    @property
    def is_certain(self) -> bool:
        """Return whether no other process can have the lock at this moment."""


class WaitedLock(HeldLock, Protocol):
    """A lock that `hold_lock` waits for."""

    def take(self) -> bool:
        """Try once; return whether this process has it now. Blocks for a moment."""

    def release(self) -> None: ...


@asynccontextmanager
async def hold_lock(engine: Engine, waits: Callable[[], None] = lambda: None) -> AsyncIterator[HeldLock]:
    """Hold the database's lock; wait while another process has it, and log that and call `waits` once.

    It is a file lock beside the SQLite file, or an advisory lock on PostgreSQL
    (`bot.storage.advisory_lock`). Both end with the process.
    """
    lock = _of(engine)
    try:
        await _wait(lock.take, waits)
        yield lock
    finally:
        lock.release()


def _of(engine: Engine) -> WaitedLock:
    if engine.dialect.name == "postgresql":
        from bot.storage.advisory_lock import AdvisoryLock

        return AdvisoryLock(engine)
    return LockFile(f"{engine.url.database}.lock")


async def _wait(take: Callable[[], bool], waits: Callable[[], None]) -> None:
    told = False
    while not await _in_a_thread(take):
        if not told:
            log.warning("Another process works with this database; waiting until it ends")
            waits()
            told = True
        await asyncio.sleep(ASK_EVERY)


async def _in_a_thread(take: Callable[[], bool]) -> bool:
    """Return what `take` returns; if this is cancelled, it is cancelled when `take` has ended."""
    task = asyncio.create_task(asyncio.to_thread(take))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


class LockFile:
    """A lock on a file, which ends with the process and cannot be lost before."""

    is_certain = True

    def __init__(self, path: str) -> None:
        self._lock = FileLock(path, blocking=False, thread_local=False)

    def take(self) -> bool:
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return True

    def require(self) -> None:
        return

    def release(self) -> None:
        self._lock.release()
