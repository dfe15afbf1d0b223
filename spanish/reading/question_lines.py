"""Which lines' figures are asked for: by what they count, else by their title, else their description."""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches

from models.programme.view import LineView, UnitView
from spanish.reading.progress_query import find_units
from spanish.writing.folding import fold

_ROOT = 6  # letters by which «asesoría» and «asesorías» are one word
_ALIKE = 0.85  # of 1, for words of six letters and more
_SILENT = frozenset((
    "favor", "porfa", "gracias", "digas", "saber",
    "de", "del", "la", "las", "el", "los", "lo", "y", "o", "e", "en", "a", "al", "con", "por", "para",
    "que", "se", "un",
    "una", "su", "sus", "este", "esta", "trimestre", "mes", "ano", "llevamos", "llevan", "lleva", "llevo",
    "van", "va",
    "vamos", "hay", "tenemos", "tiene", "tienen", "hemos", "han", "ha", "dado", "dimos", "hecho", "hechas",
    "faltan",
    "falta", "son", "linea", "unidad", "area", "direccion", "hicimos", "dieron", "hizo", "hasta", "ahora",
    "hoy",
    "nos", "le", "les", "me", "mi", "programa", "anual", "meta", "metas", "primer", "segundo", "tercer",
    "cuarto",
    "avance", "avances", "como", "todo", "general", "trabajo", "tramite", "tema", "lado", "cosas", "asunto",
))  # fmt: skip
_WHOLE = frozenset(("institucion", "todo", "todos", "todas", "secretaria", "general", "dependencia"))


def find_lines(said: str, units: Sequence[UnitView]) -> tuple[list[int], list[str]]:
    """The lines, and the words that did not name them; in the named units alone, where those have any.

    `said` is folded. No line where a word is about something else.
    """
    words = re.findall(r"[^\W_]+", said)
    if _WHOLE & set(words) or re.search(r"\blinea? \d|\bl\d", said):
        return [], words
    for named in (_measures, _titles, _descriptions):
        lines, used = _having(words, units, named)
        if not lines or (named is _descriptions and len(lines) > 1):
            continue
        rest = [word for word in words if word not in used]
        named_units = find_units(
            [word for word in rest if len(word) > 2 and word not in _SILENT], units
        ).units
        of_units = {unit.id for unit in named_units}
        own = [(unit, line) for unit, line in lines if unit.id in of_units]
        if named is not _measures and not own and of_units:
            continue
        return [line.id for _, line in own or lines], rest
    return [], words


def _having(
    words: Sequence[str], units: Sequence[UnitView], named: Callable[[LineView], str]
) -> tuple[list[tuple[UnitView, LineView]], set[str]]:
    """The lines that the words name so: of measures one word is enough, of titles it must be all of them.

    A word that names a unit is none of a title: «archivo» is said of the unit.
    """
    telling = [word for word in words if len(word) > 3 and word not in _SILENT and not word.isdecimal()]
    if named is not _measures:
        telling = [word for word in telling if not find_units([word], units).units]
    found, used = [], set()
    for unit in units:
        for line in unit.lines:
            known = [word for word in fold(named(line)).split() if len(word) > 3 and word not in _SILENT]
            meant = {word for word in telling if any(_same(word, each) for each in known)}
            if meant and (named is _measures or len(meant) == len(telling)):
                found.append((unit, line))
                used |= meant
    return found, used


def _measures(line: LineView) -> str:
    return " ".join(target.measure for target in line.targets)


def _titles(line: LineView) -> str:
    return line.title


def _descriptions(line: LineView) -> str:
    return line.description or ""


def _same(word: str, other: str) -> bool:
    if word[:_ROOT] == other[:_ROOT] or (word.rstrip("s") == other.rstrip("s")):
        return True
    if min(len(word), len(other)) < _ROOT:
        return False
    return bool(get_close_matches(word, [other], 1, _ALIKE))
