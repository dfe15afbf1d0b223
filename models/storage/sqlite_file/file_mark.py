"""A random mark in the header of a SQLite file, which shows whether a write-ahead log belongs to it.

The mark is `user_version`, a random number. Each time that the log was written into the file a new one is
set in the log, with the one before it as `application_id` (`file_guard`). So the file's mark stands in its
log, and no copy of the file from before has it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from struct import Struct

_LOG_HEADER = Struct(">8I")  # magic, format, page size, checkpoints, two salts, two checksums
_FRAME_HEADER = Struct(">6I")  # page, pages after the commit, two salts, two checksums
_LOG_MAGIC = (0x377F0682, 0x377F0683)
_MARKS = Struct(">I4xI")  # `user_version` and `application_id` in a database's first page
_MARKS_AT = 60
LOG_HEADER_BYTES = _LOG_HEADER.size
LOOKS = 5  # tries to read a file and a log that another process changes meanwhile


def mark_of(file: Path) -> int | None:
    """Return the mark in the file itself, without its log; None if it is no database.

    It is read by SQLite, since closing any other descriptor of the file would drop SQLite's locks on it.
    """
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)
    except sqlite3.Error:
        return None
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return None
    finally:
        connection.close()


def is_foreign_log(file: Path, log: Path) -> bool:
    """Return whether the log belongs to another file than the one beside it, which SQLite does not check."""
    for _ in range(LOOKS):
        marks = set(_marks_in(log)) if log.exists() else set()
        if not marks:
            return False
        if not file.exists() or not file.stat().st_size:
            return True
        if mark_of(file) in marks:
            return False
    return True


def damage(file: Path) -> str | None:
    """Return in one line what SQLite finds damaged in the file and its log, or None. Changes neither."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.OperationalError:
            return None  # locked or not readable, which is reported when it is used
        except sqlite3.DatabaseError as error:
            return str(error)
    return None if found == "ok" else found.strip().splitlines()[-1]


def _marks_in(log: Path) -> Iterator[int]:
    """Yield the mark that the file had when the log was begun, and those set since."""
    with log.open("rb") as content:
        header = content.read(_LOG_HEADER.size)
        if len(header) < _LOG_HEADER.size:
            return
        magic, _, page_bytes, _, *salts, _, _ = _LOG_HEADER.unpack(header)
        if magic not in _LOG_MAGIC:
            return
        while len(frame := content.read(_FRAME_HEADER.size)) == _FRAME_HEADER.size:
            page, _, *own, _, _ = _FRAME_HEADER.unpack(frame)
            if own != salts:
                return  # a frame of the previous log, which SQLite overwrites in place
            if page != 1:
                content.seek(page_bytes, 1)
            elif len(first := content.read(page_bytes)) == page_bytes:
                yield from _MARKS.unpack_from(first, _MARKS_AT)
