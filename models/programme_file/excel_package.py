"""Reads the parts of an Excel file (a zip package) that a programme needs: strings, formats, sheets, cells.

The XML is read as a stream and by local names only: so Strict Open XML is read like the usual form, broken
styles, filters or drawings do no harm, and rows that are only coloured use no memory.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from xml.etree.ElementTree import Element, XMLPullParser

from models.programme_file.sentences import said
from models.programme_file.tree import Unreadable

MAX_UNPACKED = 20_000_000  # bytes, unpacked, of all parts except sheets, and of each sheet's filled rows
MAX_SHEET = 400_000_000  # bytes, unpacked, of all sheets; some are coloured to the last row
MAX_PARTS = 500  # files in the package
MAX_FORMATS = 65_490  # Excel's own limit
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel until 2003, and files with a password
_EMPTY = tuple(
    re.compile(pattern)
    for name in (rb"c", rb"row")
    for pattern in (
        rb'<(?:\w+:)?%b\s(?=[^<>]*\br=")[^<>]*/>' % name,
        rb'<(?:\w+:)?%b\s(?=[^<>]*\br=")[^<>]*(?<!/)>\s*</(?:\w+:)?%b>' % (name, name),
    )
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class RawCell:
    """A cell as it is stored: its type, text and number format, and whether it has a formula."""

    row: int
    column: int
    kind: str
    text: str | None
    number_format: str
    computes: bool


@dataclass
class RawSheet:
    """A sheet's cells; `merged` are ranges like A2:A5."""

    cells: list[RawCell] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


class Package:
    """An opened workbook.

    Raises `Unreadable` if the file is not an acceptable workbook, and any exception for a broken part.
    """

    def __init__(self, source: bytes) -> None:
        refuse_tricks(source)
        self._zip = zipfile.ZipFile(BytesIO(source))
        self._names = {name.lower(): name for name in self._zip.namelist()}
        book, sheets, self.from_1904 = "xl/workbook.xml", [], False
        for each in self._elements(book):
            if _name(each) == "sheet":
                sheets.append((each.get("name", ""), _attribute(each, "id")))
            elif _name(each) == "workbookPr":
                self.from_1904 = each.get("date1904") in ("1", "true")
        related = self._related(book)
        targets = {each: target for each, (kind, target) in related.items() if kind == "worksheet"}
        self.sheets = {name: targets[each] for name, each in sheets if each in targets}
        of_kind = dict(related.values())
        self._formats = self._read_formats(of_kind.get("styles", ""))
        self._strings = self._read_strings(of_kind.get("sharedStrings", ""))

    def sheet(self, name: str) -> RawSheet:
        """Return the sheet's cells that are not empty, and its merged ranges."""
        found, number, column = RawSheet(), 0, 0
        for event, each in self._events(self.sheets[name], MAX_SHEET):
            tag = _name(each)
            if event == "start" and tag == "row":
                number, column = int(each.get("r") or number + 1), 0
            elif event == "end" and tag == "c":
                column = _column(each.get("r")) or column + 1
                if (cell := self._cell(each, number, column)) is not None:
                    found.cells.append(cell)
            elif event == "end" and tag == "mergeCell":
                found.merged.append(each.get("ref", ""))
            if event == "end" and tag in ("c", "row"):
                each.clear()
        return found

    def _cell(self, cell: Element, row: int, column: int) -> RawCell | None:
        kind, text, computes = cell.get("t", "n"), None, False
        for each in cell:
            tag = _name(each)
            if tag == "v":
                text = each.text
            elif tag == "is":
                text = _text(each)
            elif tag == "f":
                computes = True
        if kind == "s" and text is not None:
            text = self._strings[int(text)]
        elif kind == "str" and text is not None:
            text = unescaped(text)
        style = int(cell.get("s") or 0)
        number_format = self._formats[style] if style < len(self._formats) else ""
        return RawCell(row, column, kind, text, number_format, computes) if text or computes else None

    def _read_formats(self, part: str) -> list[str]:
        """Return the number format of each cell style; "14" is the built-in one of that number."""
        own: dict[str, str] = {}
        formats: list[str] = []
        inside = False
        for event, each in self._events(part, MAX_UNPACKED) if part else ():
            tag = _name(each)
            if tag == "cellXfs":
                inside = event == "start"
            elif event == "start" and tag == "numFmt":
                own[each.get("numFmtId", "")] = each.get("formatCode", "")
            elif event == "start" and tag == "xf" and inside:
                number = each.get("numFmtId", "0")
                formats.append(own.get(number, number))
                if len(formats) > MAX_FORMATS:
                    raise Unreadable(said("unreadable"))
        return formats

    def _read_strings(self, part: str) -> list[str]:
        strings = []
        for each in self._elements(part) if part else ():
            if _name(each) == "si":
                strings.append(_text(each))
                each.clear()
        return strings

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return, by reference id, the kind and name of each part that this one refers to."""
        rels = join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels")
        return {
            each.get("Id", ""): (
                each.get("Type", "").rpartition("/")[2],
                normpath(join("/", dirname(part), each.get("Target", ""))).lstrip("/"),
            )
            for each in self._elements(rels)
            if _name(each) == "Relationship"
        }

    def _elements(self, part: str) -> Iterator[Element]:
        return (each for event, each in self._events(part, MAX_UNPACKED) if event == "end")

    def _events(self, part: str, most: int) -> Iterator[tuple[str, Element]]:
        """Yield the part's elements, at their start and their end."""
        parser: Any = XMLPullParser(["start", "end"])
        for chunk in self._chunks(part, most):
            parser.feed(chunk)
            yield from _elements_of(parser)
        parser.close()
        yield from _elements_of(parser)

    def _chunks(self, part: str, most: int) -> Iterator[bytes]:
        """Yield the part without empty cells and rows, except those that do not give their position."""
        rest, read, kept = b"", 0, 0
        with self._zip.open(self._names[part.lower()]) as file:
            while piece := file.read(_CHUNK):
                read += len(piece)
                whole, end, begun = (rest + piece).rpartition(b">")
                rest = begun
                chunk = whole + end
                if b"<!DOCTYPE" in chunk:
                    raise Unreadable(said("workbook_broken"))
                for each in _EMPTY:
                    chunk = each.sub(b"", chunk)
                kept += len(chunk)
                if read > most or kept + len(rest) > MAX_UNPACKED:
                    raise Unreadable(said("bomb"))
                yield chunk
        yield rest


