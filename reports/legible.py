"""Text as it was typed, less what XML cannot hold: that is seen as `�` instead of breaking a file."""

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Everything that is no "Char" of XML 1.0 (section 2.2). Written as escapes: half a pair cannot be typed.
_UNHOLDABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_RETURN = re.compile(r"\r\n?")


def legible(text: str) -> str:
    """The same text with line ends as `\\n` and a visible sign for each character that XML forbids."""
    return _UNHOLDABLE.sub(REPLACEMENT, _RETURN.sub("\n", text))
