"""Checks that the SQLite file that the engine writes to is still the one at its path.

If the file is deleted or replaced, SQLite goes on committing to the old file, and all of it is lost when the
process ends; if it is overwritten in place, later writes mix with foreign content. So before and after each
commit, device and inode at the path are compared with those at the first connection, for the file and its
write-ahead log. The content is checked too if the file is guarded (`file_guard`).
"""

import os
from pathlib import Path
from threading import RLock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event

from models.storage.sqlite_file import file_mark
from models.storage.sqlite_file.file_guard import FileGuard, Overwritten

Identity = tuple[int, int] | None  # device and inode; None if there is no such file


class DatabaseGone(Exception):
    """The database file was moved, replaced or overwritten, so further writes would be lost."""


class DatabaseFile:
    """The identity of the file and its write-ahead log at the engine's first connection and commit."""

    def __init__(self, path: Path) -> None:
        self.path, self.log = path, Path(f"{path}-wal")
        self.lock = RLock()
        self.guard: FileGuard | None = None
        self._file: Identity = None
        self._log: Identity = None
        self._size = 0  # of the file, in bytes; Avance never makes it smaller
        self.unfinished = False  # whether the last process left a log, so did not end in order

    def opens(self) -> None:
        """Called before a connection is made. Raises `DatabaseGone` if the log belongs to another file, since
        SQLite would write it into this one."""
        if self._file is not None:
            return
        self.unfinished = self.log.exists() and self.log.stat().st_size > 0
        if file_mark.is_foreign_log(self.path, self.log):
            raise DatabaseGone(
                f"{self.log} belongs to another database than what is at {self.path}; nothing was changed. "
                f"Put back the file that was there, or move {self.log.name} away to go on without what is in "
                "it, then start again"
            )

    def opened(self) -> None:
        """Called when a connection was made."""
        self._file = self._file or _identity(_stat(self.path))

    def closed(self) -> None:
        """Called when no connection is left: forget the file; the next connection takes any file."""
        self._file = self._log = self.guard = None
        self._size = 0

    def require(self) -> None:
        """Raise `DatabaseGone` if the file or its log is not the same any more."""
        # By stat, never opened: closing any descriptor of the file drops SQLite's locks on it (POSIX).
        file, log = _stat(self.path), _stat(self.log)
        if self._file is not None and _identity(file) != self._file:
            raise _gone(self.path, "was deleted or replaced")
        if self._log is not None and _identity(log) != self._log:
            if self.guard is not None:
                self.guard.save_log()
            raise _gone(self.log, "was deleted or replaced")
        self._log = self._log or _identity(log)
        if self._file is None or file is None:
            return
        if file.st_size < self._size:
            raise _gone(self.path, "was cut or overwritten")
        self._size = file.st_size
        if self.guard is not None:
            self._ask(self.guard, file)

    def _ask(self, guard: FileGuard, file: os.stat_result) -> None:
        try:
            guard.require(file)
        except Overwritten as error:
            raise _gone(error.path, "was cut or overwritten") from None
        except FileNotFoundError as error:
            raise _gone(Path(error.filename), "was deleted or replaced") from None


_files: WeakKeyDictionary[Engine, DatabaseFile] = WeakKeyDictionary()


def watch(engine: Engine, path: Path) -> None:
    """Remember the engine's file from its first connection on, for `require_in_place`."""
    file = _files[engine] = DatabaseFile(path)
    event.listen(engine, "do_connect", lambda *_: file.opens())
    event.listen(engine, "connect", lambda _connection, _record: file.opened())
    event.listen(engine, "engine_disposed", lambda _engine: file.closed())


def guard(engine: Engine) -> None:
    """Also check the content of the file from now on. Does nothing for PostgreSQL.

    Only for the process that holds the lock of `bot.storage.single_instance`. Raises `DatabaseGone` if the
    last process did not end in order and the file is damaged.
    """
    file = _files.get(engine)
    if file is None:
        return
    with file.lock:
        file.opens()
        if file.unfinished and (damage := file_mark.damage(file.path)) is not None:
            raise DatabaseGone(
                f"{file.path} is damaged ({damage}); nothing was changed. Put back what was there or "
                "restore a backup, then start again"
            )
        engine.raw_connection().close()
        file.guard = FileGuard(engine, file.path, file.log)
        file.guard.renew()


def require_in_place(engine: Engine) -> None:
    """Raise `DatabaseGone` if the SQLite file was deleted, replaced or overwritten."""
    file = _files.get(engine)
    if file is not None:
        with file.lock:
            file.require()


def look_after(engine: Engine) -> None:
    """Like `require_in_place`, called every second; also checkpoints a log that grew long."""
    file = _files.get(engine)
    if file is not None:
        with file.lock:
            file.require()
            if file.guard is not None and file.guard.is_due:
                file.guard.renew()


def _gone(path: Path, what: str) -> DatabaseGone:
    return DatabaseGone(
        f"{path} {what} while Avance worked with it; nothing was confirmed since. "
        "Put it back or restore a backup, then start again"
    )


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _identity(found: os.stat_result | None) -> Identity:
    return None if found is None else (found.st_dev, found.st_ino)
