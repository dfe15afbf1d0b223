"""Which line a text speaks of: the words that both have, the rarer among the lines the heavier."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers.understanding.activity.numbers import NUMBER, in_digits
from handlers.understanding.days import fold
from models.programme_view import LineView, UnitView

# Measured on 130 real phrases, each among its unit's lines: with these 74 get a line and 70 of them the right
# one. With more the bot asks oftener and errs little less; with 2 and 1.3 it chooses 84 and errs in 7.
LEAST = 3.0  # what a line must score to be chosen: about two telling words
AHEAD = 1.5  # how many times the score of the second

_MEASURE, _TITLE, _UNIT, _DESCRIPTION = 3, 2, 2, 1
_ROOT = 6  # letters by which «asesoría» and «asesorías», «capacitamos» and «capacitación» are one word
_SILENT_WORDS = (
    "al ante asi ayer bajo como con contra cual cuando de del desde dia dias donde durante el ella ellas "
    "ellos en entre era eran esa ese eso esta estan estas este esto estos falta faltan fue fueron ha han "
    "hasta hay hoy la las le les lo los me mi mis muy nada ni no nos otra otro pa para pero por porque "
    "que quien se ser si sin sobre solo son su sus tal tales tambien tan te toda todas todo todos un una "
    "unas uno unos ya"
)
_SILENT = frozenset(_SILENT_WORDS.split())
_COUNTED = re.compile(rf"{NUMBER} (?P<after>[^\W\d_]+)|\b(?P<before>[^\W\d_]+) ?: ?{NUMBER}")
# How office staff shorten words.
_SHORT = {
    "reu": "reunion", "mtto": "mantenimiento", "mttos": "mantenimiento", "admvo": "administrativo",
    "admva": "administrativa", "gral": "general", "ord": "ordinaria", "capac": "capacitacion",
    "doc": "documento", "docs": "documento", "inf": "informe", "mpal": "municipal", "mpales": "municipal",
}  # fmt: skip
# As people hear it: «capasitación», «aprovó».
_HEARD = ((re.compile(r"z|c(?=[ei])"), "s"), (re.compile("v"), "b"), (re.compile(r"(?<!c)h"), ""))
# Everything that an office makes is a document: the word tells lines apart less than others do.
_COMMON = frozenset(("documento", "documentos", "doc", "docs"))


@dataclass(frozen=True)
class Ranked:
    line: LineView
    score: float


def rank(text: str, lines: Sequence[tuple[UnitView, LineView]]) -> tuple[Ranked, ...]:
    """All the lines, the likeliest first; `text` is folded."""
    several = len({unit.id for unit, _ in lines}) > 1
    vocabularies = [
        _vocabulary(
            tuple(target.measure for target in line.targets),
            line.title,
            line.description or "",
            (unit.name, *unit.aliases) if several else (),
        )
        for unit, line in lines
    ]
    shared = Counter(word for vocabulary in vocabularies for word in vocabulary)
    rarity = {word: math.log((len(lines) + 1) / (count + 0.5)) for word, count in shared.items()}
    said = {root(word) for word in words(text)}
    counted = _counted(text, lines)
    scores = [
        math.fsum(weights[word] * rarity[word] for word in said & weights.keys()) for weights in vocabularies
    ]
    ranked = [
        Ranked(line, score + (LEAST if line.id == counted else 0))
        for (_, line), score in zip(lines, scores, strict=True)
    ]
    return tuple(sorted(ranked, key=lambda each: -each.score))


def choose(ranked: Sequence[Ranked]) -> LineView | None:
    """The first if it is clearly ahead, or alone."""
    if not ranked:
        return None
    first, *others = ranked
    if others and (first.score < LEAST or first.score < AHEAD * others[0].score):
        return None
    return first.line


def _counted(text: str, lines: Sequence[tuple[UnitView, LineView]]) -> int | None:
    """The only line in whose measure the text counts something: «5 acuerdos», «acuerdos: 5»."""
    said = {
        root(found["before"] or found["after"])
        for found in _COUNTED.finditer(text)
        if (found["before"] or found["after"]) not in _COMMON
    }
    counting = [
        line.id
        for _, line in lines
        if said & {root(word) for target in line.targets for word in words(fold(target.measure))}
    ]
    return counting[0] if len(counting) == 1 else None


@lru_cache(maxsize=512)
def _vocabulary(
    measures: tuple[str, ...], title: str, description: str, unit: tuple[str, ...]
) -> dict[str, int]:
    """The roots of a line's words and how heavy each is; titles and measures also by their initials."""
    weights: dict[str, int] = {}
    for texts, weight in (
        ((description,), _DESCRIPTION),
        (unit, _UNIT),
        ((title,), _TITLE),
        (measures, _MEASURE),
    ):
        for text in texts:
            said = words(in_digits(text))
            initials = _initials(said) if weight > _DESCRIPTION else []
            for each in (*initials, *map(root, said)):
                weights[each] = max(weight, weights.get(each, 0))
            for common in _COMMON & set(said):
                weights[root(common)] = _DESCRIPTION
    return weights


def words(folded: str) -> list[str]:
    """Those that carry meaning."""
    return [word for word in re.findall(r"[^\W\d_]{2,}", folded) if word not in _SILENT]


def _initials(words: list[str]) -> list[str]:
    """«gi» of «Grupo Interdisciplinario»: of any two to four words that follow one another."""
    return [
        "".join(word[0] for word in words[start : start + length])
        for length in (2, 3, 4)
        for start in range(len(words) - length + 1)
    ]


def root(word: str) -> str:
    """What a word shares with its plural, its kin and its misspellings."""
    word = _SHORT.get(word, word)
    for pattern, letter in _HEARD:
        word = pattern.sub(letter, word)
    return (word[:-1] if len(word) > 3 and word.endswith("s") else word)[:_ROOT]
