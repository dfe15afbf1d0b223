"""What was registered before, as far as it tells which line the next message speaks of."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from handlers.understanding.activity.numbers import in_digits
from handlers.understanding.activity.spoken import Spoken
from handlers.understanding.activity.wording import features
from models.programme_view import LineView

PAIR = 0.5  # how much two words together tell, of what one does
FEW = 3.0  # precedents of a line: with as many, half of what they say is believed
READ = 600  # characters of a narrative that are learnt from


@dataclass(frozen=True)
class Precedent:
    """An activity as it stands: its line, by number and title since every year's has another id."""

    line_id: int
    title: str
    narrative: str


@dataclass(frozen=True)
class Precedents:
    """The newest of a unit's activities, or of several units'."""

    all: tuple[Precedent, ...] = ()

    def of(self, lines: Sequence[LineView]) -> "Learnt":
        """Those of these lines: with the same id, or in another year with the same title."""
        by_id = {line.id: place for place, line in enumerate(lines)}
        by_title = {line.title: place for place, line in enumerate(lines)}
        placed = ((by_id.get(each.line_id, by_title.get(each.title)), each) for each in self.all)
        return Learnt(len(lines), [(place, _features(each.narrative)) for place, each in placed if place is not None])


@dataclass
class Learnt:
    """Precedents by the place of their line, with their words."""

    lines: int
    precedents: Sequence[tuple[int, frozenset[str]]]
    _having: dict[str, list[int]] = field(default_factory=dict)

    def weights(self, said: frozenset[str]) -> Mapping[str, Sequence[float]]:
        """For each word of the text, how usual it is in each line's precedents, from 0 to 1."""
        totals = [0] * self.lines
        for place, known in self.precedents:
            totals[place] += 1
            for word in said & known:
                self._having.setdefault(word, [0] * self.lines)[place] += 1
        return {
            word: [FEW * count / (total + FEW) for count, total in zip(counts, totals, strict=True)]
            for word, counts in self._having.items()
        }

    def likeness(self, said: frozenset[str]) -> Sequence[float]:
        """How alike the text is to the likest precedent of each line, from 0 to 1; after `weights`."""
        likest = [0.0] * self.lines
        if not self.precedents or not said:
            return likest
        weight = {word: self._rarity(word) for word in said}
        whole = sum(each * each for each in weight.values())
        unknown = self._rarity("")
        for place, known in self.precedents:
            if not (common := said & known):
                continue
            shared = sum(weight[word] ** 2 for word in common)
            pairs = sum(" " in word for word in known) - sum(" " in word for word in common)
            single = len(known) - len(common) - pairs
            rest = unknown**2 * (single + pairs * PAIR**2)
            likest[place] = max(likest[place], shared / math.sqrt(whole * (shared + rest)))
        return likest

    def _rarity(self, word: str) -> float:
        having = sum(self._having.get(word, ()))
        return math.log(1 + (len(self.precedents) + 1) / (having + 0.5)) * (PAIR if " " in word else 1.0)


@lru_cache(maxsize=4096)
def _features(narrative: str) -> frozenset[str]:
    return features(in_digits(Spoken.of(narrative[:READ])).text)
