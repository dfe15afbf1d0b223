"""Which lines a question names: by their title, by what they count, else by their description. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from models.programme.view import LineView, UnitView
from spanish.reading.questions.vocabulary import CLOSED_CLASS, is_known
from spanish.writing.folding import fold

_ROOT = 6  # letters by which «asesoría» and «asesorías», «capacitar» and «capacitación» are one word
_ALIKE = 0.86  # of 1, for words of six letters and more


@dataclass(frozen=True)
class NamedLines:
    """Ids of lines, and the words that name none; `by_measure`: by what they count."""

    lines: tuple[int, ...] = ()
    rest: tuple[str, ...] = ()
    by_measure: bool = False


def find_lines(words: Sequence[str], units: Sequence[UnitView]) -> NamedLines:
    """The lines that the words name among those units'.

    A title is named by two of its words, or by its only one; a measure by one. Of several lines with that
    measure those are meant of whose titles most words are said.
    """
    telling = [word for word in words if word not in CLOSED_CLASS and not word.isdecimal() and len(word) > 2]
    if not telling:
        return NamedLines(rest=tuple(words))
    lines = [line for unit in units for line in unit.lines]
    titled = _best(telling, lines, _title, least=2)
    measured = _best(telling, lines, _measures, least=1)
    if titled and not _outdone(titled, measured):
        return _named(titled, words, by_measure=bool(measured))
    if measured:
        return _named(_narrowed(measured, telling, lines), words, by_measure=True)
    for text, least in ((_title, 1), (_description, 1)):
        told = [word for word in telling if not is_known(word) or len(telling) == 1]
        found = _best(told, lines, text, least=least)
        if found and (text is _title or len(found) == 1):
            return _named(found, words, by_measure=False)
    return NamedLines(rest=tuple(words))


Matches = dict[int, set[str]]  # by line, the words that name it


def says_of(word: str, line_ids: Collection[int], units: Sequence[UnitView]) -> bool:
    """Whether the word is of the title, the measures or the description of one of those lines."""
    return any(
        same(word, each)
        for unit in units
        for line in unit.lines
        if line.id in line_ids
        for text in (_title(line), _measures(line), _description(line))
        for each in _content(text)
    )


def lines_about(words: Sequence[str], units: Sequence[UnitView]) -> tuple[int, ...]:
    """Every line of whose title or measures one of the words is."""
    telling = [word for word in words if word not in CLOSED_CLASS and len(word) > 3]
    lines = [line for unit in units for line in unit.lines]
    return tuple(
        line.id
        for line in lines
        if any(
            same(word, each)
            for word in telling
            for each in (*_content(_title(line)), *_content(_measures(line)))
        )
    )


def _best(
    words: Sequence[str], lines: Sequence[LineView], text: Callable[[LineView], str], least: int
) -> Matches:
    """The lines of whose text most words are said, at least so many, or all that it has."""
    found: Matches = {}
    for line in lines:
        known = _content(text(line))
        said = {word for word in words if any(same(word, each) for each in known)}
        if said and len({each for each in known if any(same(word, each) for word in said)}) >= min(
            least, len(known)
        ):
            found[line.id] = said
    points = {line.id: _points(found[line.id], _content(text(line))) for line in lines if line.id in found}
    most = max(points.values(), default=0)
    return {line_id: said for line_id, said in found.items() if points[line_id] == most}


def _points(said: set[str], known: Sequence[str]) -> int:
    """A word that is said as it stands, in whichever number, is worth two that are only of its family."""
    stems = {each.rstrip("s") for each in known}
    return sum(2 if word.rstrip("s") in stems else 1 for word in said)


def _outdone(titled: Matches, measured: Matches) -> bool:
    """Whether a measure is said where the title is no more than one word: «capacitaciones» counts them."""
    return bool(measured) and max(map(len, titled.values())) < 2


def _narrowed(measured: Matches, words: Sequence[str], lines: Sequence[LineView]) -> Matches:
    """Of the lines that count the same, those whose titles or descriptions have more of the words."""
    if len(measured) == 1:
        return measured
    among = [line for line in lines if line.id in measured]
    others = [word for word in words if not any(word in said for said in measured.values())]
    for text in (_title, _description):
        if others and (more := _best(others, among, text, least=1)):
            return {line_id: measured[line_id] | said for line_id, said in more.items()}
    return measured


def _named(found: Matches, words: Sequence[str], by_measure: bool) -> NamedLines:
    used = set().union(*found.values())
    return NamedLines(tuple(found), tuple(word for word in words if word not in used), by_measure)


@lru_cache(maxsize=2048)
def _content(text: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            word
            for word in fold(text).replace(",", " ").split()
            if word not in CLOSED_CLASS and len(word) > 2
        )
    )


def _title(line: LineView) -> str:
    return line.title


def _measures(line: LineView) -> str:
    return " ".join(target.measure for target in line.targets)


def _description(line: LineView) -> str:
    return line.description or ""


@lru_cache(maxsize=16384)
def same(word: str, other: str) -> bool:
    """Whether two words are one but for their ending, or a slip."""
    if word == other or word.rstrip("s") == other.rstrip("s"):
        return True
    if min(len(word), len(other)) < _ROOT:
        return False
    if word[:_ROOT] == other[:_ROOT]:
        return True
    return word[0] == other[0] and SequenceMatcher(None, word, other).ratio() >= _ALIKE
