"""Rich Text: embedded objects, a template from another machine, fields that start something."""

import re
from pathlib import Path

from bot.evidence.kinds.verdict import CARRIES, LOADS, Sniffed, refused

BEGINNING = b"{\\rt"
MEDIA_TYPE = "application/rtf"
OBJECTS = re.compile(
    rb"\\(?:object|objdata|objemb|objlink|objocx|objautlink|objupdate|objhtml)(?![a-z])", re.I
)
TEMPLATE = re.compile(rb"\\\*\s*\\template(?![a-z])\s*(?:https?:|ftp:|\\\\\\\\|//|\\')", re.IGNORECASE)
FIELD = re.compile(rb"\\fldinst(?![a-z])", re.IGNORECASE)
MARKS = re.compile(rb"\\[a-z]+-?\d*\s?|[{}\r\n]", re.IGNORECASE)
STARTS = re.compile(rb"^\W*(?:DDE|DDEAUTO|INCLUDETEXT)\b", re.IGNORECASE)
LONGEST_FIELD = 2000  # bytes


def rich_text(path: Path) -> Sniffed:
    content = path.read_bytes()
    if OBJECTS.search(content):
        return refused(CARRIES)
    if TEMPLATE.search(content):
        return refused(LOADS)
    for field in FIELD.finditer(content):
        said = MARKS.sub(b"", content[field.end() : field.end() + LONGEST_FIELD])
        if STARTS.search(said):
            return refused(LOADS)
    return Sniffed(MEDIA_TYPE)
