"""What the words of a programme weigh for each of its lines."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from models.programme.view import LineView, UnitView
from spanish.reading.activity.measures import Counting, MeasureKind, counting
from spanish.reading.activity.topics import topics_of
from spanish.reading.numbers.units import names_of
from spanish.reading.spoken import Spoken
from spanish.reading.wording import features, grams, root

# Tuned on `tests/data/phrases.csv`; all are on a plateau: half or twice as much changes two phrases of 130.
MEASURE, TITLE, TOPIC, DESCRIPTION, TOPIC_BELOW, UNIT = 3.0, 2.0, 1.5, 1.0, 0.8, 2.5
SHARED = 0.4  # a word of the description that is all over the unit: «Comisión Ejecutiva» in Jurídica
_JOINING = frozenset(("de", "del", "la", "las", "los", "el", "y", "e", "a"))
_WEAK_WORDS = (
    "persona personal general publico publicas servidores documento organos areas unidad secretaria "
    "ejecutiva estado direccion sistema anual materia caracter administrativo acciones tecnico"
)
WEAK = frozenset(root(word) for word in _WEAK_WORDS.split())  # they tell little in any office


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A line's words and few letters, by weight."""

    words: Mapping[str, float]
    grams: Mapping[str, float]
    named: frozenset[str]  # nouns of its measures, and those that cover all of them
    held: frozenset[str]  # those of them that are held: a course, a session
    counted: frozenset[str]  # nouns of its measures that hardly any other line counts
    people: bool  # those who took part are what it counts


def vocabulary(unit: UnitView, line: LineView, several: bool) -> Vocabulary:
    """The line's; of `several` units also the unit's names."""
    return _vocabulary(
        line.title,
        line.description or "",
        tuple(each for target in line.targets for each in (target.measure, *target.aliases)),
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
) -> Vocabulary:
    """What a line's own words and those of its topics weigh; the title's also by their initials."""
    weights: dict[str, float] = {}
    named, told, counted = (Spoken.of(text).text for text in (title, description, " ; ".join(measures)))
    above = topics_of(f"{named} ; {counted}")
    below = topics_of(told) - above
    everywhere = features(Spoken.of(objective).text)
    how = [counting(measure) for measure in measures]
    people = any(each.kind is MeasureKind.PEOPLE for each in how)
    units = frozenset().union(*(map(root, names_of(each.unit.dimension)) for each in how if each.unit))
    nouns = frozenset().union(*(each.own | each.broad for each in how if each.kind is not MeasureKind.PEOPLE))
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
        (features(counted) - units, MEASURE),  # «km 34» is a place: units speak where a number stands before
        (nouns - units, MEASURE),
    ):
        _raise(weights, found, weight)
    letters: dict[str, float] = {}
    for text, weight in ((told, 0.5), (named, 1.0), (counted, 1.0)):
        _raise(letters, grams(text), weight)
    held = frozenset().union(*(each.own | each.broad for each in how if each.kind is MeasureKind.EVENT))
    return Vocabulary(
        weights, letters, nouns - WEAK, held, frozenset().union(*map(_counted_nouns, how)), people
    )


def _counted_nouns(how: Counting) -> frozenset[str]:
    """Nouns that with a number before them speak for a line: «2 asesorías», «45 asistentes»."""
    if how.unit is not None:
        return frozenset(map(root, names_of(how.unit.dimension)))
    return how.own | how.broad if how.kind is MeasureKind.PEOPLE else how.own - WEAK


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
