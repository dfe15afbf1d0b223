"""Several things in one message, on different lines: each its own part. Pure.

«Ayer dimos 2 asesorías a 9 personas y también se hizo la sesión del grupo interdisciplinario». The text is
cut at line breaks, sentences, semicolons, «también», and before a clause that «y» joins and that tells of
something done; it stays whole unless every part by itself is clearly about a line of its own and finished.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.activities.precedents import Precedent
from models.programme.view import LineView, UnitView
from spanish.reading.activity import Understood, understand
from spanish.reading.activity.measures import MeasureKind, counting
from spanish.reading.clauses.clause import Completion
from spanish.reading.clauses.sentences import Sentences, read_sentences
from spanish.reading.clauses.stops import ends
from spanish.reading.clauses.verbs import VerbKind
from spanish.reading.closed_words import mend
from spanish.reading.courtesy import is_courtesy
from spanish.reading.numbers.digits import in_digits
from spanish.reading.spoken import Spoken
from spanish.reading.wording import root
from spanish.writing.folding import fold

MOST = 6  # cards from one message
LONGEST = 3000  # characters
Lines = Sequence[tuple[UnitView, LineView]]

_ALSO = r"(?:tambi.n|adem.s|asimismo|aparte|de paso|por otr[oa] (?:lado|parte)|de igual (?:forma|manera))"
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
_GOES_ON = re.compile(
    r"(?:fue|fueron|era|estuv\w+|asisti\w+|particip\w+|acudi\w+|con|en|se acord\w+|se anex\w+|hubo|"
    r"todo|todas|todos|ahi|alli|lo mismo|los mismos|las mismas|vinieron|son|eran)\b"
)
_ONLY_NUMBERED = re.compile(
    r"\W*(?:con )?(?:folio|oficio|of|ofi|memo|acuse|expediente)\b[^a-z]{0,3}\S{0,40}\W*"
)
_AND = re.compile(r"(?:, ?)?[ye]\s", re.IGNORECASE)
_OPEN = frozenset(
    {Completion.NEGATED, Completion.PLANNED, Completion.UNDERWAY, Completion.LACKING, Completion.WISHED}
)
_ROOT = 6  # letters by which «sesión» and «sesiones» are one word


@dataclass(frozen=True)
class TextPart:
    """One thing told: its words, its line, and the days that an earlier part named for it, too."""

    text: str
    line_id: int
    days: tuple[date, date] | None


@dataclass(frozen=True)
class _Piece:
    """A piece of the text; `glue`: what joins it to the piece before in one sentence, else empty."""

    text: str
    place: int
    glue: str = ""


def split(text: str, lines: Lines, today: date, history: Sequence[Precedent] = ()) -> tuple[TextPart, ...]:
    """The parts, at least two, each on a line of its own; none where the text is about one thing.

    A piece that names no line belongs to the one before it, the first to the one after it.
    """
    if len(text) > LONGEST or len(lines) < 2:
        return ()
    pieces = _cut(text, lines)
    if not 2 <= len(pieces) <= 5 * MOST:
        return ()
    known = {line.id: line for _, line in lines}
    gathered: dict[int, list[_Piece]] = {}
    head: list[_Piece] = []
    last: int | None = None
    for piece in pieces:
        said = understand(piece.text, lines, today, history)
        if said.line_id is not None and _begins_another(
            piece.text, said, known[said.line_id], bool(piece.glue)
        ):
            last = said.line_id
        (head if last is None else gathered.setdefault(last, [])).append(piece)
    if not 2 <= len(gathered) <= MOST:
        return ()
    first = next(iter(gathered))
    gathered[first] = [*head, *gathered[first]]
    shared = understand(text, lines, today, history) if len(_sentences(text).clauses) < 3 else None
    days = (shared.starts_on, shared.ends_on) if shared and shared.starts_on and shared.ends_on else None
    return _parts(gathered, lines, today, history, days)


def _cut(text: str, lines: Lines) -> list[_Piece]:
    """The pieces between stops, and within a sentence those that tell of something done by themselves,
    or how much of another line."""
    pieces: list[_Piece] = []
    for sentence in _between_stops(text):
        bare = _BULLET.sub("", sentence).strip()
        if bare and not is_courtesy(bare):
            for glue, clause in _clauses(bare, lines):
                for inner, counted in _counted_apart(clause, lines):
                    pieces.append(_Piece(counted, len(pieces), inner or glue))
    return pieces


def _between_stops(text: str) -> Iterator[str]:
    said = _sentences(text)
    stops = {said.span(at, at + 1)[0] for at in range(len(said.tokens)) if ends(said.tokens, at)}
    start = 0
    for found in _CUT.finditer(text):
        if not found[0].startswith(".") or found.start() in stops:  # «col. Centro» ends nothing
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _clauses(sentence: str, lines: Lines) -> Iterator[tuple[str, str]]:
    """The sentence before each clause that is joined by «y» and tells of something done: «…» y «…».

    In a list that ends with «y» those before it are joined by commas.
    """
    said = _sentences(sentence)
    told = [
        said.span(each.first, each.last)[0]
        for each in said.clauses
        if each.outcome is Completion.DONE
        and each.strong
        and not each.relative
        and each.kind is not VerbKind.TELL
    ]
    before = [at for at, each in enumerate(said.tokens) if told and said.span(at, at + 1)[1] <= told[0]]
    headed = any(_line_counting(said, at, lines) for at in before if said.tokens[at].is_number)
    joints = [(place, _AND.match(sentence, place)) for place in (told if headed else told[1:])]
    last = max((at for at, (_, found) in enumerate(joints) if found), default=-1)
    start, glue = 0, ""
    for place, found in joints[: last + 1]:
        if found or sentence[start:place].rstrip().endswith(","):
            yield glue, sentence[start:place].rstrip(" ,")
            start, glue = found.end() if found else place, found[0] if found else ", "
    yield glue, sentence[start:]


def _counted_apart(sentence: str, lines: Lines) -> Iterator[tuple[str, str]]:
    """The sentence before each number of what only another line counts: «40 despensas *y* 12 consultas»."""
    said = _sentences(sentence)
    tokens = said.tokens
    start, glue, before = 0, "", None
    for at, token in enumerate(tokens):
        line = _line_counting(said, at, lines) if token.is_number else None
        joined = at > 0 and tokens[at - 1].role is None and tokens[at - 1].text in ("y", "e", ",")
        place = said.span(at - 1, at)[0] if joined else 0
        if line not in (None, before) and any(map(str.isdigit, sentence[start:place])):
            yield glue, sentence[start:place].rstrip(" ,")
            glue = tokens[at - 1].text if tokens[at - 1].text == "," else f"{tokens[at - 1].text} "
            start = said.span(at, at + 1)[0]
        before = line or before
    yield glue, sentence[start:]


def _line_counting(said: Sentences, at: int, lines: Lines) -> int | None:
    """The id of the only line whose measure is the noun, or the unit, of the number at a token."""
    amount = said.amounts.get(said.tokens[at].start)
    nouns = {root(token.text) for token in said.tokens[at + 1 : at + 2] if token.is_word}
    found = set()
    for _, line in lines:
        for target in line.targets:
            how = counting(target.measure, target.aliases)
            unit = amount.unit if amount is not None else None
            of_unit = how.unit is not None and unit is not None and how.unit.dimension is unit.dimension
            people = how.kind is MeasureKind.PEOPLE  # who took part is of the same activity
            if not (target.informative or people) and (of_unit or (how.unit is None and nouns & how.own)):
                found.add(line.id)
    return found.pop() if len(found) == 1 else None


def _sentences(text: str) -> Sentences:
    return read_sentences(text, mend(in_digits(Spoken.of(text))), ())


def _begins_another(piece: str, said: Understood, line: LineView, glued: bool) -> bool:
    """Whether the piece names its line or counts for it: «fue en la sala de juntas» does neither.

    What is `glued` to a sentence must say more of its line than a sentence does.
    """
    if _GOES_ON.match(fold(piece)) or _ONLY_NUMBERED.fullmatch(fold(piece)):
        return False
    counts = any(each.quantity for each in said.said)
    if counts and (said.where.quantity or (not glued and _tells_a_number(piece))):
        return True
    roots = _roots(piece)
    called = _roots(" ".join([line.title, line.description or ""]))
    if any(roots & _roots(target.measure) for target in line.targets):
        return True
    return len(roots & called) > (1 if glued else 0)


def _tells_a_number(piece: str) -> bool:
    """Whether a verb tells of something done, and a number stands beside it: «Terminamos 1 zafarrancho»."""
    done = [each for each in _sentences(piece).clauses if each.outcome is Completion.DONE and each.strong]
    return bool(done) and any(map(str.isdigit, piece))


def _roots(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]{4,}", fold(text))
    return {(word[:-1] if word.endswith("s") else word)[:_ROOT] for word in words}


def _parts(
    gathered: dict[int, list[_Piece]],
    lines: Lines,
    today: date,
    history: Sequence[Precedent],
    days: tuple[date, date] | None,
) -> tuple[TextPart, ...]:
    """`days`: those of all parts that name none."""
    parts: list[TextPart] = []
    for line_id, pieces in gathered.items():
        told = _joined(pieces)
        said = understand(told, lines, today, history)
        if said.line_id != line_id or not _finished(said, told):
            return ()
        named = (said.starts_on, said.ends_on) if said.starts_on and said.ends_on else None
        parts.append(TextPart(told, line_id, None if named else days))
        days = named or days
    return tuple(parts)


def _joined(pieces: list[_Piece]) -> str:
    """One narrative of its pieces, with a heading («Hoy:») before what it heads."""
    told = ""
    before: int | None = None
    for piece in pieces:
        bare = piece.text.rstrip(" .,;")
        if told and piece.glue and before == piece.place - 1:
            told += f"{'' if piece.glue.startswith(',') else ' '}{piece.glue.strip()} {bare}"
        else:
            headed = told.endswith(":")
            told += "" if not told else " " if headed else ". "
            told += bare if headed else bare[:1].upper() + bare[1:]
        before = piece.place
    return told.rstrip(":")


def _finished(said: Understood, told: str) -> bool:
    """Whether something of it counts, or was done at all."""
    clauses = [each for each in _sentences(told).clauses if not each.relative]
    outcomes = {each.outcome for each in clauses}
    if any(each.quantity for each in said.said):
        return Completion.DONE in outcomes or not outcomes & _OPEN
    return not said.said and Completion.DONE in outcomes and not outcomes & _OPEN
