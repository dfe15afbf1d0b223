"""A frame with what was found in it: what the rules of topics look at. Pure."""

import re
from dataclasses import dataclass

from spanish.reading.questions.frame import AskingFrame
from spanish.reading.questions.vocabulary import Concept as C
from spanish.reading.questions.vocabulary import concepts_in

_PRONOUNS = frozenset((
    "se", "nos", "les", "le", "me", "te", "mas", "cosas", "ya", "no", "tan", "lo", "tal", "es", "son", "la",
    "el", "las", "los", "ha", "han", "hemos", "de", "del", "a", "al", "hay", "en", "esta", "estan", "seria",
))  # fmt: skip


@dataclass(frozen=True)
class Asking:
    """A frame with what was found in it: `text` is without periods and numbers that are slots.

    `lines`: it names lines, `numbered`: by their number; `counts_when`: it says what a target waits for.
    """

    frame: AskingFrame
    text: str
    rest: str  # what follows the interrogative, without periods
    units: int
    lines: bool
    by_measure: bool
    numbered: bool
    periods: int
    figure: bool
    number: bool
    documents: bool
    counts_when: bool
    people: bool  # some line counts the people that are named
    unknown: int

    @property
    def words(self) -> list[str]:
        return self.text.split()

    @property
    def concepts(self) -> frozenset[C]:
        return concepts_in(self.words)

    @property
    def head(self) -> str:
        """The interrogative without its preposition or number."""
        word = self.frame.head.split()[-1] if self.frame.head else ""
        return (
            re.sub(r"(?:es|[oa]s?)$", "", word)
            if word not in ("que", "como", "cuando", "si", "donde")
            else word
        )

    @property
    def asks_who(self) -> bool:
        return self.head == "quien" or bool(self.near(2) & {C.UNITS}) or self.says("alguien|todos|todas")

    def near(self, count: int = 3) -> frozenset[C]:
        """The concepts of the first words after the interrogative, pronouns aside."""
        words = [word for word in self.rest.split() if word not in _PRONOUNS]
        return concepts_in(words[:count])

    def has(self, *wanted: C) -> bool:
        return bool(self.concepts.intersection(wanted))

    def says(self, pattern: str) -> bool:
        return bool(re.search(rf"\b(?:{pattern})\b", self.text))