def _elements_of(parser: Any) -> Iterator[tuple[str, Element]]:
    for event, each in parser.read_events():
        if isinstance(each, Element):
            yield str(event), each


def refuse_tricks(source: bytes) -> None:
    """Check the package by its directory, before anything is unpacked. Raises `Unreadable`."""
    if source.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in source:
            raise Unreadable(said("password"))
        raise Unreadable(said("old_excel"))
    try:
        with zipfile.ZipFile(BytesIO(source)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, zlib.error):
        raise Unreadable(said("text_no_workbook" if _is_text(source) else "no_workbook")) from None
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable(said("macros"))
    sheets = sum(part.file_size for part in parts if part.filename.startswith("xl/worksheets/"))
    if len(parts) > MAX_PARTS or sheets > MAX_SHEET or any(map(_is_bomb, parts)):
        raise Unreadable(said("bomb"))
    if sum(part.file_size for part in parts) - sheets > MAX_UNPACKED:
        raise Unreadable(said("bomb"))
    if "xl/workbook.bin" in names:
        raise Unreadable(said("binary_excel"))
    if "content.xml" in names:
        raise Unreadable(said("open_document"))
    if "xl/workbook.xml" not in names:
        raise Unreadable(said("no_workbook"))


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    """Return whether a part is so much larger than packed as no sheet's rows are, coloured or not."""
    return part.file_size > MAX_UNPACKED and part.file_size > 200 * part.compress_size


def unescaped(text: str) -> str:
    """Decode Excel's escapes in a text: `_x000D_` is a line end, `_x005F_` an underscore."""

    def character(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        if code == 0x0D:
            return "" if text[found.end() :].startswith(("\n", "_x000A_")) else "\n"
        # Other control characters, left by Word and old systems, are invisible and removed.
        return "" if (code < 0x20 and code not in (9, 10)) or 0xD800 <= code < 0xE000 else chr(code)

    return _ESCAPED.sub(character, text)


def _text(element: Element) -> str:
    """Return the text of a string's runs, without phonetic readings of East Asian texts."""
    runs: list[str] = []
    for each in element:
        if _name(each) == "t":
            runs.append(each.text or "")
        elif _name(each) == "r":
            runs += [part.text or "" for part in each if _name(part) == "t"]
    return unescaped("".join(runs))


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, or ""."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _column(reference: str | None) -> int:
    """Return the column number of a cell reference, 3 for C7; 0 without one."""
    number = 0
    for letter in reference or "":
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _is_text(source: bytes) -> bool:
    return bool(source.strip()) and b"\0" not in source and source[:2] != b"PK"
