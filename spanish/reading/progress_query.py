"""What is asked with `/avance`: any order, accents and case ignored, typos forgiven. Pure.

First `read_words` takes out what says when and which line; the year then chooses the programme, and
`find_units` looks for the remaining words among its units.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from models.errors import Rejected
from models.programme.view import UnitView
from spanish.writing.days import MONTHS
from spanish.writing.folding import fold

FORGIVEN = 75  # how alike (of 100) a word must be to one it is taken for
AS_GOOD = 5  # units whose names match within this of the best are equally meant

_SILENT = frozenset((
    "de", "del", "la", "el", "las", "los", "lo", "y", "e", "en", "a", "al", "para", "por", "como", "va",
    "avance",
))  # fmt: skip
_POLITE = frozenset((
    "favor", "porfa", "porfavor", "porfis", "plis", "pls", "gracias", "hola", "quiero", "quisiera",
    "necesito", "ver", "saber", "dame", "deme", "dime", "muestrame", "muestreme", "buenos", "buenas", "dias",
    "tardes", "noches", "urge", "ok", "me", "cual", "es", "que", "van", "vamos", "sobre",
))  # fmt: skip
_ORDINALS = {
    "primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4,
    "primera": -1, "segunda": -2, "tercera": -3, "cuarta": -4,
    "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip
_MONTHS = {name: number for number, name in enumerate(MONTHS, 1)}
_SHORT_MONTHS = {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9, "set": 9, "setiembre": 9}
_QUARTER_WORDS = frozenset(("trimestre", "trim", "t", "q"))
_LINE_WORDS = frozenset(("linea", "lin", "l"))
_QUARTER = re.compile(r"[tq](\d{1,9})|(\d{1,9})[tq]|(\d)(?:er|ero|ro|do|to|o)")
_LINE = re.compile(r"(?:linea|l)(\d{1,3})|(\d{1,3})(?:a|ra|da|ta)")
_WHOLE = frozenset(("institucion", "todo", "todos", "todas", "general", "secretaria"))


@dataclass(frozen=True)
class ProgressQuery:
    """What a text asks for; None where it does not say. `words` are those that may name a unit."""

    words: tuple[str, ...] = ()
    line: int | None = None
    quarter: int | None = None
    month: int | None = None  # where a month was said; `quarter` is then its quarter
    year: int | None = None


@dataclass(frozen=True)
class Found:
    """The units that the words may mean, and the words that mean none; with such words nothing is certain."""

    units: tuple[UnitView, ...] = ()
    unknown: tuple[str, ...] = ()
    whole: bool = False  # the institution was named


def read_words(text: str) -> ProgressQuery:
    """Take out line, quarter, month and year.

    Raises `Rejected`: `quarter_impossible` for a T5, `asked_twice` for two lines,
    quarters or years. Months of one quarter are one answer.
    """
    plain = fold(re.sub("[º°]", "o", text.replace("ª", "a")))
    tokens = [token for token in re.sub(r"[^\w]+|_", " ", plain).split() if token not in _SILENT | _POLITE]
    said: dict[str, int] = {}
    words: list[str] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        taken, facts = _read_pair(token, after) or (1, _read_one(token))
        for what, value in (facts or {}).items():
            if said.setdefault(what, value) != value and what != "month":
                raise Rejected("asked_twice", what=what)
        if facts is None:
            words.append(token)
        place += taken
    if not 1 <= said.get("quarter", 1) <= 4:
        raise Rejected("quarter_impossible")
    return ProgressQuery(tuple(words), **said)


def _read_pair(token: str, after: str) -> tuple[int, dict[str, int]] | None:
    """Two words that belong together: «línea 3», «segunda línea», «trimestre 2», «2 trimestre»."""
    for names, what in ((_LINE_WORDS, "line"), (_QUARTER_WORDS, "quarter")):
        if token in names and (number := _number(after)) is not None:
            return 2, {what: number}
        if after in names and (number := _number(token)) is not None:
            return 2, {what: number}
    return None


def _number(token: str) -> int | None:
    """A bare number or an ordinal, of whichever gender."""
    if token.isdecimal() and len(token) <= 3:
        return int(token)
    if token in _ORDINALS:
        return abs(_ORDINALS[token])
    found = re.fullmatch(r"(\d{1,3})(?:er|ero|ro|do|to|ra|da|ta|o|a)", token)
    return int(found[1]) if found else None


def _read_one(token: str) -> dict[str, int] | None:
    """What a word says by itself; None if it may be part of a name."""
    if token.isdecimal():
        return {"year": int(token)} if len(token) == 4 else {"line": int(token)} if len(token) <= 3 else None
    if found := _QUARTER.fullmatch(token):
        return {"quarter": int(next(filter(None, found.groups())))}
    if found := _LINE.fullmatch(token):
        return {"line": int(next(filter(None, found.groups())))}
    if token in _ORDINALS and len(token) > 3:
        number = _ORDINALS[token]
        return {"quarter": number} if number > 0 else {"line": -number}
    if month := _MONTHS.get(token) or _SHORT_MONTHS.get(token):
        return {"month": month, "quarter": (month + 2) // 3}
    return {} if token in _QUARTER_WORDS else None


def correct_typos(query: ProgressQuery, unknown: Sequence[str]) -> ProgressQuery:
    """The query with misspelt months and ordinals understood: «febreo», «segudo»."""
    # Imported here and below: three megabytes that only misspellings ask for.
    from rapidfuzz import fuzz, process

    said: list[str] = []
    for word in query.words:
        near = process.extractOne(word, [*_MONTHS, *(o for o in _ORDINALS if len(o) > 4)], scorer=fuzz.ratio)
        mended = word in unknown and len(word) >= 5 and near is not None and near[1] >= FORGIVEN + 5
        said.append(near[0] if mended and near else word)
    if tuple(said) == query.words:
        return query
    return read_words(" ".join([*said, *_spoken(query)]))


def _spoken(query: ProgressQuery) -> list[str]:
    """What was understood already, as words again."""
    when = MONTHS[query.month - 1] if query.month else f"t{query.quarter}" if query.quarter else ""
    return [when, f"l{query.line}" if query.line is not None else "", str(query.year or "")]


def find_units(words: Sequence[str], units: Sequence[UnitView], institution: Sequence[str] = ()) -> Found:
    """The units that the words name: by key, name, alias or initials, each word forgiven its typos.

    Several units mean that somebody has to choose; `institution` are further names of the whole.
    """
    if not words:
        return Found()
    said = " ".join(words)
    if said in _WHOLE or said in {fold(name) for name in institution}:
        return Found(whole=True)
    names = {unit.id: _names(unit.key, unit.name, unit.aliases) for unit in units}
    exact = tuple(unit for unit in units if said in names[unit.id])
    if exact:
        return Found(exact)
    known = {id: {word for name in all_names for word in name.split()} for id, all_names in names.items()}
    unknown = tuple(word for word in words if not any(_means(word, known[unit.id]) for unit in units))
    if unknown:
        understood = [word for word in words if word not in unknown]
        return Found(_named_by(understood, units, known) if understood else (), unknown)
    whole = [unit for unit in units if all(_means(word, known[unit.id]) for word in words)]
    if not whole:
        return Found(_named_by(words, units, known))
    from rapidfuzz import fuzz

    scores = {unit.id: max(fuzz.WRatio(said, name) for name in names[unit.id]) for unit in whole}
    best = max(scores.values())
    return Found(tuple(unit for unit in whole if scores[unit.id] >= best - AS_GOOD))


def _named_by(
    words: Sequence[str], units: Sequence[UnitView], known: dict[int, set[str]]
) -> tuple[UnitView, ...]:
    return tuple(unit for unit in units if any(_means(word, known[unit.id]) for word in words))


@lru_cache(maxsize=256)
def _names(key: str, name: str, aliases: tuple[str, ...]) -> frozenset[str]:
    """What a unit answers to: key, name with and without its first word, aliases, initials."""
    name = fold(name)
    significant = [word for word in name.split() if word not in _SILENT]
    initials = {"".join(word[0] for word in significant), "".join(word[0] for word in name.split())}
    short = " ".join(significant[1:])
    return frozenset({name, short, fold(key.replace("-", " ")), *map(fold, aliases), *initials} - {""})


def _means(word: str, known: set[str]) -> bool:
    """Whether a word is one of those known, its beginning (three letters on), or a misspelling."""
    if word in known:
        return True
    if any(len(word) >= 3 and each.startswith(word) for each in known):
        return True
    # Not by rapidfuzz: its three megabytes would be loaded by the first word of the first message.
    long = [each for each in known if len(each) >= 4]
    return len(word) >= 4 and bool(get_close_matches(word, long, 1, FORGIVEN / 100))
