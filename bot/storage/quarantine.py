"""The folder for files that no row names: `quarantine/` beside the store.

A file that a row names again is moved back. Its modification time is when it was moved here.
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
    """Files in quarantine. Every method may raise OSError."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.folder = store.folder.parent / FOLDER

    def put(self, sha256: str, now: datetime, kept_before: datetime) -> bool:
        """Move that file here unless it was kept again since that moment; return whether it was moved."""
        target = place(self.folder, sha256)
        make_private(target.parent)
        if not self._store.give_up(sha256, target, kept_before):
            return False
        os.utime(target, (now.timestamp(), now.timestamp()))
        return True

    def take_back(self, sha256: str, now: datetime) -> bool:
        """Move the file back into the store; return whether its content is intact."""
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
        """Yield the hashes of all files, folder by folder."""
        return self.put_before(datetime.max.replace(tzinfo=UTC))

    def put_before(self, moment: datetime) -> Iterator[list[str]]:
        """Yield the hashes of files moved here before that moment, folder by folder."""
        return Store(self.folder).kept_before(moment)

    def count(self) -> int:
        return Store(self.folder).count()

    def drop(self, sha256: str) -> None:
        place(self.folder, sha256).unlink(missing_ok=True)
