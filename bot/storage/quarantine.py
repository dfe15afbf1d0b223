"""Where files go that no row names: `quarantine/` beside the store, out of the way but not deleted.

One that a row names again comes back. A file's time of modification is there when it was put aside.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

from bot.storage.store import Store, make_private
from models.tables.evidence import place

FOLDER = "quarantine"


class Quarantine:
    """Every method may raise OSError."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.folder = store.folder.parent / FOLDER

    def put(self, sha256: str, now: datetime, kept_before: datetime) -> bool:
        """Put that file aside unless it was kept again since that moment; whether it was."""
        target = place(self.folder, sha256)
        make_private(target.parent)
        if not self._store.give_up(sha256, target, kept_before):
            return False
        os.utime(target, (now.timestamp(), now.timestamp()))
        return True

    def take_back(self, sha256: str, now: datetime) -> bool:
        """Give the file its place in the store again; whether it is whole."""
        path = place(self.folder, sha256)
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                return False
        with self._store.arriving() as arriving:
            shutil.copyfile(path, arriving.path)
            self._store.keep_file(arriving.path, now)
        path.unlink()
        return True

    def all(self) -> Iterator[list[str]]:
        """The hashes of all that is in it, a folder at a time, whatever the clock was when it came."""
        return self.put_before(datetime.max.replace(tzinfo=UTC))

    def put_before(self, moment: datetime) -> Iterator[list[str]]:
        """The hashes of what was put aside before that moment, a folder at a time."""
        return Store(self.folder).kept_before(moment)

    def count(self) -> int:
        return Store(self.folder).count()

    def drop(self, sha256: str) -> None:
        place(self.folder, sha256).unlink(missing_ok=True)
