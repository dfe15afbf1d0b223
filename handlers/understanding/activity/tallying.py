"""How much of each target of a line a text says: «1 acta y 4 acuerdos», «5 acuerdos, 2 por publicar»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import takewhile

from handlers.understanding.activity.facts import Said
from handlers.understanding.activity.measures import Counting, Kind, counting
from handlers.understanding.activity.numbers import NUMBER
from handlers.understanding.activity.spoken import GAP, Span, Spoken
from handlers.understanding.activity.stages import MEETING, stage
from handlers.understanding.activity.wording import root, words
from handlers.understanding.quantities import read_quantity
from models.errors import Rejected
from models.filled import Participants
from models.programme_view import LineView, TargetView
from models.registration import check_quantity

ALL = -1  # pending: as many as were done
_OPENING = 40  # characters in which a message says what it is about
_REACH = 40  # characters before a number that say whether it was done
_CONDITION = 7  # letters by which «publicado», «publicar» and «publicación» are one word
_COUNTED = re.compile(
    rf"(?P<number>{NUMBER}|\b(?:un|una|uno)\b)(?: de l[oa]s| de)?(?P<words>(?: [^\W\d_]+){{1,3}})"
)
_LISTED = re.compile(rf"\b(?P<words>[^\W\d_]+) ?[:=] ?(?P<number>{NUMBER})")
_BETWEEN = frozenset("de del la las los el y o e en a al con por para q que se fue fueron".split())
_FILLER = frozenset("sol solo sola unica unico nuevo nueva nuevos nuevas primer primera primeras primeros otro otra otros otras "
                    "mas gran buen tercer segundo segunda respectivos respectivas diferentes distintos distintas".split())  # fmt: skip
# Not done, or not by this message: «faltan 2 actas», «de las 3 solicitudes», «tocaban 9 equipos».
_NOT_DONE = re.compile(
    r"\b(?:falt\w+|pendientes?|de (?:l[oa]s|un total de|un)|a l[oa]s|tocaban?|programad[oa]s|programamos|pidieron|pidio|solicitaron|para|ni|no|"
    r"sin|hasta|recib\w+|llegaron|ingresaron|cayeron|teniamos|quedan?|inscribieron|meta (?:es )?de|seran|vamos a \w+)"
    r"(?: (?:otr[oa]s|como|unos|unas|ya|solo|hoy|a|las|los|por|\w+(?:ar|er|ir)))* $"
)
_AS = re.compile(
    rf"\b(?:cuentan?|cuente|reporta\w*|registra\w*|vale|valen|va|van|todo|todos)(?: todo)? (?:como|en|por) (?P<number>{NUMBER}|un|una)\b(?P<words>(?: [^\W\d_]+){{1,2}})"
    rf"|\b(?P<one>un|una) sol[oa] (?P<single>[^\W\d_]+)"
)
_DONE = re.compile(
    rf"\b(?:(?!estuvimos|fuimos|eramos|tuvimos|pedimos|recibimos|mandamos|enviamos|asist\w+|acud\w+|metimos)\w+mos|(?!fueron)\w+[ae]ron|hice|di|lleve|conteste|atendi|se hizo|se dio)"
    rf"(?: (?:ya|solo|hoy|nomas|unicamente|las|los|como))* (?P<number>{NUMBER})(?= ?[,.;:()]| (?:a|al|con|en|por|y|de ell[oa]s|nad|mas)\b|$)"
)
_WERE = re.compile(rf"\b(?:fueron|son|van|serian|hubo)(?: en total)? (?P<number>{NUMBER})(?= ?[,.;:()]| en total|$)|(?P<total>{NUMBER}) en total\b|\ben total(?: son| fueron)? (?P<whole>{NUMBER})(?= ?[,.;:()]|$)")
_MORE = re.compile(r"\b(?:mas|y|y tambien|ademas de) (?:la|el|una|un|otra|otro) (?P<words>[^\W\d_]+)")
_BOTH = re.compile(r"\b(?:amb[oa]s|l[oa]s 2|el par de) (?P<words>[^\W\d_]+)")
_TWO_NAMED = re.compile(r"^[ ;,.]*(?:ya )?(?:el |la |los |las )?\w+ y (?:el |la |los |las )?\w+(?: 20\d\d)?,? (?:ya )?(?:quedaron |estan |fueron )?\w+[ai]d[oa]s\b")
_ALONE = re.compile(rf"\W*(?P<number>{NUMBER})\W*")
_UNSIGNED = re.compile(r"\b(?:nomas |solo |unicamente |nada mas )?(?:falta|faltan|pendiente|pasaron a|a)(?: (?:q|que|de|su|la|las))* firm\w+")


@dataclass(frozen=True)
class _Count:
    number: int
    start: int
    end: int
    noun: str
    level: int
    word: bool  # said with «un», «una»


def find_quantities(
    spoken: Spoken, line: LineView, people: Participants | None, on: date
) -> tuple[tuple[Said, ...], tuple[Span, ...]]:
    """What is said of each target, and where; nothing of those of which the text says nothing sure.

    `spoken` is what is left when documents, days and participants are cut out of it. A quantity of 0 of the
    target that the text speaks of is a step.
    """
    said: list[Said] = []
    where: list[Span] = []
    targets = [target for target in line.targets if not target.informative] or list(line.targets)
    for target in line.targets:
        quantity, pending, places = _of_target(spoken.text, target, line, people, len(targets) == 1)
        if quantity is None or not _allowed(target, quantity, on):
            continue
        pending = quantity if pending is ALL else pending
        said.append(Said(target.id, quantity, pending if pending is None or pending <= quantity else None))
        where += [spoken.span(*place) for place in places]
    if not said and targets and (step := _implied(spoken.text, targets, line)) is not None:
        said.append(step)
    return tuple(said), tuple(where)


def _of_target(
    text: str, target: TargetView, line: LineView, people: Participants | None, alone: bool
) -> tuple[int | None, int | None, list[Span]]:
    how = counting(target.measure)
    pending, rest = _find_pending(text, target) if target.counts_when else (None, text)
    kind_stage = stage(_about(rest, line), how.kind)
    alone = alone or _speaks_of_one(text, line, target)
    if how.kind is Kind.PEOPLE:
        if people is None:
            return None, None, []
        unfinished = kind_stage.ahead < -1 and not target.informative
        return (0 if unfinished else people.participants * 10**target.decimals), None, []
    count = _counted(rest, target, how, alone)
    if count is None:
        return None, pending, []
    quantity, places, sure = count
    if pending is None and not sure and kind_stage.ahead <= -2:
        return (0, None, []) if alone else (None, None, [])
    return quantity, pending, places


def _speaks_of_one(text: str, line: LineView, target: TargetView) -> bool:
    return [each for each in line.targets if _mentions(text, counting(each.measure))] == [target]


def _about(text: str, line: LineView) -> str:
    """The text by which its stage is judged: a project is finished before anybody signs it."""
    return _UNSIGNED.sub(GAP, text) if "proyect" in line.title.casefold() else text


def _implied(text: str, targets: list[TargetView], line: LineView) -> Said | None:
    """Where no number is said: one thing finished, or a step."""
    named = [target for target in targets if _mentions(text, counting(target.measure))]
    target = (named or targets)[0]
    how = counting(target.measure)
    reached = stage(_about(text, line), how.kind)
    if how.kind is Kind.PRODUCT and not _mentions_any(text, how) and MEETING.search(text[:_OPENING]):
        return Said(target.id, 0, None)
    one = 10**target.decimals
    if how.kind is Kind.PEOPLE or (how.ordinary and "extraord" in text and not re.search(r"(?<!extra)\bord", text)):
        return Said(target.id, 0, None)
    if len(targets) > 1 and not named:
        return Said(target.id, 0, None) if reached.ahead <= -1 else None
    if target.counts_when:
        return Said(target.id, 0, None) if reached.ahead <= -1 else Said(target.id, one, None)
    if reached.ahead > 0 or (reached.ahead == 0 and _is_finished_unsaid(text, how, bool(reached.done))):
        two = how.kind is Kind.PRODUCT and _TWO_NAMED.search(text)
        return Said(target.id, 2 * one if two else one, None)
    unclear = reached.ahead == 0 and how.kind is Kind.HANDLED
    return None if unclear else Said(target.id, 0, None)


def _is_finished_unsaid(text: str, how: Counting, done: bool) -> bool:
    """Where as much speaks for the one as for the other: an event that is told of was held."""
    if how.kind is Kind.EVENT:
        return True
    return how.kind in (Kind.PRODUCT, Kind.HANDLED, Kind.UNIT_OF_WORK) and (done or _mentions_any(text, how))


def _mentions_any(text: str, how: Counting) -> bool:
    return any(how.level(root(word)) is not None for word in words(text))


def _mentions(text: str, how: Counting) -> bool:
    return any(root(word) in how.own for word in words(text))


def _counted(text: str, target: TargetView, how: Counting, alone: bool) -> tuple[int, list[Span], bool] | None:
    """The quantity, where it is said, and whether that it was done; what is surest first."""
    for found in _AS.finditer(text):
        noun = found["single"] or next((w for w in found["words"].split() if w not in _FILLER), "")
        if how.level(root(noun)) is not None or noun == "una" or (found["single"] is None and not noun):
            number = _scaled(found["number"] or "un", target)
            return (number, [found.span()], True) if number is not None else None
    counts = list(_counts(text, target, how))
    for level in (0, 1):
        if numbers := [count for count in counts if count.level == level and not count.word]:
            if level == 0 or how.kind is not Kind.UNIT_OF_WORK or len(numbers) == 1:
                return _sum(numbers)
    if not alone:
        numbers = [count for count in counts if count.level < 2]
        return _sum(numbers) if numbers else None
    for pattern in (_WERE, _DONE, _ALONE):
        found_ = pattern.search(text) if pattern is not _ALONE else pattern.fullmatch(text)
        if found_ and (said := next(filter(None, found_.groups()), None)) and (number := _scaled(said, target)) is not None:
            return number, [found_.span()], pattern is _DONE
    if both := next((each for each in _BOTH.finditer(text) if how.level(root(each["words"])) is not None), None):
        return 2 * 10**target.decimals, [both.span()], False
    if numbers := [count for count in counts if not count.word] or counts:
        return _sum(numbers, _more(text, numbers, how, target))
    return None


def _more(text: str, counts: list[_Count], how: Counting, target: TargetView) -> int:
    """«… y 2 impresoras, más la lap»: one more."""
    last = max(count.end for count in counts)
    found = _MORE.search(text, last, last + _REACH)
    return 10**target.decimals if found and how.level(root(found["words"])) is not None else 0


def _sum(counts: list[_Count], more: int = 0) -> tuple[int, list[Span], bool]:
    total = sum(count.number for count in counts) + more
    return total, [(count.start, count.end) for count in counts], False


def _counts(text: str, target: TargetView, how: Counting) -> Iterator[_Count]:
    """Every number that counts the measure or what may make it up, and was done."""
    for pattern in (_COUNTED, _LISTED):
        for found in pattern.finditer(text):
            if _NOT_DONE.search(text, max(0, found.start() - _REACH), found.start()):
                continue
            named = _named(found["words"], how)
            number = _scaled(found["number"], target)
            if named is not None and number is not None:
                end = found.end() if pattern is _LISTED else found.start("words") + 1 + len(named[0])
                word = found["number"] in ("un", "una", "uno")
                yield _Count(number, found.start(), end, named[0], named[1], word)


def _named(said: str, how: Counting) -> tuple[str, int] | None:
    """What is counted, if it is the measure: its first words, no further than the first «de» or «y»."""
    counted = list(takewhile(lambda word: word not in _BETWEEN, said.split()))
    if how.ordinary and any(word.startswith("extra") for word in counted):
        return None
    for word in [each for each in counted if each not in _FILLER][:2]:
        if (level := how.level(root(word))) is not None:
            return word, level
    return None


def _find_pending(text: str, target: TargetView) -> tuple[int | None, str]:
    """How many are said to wait for the target's condition (`ALL`: every one), and the text without that."""
    condition = next(iter(words(Spoken.of(target.counts_when or "").text)), "pendiente")
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
    still = r"(?: (?:estan?|quedan?|siguen?|aun|todavia|se|han|ha))*"
    patterns = (
        (rf"(?P<number>{NUMBER})(?: [^\W\d_]+)?{still} {waits}", None),
        (rf"\b(?:faltan?|quedan?)(?: por)?(?: {met})? (?P<number>{NUMBER})(?: {waits})?", None),
        (rf"\b(?:ningun[oa]?|ni un[oa]?)(?: \w+)?{still} {met}", ALL),
        (rf"\b(?:tod|amb)[oa]s{still} {waits}", ALL),
        (rf"\b(?:ya|tod[oa]s|amb[oa]s){still} {condition}[a-z]*[oa]s\b", 0),
        (rf"\b(?:falta|faltan|pendientes?|espera|resta|solo queda|queda|quedan)(?: (?:nomas|solo|aun|todavia|de|q|que|se|su|la|el|en|por|los|las))* {met}", ALL),
        (rf"\b(?:por|sin) {met}|\b(?:aun|todavia) no (?:se )?(?:ha |han |sale |salen |esta |estan )*{met}|\bno (?:se )?(?:ha|han) {met}", ALL),
        (rf"\b(?:se|fue|fueron|esta|estan|aparecen?|quedo|quedaron|salio|salieron) {condition}\w*", 0),
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
