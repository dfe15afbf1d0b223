"""Detects what a file really is, by its content; the name matters only for plain texts and for programs.

Programs and scripts are refused whatever their name, and so are documents and archives that contain or would
load one. Files of unknown kinds are refused too; the person is told how to send them instead.

`python -m bot.evidence.kinds.sniffing PATH NAME` prints the result as JSON: documents are parsed in a
separate process, see `bot.evidence.kinds.examining`.
"""

import json
import resource
import sys
from pathlib import Path

from bot.evidence.kinds import archive, old_office, packed, portable, rich_text
from bot.evidence.kinds.disguise import is_two_kinds
from bot.evidence.kinds.names import is_program
from bot.evidence.kinds.plain_text import WEB_PAGE, is_prose, plain_text
from bot.evidence.kinds.verdict import (
    DISGUISED,
    EMPTY,
    PROGRAM,
    UNREADABLE,
    Sniffed,
    refused,
    unreadable,
)

__all__ = ["EMPTY", "PROGRAM", "UNREADABLE", "Sniffed", "is_document", "sniff"]

HEAD = 8192  # bytes that `filetype` reads
MEMORY = 1024**3  # bytes of address space
SECONDS = 120  # of CPU time
PDF, PDF_WITHIN = b"%PDF-", 1024  # readers accept other bytes before it
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK"

ALLOWED = {
    "image/jpeg": "image/jpeg",
    "image/png": "image/png",
    "image/apng": "image/png",
    "image/webp": "image/webp",
    "image/gif": "image/gif",
    "image/tiff": "image/tiff",
    "image/bmp": "image/bmp",
    "audio/ogg": "audio/ogg",
    "audio/mpeg": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "audio/amr": "audio/amr",
    "audio/aac": "audio/aac",
    "video/webm": "video/webm",
    "video/x-matroska": "video/x-matroska",
}
BRANDS = {  # ISO media: the first known one of the major and compatible brands decides
    "heic": "image/heic",
    "heix": "image/heic",
    "heim": "image/heic",
    "heis": "image/heic",
    "hevc": "image/heic",
    "mif1": "image/heif",
    "msf1": "image/heif",
    "avif": "image/avif",
    "avis": "image/avif",
    "M4A ": "audio/mp4",
    "M4B ": "audio/mp4",
    "qt  ": "video/quicktime",
    "3gp": "video/3gpp",
    "3g2": "video/3gpp",
    "isom": "video/mp4",
    "iso": "video/mp4",
    "mp4": "video/mp4",
    "avc1": "video/mp4",
    "M4V": "video/mp4",
    "MSNV": "video/mp4",
    "dash": "video/mp4",
}
OLD_MOVIE = (b"moov", b"mdat", b"wide", b"free", b"skip")  # QuickTime before `ftyp`
PROGRAMS = (  # first bytes
    b"MZ",  # Windows
    b"\x7fELF",
    b"#!",
    *map(bytes.fromhex, ("feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe")),  # macOS, Java
    b"dex\n",  # Android
    b"\0asm",
    b"L\0\0\0\x01\x14\x02\0",  # a Windows shortcut
    b"!<arch>",  # Debian packages, libraries
    b"\xed\xab\xee\xdb",  # RPM
    b"MSCF",  # cabinets
    b"Cr24",  # browser extensions
    b"ITSF",  # compiled help
    b"bplist0",  # settings and shortcuts of macOS
    *(b"FWS", b"CWS", b"ZWS"),  # Flash
)
VOICE = b"#!AMR"  # begins like a script


def sniff(path: Path, name: str | None = None) -> Sniffed:
    """Return what the file at `path`, sent as `name`, is. May take long, so call it in a thread or process.

    Raises OSError.
    """
    return _sniff(path, name or "", within=False)


def _sniff(path: Path, name: str, within: bool) -> Sniffed:
    """Return what the file is; `within`: it comes from a zip."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        return Sniffed(reason=EMPTY)
    if is_program(name):
        return refused()
    if head.startswith(PROGRAMS) and not head.startswith(VOICE) and not is_prose(head):
        return refused()
    if head.startswith(ZIP) and not is_prose(head[:512]):
        return archive.archive(path, None if within else _look)
    if head.startswith(OLE):
        return old_office.old_office(path)
    if head.startswith(rich_text.BEGINNING):
        return refused(DISGUISED) if packed.ends_as_zip(path) else rich_text.rich_text(path)
    return _pdf_or_media(path, head) or (plain_text(path, name) if is_prose(head[:512]) else unreadable())


def _look(path: Path, name: str) -> Sniffed:
    return _sniff(path, name, within=True)


def is_document(path: Path) -> bool:
    """Return whether it is a document that must be parsed in a separate process. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(PDF_WITHIN + len(PDF))
    return head.startswith((ZIP, OLE, rich_text.BEGINNING)) or PDF in head


def _pdf_or_media(path: Path, head: bytes) -> Sniffed | None:
    media_type = _media(head)
    at = head[: PDF_WITHIN + len(PDF)].find(PDF)
    if at >= 0:
        before = head[:at].decode("latin-1").lstrip()
        if media_type is not None or WEB_PAGE.match(before) or is_two_kinds(path):
            return refused(DISGUISED)
        return portable.portable(path)
    if media_type is None:
        return None
    return refused(DISGUISED) if is_two_kinds(path) else Sniffed(media_type)


def _media(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    if head[4:8] in OLD_MOVIE:
        return "video/quicktime"
    import filetype  # here, as the start of the bot does not need its eighty kinds

    found = filetype.guess(head)
    return ALLOWED.get(found.mime) if found is not None else None


def _iso_media(head: bytes) -> str | None:
    length = min(int.from_bytes(head[:4], "big"), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length, 4))]
    for brand in (each.decode("latin-1") for each in brands):
        if (media_type := BRANDS.get(brand) or BRANDS.get(brand[:3])) is not None:
            return media_type
    return None


def main(path: str, name: str) -> int:
    """Print what the file is as JSON; return the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    print(json.dumps(vars(sniff(Path(path), name))))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
