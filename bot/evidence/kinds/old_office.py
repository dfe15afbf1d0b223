"""Word, Excel and PowerPoint until 2003: macros, embedded objects, passwords, and what they load.

Their container (OLE) is a small file system. Its directory is read twice: by searching the file for entries,
since office programs open damaged containers too, and by `olefile` to read the streams.
"""

import mmap
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from bot.evidence.kinds.verdict import CARRIES, LOADS, LOCKED, Sniffed, refused, unreadable

KINDS = {  # media types by the name of a stream
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}
WINDOWS_INSTALLER = bytes.fromhex("84100c0000000000c000000000000046")
ENTRY = 128  # bytes of a directory's entry
STORAGE, STREAM, ROOT = 1, 2, 5
MACROS = {"vba", "_vba_project", "_vba_project_cur", "macros", "projectwm"}
MACRO_SOURCE = b"Attribut\0e VB"  # the beginning of every module's packed source
OBJECTS = re.compile(r"\x01ole10native|mbd[0-9a-f]{8}|_\d{8,}|equation native|\x01ole10itemname")
TEMPLATE = re.compile(
    rb"(?:h\0t\0t\0p\0(?:s\0)?:\0/\0/\0|\\\0\\\0)(?:[^\0\r\n]\0){1,200}?\.\0d\0o\0t\0", re.I
)
DDE = re.compile(rb"\x13\s*DDE(?:AUTO)?\s|\x13\0(?:\s\0)*D\0D\0E\0", re.IGNORECASE)
WORD_LOCKED = 0x0100  # in the flags at the beginning of a Word document
SHEET, LOCK, LINK = 0x85, 0x2F, 0x1AE  # Excel's records: a sheet, a password, another program or workbook
WORKSHEET_OR_CHART = (0, 2)
NAMES, QUERY = (0x18, 0x23), 0x803  # newer functions are stored as names
OF_A_TEXT = 6  # the kind of a query that imported a text file
VBA_INFO, OBJECT_STORAGE = 0x03FF, 0x1011  # PowerPoint's records
LARGEST_STREAM = 20 * 1024 * 1024  # bytes


def old_office(path: Path) -> Sniffed:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(WINDOWS_INSTALLER) >= 0 or content.find(MACRO_SOURCE) >= 0:
            return refused()
        entries = {(name.lower(), kind) for name, kind in _entries(content)}
        names = {name for name, _ in entries}
        if names & MACROS:
            return refused()
        if any(OBJECTS.fullmatch(each) for each in names):
            return refused(CARRIES)
        if "encryptedpackage" in names:
            return unreadable(LOCKED)
        media_type = _kind(content)
    if media_type is None:
        return unreadable()
    return _streams(path) or Sniffed(media_type)


def _kind(content: mmap.mmap) -> str | None:
    for stream, media_type in KINDS.items():
        if content.find(f"{stream}\0".encode("utf-16-le")) >= 0:
            return media_type
    return None


def _entries(content: mmap.mmap) -> Iterator[tuple[str, int]]:
    """Yield the name and type of everything that looks like an entry of the directory."""
    for at in range(512, len(content) - ENTRY + 1, ENTRY):
        length, kind = struct.unpack_from("<HB", content, at + 64)
        if kind in (STORAGE, STREAM, ROOT) and 4 <= length <= 64 and length % 2 == 0:
            name = content[at : at + length].decode("utf-16-le", "replace")
            if name.endswith("\0"):
                yield name[:-1], kind


def _streams(path: Path) -> Sniffed | None:
    """Return why its streams forbid keeping the file, or None, also if the container is damaged."""
    import olefile

    try:
        with olefile.OleFileIO(path) as frame:
            for name in ("Workbook", "Book"):
                if frame.exists(name):
                    return _excel(_content(frame, name))
            if frame.exists("PowerPoint Document"):
                return _powerpoint(_content(frame, "PowerPoint Document"))
            if frame.exists("WordDocument"):
                tables = [each for each in ("0Table", "1Table") if frame.exists(each)]
                return _word(_content(frame, "WordDocument"), [_content(frame, each) for each in tables])
    except Exception:  # `olefile` raises many kinds of exceptions for damaged files
        return None
    return None


def _content(frame: "olefile.OleFileIO", name: str) -> bytes:  # type: ignore[name-defined] # noqa: F821
    with frame.openstream(name) as stream:
        return bytes(stream.read(LARGEST_STREAM))


def _word(text: bytes, tables: list[bytes]) -> Sniffed | None:
    if len(text) > 12 and struct.unpack_from("<H", text, 10)[0] & WORD_LOCKED:
        return unreadable(LOCKED)
    if DDE.search(text) or any(TEMPLATE.search(each) for each in tables):
        return refused(LOADS)
    return None


def _excel(content: bytes) -> Sniffed | None:
    for kind, body in _records(content, "<HH"):
        if kind == LOCK:
            return unreadable(LOCKED)
        if kind == SHEET and len(body) > 5 and body[5] not in WORKSHEET_OR_CHART:
            return refused()
        if kind in NAMES and b"WEBSERVICE" in body.replace(b"\0", b"").upper():
            return refused(LOADS)
        if kind == QUERY and len(body) > 5 and body[4] not in (0, OF_A_TEXT):
            return refused(LOADS)
        if kind == LINK and b"\3" in body[4:] and len(body) > 4:
            return refused(LOADS)
    return None


def _powerpoint(content: bytes) -> Sniffed | None:
    for kind, body in _atoms(content):
        if kind == VBA_INFO:
            return refused()
        if kind == OBJECT_STORAGE and body:
            return refused(CARRIES)
    return None


def _records(content: bytes, head: str) -> Iterator[tuple[int, bytes]]:
    at, size = 0, struct.calcsize(head)
    while at + size <= len(content):
        kind, length = struct.unpack_from(head, content, at)
        at += size
        yield kind, content[at : at + length]
        at += length


def _atoms(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield PowerPoint's records, including those inside of others."""
    at = 0
    while at + 8 <= len(content):
        version, kind, length = struct.unpack_from("<HHI", content, at)
        at += 8
        holds_others = version & 0xF == 0xF
        yield kind, b"" if holds_others else content[at : at + min(length, 1)]
        at += 0 if holds_others else length
