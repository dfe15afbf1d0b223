"""Plain texts: tables, notes and invoices are accepted; web pages and scripts are not, whatever their name.

Encodings: UTF-8, UTF-16, and Windows-1252, which Excel in Mexico writes by default.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path, PurePath

from bot.evidence.kinds import rich_text
from bot.evidence.kinds.verdict import Sniffed, refused, unreadable

CONTROL = frozenset(range(32)) - set(b"\t\n\r\f\x1b") | {127}
PIECE = 65_536  # characters
OVERLAP = 200  # characters, of two pieces: longer than any mark of a script
WEB_PAGE = re.compile(
    r"<(?:!doctype|!--|html|head|body|script|svg|iframe|frameset|object|embed|style|meta|link|title|table|div"
    r"|form|img|base|hta:|\?php|%@)[\s>:/=!-]?",
    re.IGNORECASE,
)
SCRIPT = re.compile(
    r"<(?:script|iframe|html|!doctype html|\?php|hta:application|scriptlet)|(?:java|vb)script:[^\s]"
    r"|\bwscript\.(?:shell|echo|createobject|arguments)|\bcreateobject\s?\(|\bactivexobject\b"
    r"|\bpowershell(?:\.exe)? {1,4}[-/]|\binvoke-(?:expression|webrequest|restmethod)\b"
    r"|\bnew-object {1,4}net\."
    r"|\bcmd(?:\.exe)? {1,4}/[ck]\b|@echo off|\bdocument\.(?:write|cookie|location)\b"
    r"|\bsub {1,4}(?:auto_?open|auto_?exec|document_open|workbook_open)\b"
    r"|[=+@-] {0,4}(?:cmd|dde|msexcel|rundll32|mshta|regsvr32|powershell)[^|\n]{0,40}\|"
    r"|=[^=\n]{0,80}\b(?:webservice|servicioweb) {0,4}\(|= {0,4}(?:rtd|rdtr) {0,4}\("
    r"|\bbegin {1,4}\d{3} [^\n]{1,60}\.(?:exe|scr|bat|com)\b",
    re.IGNORECASE,
)
BEGINS = re.compile(  # the beginning of files that a desktop runs, and of scripts
    r"#!|id;p[\r\n;]|id;p(?:wxl|calco)|(?:[;#][^\n]{0,200}\n[ \t\r\n]{0,20}){0,20}"
    r"\[(?:internetshortcut|desktop entry|autorun|shell|\.shellclassinfo|trafficlight)\]"
    r"|windows registry editor|regedit4|@?echo off|@echo |<\?xml[^>]{0,200}\?>\s{0,9}<!doctype plist|<plist"
    r"|(?:import|from) {1,4}(?:os|sys|subprocess|socket|ctypes|urllib|base64)\b|option explicit\b",
    re.IGNORECASE,
)
INVOICE = re.compile(  # Mexico's electronic invoices, by their usual prefix or their namespace
    r"<(?:cfdi|retenciones):\w|http://www\.sat\.gob\.mx/(?:cfd|esquemas/retencionpago)/", re.IGNORECASE
)
UNSAFE_XML = re.compile(
    r"<!doctype|<!entity|<\?xml-stylesheet|http://www\.w3\.org/(?:1999/xhtml|2000/svg)", re.IGNORECASE
)


def is_prose(piece: bytes) -> bool:
    """Return whether a text may begin so, even with «MZ» or «CWS»; «#!» begins a script."""
    if piece.startswith(b"#!"):
        return False
    return piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not CONTROL.intersection(piece)


def plain_text(path: Path, name: str | None) -> Sniffed:
    with path.open("rb") as file:
        start = file.read(4)
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            for _ in _pieces(path, encoding):
                pass
        except UnicodeError:
            continue
        return _judged(path, encoding, name)
    return unreadable()


def _judged(path: Path, encoding: str, name: str | None) -> Sniffed:
    pieces = _pieces(path, encoding)
    opening = next(pieces, "")
    begins = opening.lstrip("\ufeff\0 \t\r\n\f\x1b")
    if begins.lower().startswith(("<?xml", "<cfdi:", "<retenciones:")):
        return _xml(path, encoding, opening)
    if begins.startswith("{\\rt") and (found := rich_text.rich_text(path)).reason is not None:
        return found
    if WEB_PAGE.match(begins) or BEGINS.match(begins):
        return refused()
    before = ""
    for piece in (opening, *pieces):
        if SCRIPT.search(before + piece):
            return refused()
        before = piece[-OVERLAP:]
    ending = PurePath(name or "").suffix.lower()
    return Sniffed("text/csv" if ending == ".csv" else "text/plain")


def _xml(path: Path, encoding: str, opening: str) -> Sniffed:
    """Accept only invoices, without anything that a browser would run or load."""
    before = ""
    for piece in _pieces(path, encoding):
        if UNSAFE_XML.search(before + piece) or SCRIPT.search(before + piece):
            return refused()
        before = piece[-OVERLAP:]
    if re.search(r"<svg|<\w{0,20}:?html", opening, re.IGNORECASE):
        return refused()
    return Sniffed("application/xml") if INVOICE.search(opening) else unreadable()


def _pieces(path: Path, encoding: str) -> Iterator[str]:
    """Yield the text in overlapping pieces. Raises UnicodeError if it is not in that encoding."""
    with path.open(encoding=encoding) as file:
        while piece := file.read(PIECE):
            if any(ord(each) in CONTROL for each in set(piece)):
                raise UnicodeError("control characters")
            yield piece
