"""How wide the columns of a table are, by what stands in them; the same in Word and in PDF."""

from collections.abc import Sequence

_LONGEST = 30  # characters of a cell that ask for more width; longer ones are broken into lines
_ROOM = 3  # characters for a cell's margins
_BOLD = 1.35  # a letter of the first row's to one of the others


def shares(rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Return each column's share of the table's width, for a head and rows.

    No word is broken, and long texts get the rest.
    """
    wanted = [max(_widest(column), _longest(column)) + _ROOM for column in zip(*rows, strict=False)]
    return tuple(each / sum(wanted) for each in wanted)


def _widest(column: Sequence[str]) -> float:
    """Return the characters of the longest word."""
    head, *cells = column
    words = [len(word) for cell in cells for word in cell.split()]
    return max([*words, *(len(word) * _BOLD for word in head.split())], default=0)


def _longest(column: Sequence[str]) -> int:
    return min(max(map(len, column[1:]), default=0), _LONGEST)
