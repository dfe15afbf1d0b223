"""Which line a text speaks of: what its words weigh for each line, the rarer among the lines the heavier.

Words are compared by their first six letters, as people hear them; a word of a line's title or measure weighs
more than one of its description or of its topic (`topics`). What was registered weighs as its own words do.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers.understanding.activity.measures import Counting, Kind, counting
from handlers.understanding.activity.numbers import NUMBER
from handlers.understanding.activity.precedents import learn
from handlers.understanding.activity.spoken import Spoken
from handlers.understanding.activity.topics import topics_of
from handlers.understanding.activity.wording import features, grams, root, roots
from models.precedents import Precedent
from models.programme_view import LineView, UnitView

# Tuned on `tests/data/phrases.csv`; all are on a plateau: half or twice as much changes two phrases of 130.
MEASURE, TITLE, TOPIC, DESCRIPTION, TOPIC_BELOW, UNIT = 3.0, 2.0, 1.5, 1.0, 0.8, 2.5
SHARED = 0.4  # a word of the description that is all over the unit: «Comisión Ejecutiva» in Jurídica
WEAK = 0.3  # times: words that tell little in any office
PAIR = 0.7  # times: two words that follow one another, which also count one by one
GRAM = 0.05  # times: three to five letters in a row, for what is misspelt
SMOOTH, SMOOTH_GRAM = 0.9, 0.5
COUNTED = 1.5  # where the text counts what only this line does: «2 asesorías»
LEARNT = 1.0  # a word that all of a line's many precedents have weighs three times that
ALIKE = 8.0  # times the square of how alike the likest precedent is, from 0 to 1
TELLING = 3  # words that are named as those that speak for a line
AHEAD = 0.9  # how far the first must be ahead of the second to be chosen

_COUNTED = re.compile(rf"{NUMBER} (?P<after>[^\W\d_]+)|\b(?P<before>[^\W\d_]+) ?: ?{NUMBER}")
_JOINING = frozenset(("de", "del", "la", "las", "los", "el", "y", "e", "a"))
_WEAK_WORDS = (
    "persona personal general publico publicas servidores documento organos areas unidad secretaria "
    "ejecutiva estado direccion sistema anual materia caracter administrativo acciones tecnico"
)
_WEAK = frozenset(root(word) for word in _WEAK_WORDS.split())


@dataclass(frozen=True)
class Ranked:
    """`telling`: roots of the words that speak most for this line."""

    line: LineView
    score: float
    telling: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Vocabulary:
    words: Mapping[str, float]
    grams: Mapping[str, float]
    counted: frozenset[str]  # nouns of its measures that hardly any other line counts


def rank(
    text: str, lines: Sequence[tuple[UnitView, LineView]], precedents: Sequence[Precedent]
) -> tuple[Ranked, ...]:
    """All the lines, the likeliest first; `text` is folded, its numbers in digits."""
    several = len({unit.id for unit, _ in lines}) > 1
    vocabularies = [_vocabulary_of(unit, line, several) for unit, line in lines]
    said = features(text)
    learnt = learn(roots(text), [line for _, line in lines], precedents)
    scores = [0.0] * len(lines)
    spoke: dict[str, list[float]] = {}
    for word in said:
        weak = word in _WEAK and not several  # else they name the unit
        times = (WEAK if weak else 1.0) * (PAIR if " " in word else 1.0)
        more = learnt.usual.get(word)
        weights = [each.words.get(word, 0.0) for each in vocabularies]
        if more:
            weights = [one + LEARNT * other for one, other in zip(weights, more, strict=True)]
        spoke[word] = _add(scores, weights, times, SMOOTH)
    for gram in grams(text):
        _add(scores, [each.grams.get(gram, 0.0) for each in vocabularies], GRAM, SMOOTH_GRAM)
    counted = _counted(text)
    counting_it = [place for place, each in enumerate(vocabularies) if counted & each.counted]
    if len(counting_it) == 1:
        scores[counting_it[0]] += COUNTED
    for place, likeness in enumerate(learnt.likest):
        scores[place] += ALIKE * likeness**2
    ranked = [Ranked(line, scores[place], _telling(spoke, place)) for place, (_, line) in enumerate(lines)]
    return tuple(sorted(ranked, key=lambda each: -each.score))


def choose(ranked: Sequence[Ranked]) -> LineView | None:
    """The first if it is clearly ahead, or alone."""
    if not ranked:
        return None
    first, *others = ranked
    return first.line if not others or first.score - others[0].score >= AHEAD else None


def _telling(spoke: Mapping[str, Sequence[float]], place: int) -> tuple[str, ...]:
    strong = {
        word: says[place] for word, says in spoke.items() if says and says[place] > 0 and " " not in word
    }
    return tuple(sorted(strong, key=lambda word: -strong[word])[:TELLING])


def _add(scores: list[float], weights: Sequence[float], times: float, smooth: float) -> list[float]:
    """Add what a word says for each line, and return it: nothing where all have it alike."""
    if not any(weights):
        return []
    mean = math.log(sum(weights) / len(weights) + smooth)
    says = [times * (math.log(weight + smooth) - mean) for weight in weights]
    for place, each in enumerate(says):
        scores[place] += each
    return says


def _counted(text: str) -> set[str]:
    """What the text counts: «5 acuerdos», «acuerdos: 5»."""
    return {root(found["after"] or found["before"]) for found in _COUNTED.finditer(text)}


def _vocabulary_of(unit: UnitView, line: LineView, several: bool) -> _Vocabulary:
    return _vocabulary(
        line.title,
        line.description or "",
        tuple(target.measure for target in line.targets),
        tuple(target.counts_when for target in line.targets if target.counts_when),
        unit.objective or "",
        (unit.name, *unit.aliases) if several else (),
    )


@lru_cache(maxsize=512)
def _vocabulary(
    title: str,
    description: str,
    measures: tuple[str, ...],
    conditions: tuple[str, ...],
    objective: str,
    unit: tuple[str, ...],
) -> _Vocabulary:
    """What a line's own words and those of its topics weigh; the title's also by their initials."""
    weights: dict[str, float] = {}
    named, told, counted = (Spoken.of(text).text for text in (title, description, " ; ".join(measures)))
    above = topics_of(f"{named} ; {counted}")
    below = topics_of(told) - above
    everywhere = features(Spoken.of(objective).text)
    how = [counting(measure) for measure in measures]
    nouns = frozenset().union(*(each.own | each.broad for each in how if each.kind is not Kind.PEOPLE))
    for found, weight in (
        (above, TOPIC),
        (below, TOPIC_BELOW),
        (features(told) - everywhere, DESCRIPTION),
        (features(told) & everywhere, SHARED),
        (features(" ; ".join(Spoken.of(each).text for each in conditions)), TITLE),
        (features(" ; ".join(Spoken.of(each).text for each in unit)), UNIT),
        (features(named), TITLE),
        (_initials(title), TITLE),
        (_initials(description), DESCRIPTION),
        (features(counted), MEASURE),
        (nouns, MEASURE),
    ):
        _raise(weights, found, weight)
    letters: dict[str, float] = {}
    for text, weight in ((told, 0.5), (named, 1.0), (counted, 1.0)):
        _raise(letters, grams(text), weight)
    return _Vocabulary(weights, letters, frozenset().union(*map(_counted_nouns, how)))


def _counted_nouns(how: Counting) -> frozenset[str]:
    """Nouns that with a number before them speak for a line: «2 asesorías», «45 asistentes»."""
    return how.own | how.broad if how.kind is Kind.PEOPLE else how.own - _WEAK


def _raise(weights: dict[str, float], found: Iterable[str], weight: float) -> None:
    for each in found:
        weights[each] = max(weight, weights.get(each, 0.0))


def _initials(text: str) -> list[str]:
    """«gi» of «Grupo Interdisciplinario»: of two to four words in capitals that follow one another."""
    found: list[str] = []
    run = ""
    for word in re.findall(r"\w+|[^\w\s]", text):
        if word[0].isupper():
            run += word[0]
            found += [run[-length:] for length in (2, 3, 4) if length <= len(run)]
        elif word not in _JOINING:
            run = ""
    return [root(Spoken.of(each).text) for each in found]
