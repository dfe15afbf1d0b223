"""Files of two kinds at once: a picture that is also a web page, a document with an archive at its end."""

from pathlib import Path

from bot.evidence.kinds import packed

# Text in a picture, recording or document, long enough not to occur by chance.
WITHIN = (b"<?php", b"<script", b"<html", b"<!doctype html", b"rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
COMMENT = b"/*"  # in place of a size: the picture is a script as well
COMMENT_AT = {b"GIF8": 6, b"BM": 2, b"\xff\xd8\xff": 4}
PIECE = 1024 * 1024


def is_two_kinds(path: Path) -> bool:
    """Return whether a picture, recording or PDF could also be read as another kind of file."""
    with path.open("rb") as file:
        head = file.read(16)
    for beginning, at in COMMENT_AT.items():
        if head.startswith(beginning) and head[at : at + 2] == COMMENT:
            return True
    return packed.ends_as_zip(path) or _holds(path)


def _holds(path: Path) -> bool:
    overlap = max(map(len, WITHIN)) - 1
    with path.open("rb") as file:
        before = b""
        while piece := file.read(PIECE):
            looked_at = before + piece.lower()
            if any(each in looked_at for each in WITHIN):
                return True
            before = looked_at[-overlap:]
    return False
