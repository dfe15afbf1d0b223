"""The units that a question names, by whole words of their names, clear abbreviations and slips of the pen.

A verb names no unit: «publicar» is not «Políticas Públicas».
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from models.programme.view import UnitView
from spanish.reading.questions.vocabulary import CLOSED_CLASS, is_known
from spanish.writing.folding import fold

_KINDS = frozenset((
    "unidad", "direccion", "coordinacion", "departamento", "secretaria", "subsecretaria", "jefatura", "area",
    "oficina", "subdireccion", "gerencia", "jurisdiccion", "facultad", "division", "organo", "delegacion",
    "instituto", "centro", "comision", "general",
))  # fmt: skip
_BEFORE_NAMES = frozenset((
    "de", "del", "la", "el", "los", "las", "a", "al", "en", "con", "y", "o", "como", "avance", "va", "van",
    "contra", "versus", "entre", "area", "direccion", "unidad", "coordinacion", "departamento", "lleva",
    "anda", "hizo", "tiene", "debe", "reporto", "pendientes", "informe", "reporte", "",
))  # fmt: skip
_LONG = 6  # letters from which on a slip is forgiven
_ALIKE = 0.84
_SHORTEST, _CUT = 3, 3  # letters of an abbreviation, and how many it leaves out at least
_WHOLE = re.compile(
    r"\b(?:(?:toda )?la (?:institucion|secretaria|dependencia)|institucion(?:al|almente)?|"
    r"(?:todas? (?:las )?|cada |por )"
    r"(?:areas?|unidad(?:es)?|direccion(?:es)?)|todos los organos|en general|general|global(?:mente)?)\b"
)
_OWN = re.compile(
    r"\b(?:mi|nuestr[oa]|su) (?:area|unidad|direccion|coordinacion|departamento|oficina|jefatura|equipo)\b|"
    r"\bnosotr[oa]s\b"
)


@dataclass(frozen=True)
class NamedUnits:
    """The units, and the words that did not name any. `whole`: the institution is named; `own`: one's own."""

    units: tuple[int, ...] = ()
    rest: tuple[str, ...] = ()
    whole: bool = False
    own: bool = False


@dataclass(frozen=True)
class _Names:
    """What units answer to: `runs` are whole names, `heads` first words, `single` words of one unit."""

    runs: tuple[tuple[tuple[str, ...], int], ...]
    heads: tuple[tuple[str, int], ...]
    single: dict[str, int]


def find_names(text: str, units: Sequence[UnitView]) -> NamedUnits:
    """Look for units in folded words."""
    whole, own = bool(_WHOLE.search(text)), bool(_OWN.search(text))
    words = _OWN.sub(" ", _WHOLE.sub(" ", text)).split()
    known = _names_of(tuple((unit.id, unit.key, unit.name, unit.aliases) for unit in units), _terms(units))
    found: list[int] = []
    rest: list[str] = []
    place = 0
    while place < len(words):
        unit_id, length = _at(words, place, known)
        if unit_id is None:
            rest.append(words[place])
        else:
            found.append(unit_id)
        place += length
    return NamedUnits(tuple(dict.fromkeys(found)), tuple(rest), whole, own)


def _at(words: list[str], place: int, known: _Names) -> tuple[int | None, int]:
    """The unit that is named from this word on, and of how many words."""
    for run, of_run in known.runs:
        if tuple(words[place : place + len(run)]) == run and (
            len(run[0]) > 2 or len(run) > 1 or _names_here(words, place)
        ):
            return of_run, len(run)
    word = words[place]
    if word in CLOSED_CLASS:
        return None, 1
    if (unit_id := known.single.get(word)) is not None:
        return unit_id, 1
    if not is_known(word) and _names_here(words, place):
        for head, of_unit in known.heads:
            if _stands_for(word, head):
                return of_unit, 1
    return None, 1


def _names_here(words: list[str], place: int) -> bool:
    """Whether a name may stand here: after a preposition or article, or alone."""
    before = words[place - 1] if place else ""
    return before in _BEFORE_NAMES or len(words) == 1


def _stands_for(word: str, name: str) -> bool:
    """A clear abbreviation («jur», «vinc»), another gender, or a slip."""
    if len(word) >= _SHORTEST and len(name) - len(word) >= _CUT and name.startswith(word) and len(word) <= 6:
        return True
    if min(len(word), len(name)) < _LONG:
        return False
    if word.rstrip("s") == name.rstrip("s"):  # «el sistema» is not «Sistemas»
        return False
    if word[:-1] == name[:-1] and {word[-1], name[-1]} == {"a", "o"}:
        return True
    return (
        SequenceMatcher(None, word, name).ratio() >= _ALIKE
        and abs(len(word) - len(name)) <= 2
        and word[0] == name[0]
    )


def _terms(units: Sequence[UnitView]) -> frozenset[str]:
    """Words of titles and measures: alone they speak of a line."""
    return frozenset(
        word
        for unit in units
        for line in unit.lines
        for text in (line.title, *(target.measure for target in line.targets))
        for word in fold(text).split()
    )


@lru_cache(maxsize=16)
def _names_of(units: tuple[tuple[int, str, str, tuple[str, ...]], ...], terms: frozenset[str]) -> _Names:
    runs: dict[tuple[str, ...], int] = {}
    heads: list[tuple[str, int]] = []
    counts: Counter[str] = Counter()
    of_word: dict[str, int] = {}
    for unit_id, key, name, aliases in units:
        words = fold(name).split()
        content = [word for word in words if word not in CLOSED_CLASS]
        proper = content[1:] if content and content[0] in _KINDS and len(content) > 1 else content
        start = words.index(proper[0]) if proper else 0
        initials = {"".join(word[0] for word in content), "".join(word[0] for word in words)}
        given = [
            words,
            words[start:],
            proper,
            key.replace("-", " ").split(),
            *(fold(each).split() for each in aliases),
        ]
        for run in (tuple(each) for each in (*given, *([each] for each in initials if len(each) > 1))):
            if run and not (len(run) == 1 and run[0] in CLOSED_CLASS):
                runs.setdefault(run, unit_id)
        heads += [
            (word, unit_id) for word in {*proper[:1], *(each for each in key.split("-") if len(each) > 4)}
        ]
        for word in set(proper):
            counts[word] += 1
            of_word[word] = unit_id
    head_of = Counter(word for word, _ in heads)
    single = {
        word: unit_id for word, unit_id in heads if head_of[word] == 1 and counts[word] == 1 and len(word) > 3
    }
    single |= {
        word: unit_id
        for word, unit_id in of_word.items()
        if counts[word] == 1 and len(word) > 4 and word not in terms
    }
    ordered = sorted(runs.items(), key=lambda each: -len(each[0]))
    return _Names(tuple(ordered), tuple(heads), single)
