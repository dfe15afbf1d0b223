"""Checks that the content of a SQLite file is still what this process wrote.

SQLite writes every commit to the write-ahead log; the file itself changes only at a checkpoint, which is done
here, at most once a second. Any other write to the file changes its modification time. That was a checkpoint
by another SQLite process if the file now has the mark that only our log held; else it was overwritten.
"""

import os
import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from models.storage.sqlite_file.file_mark import LOG_HEADER_BYTES, mark_of

LOG_BYTES = 4_000_000  # size of the log from which on it is checkpointed
_LARGEST_MARK = 2**31 - 1


class Overwritten(Exception):
    """Another program wrote to the file or its log."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class FileGuard:
    """The state of the file at the last checkpoint, and of the log that was begun then."""

    def __init__(self, engine: Engine, path: Path, log: Path) -> None:
        self._engine, self._path, self._log = engine, path, log
        self._mark = mark_of(path)
        self._next_mark = self._mark  # the one in the log
        self._settled = False  # whether comparing the file's times and the log's header is enough
        self._times: tuple[int, int, int] = self._file_times()
        self._log_header, self._log_size = b"", 0

    def require(self, file: os.stat_result) -> None:
        """Raise `Overwritten` if the content changed. Costs a few system calls if nothing has changed."""
        if (times := _times(file)) != self._times:
            self._look(times)
        if not self._settled:
            return
        header, size = self._log_state()
        if header == self._log_header and size >= self._log_size:
            self._log_size = size
        elif self._file_times() == self._times:  # else another process checkpointed it just now
            raise Overwritten(self._log)

    @property
    def is_due(self) -> bool:
        """Return whether a checkpoint is due."""
        return not self._settled or self._log_size > LOG_BYTES

    def renew(self) -> None:
        """Checkpoint the log and begin a new one with a new mark. What readers or another writer prevent is
        left for the next call."""
        self._settled = False
        with suppress(sqlite3.Error, DBAPIError), closing(self._engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            connection.info["busy_timeout"] = 0
            driver.execute("PRAGMA busy_timeout=0")
            held_up = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            self._times = self._file_times()
            self._mark = mark_of(self._path)
            if not held_up:
                self._begin_log(driver)

    def save_log(self) -> None:
        """Write a deleted log into the file, by the connection that still has it open."""
        pool: Any = self._engine.pool
        if self._file_times() != self._times or not pool.checkedin():  # a new connection has a new log
            return
        with suppress(sqlite3.Error, DBAPIError), closing(self._engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _begin_log(self, driver: Any) -> None:
        following = 1 + secrets.randbelow(_LARGEST_MARK)
        driver.execute("BEGIN IMMEDIATE")
        try:
            driver.execute(f"PRAGMA application_id={self._mark}")
            driver.execute(f"PRAGMA user_version={following}")
        except BaseException:
            driver.execute("ROLLBACK")
            raise
        driver.execute("COMMIT")
        self._next_mark = following
        self._log_header, self._log_size = self._log_state()
        self._settled = True

    def _look(self, times: tuple[int, int, int]) -> None:
        """Handle changed times of the file: accept a change of permissions or another process's checkpoint,
        else raise `Overwritten`."""
        mark = mark_of(self._path)
        unchanged = mark == self._mark and (not self._settled or _content(times) == _content(self._times))
        if not unchanged:
            if mark is None or mark != self._next_mark:
                raise Overwritten(self._path)
            self._mark, self._settled = mark, False
        self._times = times

    def _file_times(self) -> tuple[int, int, int]:
        return _times(self._path.stat())

    def _log_state(self) -> tuple[bytes, int]:
        """Return the log's header and its size. SQLite holds no locks on the log, so it may be opened."""
        descriptor = os.open(self._log, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.pread(descriptor, LOG_HEADER_BYTES, 0), os.fstat(descriptor).st_size
        finally:
            os.close(descriptor)


def _times(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_mtime_ns, found.st_size, found.st_ctime_ns


def _content(times: tuple[int, int, int]) -> tuple[int, int]:
    """Return, of a file's times and size, those that only writing changes."""
    return times[:2]
