"""Zip files: office documents, programs packed as one, and folders of pictures and documents."""

import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from bot.evidence.kinds import office, packed
from bot.evidence.kinds.names import is_program, suffix
from bot.evidence.kinds.verdict import LOCKED, NESTED, PROGRAM, Sniffed, refused, unreadable

MEDIA_TYPE = "application/zip"
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENTS = {  # the media type of a zip, by a folder in it
    "word/": f"{OFFICE}.wordprocessingml.document",
    "xl/": f"{OFFICE}.spreadsheetml.sheet",
    "ppt/": f"{OFFICE}.presentationml.presentation",
}
OPEN_DOCUMENTS = {
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")
}
MACROS = ("vbaproject.bin", "basic/script-lc.xml")
PACKED_PROGRAMS = ("androidmanifest.xml", "classes.dex", "meta-inf/manifest.mf", "appxmanifest.xml")
ARCHIVES = (  # first bytes of other archives
    *(
        b"Rar!",
        b"7z\xbc\xaf\x27\x1c",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ\0",
        b"MSCF",
        b"\x28\xb5\x2f\xfd",
        b"LZIP",
    ),
    *(b"**ACE**", b"\x60\xea", b"xar!"),
)
MOST_MEMBERS = 2000
LARGEST_VIEW = 4096  # bytes
LARGEST_MEMBER, MOST_UNPACKED = 50 * 1024 * 1024, 300 * 1024 * 1024  # bytes

Look = Callable[[Path, str], Sniffed]


def archive(path: Path, look: Look | None) -> Sniffed:
    """Return what a zip is; `look` judges each file in it, and is None for a zip inside a zip."""
    try:
        if packed.directory_size(path) > packed.LARGEST_DIRECTORY:
            return unreadable(NESTED)
        with zipfile.ZipFile(path) as opened:
            return _judged(opened, path.stat().st_size, look)
    except (*packed.BROKEN, zlib.error, OverflowError):
        return unreadable()


def _judged(opened: zipfile.ZipFile, size: int, look: Look | None) -> Sniffed:
    if _carries_program(each.filename.lower() for each in opened.infolist()):
        return refused()
    if packed.is_locked(opened):
        return unreadable(LOCKED)
    if packed.is_odd(opened):
        return refused()
    if packed.explodes(opened, size):
        return refused(NESTED)
    names = [each.filename.lower() for each in opened.infolist()]
    if (kind := _open_document(opened)) is not None:
        return office.libre(opened) or Sniffed(kind)
    if "[content_types].xml" in names:
        kind = next(
            (DOCUMENTS[each] for each in DOCUMENTS if any(one.startswith(each) for one in names)), None
        )
        if kind is not None:
            return office.microsoft(opened) or Sniffed(kind)
    if look is None:
        return refused(NESTED)
    return _members(opened, look) or Sniffed(MEDIA_TYPE)


def _carries_program(folded: Iterable[str]) -> bool:
    return any(each in PACKED_PROGRAMS or each.endswith(MACROS) or is_program(each) for each in folded)


def _open_document(opened: zipfile.ZipFile) -> str | None:
    """Return the media type that an OpenDocument declares in its first, uncompressed file, or None."""
    told = next((each for each in opened.infolist() if each.filename == "mimetype"), None)
    if told is None or told.file_size > 100:
        return None
    media_type = opened.read(told).decode("ascii", "replace").strip()
    return media_type if media_type in OPEN_DOCUMENTS else None


def _members(opened: zipfile.ZipFile, look: Look) -> Sniffed | None:
    """Return why a zip of files may not be kept, if one of them is a program or an archive; else None."""
    members = [each for each in opened.infolist() if not each.is_dir()]
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_UNPACKED:
        return refused(NESTED)
    with tempfile.TemporaryDirectory(prefix="avance-") as folder:
        place = Path(folder) / "member"
        for member in members:
            with opened.open(member) as file, place.open("wb") as unpacked:
                for piece in packed.pieces(file, LARGEST_MEMBER):
                    unpacked.write(piece)
            if _is_view(place, member.filename):
                continue
            found = look(place, member.filename)
            if found.reason == PROGRAM or found.detail == LOCKED:
                return found
            if found.media_type is None and _is_archive(place, member.filename):
                return refused(NESTED)
    return None


def _is_view(place: Path, name: str) -> bool:
    """Return whether it is a harmless desktop.ini, as many folders have, that names no other machine."""
    if PurePosixPath(name.lower()).name != "desktop.ini" or place.stat().st_size > LARGEST_VIEW:
        return False
    content = place.read_bytes().replace(b"\0", b"").lower()
    return not any(each in content for each in (b"\\\\", b"//", b"clsid"))


def _is_archive(place: Path, name: str) -> bool:
    with place.open("rb") as file:
        head = file.read(512)
    return head.startswith(ARCHIVES) or head[257:262] == b"ustar" or suffix(name) == "zip"
