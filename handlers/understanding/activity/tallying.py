"""How much of each target of a line a text says: «1 acta y 4 acuerdos», «5 acuerdos, 2 por publicar»."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from handlers.understanding.activity.counts import count, is_out_of_reach, mentions, mentions_any, scaled
from handlers.understanding.activity.facts import Said
from handlers.understanding.activity.measures import Counting, Kind, counting
from handlers.understanding.activity.numbers import NUMBER
from handlers.understanding.activity.spoken import GAP, Span, Spoken
from handlers.understanding.activity.stages import is_about_meeting, stage
from handlers.understanding.activity.wording import words
from models.errors import Rejected
from models.filled import Participants
from models.programme_view import LineView, TargetView
from models.registration import check_quantity

ALL = -1  # pending: as many as were done
_CLEAR = 2.0  # by how much a step must be ahead for a number that is said not to count
_CONDITION = 7  # letters by which «publicado», «publicar» and «publicación» are one word
_TWO_NAMED = re.compile(
    r"^[ ;,.]*(?:ya )?(?:el |la |los |las )?\w+ y (?:el |la |los |"
    r"las )?\w+(?: 20\d\d)?,? (?:ya )?(?:quedaron |estan |fueron )?\w+[ai]d[oa]s\b"
)
_UNSIGNED = re.compile(
    r"\b(?:nomas |solo |unicamente |nada mas )?(?:falta|faltan|pendiente|pasaron a|a)(?: (?:q|que|de|su|la|"
    r"las))* firm\w+"
)


_EXTRAORDINARY = re.compile(r"extraord(?!.*(?<!extra)\bord)(?<!\bord)")


def find_quantities(
    spoken: Spoken, line: LineView, people: Participants | None, on: date
) -> tuple[tuple[Said, ...], tuple[Span, ...]]:
    """What is said of each target, and where; nothing of those of which the text says nothing sure.

    `spoken` is what is left when documents, days and participants are cut out of it. Where no number is said,
    one thing was finished, or it is a step: a quantity of 0 of the target that the text speaks of.
    """
    text = _UNSIGNED.sub(GAP, spoken.text) if "proyect" in line.title.casefold() else spoken.text
    counted = [target for target in line.targets if not target.informative] or list(line.targets)
    said: list[Said] = []
    where: list[Span] = []
    for target in line.targets:
        alone = counted == [target] or _named(text, line.targets) == [target]
        found, places = _of_target(text, target, people, alone)
        if found is not None and _allowed(target, found.quantity, on):
            said.append(found)
            where += [spoken.span(*place) for place in places if text is spoken.text]
    if not said and counted and words(text):
        named = _named(text, counted)
        implied = _implied(text, (named or counted)[0], bool(named) or len(counted) == 1)
        said += [implied] if implied else []
    return tuple(said), tuple(where)


def _named(text: str, targets: Sequence[TargetView]) -> list[TargetView]:
    return [target for target in targets if mentions(text, counting(target.measure))]


def _of_target(
    text: str, target: TargetView, people: Participants | None, alone: bool
) -> tuple[Said | None, tuple[Span, ...]]:
    """What is said of it with a number, and where."""
    how = counting(target.measure)
    pending, rest = _find_pending(text, target) if target.counts_when else (None, text)
    ahead = stage(rest, how.kind).ahead
    if how.kind is Kind.PEOPLE:
        return (_people(target, people, ahead) if people else None), ()
    found = count(rest, how, target.decimals, alone)
    if found is None:
        if pending is not ALL or not mentions(text, how):
            return None, ()
        return Said(target.id, 10**target.decimals, 10**target.decimals), ()
    if pending is None and not found.done and ahead <= -_CLEAR:
        return (Said(target.id, 0, None) if alone else None), ()
    quantity = found.quantity
    pending = quantity if pending is ALL else pending
    return Said(
        target.id, quantity, pending if pending is None or pending <= quantity else None
    ), found.places


def _people(target: TargetView, people: Participants, ahead: float) -> Said:
    """Where people are what is counted, those who took part are the quantity."""
    unfinished = ahead <= -_CLEAR and not target.informative
    return Said(target.id, 0 if unfinished else people.participants * 10**target.decimals, None)


def _implied(text: str, target: TargetView, sure: bool) -> Said | None:
    """Where no number is said: one thing finished, or a step. `sure`: it is this target that is spoken of."""
    how = counting(target.measure)
    ahead, done = stage(text, how.kind).ahead, stage(text, how.kind).done
    step, one = Said(target.id, 0, None), 10**target.decimals
    if not sure:
        return step if ahead < 0 else None
    if is_out_of_reach(text, how):
        return None
    if how.kind is Kind.PEOPLE or (how.ordinary and _EXTRAORDINARY.search(text)):
        return step
    if how.kind is Kind.PRODUCT and not mentions_any(text, how) and is_about_meeting(text):
        return step
    if ahead > 0 or (ahead == 0 and _is_finished_unsaid(text, how, done > 0)):
        two = how.kind is Kind.PRODUCT and _TWO_NAMED.search(text)
        return Said(target.id, 2 * one if two else one, None)
    return None if ahead == 0 and how.kind is Kind.HANDLED else step


def _is_finished_unsaid(text: str, how: Counting, done: bool) -> bool:
    """Where as much speaks for the one as for the other: an event that is told of was held."""
    if how.kind is Kind.EVENT:
        return True
    return how.kind in (Kind.PRODUCT, Kind.HANDLED, Kind.UNIT_OF_WORK) and (done or mentions_any(text, how))


def _find_pending(text: str, target: TargetView) -> tuple[int | None, str]:
    """How many are said to wait for the target's condition (`ALL`: every one), and the text without that."""
    condition = next(iter(words(Spoken.of(target.counts_when or "").text)), "pendiente")
    for pattern, quantity in _waiting(condition[:_CONDITION]):
        if found := pattern.search(text):
            pending = scaled(found["number"], target.decimals) if quantity is None else quantity
            return pending, text[: found.start()] + GAP + text[found.end() :]
    return None, text


