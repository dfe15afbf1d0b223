"""Replaces characters that XML forbids by `�`, so that they do not break a file."""

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Everything that is no "Char" of XML 1.0 (section 2.2), as escapes, since lone surrogates cannot be typed.
_UNHOLDABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_RETURN = re.compile(r"\r\n?")


def legible(text: str) -> str:
    """Return the text with line ends `\\n`, and `�` for each character that XML forbids."""
    return _UNHOLDABLE.sub(REPLACEMENT, _RETURN.sub("\n", text))
