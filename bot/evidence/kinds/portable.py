"""PDF: scripts, what it would start, open or send, embedded files, passwords.

A PDF name counts anywhere outside of streams, even in objects that a later version replaced; `pypdf` searches
packed object streams. Links, forms and signatures are accepted, since ordinary documents have them.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.evidence.kinds.pdf_actions import bytes_lead_out, leads_out
from bot.evidence.kinds.verdict import CARRIES, LOADS, LOCKED, Sniffed, refused, unreadable

MEDIA_TYPE = "application/pdf"
SCRIPTS = {"/JavaScript", "/JS", "/XFA", "/RichMedia", "/Flash"}
STARTS = {"/Launch", "/ImportData", "/GoToE", "/SubmitForm"}
FILES = {"/EmbeddedFile", "/EmbeddedFiles", "/EF"}
MARKUP = (b"<?php", b"<script", b"<html", b"<!doctype html")
NAME = re.compile(rb"/[^\x00\x09\x0a\x0c\x0d\x20()<>\[\]{}/%]{1,60}")
ESCAPE = re.compile(rb"#([0-9a-fA-F]{2})")
DEEPEST = 60  # nested arrays and dictionaries


def portable(path: Path) -> Sniffed:
    names: set[str] = set()
    content = path.read_bytes()
    pieces = list(_outside_streams(content))
    for piece in pieces:
        names.update(_name(each) for each in NAME.findall(piece))
        if any(each in piece.lower() for each in MARKUP):
            return refused()
    found = _judged(names)
    if found is None and bytes_lead_out(NAME.sub(_plain_name, b"\n".join(pieces))):
        return refused(LOADS)
    return found or _by_objects(path) or Sniffed(MEDIA_TYPE)


def _judged(names: set[str]) -> Sniffed | None:
    if names & SCRIPTS:
        return refused()
    if names & STARTS:
        return refused(LOADS)
    return refused(CARRIES) if names & FILES else None


def _outside_streams(content: bytes) -> Iterator[bytes]:
    """Yield the bytes before, between and after the streams; a stream follows the end of a dictionary."""
    start = 0
    for opening in re.finditer(rb">>[\s\x00]{0,20}stream\r?\n", content):
        if opening.start() < start:
            continue
        yield content[start : opening.end()]
        end = content.find(b"endstream", opening.end())
        if end < 0:
            return
        start = end
    yield content[start:]


def _name(raw: bytes) -> str:
    return _unescaped(raw).decode("latin-1")


def _plain_name(found: re.Match[bytes]) -> bytes:
    return _unescaped(found[0])


def _unescaped(raw: bytes) -> bytes:
    return ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), raw)


def _by_objects(path: Path) -> Sniffed | None:
    """Return why the file may not be kept because of its objects, or None, also if it is badly damaged."""
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return unreadable(LOCKED)
    except Exception:  # `pypdf` raises many kinds of exceptions for damaged files
        return None
    names: set[str] = set()
    with reader:
        for each in _objects(reader):
            names.update(_names(each, 0))
            if _leads_out(each, 0):
                return refused(LOADS)
    return _judged(names)


def _objects(reader: Any) -> Iterator[Any]:
    from pypdf.generic import IndirectObject

    numbers = {(number, generation) for generation, known in reader.xref.items() for number in known}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        try:
            yield reader.get_object(IndirectObject(number, generation, reader))
        except Exception:  # as above, for one object of many
            continue


def _leads_out(found: Any, depth: int) -> bool:
    """Return whether the object or one inside it leads out; objects referred to are checked separately."""
    from pypdf.generic import ArrayObject, DictionaryObject

    try:
        if leads_out(found):
            return True
    except Exception:  # as above
        return False
    if depth > DEEPEST or not isinstance(found, DictionaryObject | ArrayObject):
        return False
    inside = dict.values(found) if isinstance(found, DictionaryObject) else list.__iter__(found)
    return any(_leads_out(each, depth + 1) for each in inside)


def _names(found: Any, depth: int) -> Iterator[str]:
    """Yield every name in an object, without those of other objects that it refers to."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    if depth > DEEPEST:
        return
    if isinstance(found, NameObject):
        yield str(found)
    elif isinstance(found, DictionaryObject):
        for key in found:
            yield str(key)
            yield from _names(found.raw_get(key), depth + 1)
    elif isinstance(found, ArrayObject):
        for each in list.__iter__(found):
            yield from _names(each, depth + 1)
