"""Checks the evidence in a folder against a report, using only the report's file and the folder.

The annex of a report has the SHA-256 of every evidence file's content. The folder may be the bot's own
(`ab/abcd…`) or any other, with the files under any names.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reports import annex_reading
from reports.annex_reading import Annex, ListedFile


class Wrong(StrEnum):
    """How a listed file does not match."""

    MISSING = "missing"  # no file in the folder has its content
    ALTERED = "altered"  # the file with its hash or name has another content


@dataclass(frozen=True)
class Mismatch:
    """A listed file that does not match; if `ALTERED`, with the path and hash of the file found instead."""

    wrong: Wrong
    sha256: str
    what: str
    path: Path | None = None
    found_sha256: str | None = None


@dataclass(frozen=True)
class Verdict:
    """The result for all contents that the annex lists; `listed` and `matched` count contents, not rows."""

    annex: Annex
    listed: int
    matched: int
    mismatches: tuple[Mismatch, ...]

    @property
    def without_hash(self) -> tuple[ListedFile, ...]:
        """Return the listed files that were already missing when the report was made."""
        return tuple(each for each in self.annex.files if each.sha256 is None)

    @property
    def whole(self) -> bool:
        """Return whether as many files were read as the annex states, which Excel and JSON need not state."""
        unsaid = self.annex.counted is None and self.annex.format in ("xlsx", "json")
        return unsaid or self.annex.counted == (len(self.annex.files), len(self.without_hash))

    @property
    def well(self) -> bool:
        return self.whole and not self.mismatches


def verify(file: Path, evidence: Path) -> Verdict:
    """Compare a report's annex with a folder. Raises `NoAnnex`, and OSError for unreadable files."""
    annex = annex_reading.read(file)
    wanted: dict[str, str] = {}
    for each in annex.files:
        if each.sha256 is not None:
            wanted.setdefault(each.sha256, each.what)
    found = _look_up(evidence, wanted)
    mismatches = tuple(
        _mismatch(sha256, what, found) for sha256, what in wanted.items() if not found.good(sha256)
    )
    return Verdict(annex, len(wanted), len(wanted) - len(mismatches), mismatches)


class _Found:
    """What was found in a folder: the hashes of contents, and files whose name is another hash."""

    def __init__(self) -> None:
        self.contents: set[str] = set()
        self.in_place: dict[str, tuple[Path, str]] = {}  # by the hash in its name: the file and its real hash
        self.by_name: dict[str, tuple[Path, str]] = {}

    def add(self, path: Path, wanted: Iterable[str]) -> None:
        sha256 = digest(path)
        self.contents.add(sha256)
        self.by_name.setdefault(path.name, (path, sha256))
        called = path.name.partition(".")[0]
        if called in wanted and called != sha256:
            self.in_place.setdefault(called, (path, sha256))

    def good(self, sha256: str) -> bool:
        """Return whether the content is there, and no altered file has its hash as name."""
        return sha256 in self.contents and sha256 not in self.in_place


def _look_up(evidence: Path, wanted: dict[str, str]) -> _Found:
    """Hash the files where the bot keeps them; if some are missing there, all other files too."""
    found = _Found()
    kept = [path for sha256 in wanted if _is_file(path := evidence / sha256[:2] / sha256)]
    for path in kept:
        found.add(path, wanted)
    if not all(found.good(sha256) for sha256 in wanted):
        seen = set(kept)
        for path in _files(evidence):
            if path not in seen:
                found.add(path, wanted)
    return found


def _mismatch(sha256: str, what: str, found: _Found) -> Mismatch:
    there = found.in_place.get(sha256) or _namesake(what, found)
    if there is None:
        return Mismatch(Wrong.MISSING, sha256, what)
    return Mismatch(Wrong.ALTERED, sha256, what, *there)


def _namesake(what: str, found: _Found) -> tuple[Path, str] | None:
    """Return the file in the folder that has the name that the annex gives for the wanted one, or None."""
    for name, there in found.by_name.items():
        if "." in name and re.search(rf"(?<!\S){re.escape(name)}(?!\S)", what):
            return there
    return None


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content, read in pieces. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder, in a fixed order. Raises OSError if a folder cannot be listed."""
    for place, folders, names in os.walk(folder, onerror=_raise):
        folders.sort()
        yield from (path for name in sorted(names) if _is_file(path := Path(place, name)))


def _is_file(path: Path) -> bool:
    """Return whether it is a plain file; reading a pipe would block for ever."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


def _raise(error: OSError) -> None:
    raise error
