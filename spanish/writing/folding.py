"""Words as they are compared: typed on a telephone, accents and capitals come and go."""

import unicodedata


class _WithoutMarks(dict[int, int | None]):
    """For `str.translate`: combining marks are dropped, all else stays. Filled as characters are met."""

    def __missing__(self, character: int) -> int | None:
        self[character] = None if unicodedata.combining(chr(character)) else character
        return self[character]


_WITHOUT_MARKS = _WithoutMarks()


def fold(text: str) -> str:
    """Lower case, no accents, single spaces."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFD", plain).translate(_WITHOUT_MARKS)
    return " ".join(plain.split())
