"""The words of a text, with those that an earlier reader has explained marked by what they are."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from spanish.reading.spoken import Span


class Explained(Enum):
    """What an earlier reader took a piece of the text for."""

    DAY = auto()
    TO_COME = auto()  # a day that has not come
    PEOPLE = auto()
    DOCUMENT = auto()
    PLACE = auto()
    PART = auto()  # how far one thing has come: «3 de 5 capítulos»
    OTHER = auto()  # a number that counts nothing: an hour, a folio, an article of law


@dataclass(frozen=True)
class ClauseToken:
    text: str
    start: int
    end: int
    role: Explained | None = None
    stressed: bool = False  # written with an accent on its last letter: «entregó»
    capital: bool = False  # written with a capital letter, in a text that has small ones

    @property
    def is_number(self) -> bool:
        return self.role is None and self.text[0].isdigit()

    @property
    def is_word(self) -> bool:
        return self.role is None and self.text[0].isalpha()


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]")


def tokens(
    text: str,
    marked: Iterable[tuple[Span, Explained]],
    stressed: Sequence[int] = (),
    capitals: Sequence[int] = (),
) -> list[ClauseToken]:
    """The tokens of a folded text. `marked`: places in it and their roles; a marked piece is one token.

    `stressed`: where the letters stand that carry a written accent; `capitals`: those that are large.
    """
    places = sorted(
        ((start, end, role) for (start, end), role in marked if start < end), key=lambda it: it[:2]
    )
    accents, large = frozenset(stressed), frozenset(capitals)
    found: list[ClauseToken] = []
    at = 0
    for start, end, role in places:
        start = max(start, at)
        while end > start and not text[end - 1].isalnum():  # a stop after it still ends the sentence
            end -= 1
        if start >= end:
            continue
        found += _plain(text, at, start, accents, large)
        found.append(ClauseToken(text[start:end], start, end, role))
        at = end
    found += _plain(text, at, len(text), accents, large)
    return found


def _plain(
    text: str, start: int, end: int, accents: frozenset[int], large: frozenset[int]
) -> list[ClauseToken]:
    return [
        ClauseToken(each[0], each.start(), each.end(), None, each.end() - 1 in accents, each.start() in large)
        for each in _TOKEN.finditer(text, start, end)
    ]
