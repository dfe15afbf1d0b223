"""Whether the evidence in a folder is what a report rests on: by the report's file and the folder, no more.

The annex of a report names every file of evidence by the SHA-256 of its content. The folder may be the bot's
own (`ab/abcd…`) or any other with the files under any names.
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

    MISSING = "missing"  # its content is nowhere in the folder
    ALTERED = "altered"  # under its hash or its name there is another content


@dataclass(frozen=True)
class Mismatch:
    """A listed file, and where it is `ALTERED` the file that stands in its place and that one's hash."""

    wrong: Wrong
    sha256: str
    what: str
    path: Path | None = None
    found_sha256: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What became of every content that the annex lists; `listed` and `matched` count contents, not rows."""

    annex: Annex
    listed: int
    matched: int
    mismatches: tuple[Mismatch, ...]

    @property
    def without_hash(self) -> tuple[ListedFile, ...]:
        """Listed, but already missing when the report was made: nothing to compare with."""
        return tuple(each for each in self.annex.files if each.sha256 is None)

    @property
    def whole(self) -> bool:
        """Whether as many files were read as the annex says it has; a workbook and JSON need not say so."""
        unsaid = self.annex.counted is None and self.annex.format in ("xlsx", "json")
        return unsaid or self.annex.counted == (len(self.annex.files), len(self.without_hash))

    @property
    def well(self) -> bool:
        return self.whole and not self.mismatches


def verify(file: Path, evidence: Path) -> Verdict:
    """Compare a report's annex with a folder. Raises `NoAnnex`, and OSError for what cannot be read."""
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
    """What lies in a folder: the contents, and the files that do not hold what they are called after."""

    def __init__(self) -> None:
        self.contents: set[str] = set()
        self.in_place: dict[str, tuple[Path, str]] = {}  # by the hash that names it: the file and its own
        self.by_name: dict[str, tuple[Path, str]] = {}

    def add(self, path: Path, wanted: Iterable[str]) -> None:
        sha256 = digest(path)
        self.contents.add(sha256)
        self.by_name.setdefault(path.name, (path, sha256))
        called = path.name.partition(".")[0]
        if called in wanted and called != sha256:
            self.in_place.setdefault(called, (path, sha256))

    def good(self, sha256: str) -> bool:
        """A second, altered copy under its hash is not good: whoever looks it up there is misled."""
        return sha256 in self.contents and sha256 not in self.in_place


def _look_up(evidence: Path, wanted: dict[str, str]) -> _Found:
    """Hash what lies where the bot keeps it; only if that is not all of it, every other file too."""
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
    """The file of the folder that is called as the annex calls the one looked for."""
    for name, there in found.by_name.items():
        if "." in name and re.search(rf"(?<!\S){re.escape(name)}(?!\S)", what):
            return there
    return None


def digest(path: Path) -> str:
    """The SHA-256 of a file's content, read a piece at a time. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """Every file under a folder, in a fixed order. Raises OSError for what cannot be listed."""
    for place, folders, names in os.walk(folder, onerror=_raise):
        folders.sort()
        yield from (path for name in sorted(names) if _is_file(path := Path(place, name)))


def _is_file(path: Path) -> bool:
    """Not a pipe, from which reading would wait for ever."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


def _raise(error: OSError) -> None:
    raise error
