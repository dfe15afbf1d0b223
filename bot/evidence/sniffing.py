"""What a file really is, by its content; its name decides only among plain texts.

Programs and scripts are refused whatever they are called, and so is a document or an archive that carries
one. What is not on the list of kinds that serve as evidence is refused too, the person then hears how to
send it. Nothing is unpacked here, and at most a few megabytes are held in memory.
"""

import codecs
import mmap
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

PROGRAM, EMPTY, UNREADABLE = "program", "empty", "unreadable_kind"
HEAD = 8192  # bytes that `filetype` looks at
LARGEST_DIRECTORY = 1024 * 1024  # bytes of a zip's list of contents; more is a bomb, not a document

ALLOWED = {
    "image/jpeg": "image/jpeg",
    "image/png": "image/png",
    "image/apng": "image/png",
    "image/webp": "image/webp",
    "image/gif": "image/gif",
    "image/tiff": "image/tiff",
    "image/bmp": "image/bmp",
    "application/pdf": "application/pdf",
    "audio/ogg": "audio/ogg",
    "audio/mpeg": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "audio/amr": "audio/amr",
    "audio/aac": "audio/aac",
    "video/webm": "video/webm",
    "video/x-matroska": "video/x-matroska",
}
BRANDS = {  # ISO media: the first that is known among the major and the compatible brands
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
OFFICE = "application/vnd.openxmlformats-officedocument"
PACKED = {  # a folder of a zip that tells what the zip is
    "word/": f"{OFFICE}.wordprocessingml.document",
    "xl/": f"{OFFICE}.spreadsheetml.sheet",
    "ppt/": f"{OFFICE}.presentationml.presentation",
}
OPEN_DOCUMENTS = {
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_OFFICE = {  # a stream's name
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}
WINDOWS_INSTALLER = bytes.fromhex("84100c0000000000c000000000000046")
PROGRAMS = (  # how they begin
    b"MZ",  # Windows
    b"\x7fELF",
    b"#!",
    *map(bytes.fromhex, ("feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe")),  # macOS, Java
    b"dex\n",  # Android
    b"\0asm",
    b"L\0\0\0\x01\x14\x02\0",  # a Windows shortcut
    b"!<arch>",  # Debian's packages, libraries
    b"\xed\xab\xee\xdb",  # RPM
    b"MSCF",  # cabinets
    b"Cr24",  # extensions of a browser
    b"ITSF",  # compiled help
    *(b"FWS", b"CWS", b"ZWS"),  # Flash
)
VOICE = b"#!AMR"  # begins like a script
MARKUP = ("<!doctype html", "<html", "<head", "<body", "<script", "<svg", "<?php", "<hta:", "@echo ")
SCRIPTS = frozenset(
    [
        *(
            "apk",
            "app",
            "bat",
            "class",
            "cmd",
            "com",
            "cpl",
            "dex",
            "dll",
            "dmg",
            "exe",
            "hta",
            "htm",
            "html",
        ),
        *("iso", "jar", "js", "jse", "lnk", "mhtml", "mjs", "msi", "msp", "php", "pif", "pl", "ps1", "psm1"),
        *("py", "pyc", "rb", "reg", "scr", "sh", "svg", "vb", "vbe", "vbs", "wsf", "wsh", "xhtml"),
    ]
)
MACROS = ("vbaproject.bin", "basic/script-lc.xml")
ANDROID_AND_JAVA = ("androidmanifest.xml", "classes.dex", "meta-inf/manifest.mf")
CONTROL = frozenset(range(32)) - set(b"\t\n\r\f\x1b") | {127}


@dataclass(frozen=True)
class Sniffed:
    """`media_type` of what may be kept, else `reason` why it may not."""

    media_type: str | None = None
    reason: str | None = None


def sniff(path: Path, name: str | None = None) -> Sniffed:
    """What the file at `path`, sent as `name`, is. May take some time: call it beside the loop.

    Raises OSError.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        return Sniffed(reason=EMPTY)
    if head.startswith(PROGRAMS) and not head.startswith(VOICE) and not _is_prose(head):
        return Sniffed(reason=PROGRAM)
    if head.startswith(b"PK"):
        return _packed(path)
    if head.startswith(OLE):
        return _old_office(path)
    media_type = _media(head) or (_text(path, name) if _is_prose(head[:512]) else None)
    if media_type is None:
        return Sniffed(reason=UNREADABLE)
    return Sniffed(reason=PROGRAM) if media_type == PROGRAM else Sniffed(media_type)


def _media(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    if head[4:8] in OLD_MOVIE:
        return "video/quicktime"
    if b"%PDF-" in head[:1024]:  # readers forgive what stands before it
        return "application/pdf"
    import filetype  # here: the first answer after a start needs none of its eighty kinds

    found = filetype.guess(head)
    return ALLOWED.get(found.mime) if found is not None else None


def _iso_media(head: bytes) -> str | None:
    length = min(int.from_bytes(head[:4], "big"), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length, 4))]
    for brand in (each.decode("latin-1") for each in brands):
        if (media_type := BRANDS.get(brand) or BRANDS.get(brand[:3])) is not None:
            return media_type
    return None


def _packed(path: Path) -> Sniffed:
    """A zip, an office document, or a program packed as one."""
    try:
        if _directory_size(path) > LARGEST_DIRECTORY:
            return Sniffed(reason=UNREADABLE)
        with zipfile.ZipFile(path) as packed:
            names = [each.filename for each in packed.infolist()]
            kind = _open_document(packed, names)
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, zlib.error):  # as `zipfile` has it
        return Sniffed(reason=UNREADABLE)
    folded = [each.lower() for each in names]
    if _carries_program(folded):
        return Sniffed(reason=PROGRAM)
    if kind is None and "[content_types].xml" in folded:
        kind = next((PACKED[each] for each in PACKED if any(one.startswith(each) for one in folded)), None)
    return Sniffed(kind or "application/zip")


def _directory_size(path: Path) -> int:
    """What the end of a zip says of the size of its directory, in bytes, before anything reads it."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + 16 > len(tail):
        raise zipfile.BadZipFile
    return int.from_bytes(tail[at + 12 : at + 16], "little")


def _open_document(packed: zipfile.ZipFile, names: list[str]) -> str | None:
    """What an OpenDocument says of itself in its first, uncompressed file."""
    if "mimetype" not in names or (told := packed.getinfo("mimetype")).file_size > 100:
        return None
    media_type = packed.read(told).decode("ascii", "replace").strip()
    return media_type if media_type in OPEN_DOCUMENTS else None


def _carries_program(folded: Iterable[str]) -> bool:
    return any(
        each in ANDROID_AND_JAVA or each.endswith(MACROS) or _suffix(each) in SCRIPTS for each in folded
    )


def _old_office(path: Path) -> Sniffed:
    """Word, Excel or PowerPoint until 2003; installers have the same frame."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(WINDOWS_INSTALLER) >= 0:
            return Sniffed(reason=PROGRAM)
        for stream, media_type in OLD_OFFICE.items():
            if content.find(f"{stream}\0".encode("utf-16-le")) >= 0:
                return Sniffed(media_type)
    return Sniffed(reason=UNREADABLE)


def _is_prose(piece: bytes) -> bool:
    """Whether it may begin a text: «MZ…» and «CWS…» may, «#!» begins a script."""
    if piece.startswith(b"#!"):
        return False
    return piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not CONTROL.intersection(piece)


def _text(path: Path, name: str | None) -> str | None:
    """The media type of a plain text, `PROGRAM` for a script, None for what is no text at all.

    UTF-8, what Windows calls Unicode, and what Excel in Mexico writes by default (Windows-1252).
    """
    with path.open("rb") as file:
        start = file.read(4)
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            opening = _read(path, encoding)
        except UnicodeError:
            continue
        begins = opening.lstrip().lower()
        if begins.startswith(MARKUP) or "<script" in begins or _suffix(name or "") in SCRIPTS:
            return PROGRAM
        if begins.startswith("<?xml"):  # Mexico's electronic invoices, and no other
            return "application/xml" if "<cfdi:comprobante" in begins else None
        return "text/csv" if _suffix(name or "") == "csv" else "text/plain"
    return None


def _read(path: Path, encoding: str) -> str:
    """The text's first 64 K characters, once all of it was readable. Raises UnicodeError where it is not."""
    with path.open(encoding=encoding) as file:
        opening = file.read(65_536)
        piece = opening
        while piece:
            if any(ord(each) in CONTROL for each in set(piece)):
                raise UnicodeError("control characters")
            piece = file.read(65_536)
    return opening


def _suffix(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")
