"""How much of each target of a line a text says: «1 acta y 4 acuerdos», «5 acuerdos, 2 por publicar»."""

import re
from datetime import date
from functools import lru_cache
from itertools import takewhile

from handlers.understanding.activity.attendance import PEOPLE
from handlers.understanding.activity.facts import Said
from handlers.understanding.activity.likeness import root, words
from handlers.understanding.activity.numbers import NUMBER
from handlers.understanding.activity.spoken import GAP
from handlers.understanding.days import fold
from handlers.understanding.quantities import read_quantity
from models.errors import Rejected
from models.filled import Participants
from models.programme_view import LineView, TargetView
from models.registration import check_quantity

ALL = -1  # pending: as many as were done
_REACH = 30  # characters before a number that say whether it was done
_CONDITION = 7  # letters by which «publicado», «publicar» and «publicación» are one word
_COUNTED = re.compile(rf"(?P<number>{NUMBER}|\b(?:un|una)\b)(?P<words>(?: [^\W\d_]+){{1,3}})")
_LISTED = re.compile(rf"\b(?P<words>[^\W\d_]+) ?: ?(?P<number>{NUMBER})")
_BETWEEN = frozenset(
    ["de", "del", "la", "las", "los", "el", "y", "o", "e", "en", "a", "al", "con", "por", "para"]
)
# Not done, or not by this message: «faltan 2 actas», «de las 3 solicitudes», «tocaban 9 equipos».
_NOT_DONE = re.compile(
    r"\b(?:falt\w+|pendientes?|de l[oa]s|a l[oa]s|tocaban|pidieron|para|ni|no|sin|hasta)(?: otr[oa]s)? $"
)
_DONE = re.compile(
    rf"\b(?:\w+mos|\w+ron|hice|di|lleve) (?P<number>{NUMBER})(?= ?[,.;:()]| (?:a|al|con|en|por)\b|$)"
)
_ALONE = re.compile(rf"\W*(?P<number>{NUMBER})\W*")


def find_quantities(text: str, line: LineView, people: Participants | None, on: date) -> tuple[Said, ...]:
    """What is said of each target; nothing of those of which the text says nothing sure.

    `text` is what is left when documents, days and participants are cut out of it.
    """
    said = []
    for target in line.targets:
        pending, rest = _find_pending(text, target) if target.counts_when else (None, text)
        quantity = _people_counted(target, people) if people else None
        if quantity is None:
            quantity = _counted(rest, target, target.measure)
        if quantity is None and len(line.targets) == 1:
            quantity = _counted(rest, target, f"{line.title} {line.description or ''}")
            quantity = _lone(rest, target) if quantity is None else quantity
        if quantity is None or not _allowed(target, quantity, on):
            continue
        pending = quantity if pending is ALL else pending
        said.append(Said(target.id, quantity, pending if pending is None or pending <= quantity else None))
    return tuple(said)


def _people_counted(target: TargetView, people: Participants) -> int | None:
    """Where people are what is counted, those who took part are the quantity."""
    counts_people = re.match(PEOPLE, fold(target.measure))
    return people.participants * 10**target.decimals if counts_people else None


def _counted(text: str, target: TargetView, names: str) -> int | None:
    """The number that stands before a word of `names`, or after it and a colon; None for two that differ."""
    roots = {root(word) for word in words(fold(names))}
    quantities = {
        _scaled(found["number"], target)
        for pattern in (_COUNTED, _LISTED)
        for found in pattern.finditer(text)
        if _names(found["words"], roots) and not _NOT_DONE.search(text, *_before(found))
    }
    return quantities.pop() if len(quantities) == 1 else None


def _names(said: str, roots: set[str]) -> bool:
    """Whether what is counted is the measure: its first words, no further than the first «de» or «y»."""
    counted = list(takewhile(lambda word: word not in _BETWEEN, said.split()))
    other = any(word.startswith("extra") and root(word) not in roots for word in counted)
    return not other and any(root(word) in roots for word in counted[:2])


def _lone(text: str, target: TargetView) -> int | None:
    """A number that is all there is, or that only a verb goes with: «hoy contestamos 2, la otra…»."""
    found = _ALONE.fullmatch(text) or _DONE.search(text)
    return _scaled(found["number"], target) if found else None


def _find_pending(text: str, target: TargetView) -> tuple[int | None, str]:
    """How many are said to wait for the target's condition (`ALL`: every one), and the text without that."""
    condition = next(iter(words(fold(target.counts_when or ""))), "pendiente")
    for pattern, quantity in _waiting(condition[:_CONDITION]):
        if found := pattern.search(text):
            pending = _scaled(found["number"], target) if quantity is None else quantity
            return pending, text[: found.start()] + GAP + text[found.end() :]
    return None, text


@lru_cache(maxsize=64)
def _waiting(condition: str) -> tuple[tuple[re.Pattern[str], int | None], ...]:
    """How people say that some, all or none still wait to be «publicado»; None: as many as the number."""
    met = rf"{condition}\w*"
    waits = rf"(?:(?:por|sin|no) {met}|pendientes?(?: de {met})?)"
    still = r"(?: (?:estan?|quedan?|siguen?|aun|todavia))*"
    patterns = (
        (rf"(?P<number>{NUMBER})(?: [^\W\d_]+)?{still} {waits}", None),
        (rf"\b(?:faltan?|quedan?)(?: por)?(?: {met})? (?P<number>{NUMBER})(?: {waits})?", None),
        (rf"\b(?:ningun[oa]?|ni un[oa]?)(?: \w+)? {met}", ALL),
        (rf"\b(?:tod|amb)[oa]s{still} {waits}", ALL),
        (rf"\b(?:ya|tod[oa]s|amb[oa]s){still} {condition}[a-z]*[oa]s\b", 0),
    )
    return tuple((re.compile(pattern), quantity) for pattern, quantity in patterns)


def _scaled(number: str, target: TargetView) -> int | None:
    try:
        return read_quantity("1" if number.startswith("un") else number, target.decimals)
    except Rejected:
        return None


def _allowed(target: TargetView, quantity: int, on: date) -> bool:
    try:
        check_quantity(target, quantity, on)
    except Rejected:
        return False
    return True


def _before(found: re.Match[str]) -> tuple[int, int]:
    return max(0, found.start() - _REACH), found.start()
