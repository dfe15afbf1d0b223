"""The first sentence of a text, whole: a full stop of «No.», «Lic.» or «art.» ends none."""

import re

from spanish.reading.clauses.stops import is_abbreviation
from spanish.reading.wording import word_set
from spanish.writing.folding import fold

_STOP = re.compile(r"[.!?…][\"»”)]{0,2}(?=\s)")
_WORD_BEFORE = re.compile(r"([^\W\d_]{1,30})\.$")
_BEGINS = re.compile(r"\s+[\"“«(¿¡]*(?:[A-ZÁÉÍÓÚÜÑ\d]|[-•–*])")
_ABBREVIATED = word_set(
    "frac fraccs inc secc sec blvd carr pza lics ings mtras mtros arqs cp ca cv sa ac rl etc"
)


def first_sentence(text: str) -> str:
    """Return the text up to the end of its first sentence or line, without leading or trailing spaces."""
    lines = text.strip().splitlines()
    line = lines[0].strip() if lines else ""
    for stop in _STOP.finditer(line):
        if _BEGINS.match(line, stop.end()) and not _is_abbreviated(line[: stop.end()]):
            return line[: stop.end()]
    return line


def _is_abbreviated(before: str) -> bool:
    word = _WORD_BEFORE.search(before[-32:])
    if word is None:
        return False
    folded = fold(word[1])
    return is_abbreviation(folded) or folded in _ABBREVIATED
