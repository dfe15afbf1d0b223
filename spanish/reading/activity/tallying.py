"""How much of each target of a line a text says: «1 acta y 4 acuerdos», «5 acuerdos, 2 por publicar»."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from models.activities.registration import check_quantity
from models.errors import Rejected
from models.programme.view import LineView, TargetView
from models.storage.forms import Participants
from spanish.reading.activity.counts import count, is_out_of_reach, mentions, mentions_any, scaled
from spanish.reading.activity.facts import Said
from spanish.reading.activity.finished import are_finished, is_finished
from spanish.reading.activity.measures import Counting, MeasureKind, counting
from spanish.reading.activity.stages import is_about_meeting, stage
from spanish.reading.activity.wholes import find_rest
from spanish.reading.numbers import NUMBER
from spanish.reading.spoken import GAP, Span, Spoken
from spanish.reading.wording import words

ALL = -1  # pending: as many as were done
_CLEAR = 1.5  # by how much a step must be ahead for a number that is said not to count
_PART = 2.5  # what speaks against a thing of which only some part is said to be there
_CONDITION = 7  # letters by which «publicado», «publicar» and «publicación» are one word
_TWO_NAMED = re.compile(
    r"^[ ;,.]*(?:ya )?(?:el |la |los |las )?\w+ y (?:el |la |los |"
    r"las )?\w+(?: 20\d\d)?,? (?:ya )?(?:quedaron |estan |fueron )?\w+[ai]d[oa]s\b"
)
_UNSIGNED = re.compile(
    r"\b(?:nomas |solo |unicamente |nada mas )?(?:falta|faltan|pendiente|pasaron a|a)(?: (?:q|que|de|su|la|"
    r"las))* firm\w+"
)


_PROJECTS = re.compile(r"\bproyecto", re.IGNORECASE)  # what is drawn up is done before it is signed
# «Voy en el capítulo 3 de 5», «4 de 7 firmas»: of one thing, a part.
_PARTLY = re.compile(rf"(?<!por )(?<![\w/]){NUMBER} de (?:l[oa]s )?{NUMBER}\b")
_EXTRAORDINARY = re.compile(r"extraord(?!.*(?<!extra)\bord)(?<!\bord)")


def find_quantities(
    spoken: Spoken, line: LineView, people: Participants | None, on: date
) -> tuple[tuple[Said, ...], tuple[Span, ...]]:
    """What is said of each target, and where; nothing of those of which the text says nothing sure.

    `spoken` is what is left when documents, days and participants are cut out of it. Where no number is said,
    one thing was finished, or it is a step: a quantity of 0 of the target that the text speaks of.
    """
    kinds = {counting(target.measure, target.aliases).kind for target in line.targets}
    if not any(target.counts_when for target in line.targets):  # else what is left waits to count
        spoken = spoken.cut(find_rest(spoken.text, all(kind is not MeasureKind.PRODUCT for kind in kinds)))
    text = _UNSIGNED.sub(GAP, spoken.text) if _PROJECTS.search(line.title) else spoken.text
    counted = [target for target in line.targets if not target.informative] or list(line.targets)
    finished = _without_waiting(text, line.targets)
    said: list[Said] = []
    where: list[Span] = []
    for target in line.targets:
        alone = counted == [target] or _named(text, line.targets) == [target]
        found, places = _of_target(text, target, people, alone, finished)
        if found is not None and _allowed(target, found.quantity, on):
            said.append(found)
            where += [spoken.span(*place) for place in places if text is spoken.text]
    if not said and counted and words(text):
        named = _named(text, counted)
        implied = _implied(text, (named or counted)[0], bool(named) or len(counted) == 1)
        said += [implied] if implied else []
    return tuple(said), tuple(where)


def _named(text: str, targets: Sequence[TargetView]) -> list[TargetView]:
    return [target for target in targets if mentions(text, counting(target.measure, target.aliases))]


def _of_target(
    text: str, target: TargetView, people: Participants | None, alone: bool, finished: str
) -> tuple[Said | None, tuple[Span, ...]]:
    """What is said of it with a number, or by its name, and where.

    `finished` is the text without what waits for a condition.
    """
    how = counting(target.measure, target.aliases)
    pending, rest = _find_pending(text, target) if target.counts_when else (None, text)
    if how.kind is MeasureKind.PEOPLE:
        return (_people(target, people, stage(rest, how.kind).ahead) if people else None), ()
    most = (2 if how.kind is MeasureKind.PRODUCT else 1) if alone else 0
    found = count(rest, how, target.decimals, alone)
    if found is None:
        if not target.counts_when and (made := is_finished(finished, how, most)):
            return Said(target.id, 10**target.decimals, None), (made,)
        if pending is not ALL or not mentions(text, how):
            return None, ()
        return Said(target.id, 10**target.decimals, 10**target.decimals), ()
    behind = 0 if found.article else -_CLEAR
    by_name = found.article and is_finished(finished, how, most) is not None
    done = found.done or by_name or are_finished(rest, found.places)
    if pending is None and not done and stage(rest, how.kind).ahead < behind:
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
    """Where no number is said: one thing finished, or a step. `sure`: it is this target that is spoken of; a
    text that names none of several tells of something beside them.
    """
    how = counting(target.measure, target.aliases)
    ahead, done = stage(text, how.kind).ahead, stage(text, how.kind).done
    if how.kind is MeasureKind.PRODUCT and _PARTLY.search(text):
        ahead -= _PART
    step, one = Said(target.id, 0, None), 10**target.decimals
    if not sure:
        return step
    if is_out_of_reach(text, how):
        return None
    if how.kind is MeasureKind.PEOPLE or (how.ordinary and _EXTRAORDINARY.search(text)):
        return step
    if how.kind is MeasureKind.PRODUCT and not mentions_any(text, how) and is_about_meeting(text):
        return step
    if ahead > 0 or (ahead == 0 and _is_finished_unsaid(text, how, done > 0)):
        two = how.kind is MeasureKind.PRODUCT and _TWO_NAMED.search(text)
        return Said(target.id, 2 * one if two else one, None)
    return None if ahead == 0 and how.kind is MeasureKind.HANDLED else step


def _is_finished_unsaid(text: str, how: Counting, done: bool) -> bool:
    """Where as much speaks for the one as for the other: an event that is told of was held."""
    if how.kind is MeasureKind.EVENT:
        return True
    if how.kind is MeasureKind.PRODUCT:
        return mentions_any(text, how)
    return how.kind in (MeasureKind.HANDLED, MeasureKind.UNIT_OF_WORK) and (done or mentions_any(text, how))


def _without_waiting(text: str, targets: Sequence[TargetView]) -> str:
    """The text without what it says of those that still wait for their target's condition."""
    for target in targets:
        text = _find_pending(text, target)[1] if target.counts_when else text
    return text


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
