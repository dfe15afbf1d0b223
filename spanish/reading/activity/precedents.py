"""What was registered before, as far as it tells which line the next message speaks of."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from models.activities.precedents import Precedent
from models.programme.view import LineView
from spanish.reading.numbers.digits import in_digits
from spanish.reading.spoken import Spoken
from spanish.reading.wording import roots

FEW = 3.0  # precedents of a line: with as many, half of what they say is believed


@dataclass(frozen=True)
class Learnt:
    """What precedents say of a text, for each line in order.

    `usual`: of each word of the text, how usual it is in the line's precedents, from 0 to 1. `likest`: how
    alike the line's likest precedent is, from 0 to 1.
    """

    usual: dict[str, list[float]]
    likest: list[float]


def learn(said: frozenset[str], lines: Sequence[LineView], precedents: Sequence[Precedent]) -> Learnt:
    """`said` are the roots of the text's words. Precedents of other lines than these count for nothing."""
    by_id = {line.id: place for place, line in enumerate(lines)}
    by_title = {line.title: place for place, line in enumerate(lines)}  # another year's line has another id
    totals = [0] * len(lines)
    having: dict[str, list[int]] = {}
    alike: list[tuple[int, int, frozenset[str]]] = []
    for each in precedents:
        place = by_id.get(each.line_id, by_title.get(each.title))
        if place is None:
            continue
        totals[place] += 1
        known = _roots(each.narrative)
        if common := said & known:
            alike.append((place, len(known), common))
            for word in common:
                having.setdefault(word, [0] * len(lines))[place] += 1
    usual = {
        word: [FEW * count / (total + FEW) for count, total in zip(counts, totals, strict=True)]
        for word, counts in having.items()
    }
    return Learnt(usual, _likest(said, having, alike, sum(totals), len(lines)))


def _likest(
    said: frozenset[str],
    having: dict[str, list[int]],
    alike: Sequence[tuple[int, int, frozenset[str]]],
    total: int,
    lines: int,
) -> list[float]:
    """The cosine between the text and each precedent, words weighted by rarity; the best of each line."""
    likest = [0.0] * lines
    weight = {word: math.log(1 + (total + 1) / (sum(having.get(word, ())) + 0.5)) ** 2 for word in said}
    whole = sum(weight.values())
    unknown = math.log(1 + (total + 1) / 0.5) ** 2
    for place, length, common in alike:
        shared = sum(weight[word] for word in common)
        theirs = shared + unknown * (length - len(common))
        likest[place] = max(likest[place], shared / math.sqrt(whole * theirs))
    return likest


@lru_cache(maxsize=4096)
def _roots(narrative: str) -> frozenset[str]:
    return roots(in_digits(Spoken.of(narrative)).text)
