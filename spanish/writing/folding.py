"""Folds words for comparison, since people omit accents and capitals on a phone."""

import re
import unicodedata


class _WithoutMarks(dict[int, int | None]):
    """A table for `str.translate` that removes combining marks; filled when a character is looked up."""

    def __missing__(self, character: int) -> int | None:
        self[character] = None if unicodedata.combining(chr(character)) else character
        return self[character]


_WITHOUT_MARKS = _WithoutMarks()
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)


def unstretched(text: str) -> str:
    """Return the text with each letter written three times or more written once: «nooo» is «no»."""
    return _STRETCHED.sub(r"\1", text)


def fold(text: str) -> str:
    """Return the text in lower case, without accents, with single spaces."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFD", plain).translate(_WITHOUT_MARKS)
    return " ".join(plain.split())
