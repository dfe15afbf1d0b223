"""Makes what the program writes accessible to its own user only, whatever the umask.

The data folder contains people's texts and photos. `doctor` reports what others can access.
"""

import contextlib
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

log = logging.getLogger(__name__)

UMASK = 0o077
OTHERS = 0o077  # permissions of the group and of everybody else
WRITE = 0o022  # of these, writing, by which files could be replaced
BESIDE = ("", "-wal", "-shm", "-journal", ".lock")  # the files of an SQLite database
FOLDERS = ("evidence", "quarantine", "images")


def begin() -> None:
    """Make every new file and folder of this process private."""
    os.umask(UMASK)


def tighten(data_dir: Path, database: str) -> None:
    """Remove others' access to the database and the folders in `data_dir`, if they are ours.

    The data folder itself is left as it is, since others may need it.
    """
    for place in _own(data_dir, database):
        if (mode := _open_to_others(place)) is None or place.stat().st_uid != os.geteuid():
            continue
        place.chmod(mode & ~OTHERS)
        log.info("%s could be reached by other users of this machine; now it cannot", place)


def reachable(data_dir: Path, database: str) -> list[Path]:
    """Return what others can reach: the database, folders in `data_dir`, and where they can write."""
    found = [each for each in _own(data_dir, database) if _open_to_others(each) is not None]
    return [data_dir, *found] if (_open_to_others(data_dir) or 0) & WRITE else found


def _own(data_dir: Path, database: str) -> Iterator[Path]:
    with contextlib.suppress(ArgumentError):  # reported elsewhere
        yield from _of_sqlite(database)
    yield from (data_dir / each for each in FOLDERS)


def _of_sqlite(database: str) -> Iterator[Path]:
    url = make_url(database)
    if url.get_backend_name() == "sqlite" and url.database:
        yield from (Path(f"{url.database}{each}") for each in BESIDE)


def _open_to_others(place: Path) -> int | None:
    """Return the mode of a path if others have any permission, else None."""
    try:
        mode = stat.S_IMODE(place.stat().st_mode)
    except OSError:
        return None
    return mode if mode & OTHERS else None
