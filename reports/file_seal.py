"""The seal of a file: the SHA-256 of all its bytes, written into the file itself.

It is computed with zeros in its own place. Whoever has this program can seal any file: a seal that fits says
only that nothing was altered afterwards by somebody who did not think of it.
"""

import hashlib
import re

ZEROS = "0" * 64
PREFIX = "sello:"
_ENCODINGS = ("ascii", "utf-16-be")  # of texts in a PDF
_SEAL = re.compile(rf"{PREFIX}([0-9a-f]{{64}})")


def sealed(content: bytes) -> bytes:
    """Return the content with its seal instead of `PREFIX` and `ZEROS`, which it must have."""
    digest = hashlib.sha256(content).hexdigest()
    for encoding in _ENCODINGS:
        content = content.replace((PREFIX + ZEROS).encode(encoding), (PREFIX + digest).encode(encoding))
    return content


def fits(content: bytes) -> bool | None:
    """Return whether nothing was altered since the file was sealed; None if it has no seal."""
    digest = seal_of(content)
    return None if digest is None else hashlib.sha256(without(content)).hexdigest() == digest


def without(content: bytes) -> bytes:
    """Return the content as it was before it was sealed; unchanged if it has no seal."""
    digest = seal_of(content)
    if digest is None:
        return content
    for encoding in _ENCODINGS:
        content = content.replace((PREFIX + digest).encode(encoding), (PREFIX + ZEROS).encode(encoding))
    return content


def seal_of(content: bytes) -> str | None:
    """Return the seal that the file has, or None."""
    for encoding in _ENCODINGS:
        start = content.find(PREFIX.encode(encoding))
        while start >= 0:
            size = len((PREFIX + ZEROS).encode(encoding))
            found = _SEAL.fullmatch(content[start : start + size].decode(encoding, "replace"))
            if found:
                return found[1]
            start = content.find(PREFIX.encode(encoding), start + 1)
    return None
