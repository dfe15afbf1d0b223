"""A text divided into clauses.

A clause reaches from the boundary before its verb (a stop, a conjunction, a relative, a comma) to the next
clause. What stands without a verb belongs to the clause before it, after a comma, or is a heading of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.function_words import JOINING, PURPOSE
from spanish.reading.clauses.predicates import Group, groups
from spanish.reading.clauses.settling import OPEN_STATES, settled
from spanish.reading.clauses.stops import ENDS, STOPS, comma, ends, stop
from spanish.reading.clauses.tokens import ClauseToken
from spanish.reading.clauses.verbs import VerbKind, verb_of


def clauses(tokens: Sequence[ClauseToken]) -> list[Clause]:
    """The clauses in order; together they hold every token."""
    verbs = list(groups(tokens))
    if not verbs:
        return _lists(tokens, list(_headings(tokens, 0, len(tokens))))
    found: list[Clause] = []
    borders = _borders(tokens, verbs)
    for place, group in enumerate(verbs):
        first, last = borders[place], stop(tokens, group.end, borders[place + 1])
        if group.clause.relative or group.clause.outcome is Completion.WISHED:
            last = comma(tokens, group.end, last)
        last = _own_end(tokens, group.end, last)
        if group.clause.kind is VerbKind.MEET and group.clause.outcome is Completion.DONE:
            last = _results(tokens, group.end, last)
        found.append(settled(tokens, replace(group.clause, first=first, last=last)))
        if last < borders[place + 1]:
            found += _headings(tokens, last, borders[place + 1])
    head = borders[0]
    found = [*(_headings(tokens, 0, head) if head else ()), *found]
    return _subjects(tokens, _beside(tokens, _lists(tokens, found)))


def _lists(tokens: Sequence[ClauseToken], found: list[Clause]) -> list[Clause]:
    """«*Mañana* sesiona el comité: 1 acta», «no sesionó: 1 acta»: a list is as far as what introduces it."""
    for place in range(1, len(found)):
        before, clause = found[place - 1 : place + 1]
        introduced = tokens[before.last - 1].text == ":" and clause.outcome is Completion.HEADING
        if introduced and before.outcome in _NOT_DONE:
            found[place] = replace(clause, outcome=before.outcome)
    return found


_NOT_DONE = frozenset({Completion.PLANNED, Completion.WISHED, Completion.NEGATED, Completion.LACKING})


def _beside(tokens: Sequence[ClauseToken], found: list[Clause]) -> list[Clause]:
    """«Se hizo la visita, *levantándose* cédula»: a gerund alone is done with what it follows."""
    for place in range(1, len(found)):
        before, clause = found[place - 1 : place + 1]
        if _is_managed(tokens, before, clause):
            found[place] = replace(clause, outcome=Completion.DONE)
            continue
        if _is_aim_reached(tokens, before, clause):
            found[place] = replace(clause, outcome=before.outcome)
            continue
        if _is_on_condition(tokens, before, clause):
            found[place - 1] = replace(before, outcome=Completion.PLANNED)
            continue
        verb = verb_of(tokens[clause.verb].text) if clause.verb is not None else None
        alone = verb is not None and verb.tense is Tense.GERUND and clause.outcome is Completion.UNDERWAY
        led = alone and clause.verb is not None and clause.verb - clause.first < 3
        if (
            (
                led
                and before.verb is not None
                and not any(ends(tokens, at) for at in range(before.first, clause.first))
            )
            and before.outcome is Completion.DONE
            and not _is_verb_before(tokens, clause)
        ):
            found[place] = replace(clause, outcome=before.outcome)
    return found


def _is_on_condition(tokens: Sequence[ClauseToken], before: Clause, clause: Clause) -> bool:
    """«El viernes conectamos 2 *si nos dan* el certificado»: what depends on a condition is to come."""
    opens = tokens[clause.first].text == "si" and clause.outcome is Completion.WISHED
    verb = verb_of(tokens[clause.verb].text) if clause.verb is not None else None
    present = verb is not None and verb.tense is Tense.PRESENT
    return opens and present and (before.we or before.outcome is Completion.STATE)


def _is_managed(tokens: Sequence[ClauseToken], before: Clause, clause: Clause) -> bool:
    """«Logramos *que* Huixtla *quedara* conectado»."""
    led = tokens[clause.first].text in ("que", "q")
    managed = before.kind is VerbKind.MANAGE and before.outcome is Completion.DONE
    return led and managed and clause.outcome in (Completion.WISHED, Completion.PLANNED)


def _is_aim_reached(tokens: Sequence[ClauseToken], before: Clause, clause: Clause) -> bool:
    """«Acudimos al Archivo *a tomar* una asesoría»: who went to do it did it."""
    if (
        clause.verb is None
        or clause.outcome is not Completion.WISHED
        or before.outcome is not Completion.DONE
    ):
        return False
    verb = verb_of(tokens[clause.verb].text)
    moved = before.kind in (VerbKind.LOOK, VerbKind.MEET) and before.verb is not None
    return (
        moved and verb is not None and verb.tense is Tense.INFINITIVE and tokens[clause.verb - 1].text == "a"
    )


def _is_verb_before(tokens: Sequence[ClauseToken], clause: Clause) -> bool:
    """Whether the gerund has its auxiliary: «anduvimos entregando»."""
    if clause.verb is None or clause.verb == clause.first:
        return False
    verb = verb_of(tokens[clause.verb - 1].text)
    return verb is not None and verb.tense not in (Tense.PARTICIPLE, Tense.INFINITIVE)


def _subjects(tokens: Sequence[ClauseToken], found: list[Clause]) -> list[Clause]:
    """«El taller que tocaba hoy *se pospuso*»: a subject gets its verb's outcome over a relative."""
    for place in range(len(found) - 2):
        subject, said_of_it, main = found[place : place + 3]
        parted = subject.outcome is Completion.HEADING and said_of_it.relative and main.verb is not None
        if parted and not any(ends(tokens, at) for at in range(subject.first, main.first)):
            found[place] = replace(subject, outcome=main.outcome, kind=main.kind, strong=main.strong)
    return found


