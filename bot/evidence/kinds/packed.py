"""Reading zip files within limits of size."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

LARGEST_DIRECTORY = 1024 * 1024  # bytes of a zip's directory; more is a bomb, not a document
MOST_UNPACKED = 1024 * 1024 * 1024  # bytes of all entries
MOST_RATIO, SMALL = 200, 50 * 1024 * 1024  # unpacked to packed size, above a small size in bytes
END, ENTRY = b"PK\5\6", b"PK\1\2"
END_LENGTH, LONGEST_REMARK = 22, 65_535
BROKEN = (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, NotImplementedError, zipfile.LargeZipFile)


def directory_size(path: Path) -> int:
    """Return the size of a zip's directory in bytes, as its end record gives it, without reading the
    directory.

    Raises `zipfile.BadZipFile` if it has no end record.
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
    """Return whether a zip with entries is found at the file's end, where all programs look for one."""
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
    """Return whether, by its directory, it unpacks to far more than a document, or its entries overlap."""
    members = packed.infolist()
    unpacked = sum(each.file_size for each in members)
    if unpacked > MOST_UNPACKED or sum(each.compress_size for each in members) > size:
        return True
    return any(
        each.file_size > SMALL and each.file_size > MOST_RATIO * each.compress_size for each in members
    )


def is_odd(packed: zipfile.ZipFile) -> bool:
    """Return whether an entry is a link, leads out of the folder of unpacking, or is there twice."""
    names = [each.filename for each in packed.infolist()]
    return len(set(names)) < len(names) or any(_is_odd(each) for each in packed.infolist())


def _is_odd(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    leads_out = path.is_absolute() or ".." in path.parts or (path.parts[:1] and path.parts[0].endswith(":"))
    return bool(leads_out) or stat.S_ISLNK(member.external_attr >> 16)


def is_locked(packed: zipfile.ZipFile) -> bool:
    return any(each.flag_bits & 1 for each in packed.infolist())


def beginning(packed: zipfile.ZipFile, member: zipfile.ZipInfo, length: int) -> bytes:
    """Return the first bytes of an entry, unpacked."""
    with packed.open(member) as file:
        return file.read(length)


def pieces(file: IO[bytes], most: int, piece: int = 256 * 1024) -> Iterator[bytes]:
    """Yield an entry's content in pieces. Raises `zipfile.BadZipFile` for more than `most` bytes."""
    left = most
    while content := file.read(piece):
        left -= len(content)
        if left < 0:
            raise zipfile.BadZipFile
        yield content
