"""Whether the SQLite file that the engine writes to is still the one at its path.

A file that was deleted or replaced keeps taking what is committed, and all of it is lost with the process.
So after each commit the device and inode at the path are compared with those at the first connection; the
same for the write-ahead log beside it. A file that is smaller than before was cut or overwritten.
"""

from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event

Identity = tuple[int, int] | None  # device and inode; None where there is no such file


class DatabaseGone(Exception):
    """The database's file is not where it was: what is written now would be lost."""


class DatabaseFile:
    """The file and its write-ahead log, as they were at the engine's first connection and commit."""

    def __init__(self, path: Path) -> None:
        self.path, self.log = path, Path(f"{path}-wal")
        self._file: Identity = None
        self._log: Identity = None
        self._size = 0  # of the file; nothing that Avance does makes it smaller

    def opened(self) -> None:
        """A connection was made."""
        self._file = self._file or _identity(self.path)

    def closed(self) -> None:
        """No connection is left; whatever is there next is taken as it is."""
        self._file = self._log = None
        self._size = 0

    def require(self) -> None:
        """Raises `DatabaseGone` where one of the two is not what it was, or the file was cut."""
        for path, known in ((self.path, self._file), (self.log, self._log)):
            if known is not None and _identity(path) != known:
                raise DatabaseGone(
                    f"{path} was deleted or replaced while Avance worked with it; nothing was confirmed "
                    "since. Put it back or restore a backup, then start again"
                )
        self._log = self._log or _identity(self.log)
        if self._file is None:
            return
        # Looked at, never opened: to close it would let go of the locks that SQLite holds on it.
        size = self.path.stat().st_size
        if size < self._size:
            raise DatabaseGone(
                f"{self.path} was cut or overwritten while Avance worked with it; nothing was confirmed "
                "since. Put it back or restore a backup, then start again"
            )
        self._size = size


_files: WeakKeyDictionary[Engine, DatabaseFile] = WeakKeyDictionary()


def watch(engine: Engine, path: Path) -> None:
    """From its first connection on, `require_in_place` knows the engine's file."""
    file = _files[engine] = DatabaseFile(path)
    event.listen(engine, "connect", lambda _connection, _record: file.opened())
    event.listen(engine, "engine_disposed", lambda _engine: file.closed())


def require_in_place(engine: Engine) -> None:
    """Raises `DatabaseGone` where the file was deleted or replaced; only SQLite has one."""
    file = _files.get(engine)
    if file is not None:
        file.require()


def _identity(path: Path) -> Identity:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
