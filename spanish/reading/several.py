"""Several things in one message, on different lines: each its own part. Pure.

«Ayer dimos 2 asesorías a 9 personas y también se hizo la sesión del grupo interdisciplinario». The text is
cut at line breaks, sentences, semicolons and «también»; it stays whole unless every part by itself is clearly
about a line of its own and tells of something finished.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.activities.precedents import Precedent
from models.programme.view import LineView, UnitView
from spanish.reading.activity import Understood, understand
from spanish.reading.courtesy import is_courtesy
from spanish.writing.folding import fold

MOST = 6  # cards from one message
LONGEST = 3000  # characters
Lines = Sequence[tuple[UnitView, LineView]]

_ALSO = r"(?:tambi.n|adem.s|asimismo|aparte|por otr[oa] (?:lado|parte)|de igual (?:forma|manera))"
_CUT = re.compile(
    rf"[\r\n]+|;\s+|(?<=\w\w\w)\.\s+(?=\S)|\.\s+(?={_ALSO}\b)|(?<=\d)\.\s+(?=[^\W\d_])|(?<!\s)\s{{0,4}},?\s{{1,4}}(?:y|"
    rf"e)\s{{1,4}}{_ALSO}\b,?\s*|"
    rf"(?<!\s)\s{{0,4}},\s{{0,4}}{_ALSO}\b,?\s*|"
    rf"(?<=\w)\s{{1,4}}{_ALSO}\s{{1,4}}(?=se\b|\w+(?:mos|ron)\b)",
    re.IGNORECASE,
)
_BULLET = re.compile(
    rf"^\s*(?:[-*\u2022\u00b7\u25aa\u2013\u2014]+|\(?\d{{1,2}}[.)°-]+|[a-z]\))\s*|"
    rf"^\s*{_ALSO}\b,?\s*",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:\w{2,}(?:amos|imos|aron|ieron|jeron)|se (?:\w+ )?\w{3,}o|hice|di|fui|quedo|quedaron|sesiono|"
    r"\w{3,}(?:ad|id)[oa]s?)\b"
)
_GOES_ON = re.compile(
    r"(?:fue|fueron|era|estuv\w+|asisti\w+|particip\w+|acudi\w+|con|en|se acord\w+|se anex\w+|hubo|"
    r"todo|todas|todos|ahi|alli|lo mismo|los mismos|las mismas|vinieron|son|eran)\b"
)
_ROOT = 6  # letters by which «sesión» and «sesiones» are one word
_STEP = re.compile(
    r"\b(?:estamos|sigo|seguimos|ando|andamos|falta|faltan|pendiente|preparando|solicit\w+|pedimos|"
    r"se pidio|apenas|todavia|aun no|"
    r"borrador|convoc\w+|para (?:preparar|revisar|ver)|vamos a|sera|va a)\b"
)


@dataclass(frozen=True)
class TextPart:
    """One thing told: its words, its line, and the days that an earlier part named for it, too."""

    text: str
    line_id: int
    days: tuple[date, date] | None


def split(text: str, lines: Lines, today: date, history: Sequence[Precedent] = ()) -> tuple[TextPart, ...]:
    """The parts, at least two, each on a line of its own; none where the text is about one thing.

    A clause that names no line belongs to the one before it, the first to the one after it.
    """
    if len(text) > LONGEST or len(lines) < 2:
        return ()
    clauses = [
        bare for each in _CUT.split(text) if (bare := _BULLET.sub("", each).strip()) and not is_courtesy(bare)
    ]
    if not 2 <= len(clauses) <= 5 * MOST:
        return ()
    known = {line.id: line for _, line in lines}
    gathered: dict[int, list[str]] = {}
    head: list[str] = []
    last: int | None = None
    for clause in clauses:
        said = understand(clause, lines, today, history)
        if said.line_id is not None and _begins_another(clause, said, known[said.line_id]):
            last = said.line_id
        (head if last is None else gathered.setdefault(last, [])).append(clause)
    if not 2 <= len(gathered) <= MOST:
        return ()
    first = next(iter(gathered))
    gathered[first] = [*head, *gathered[first]]
    return _parts(gathered, lines, today, history)


def _begins_another(clause: str, said: Understood, line: LineView) -> bool:
    """Whether the clause names its line or counts for it: «fue en la sala de juntas» does neither."""
    if _GOES_ON.match(fold(clause)):
        return False
    called = " ".join([line.title, line.description or "", *(target.measure for target in line.targets)])
    counts = any(each.quantity for each in said.said) and any(map(str.isdigit, clause))
    return counts or bool(_roots(clause) & _roots(called))


def _roots(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]{4,}", fold(text))
    return {(word[:-1] if word.endswith("s") else word)[:_ROOT] for word in words}


def _parts(
    gathered: dict[int, list[str]], lines: Lines, today: date, history: Sequence[Precedent]
) -> tuple[TextPart, ...]:
    parts: list[TextPart] = []
    days: tuple[date, date] | None = None
    for line_id, clauses in gathered.items():
        told = _joined(clauses)
        said = understand(told, lines, today, history)
        if said.line_id != line_id or not _finished(said, told):
            return ()
        named = (said.starts_on, said.ends_on) if said.starts_on and said.ends_on else None
        parts.append(TextPart(told, line_id, None if named else days))
        days = named or days
    return tuple(parts)


def _joined(clauses: list[str]) -> str:
    """One narrative of its clauses, with a heading («Hoy:») before what it heads."""
    told = ""
    for clause in clauses:
        bare = clause.rstrip(" .,;")
        told += ("" if not told else " " if told.endswith(":") else ". ") + (
            bare if told.endswith(":") else bare[:1].upper() + bare[1:]
        )
    return told.rstrip(":")


def _finished(said: Understood, told: str) -> bool:
    """Whether something of it counts, or was done at all."""
    if any(each.quantity for each in said.said):
        return True
    plain = fold(told)
    return not said.said and bool(_DONE.search(plain)) and not _STEP.search(plain)
