"""Which line a text speaks of: what its words weigh for each line, the rarer among the lines the heavier.

Words are compared by their first six letters, as people hear them; a word of a line's title or measure weighs
more than one of its description or of its topic (`topics`). What was registered weighs as its own words do.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from models.activities.precedents import Precedent
from models.programme.view import LineView, UnitView
from spanish.reading.activity.precedents import learn
from spanish.reading.activity.vocabulary import WEAK, Vocabulary, vocabulary
from spanish.reading.numbers.digits import NUMBER
from spanish.reading.spoken import GAP
from spanish.reading.wording import features, grams, root, roots

# As the weights of `vocabulary`, on a plateau.
LITTLE = 0.3  # times: words that tell little in any office
PAIR = 0.7  # times: two words that follow one another, which also count one by one
GRAM = 0.05  # times: three to five letters in a row, for what is misspelt
SMOOTH, SMOOTH_GRAM = 0.9, 0.5
PEOPLE = 0.5  # times: where it is people that are counted, for they take part in whatever it is
COUNTED = 1.5  # where the text counts what only this line does: «2 asesorías»
LEARNT = 1.0  # a word that all of a line's many precedents have weighs three times that
ALIKE = 8.0  # times the square of how alike the likest precedent is, from 0 to 1
TELLING = 3  # words that are named as those that speak for a line
AHEAD = 0.9  # how far the first must be ahead of the second to be chosen

_COUNTED = re.compile(rf"{NUMBER} (?P<after>[^\W\d_]+)|\b(?P<before>[^\W\d_]+) ?: ?{NUMBER}")
_HEADING = re.compile(r"\W*(?:(?:el|la|un|una|1) )?(?P<noun>[^\W\d_]+)")  # «Capacitación en valoración»
_ASKING = re.compile(r"\bsolicit(?:o|e|amos|aron|a|an|ando|ar|ara|ado|ada)\b")
_REQUEST = re.compile(r"\bsolicitud(?:es)?\b|\b(?:sols?|peticion\w*|folios?)\b")
_REQUESTS = frozenset((root("solicitud"),))
# «La cotización de un taller», «instructor para el curso»: of what is prepared it is the other that counts.
_PREPARED = re.compile(
    r"\b(?:cotizacion(?:es)?|presupuesto|instructor\w*|ponentes?|facilitador\w*|fechas?|sede|temario|salon|"
    r"materiales|programacion|logistica|propuesta)(?: (?:economica|tecnica))? (?:del?|para)"
    r"(?: (?:el|la|los|las|un|una|\d+))? (?P<noun>[^\W\d_]+)"
)
_Says = Sequence[float]  # what something says for each line in order; empty: nothing


@dataclass(frozen=True)
class Ranked:
    """`telling`: roots of the words that speak most for this line."""

    line: LineView
    score: float
    telling: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class _Lines:
    """Lines side by side, and what was found out of them so far."""

    vocabularies: tuple[Vocabulary, ...]
    several: bool  # of several units
    _words: dict[str, _Says] = field(default_factory=dict)
    _grams: dict[str, _Says] = field(default_factory=dict)

    def word(self, word: str, more: Sequence[float] | None) -> _Says:
        """What a word says; `more` is what was learnt that it weighs."""
        weak = word in WEAK and not self.several  # else they name the unit
        times = (LITTLE if weak else 1.0) * (PAIR if " " in word else 1.0)
        if more:
            weights = [each.words.get(word, 0.0) for each in self.vocabularies]
            summed = [one + LEARNT * other for one, other in zip(weights, more, strict=True)]
            return _says(summed, times, SMOOTH)
        if (known := self._words.get(word)) is None:
            weights = [each.words.get(word, 0.0) for each in self.vocabularies]
            known = _says(weights, times, SMOOTH)
            if known:
                self._words[word] = known
        return known

    def gram(self, gram: str) -> _Says:
        if (known := self._grams.get(gram)) is None:
            known = _says([each.grams.get(gram, 0.0) for each in self.vocabularies], GRAM, SMOOTH_GRAM)
            if known:
                self._grams[gram] = known
        return known

    def counting(self, counted: set[str], prepared: set[str]) -> _Says:
        """What the nouns that the text counts, or what is prepared, say: where only one line counts them."""
        places = [
            place
            for place, each in enumerate(self.vocabularies)
            if counted & each.counted or prepared & each.held
        ]
        if len(places) != 1:
            return ()
        says = [0.0] * len(self.vocabularies)
        says[places[0]] = COUNTED * (PEOPLE if self.vocabularies[places[0]].people else 1.0)
        return says


def rank(
    text: str, lines: Sequence[tuple[UnitView, LineView]], precedents: Sequence[Precedent]
) -> tuple[Ranked, ...]:
    """All the lines, the likeliest first; `text` is folded, its numbers in digits."""
    if len(lines) < 2:
        return tuple(Ranked(line, 0.0) for _, line in lines)
    several = len({unit.id for unit, _ in lines}) > 1
    known = _side_by_side(tuple(vocabulary(unit, line, several) for unit, line in lines), several)
    text = _without_asking(text, known)
    learnt = learn(roots(text), [line for _, line in lines], precedents)
    spoke = {word: known.word(word, learnt.usual.get(word)) for word in features(text)}
    scores = _sum(
        len(lines),
        [*spoke.values(), *map(known.gram, grams(text)), known.counting(_counted(text), _prepared(text))],
    )
    scores = [score + ALIKE * like**2 for score, like in zip(scores, learnt.likest, strict=True)]
    ranked = [Ranked(line, scores[place], _telling(spoke, place)) for place, (_, line) in enumerate(lines)]
    return tuple(sorted(ranked, key=lambda each: -each.score))


def _without_asking(text: str, lines: _Lines) -> str:
    """The text without the verb of asking, where what is asked for is of another line than requests are:
    «se solicitó la cotización de un taller» is of the line of talleres.
    """
    if _ASKING.search(text) is None or _REQUEST.search(text):
        return text
    said = roots(text)
    asked = any(
        said & each.named and not each.named & _REQUESTS for each in lines.vocabularies if not each.people
    )
    return _ASKING.sub(GAP, text) if asked else text


def choose(ranked: Sequence[Ranked]) -> LineView | None:
    """The first if it is clearly ahead, or alone."""
    if not ranked:
        return None
    first, *others = ranked
    return first.line if not others or first.score - others[0].score >= AHEAD else None


@lru_cache(maxsize=64)
def _side_by_side(vocabularies: tuple[Vocabulary, ...], several: bool) -> _Lines:
    return _Lines(vocabularies, several)


def _telling(spoke: Mapping[str, Sequence[float]], place: int) -> tuple[str, ...]:
    strong = {
        word: says[place] for word, says in spoke.items() if says and says[place] > 0 and " " not in word
    }
    return tuple(sorted(strong, key=lambda word: (-strong[word], word))[:TELLING])


def _says(weights: Sequence[float], times: float, smooth: float) -> _Says:
    """What so much weight in each line says for it: nothing where all have it alike."""
    if not any(weights):
        return ()
    mean = math.log(sum(weights) / len(weights) + smooth)
    return tuple(times * (math.log(weight + smooth) - mean) for weight in weights)


def _sum(length: int, all_says: Sequence[_Says]) -> list[float]:
    spoken = [says for says in all_says if says]
    return [math.fsum(each) for each in zip(*spoken, strict=True)] if spoken else [0.0] * length


def _counted(text: str) -> set[str]:
    """What the text counts, or begins with: «5 acuerdos», «acuerdos: 5», «Curso de Excel»."""
    heading = _HEADING.match(text)
    counted = {root(found["after"] or found["before"]) for found in _COUNTED.finditer(text)}
    return counted | ({root(heading["noun"])} if heading else set())


def _prepared(text: str) -> set[str]:
    """What it is for that the text tells of: «la cotización de un taller»."""
    return {root(found["noun"]) for found in _PREPARED.finditer(text)}