def _own_end(tokens: Sequence[ClauseToken], first: int, last: int) -> int:
    """Where the clause of a verb ends: before a part that tells of its own, «…, las 6 ya pagadas»."""
    return next((at + 1 for at in range(first, last) if _begins_heading(tokens, at, at - 2, last)), last)


def _results(tokens: Sequence[ClauseToken], first: int, last: int) -> int:
    """Where the list of what came of a meeting begins: «sesionó el comité: 1 acta y 4 acuerdos»."""
    for at in range(first, last - 1):
        parted = tokens[at].role is None and tokens[at].text in (",", ":")
        if parted and (tokens[at + 1].is_number or tokens[at + 1].text in ("un", "una")):
            return at + 1
    return last


def _borders(tokens: Sequence[ClauseToken], groups: Sequence[Group]) -> list[int]:
    """Where each clause begins, and after the last where the text ends."""
    borders = [_border(tokens, 0, groups[0].start)]
    for one, other in pairwise(groups):
        borders.append(_border(tokens, one.end, other.start))
    return [*borders, len(tokens)]


def _border(tokens: Sequence[ClauseToken], low: int, high: int) -> int:
    """Where the clause of the verb at `high` begins, after the verb that ends at `low`."""
    if high - 1 > low and tokens[high - 1].is_number and tokens[high].text in _OF_THOSE_BEFORE:
        return high - 1  # «… que nos pidieron 3 ya están terminados»
    for at in range(high - 1, low - 1, -1):
        token = tokens[at]
        if at >= high - 2 and token.text in PURPOSE:
            return at
        if (token.role is None and token.text == ",") or (
            token.role is None and token.text in STOPS and (token.text not in ENDS or ends(tokens, at))
        ):
            return at + 1
        if (
            token.is_word
            and token.text in JOINING
            and not (token.text in "ye" and _joins_nouns(tokens, at, high))
        ):
            return at
    return low if low == 0 else high


_OF_THOSE_BEFORE = frozenset(("ya", "quedaron", "estan", "fueron"))


def _joins_nouns(tokens: Sequence[ClauseToken], at: int, high: int) -> bool:
    """«El acta y el convenio quedaron»: the conjunction joins two nouns before a plural verb."""
    return (
        tokens[high].is_word
        and high - at > 1
        and tokens[min(high, len(tokens) - 1)].text.endswith(
            ("ron", "an", "en", "adas", "ados", "idas", "idos", "estan")
        )
    )


def _headings(tokens: Sequence[ClauseToken], first: int, last: int) -> Iterator[Clause]:
    """What stands without a verb, from stop to stop, and from a comma where a part tells of its own."""
    start = first
    for at in range(first, last + 1):
        stops = at == last or (
            tokens[at].role is None
            and tokens[at].text in STOPS
            and (tokens[at].text not in ENDS or ends(tokens, at))
        )
        if stops or _begins_heading(tokens, at, start, last):
            end = min(at + 1, last)
            if end > start:
                yield settled(tokens, Clause(start, end, Completion.HEADING, VerbKind.ACT, strong=False))
            start = at + 1


def _begins_heading(tokens: Sequence[ClauseToken], at: int, start: int, last: int) -> bool:
    """Whether what follows a comma has a state of its own: «…, acta en firma», «…, las 6 pagadas»."""
    if tokens[at].text != "," or tokens[at].role is not None or at - start < 2:
        return False
    words: list[str] = []
    for place in range(at + 1, last):
        token = tokens[place]
        if token.text == "," or (token.role is None and token.text in STOPS):
            break
        words.append(token.text)
    if len(words) < 2 or len(words) > _SHORT:
        return False
    verbs = [verb_of(word) for word in words]
    if verbs[0] is not None and verbs[0].tense is Tense.PARTICIPLE:
        return False
    open_ = any(word in OPEN_STATES and words[place] == "en" for place, word in enumerate(words[1:]))
    told = words[0] in ("los", "las") and any(verb and verb.tense is Tense.PARTICIPLE for verb in verbs)
    return open_ or told


_SHORT = 5  # words of a part of a heading that tells of its own
