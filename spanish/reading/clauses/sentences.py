"""A text as its clauses over its tokens: what the readers of quantities and of acts look at."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.division import clauses
from spanish.reading.clauses.tokens import ClauseToken, Explained, tokens
from spanish.reading.clauses.verbs import VerbKind
from spanish.reading.numbers.amounts import Amount, find_amounts
from spanish.reading.spoken import Span, Spoken


@dataclass(frozen=True)
class Sentences:
    """`text` is folded, its numbers in digits; tokens and clauses tell places in it."""

    spoken: Spoken
    tokens: Sequence[ClauseToken]
    clauses: Sequence[Clause]
    amounts: Mapping[int, Amount]  # by where their digits begin

    @property
    def text(self) -> str:
        return self.spoken.text

    def clause_at(self, place: int) -> Clause:
        """The clause that holds a token; stops between clauses are headings of their own."""
        alone = Clause(place, place + 1, Completion.HEADING, VerbKind.ACT, strong=False)
        return next((each for each in self.clauses if each.first <= place < each.last), alone)

    def span(self, first: int, last: int) -> Span:
        """Where in the original the tokens from `first` up to `last` stand."""
        return self.spoken.span(self.tokens[first].start, self.tokens[last - 1].end)


def read_sentences(original: str, spoken: Spoken, marked: Iterable[tuple[Span, Explained]]) -> Sentences:
    """`marked` tells places in `spoken.text` that other readers have explained."""
    found = tokens(spoken.text, marked, _stressed(original, spoken), _capitals(original, spoken))
    amounts = {each.number_place[0]: each for each in find_amounts(spoken.text)}
    return Sentences(spoken, found, clauses(found), amounts)


_STRESSED = re.compile("[áéíóú](?![^\\W\\d_])", re.IGNORECASE)


def _capitals(original: str, spoken: Spoken) -> list[int]:
    """Where in the folded text the letters stand that are large in the original; none of one in capitals."""
    if not any(map(str.islower, original)):
        return []
    return [place for place, start in enumerate(spoken.starts) if original[start].isupper()]


def _stressed(original: str, spoken: Spoken) -> list[int]:
    """Where in the folded text the words end that are written with an accent on their last letter."""
    composed = unicodedata.normalize("NFC", original)
    if len(composed) != len(original):
        return []
    ends = {found.start() for found in _STRESSED.finditer(composed)}
    return [place for place, start in enumerate(spoken.starts) if start in ends]
