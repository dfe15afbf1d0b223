"""Numbers that are taken back, or of which it is said that they do not count."""

import re
from dataclasses import replace

from spanish.reading.activity.effects import Effect
from spanish.reading.activity.mentions import Mention
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.wording import TAKING_BACK

Judged = list[tuple[Mention, Effect]]

_CORRECTION = re.compile(TAKING_BACK)
_NOT_COUNTED = re.compile(r"\b(?:no|ni) (?:se )?(?:cuentan?|suman?|entran?)\b")


def without_corrected(said: Sentences, judged: Judged) -> Judged:
    """Without the numbers that are taken back: «10… perdón, fueron 11»."""
    for found in _CORRECTION.finditer(said.text):
        before = [
            pair for pair in judged if said.tokens[pair[0].start].start < found.start() and pair[0].value
        ]
        after = [
            pair
            for pair in judged
            if found.end() <= said.tokens[pair[0].start].start < found.end() + 30 and pair[0].value
        ]
        if before and after:
            noun = said.tokens[after[0][0].end - 1].text
            same = [pair for pair in before if said.tokens[pair[0].end - 1].text == noun]
            gone = (same or before)[-1]
            level = gone[0].level if gone[0].level is not None else after[0][0].level
            new = (replace(after[0][0], level=level), gone[1])
            judged = [new if pair is after[0] else pair for pair in judged if pair is not gone]
    return judged


def without_uncounted(said: Sentences, judged: Judged) -> Judged:
    """Without the number of which it is said that it does not count: «10 monitores, esos no cuentan»."""
    for found in _NOT_COUNTED.finditer(said.text):
        before = [each for each, _ in judged if said.tokens[each.start].start < found.start() and each.value]
        if before:
            judged = [(each, Effect.STEP if each is before[-1] else effect) for each, effect in judged]
    return judged


def is_corrected(said: Sentences, each: Mention) -> bool:
    """Whether what stands before a number takes another back."""
    start = said.tokens[each.start].start
    return any(start - 30 <= found.end() <= start for found in _CORRECTION.finditer(said.text))
