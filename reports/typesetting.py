"""Typst for the reports: only the bundled fonts, and texts that these can show.

Texts are passed to a template as JSON, never as markup, so that they cannot contain commands.
"""

import json
import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

ROOM = Path(__file__).parent
TEMPLATES = ROOM / "templates"
FONTS = ROOM / "fonts"
REPLACEMENT = "�"
_BIDIRECTIONAL = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}  # direction characters


@cache
def fonts() -> "typst.Fonts":
    """Return only the fonts of `FONTS`; with a machine's own, the bytes would differ between machines."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def template(name: str) -> bytes:
    return (TEMPLATES / name).read_bytes()


def as_json(content: Any) -> str:
    """Return a template's data as JSON, with all texts made printable."""
    return json.dumps(_printable_in(content), ensure_ascii=False, separators=(",", ":"))


def printable(text: str) -> str:
    """Return the text with `REPLACEMENT` for characters that no bundled font has, which PDF/A forbids.

    Control and direction characters are replaced too; line breaks are kept.
    """
    covered = _covered()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(each if each == "\n" or ord(each) in covered else REPLACEMENT for each in text)


def _printable_in(content: Any) -> Any:
    if isinstance(content, str):
        return printable(content)
    if isinstance(content, Mapping):
        return {key: _printable_in(each) for key, each in content.items()}
    if isinstance(content, list | tuple):
        return [_printable_in(each) for each in content]
    return content


@cache
def _covered() -> frozenset[int]:
    """Return the code points that a font has, or that are invisible."""
    every = {point for file in sorted(FONTS.glob("*.ttf")) for point in _points(file.read_bytes())}
    return frozenset(
        each for each in every - _BIDIRECTIONAL if unicodedata.category(chr(each)) not in ("Cc", "Co", "Cs")
    )


def _points(font: bytes) -> Iterator[int]:
    """Yield the code points of a TrueType font, from its full character map (cmap, format 12)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)
    }
    cmap = tables[b"cmap"]
    for index in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        table = cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * index)[0]
        if struct.unpack_from(">H", font, table)[0] != 12:
            continue
        for group in range(struct.unpack_from(">I", font, table + 12)[0]):
            first, last, _ = struct.unpack_from(">III", font, table + 16 + 12 * group)
            yield from range(first, last + 1)
