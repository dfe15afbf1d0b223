"""Zip files: what is in them, read within bounds."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

LARGEST_DIRECTORY = 1024 * 1024  # bytes of a zip's list of contents; more is a bomb, not a document
MOST_UNPACKED = 1024 * 1024 * 1024  # bytes of all that is in it
MOST_RATIO, SMALL = 200, 50 * 1024 * 1024  # unpacked to packed, of what is no longer small
END, ENTRY = b"PK\5\6", b"PK\1\2"
END_LENGTH, LONGEST_REMARK = 22, 65_535
BROKEN = (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, NotImplementedError, zipfile.LargeZipFile)


def directory_size(path: Path) -> int:
    """What the end of a zip says of the size of its directory, in bytes, before anything reads it.

    Raises BadZipFile where it has no end.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - END_LENGTH - LONGEST_REMARK))
        tail = file.read()
    at = tail.rfind(END)
    if at < 0 or at + 16 > len(tail):
        raise zipfile.BadZipFile
    return int.from_bytes(tail[at + 12 : at + 16], "little")


def ends_as_zip(path: Path) -> bool:
    """Whether a program that looks for a zip at a file's end, as all do, finds one with entries."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - END_LENGTH - LONGEST_REMARK)
        file.seek(start)
        tail = file.read()
        at = tail.find(END)
        while at >= 0:
            directory = int.from_bytes(tail[at + 12 : at + 16], "little")
            if 0 < directory <= start + at:
                file.seek(start + at - directory)
                if file.read(4) == ENTRY:
                    return True
            at = tail.find(END, at + 1)
    return False


def explodes(packed: zipfile.ZipFile, size: int) -> bool:
    """Whether it says that it unpacks to far more than a document, or its entries overlap."""
    members = packed.infolist()
    unpacked = sum(each.file_size for each in members)
    if unpacked > MOST_UNPACKED or sum(each.compress_size for each in members) > size:
        return True
    return any(
        each.file_size > SMALL and each.file_size > MOST_RATIO * each.compress_size for each in members
    )


def is_odd(packed: zipfile.ZipFile) -> bool:
    """Whether an entry is a link, leads out of the folder that it is unpacked to, or is there twice."""
    names = [each.filename for each in packed.infolist()]
    return len(set(names)) < len(names) or any(_is_odd(each) for each in packed.infolist())


def _is_odd(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    leads_out = path.is_absolute() or ".." in path.parts or (path.parts[:1] and path.parts[0].endswith(":"))
    return bool(leads_out) or stat.S_ISLNK(member.external_attr >> 16)


def is_locked(packed: zipfile.ZipFile) -> bool:
    return any(each.flag_bits & 1 for each in packed.infolist())


def beginning(packed: zipfile.ZipFile, member: zipfile.ZipInfo, length: int) -> bytes:
    """The first bytes of an entry, unpacked."""
    with packed.open(member) as file:
        return file.read(length)


def pieces(file: IO[bytes], most: int, piece: int = 256 * 1024) -> Iterator[bytes]:
    """An entry's content, at most so many bytes. Raises BadZipFile where there are more."""
    left = most
    while content := file.read(piece):
        left -= len(content)
        if left < 0:
            raise zipfile.BadZipFile
        yield content
