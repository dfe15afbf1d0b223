"""The pieces of which days are made, in a folded text: numbers, weekdays, months, dates in digits, signs."""

import re
from enum import Enum, auto
from typing import NamedTuple

from spanish.reading.closed_words import mended
from spanish.writing.days import MONTHS, WEEKDAYS
from spanish.writing.folding import fold

WEEKDAY_NAMES = tuple(fold(name) for name in WEEKDAYS)
WEEKDAY_NUMBERS = {name: number for number, name in enumerate(WEEKDAY_NAMES)}
WEEKDAY_NUMBERS |= {"sabados": 5, "domingos": 6}
SHORT_WEEKDAYS = {
    name[:length]: number for number, name in enumerate(WEEKDAY_NAMES) for length in range(3, len(name))
} | {
    "mierc": 2, "juev": 3, "vier": 4, "vi": 4, "dgo": 6,
}  # fmt: skip
MONTH_NUMBERS = (
    {  # «marzo», «marz», «mar»
        name[:length]: number for number, name in enumerate(MONTHS, 1) for length in range(3, len(name) + 1)
    }
    | {"set": 9, "setiembre": 9}
)
MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
AGO = {
    "hoy": 0, "ayer": 1, "anoche": 1, "antier": 2, "anteayer": 2, "antayer": 2, "antenoche": 2,
    "anteanoche": 2, "trasantier": 3,
}  # fmt: skip
_ISO, _SLASHED = r"20\d\d(?:-\d\d?-|/\d\d?/)\d\d?", r"\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?"
_DOTTED = r"\d{1,2}(?P<sign>[.-])\d{1,2}(?P=sign)(?:20)?\d\d"
_PIECE = re.compile(
    rf"(?P<date>(?<![\w/.$#-])(?:{_ISO}|{_SLASHED}|{_DOTTED})(?![\w/]|[.-]\d))|(?P<number>\d+)|"
    r"(?P<word>[^\W\d_]+)|\S"
)


class PieceKind(Enum):
    """What a piece of the text is."""

    DATE = auto()  # in digits: 13/03, 13.03.24, 2024-03-13
    NUMBER = auto()
    WORD = auto()
    SIGN = auto()


class Piece(NamedTuple):
    """`word` is the text, a misspelling mended; `touches`: not even a space stands before it."""

    kind: PieceKind
    word: str
    start: int
    end: int
    touches: bool


_END = Piece(PieceKind.SIGN, "", 0, 0, False)


class Pieces:
    """The pieces of a text in order; an empty one before the first and after the last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces: list[Piece] = []
        last = 0
        for found in _PIECE.finditer(text):
            kind = (
                PieceKind[found.lastgroup.upper()]
                if found.lastgroup in ("date", "number", "word")
                else PieceKind.SIGN
            )
            word = mended(found[0]) if kind is PieceKind.WORD else found[0]
            start, end = found.span()
            self._pieces.append(Piece(kind, word, start, end, bool(start) and start == last))
            last = end

    def __len__(self) -> int:
        return len(self._pieces)

    def __getitem__(self, place: int) -> Piece:
        return self._pieces[place] if 0 <= place < len(self._pieces) else _END

    def words(self, first: int, count: int) -> tuple[str, ...]:
        return tuple(self[place].word for place in range(first, first + count))

    def place_after(self, place: int, end: int) -> int:
        """The first piece from that place on which stands after that character."""
        while self[place].word and self[place].start < end:
            place += 1
        return place

    def end(self, place: int) -> int:
        """Where the piece before that place ends."""
        return self[place - 1].end

    def number(self, place: int) -> int | None:
        """A number of at most two digits that is no part of a code, an hour, a sum of money, a decimal."""
        piece, before, after = self[place], self[place - 1], self[place + 1]
        if piece.kind is not PieceKind.NUMBER or len(piece.word) > 2:
            return None
        weekday = before.word in SHORT_WEEKDAYS or before.word in WEEKDAY_NUMBERS
        if piece.touches and not weekday and before.word not in ("(", "-", ",", '"', "*", ";", "«", "¡", "¿"):
            return None
        if piece.touches and before.word in ("-", ",") and before.touches:  # A-12; 1,200; but 10-12, 23,24
            earlier = self[place - 2]
            if earlier.kind is not PieceKind.NUMBER or len(earlier.word) > 2:
                return None
        if after.touches and after.word in ("%", ":", "/", ".", ",", "$"):
            beyond = self[place + 2]
            code = beyond.touches and beyond.kind is PieceKind.NUMBER
            if after.word in "%$" or (code and not (after.word == "," and len(beyond.word) <= 2)):
                return None
            if after.word in ":/" and beyond.touches and beyond.word not in MONTH_NUMBERS:
                return None
        return int(piece.word)
