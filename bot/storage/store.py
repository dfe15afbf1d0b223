"""The store of files: each is named by the hash of its content, so equal contents are one file.

Names like `ab/abcd…` have no extension, since the same bytes may be sent under several names. A file is
written to `incoming/`, synchronised, and then renamed to its place, so every file there is complete. Only the
bot's own user may read it. Before it is read, it is compared with its hash; readers get a private copy of the
compared bytes, which nobody can change afterwards.
"""

import hashlib
import os
import re
import shutil
import stat
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO

from models.tables.evidence import place

INCOMING = "incoming"
_HASH = re.compile(r"[0-9a-f]{64}")
PIECE = 256 * 1024  # bytes read at once
IN_MEMORY = 1024 * 1024  # bytes: a larger copy is an unnamed file in `incoming`


class Altered(Exception):
    """The file does not have the content of its hash, or is not a plain file."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"{sha256} has another content than it had")
        self.sha256 = sha256


class Arriving:
    """A new file: `write` its content, then `Store.keep` it."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path, self.file = path, file
        self.bytes = 0
        self._hash = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        """Append to the file. Raises OSError if the disk refuses it."""
        self.file.write(piece)
        self._hash.update(piece)
        self.bytes += len(piece)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class Store:
    """The files under one folder, which is created with the first one.

    Every method but `path` may raise OSError. The modification time is when a file was last kept, by the
    bot's clock. One process at a time writes here, from any of its threads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._arriving: set[Path] = set()
        self._numbers = 0
        self._lock = threading.Lock()

    def path(self, sha256: str) -> Path:
        """Return the path for that content, whether or not it exists. Raises ValueError for a bad hash."""
        if not _HASH.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in lower-case hex: {sha256!r}")
        return place(self.folder, sha256)

    @contextmanager
    def arriving(self) -> Iterator[Arriving]:
        """Yield an empty file to write; it is deleted at the end unless kept."""
        incoming = self.folder / INCOMING
        make_private(incoming)
        with self._lock:
            self._numbers += 1
            path = incoming / f"{os.getpid()}-{self._numbers}"
            self._arriving.add(path)
        try:
            with open(path, "wb", opener=privately, buffering=0) as file:
                yield Arriving(path, file)
        finally:
            path.unlink(missing_ok=True)
            self._arriving.discard(path)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Yield an empty folder, deleted with its content at the end."""
        incoming = self.folder / INCOMING
        make_private(incoming)
        path = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=incoming))
        self._arriving.add(path)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
            self._arriving.discard(path)

    def keep(self, arriving: Arriving, now: datetime) -> str:
        """Move the file into its place, safely on disk; return its hash."""
        os.fsync(arriving.file.fileno())
        return self._place(arriving.path, arriving.sha256, now)

    def keep_file(self, path: Path, now: datetime) -> str:
        """Like `keep`, for a file that another program wrote to a path of `arriving`."""
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        return self._place(path, sha256, now)

    def _place(self, path: Path, sha256: str, now: datetime) -> str:
        """Replace an existing file unless its content is the same."""
        place = self.path(sha256)
        with self._lock:
            if not self.matches(sha256):
                if not place.parent.exists():
                    place.parent.mkdir(mode=0o700)
                    synchronise(self.folder)
                path.replace(place)
                synchronise(place.parent)
            os.utime(place, (now.timestamp(), now.timestamp()))
        return sha256

    def holds(self, sha256: str) -> bool:
        """Return whether there is a file under that hash, without reading it."""
        return self.path(sha256).is_file()

    def matches(self, sha256: str) -> bool:
        """Return whether the file exists and has the content of its hash."""
        try:
            with self._raw(sha256) as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except (Altered, FileNotFoundError):
            return False

    def open(self, sha256: str) -> BinaryIO:
        """Return a private copy of the content, open at its beginning.

        Raises FileNotFoundError if there is none, `Altered` if it does not have the content of its hash.
        """
        with self._raw(sha256) as file:
            copy = BytesIO() if os.fstat(file.fileno()).st_size <= IN_MEMORY else self._nameless()
            try:
                _copy(file, copy, sha256)
            except BaseException:
                copy.close()
                raise
        copy.seek(0)
        return copy

    def lay(self, sha256: str, target: Path) -> None:
        """Copy the content to that path; raises like `open`, and leaves nothing there then."""
        try:
            with self._raw(sha256) as file, open(target, "wb", opener=privately) as copy:
                _copy(file, copy, sha256)
        except BaseException:
            target.unlink(missing_ok=True)
            raise

    def _raw(self, sha256: str) -> BufferedReader:
        """Open the file itself, a plain file; never blocks on a pipe."""
        place = self.path(sha256)
        if place.is_symlink():
            raise Altered(sha256)
        handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise Altered(sha256)
        return os.fdopen(handle, "rb")

    def _nameless(self) -> BinaryIO:
        incoming = self.folder / INCOMING
        make_private(incoming)
        return tempfile.TemporaryFile(dir=incoming)

    def size(self, sha256: str) -> int:
        """Return the size in bytes. Raises FileNotFoundError."""
        return self.path(sha256).stat().st_size

    def kept_before(self, moment: datetime) -> Iterator[list[str]]:
        """Yield the hashes of files last kept before that moment, folder by folder."""
        for files in self._folders():
            yield [file.name for file in files if file.stat().st_mtime < moment.timestamp()]

    def hashes(self) -> Iterator[str]:
        """Yield the hashes of all files."""
        for files in self._folders():
            yield from (file.name for file in files)

    def count(self) -> int:
        """Return the number of files."""
        return sum(map(len, self._folders()))

    def _folders(self) -> Iterator[list[os.DirEntry[str]]]:
        if not self.folder.is_dir():
            return
        for folder in sorted(each for each in self.folder.iterdir() if len(each.name) == 2):
            with os.scandir(folder) as files:
                yield [file for file in files if _HASH.fullmatch(file.name)]

    def give_up(self, sha256: str, target: Path, kept_before: datetime) -> bool:
        """Move that file to `target` unless kept again since that moment; return whether it was moved."""
        place = self.path(sha256)
        with self._lock:
            if not place.exists() or place.stat().st_mtime >= kept_before.timestamp():
                return False
            shutil.move(place, target)
        return True

    def tidy(self) -> int:
        """Delete what an earlier process left in `incoming`; return how many files."""
        incoming = self.folder / INCOMING
        with self._lock:
            left = [path for path in incoming.glob("*") if path not in self._arriving]
            for path in left:
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)
        return len(left)


def _copy(file: BinaryIO, target: BinaryIO, sha256: str) -> None:
    """Copy and hash. Raises `Altered` if the copy does not have the hash."""
    seen = hashlib.sha256()
    while piece := file.read(PIECE):
        seen.update(piece)
        target.write(piece)
    if seen.hexdigest() != sha256:
        raise Altered(sha256)


def make_private(folder: Path) -> None:
    """Create a folder and its parents, accessible to the bot's own user only."""
    for each in (*reversed(folder.parents), folder):
        each.mkdir(exist_ok=True, mode=0o700)


def privately(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def synchronise(folder: Path) -> None:
    """Flush a folder to disk, so that a rename in it survives a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
