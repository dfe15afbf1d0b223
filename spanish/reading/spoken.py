"""A text made easy to read (folded, numbers in digits) that still knows where each character came from."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from re import Match, Pattern

GAP = " ; "  # stands where something was cut out, so that its neighbours do not become one phrase
Span = tuple[int, int]  # from, up to: places in the text as it was written


@dataclass(frozen=True)
class Spoken:
    """`starts[i]`, `ends[i]`: from where to where in the original the i-th character stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> "Spoken":
        """Lower case, no accents, single spaces, a gap at each new line."""
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for place, character in enumerate(original):
            for letter in _folded(character):
                if letter == " " and (not letters or letters[-1] == " "):
                    continue
                letters.append(letter)
                starts.append(place)
                ends.append(place + 1)
        return cls("".join(letters), tuple(starts), tuple(ends))

    def span(self, start: int, end: int) -> Span:
        """Where in the original a piece of the text stands."""
        return (self.starts[start], self.ends[end - 1]) if start < end else (0, 0)

    def rewrite(self, pattern: Pattern[str], write: Callable[[Match[str]], str]) -> "Spoken":
        """The text with each match written otherwise; a match that stays as it is keeps its places."""
        found = [(each.start(), each.end(), write(each)) for each in pattern.finditer(self.text)]
        return self.replace((start, end, new) for start, end, new in found if self.text[start:end] != new)

    def cut(self, spans: Iterable[Span]) -> "Spoken":
        """The text with a gap in place of each span, of which some may overlap."""
        return self.replace((start, end, GAP) for start, end in merged(spans))

    def within(self, spans: Iterable[Span]) -> "Spoken":
        """The text without what stands at those places of the original."""
        return self.cut(
            (bisect_right(self.ends, first), bisect_right(self.starts, last - 1)) for first, last in spans
        )

    def replace(self, pieces: Iterable[tuple[int, int, str]]) -> "Spoken":
        """The text with other words in those places, which are in order and apart."""
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, new in pieces:
            first, last = self.span(start, end)
            letters += (self.text[done:start], new)
            starts += (*self.starts[done:start], *[first] * len(new))
            ends += (*self.ends[done:start], *[last] * len(new))
            done = end
        if not letters:
            return self
        letters.append(self.text[done:])
        return Spoken("".join(letters), (*starts, *self.starts[done:]), (*ends, *self.ends[done:]))


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch as one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


@lru_cache(maxsize=1024)
def _folded(character: str) -> str:
    if character in "\r\n":
        return GAP
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFD", character.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))