@lru_cache(maxsize=64)
def _waiting(condition: str) -> tuple[tuple[re.Pattern[str], int | None], ...]:
    """How people say that some, all or none still wait to be «publicado»; None: as many as the number."""
    met = rf"{condition}\w*"
    waits = rf"(?:(?:por|sin|no) {met}|pendientes?(?: de {met})?)"
    still = r"(?: (?:estan?|quedan?|siguen?|aun|todavia|se|han|ha))*"
    patterns = (
        (rf"(?P<number>{NUMBER})(?: [^\W\d_]+)?{still} {waits}", None),
        (rf"\b(?:faltan?|quedan?)(?: por)?(?: {met})? (?P<number>{NUMBER})(?: {waits})?", None),
        (rf"\b(?:ningun[oa]?|ni un[oa]?)(?: \w+)?{still} {met}", ALL),
        (rf"\b(?:tod|amb)[oa]s{still} {waits}", ALL),
        (rf"\b(?:ya|tod[oa]s|amb[oa]s){still} {condition}[a-z]*[oa]s\b", 0),
        (
            rf"\b(?:falta|faltan|pendientes?|espera|resta|solo queda|queda|quedan)(?: (?:nomas|solo|aun|"
            rf"todavia|de|q|que|se|su|la|el|en|por|los|las))* {met}",
            ALL,
        ),
        (
            rf"\b(?:por|sin) {met}|\b(?:aun|todavia) no (?:se )?(?:ha |han |sale |salen |esta |"
            rf"estan )*{met}|\bno (?:se )?(?:ha|han) {met}",
            ALL,
        ),
        (rf"\b(?:se|fue|fueron|esta|estan|aparecen?|quedo|quedaron|salio|salieron) {condition}\w*", 0),
    )
    return tuple((re.compile(pattern), quantity) for pattern, quantity in patterns)


def _allowed(target: TargetView, quantity: int, on: date) -> bool:
    try:
        check_quantity(target, quantity, on)
    except Rejected:
        return False
    return True
