"""Names in a row, each of which may be one thing done: «quedaron conectados Tapachula y Comitán»."""

from collections.abc import Iterator
from dataclasses import dataclass

from spanish.reading.activity.effects import Effect, effect_of_clause
from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.nouns import names_act
from spanish.reading.activity.parts import word_at
from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.function_words import ADVERBS, DETERMINERS
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tagging import is_verb_at
from spanish.reading.clauses.verbs import verb_of
from spanish.reading.wording import root, word_set


@dataclass(frozen=True)
class NamesInRow:
    """`first` and `last`: its tokens, from and up to. `each`: every name has its preposition or article."""

    number: int
    first: int
    last: int
    each: bool


_LED = word_set("a al con para en")
_ARTICLES = word_set("el la los las un una lo su")
_WITHIN = word_set("de del la las los el y")
_ALSO = word_set("tambien a al con para en el la los las un una lo su otra otro otros otras")
_LONGEST = 8  # words of one name


def names_in_row(said: Sentences, how: Counting) -> NamesInRow | None:
    """The longest row of names of what was done, or of those to whom."""
    rows = [
        row
        for clause in said.clauses
        if not clause.relative and effect_of_clause(clause, how) is Effect.COUNTS
        for start, headed in _starts(said, how, clause)
        if (row := _row(said, start, clause.last, how if headed else None)) is not None
    ]
    rows += [
        row
        for clause in said.clauses
        if effect_of_clause(clause, how) is Effect.COUNTS
        for place in range(clause.first, clause.last)
        if word_at(said.tokens, place) in _LED
        and _is_of_measure(said, how, place, level=0)
        and (row := _row(said, place, clause.last, None)) is not None
        and row.each
    ]
    return max(rows, key=lambda row: row.number, default=None)


def _starts(said: Sentences, how: Counting, clause: Clause) -> Iterator[tuple[int, bool]]:
    """Where a row may begin, and whether its names must be of the measure."""
    after = _after_verb(said, clause)
    if how.kind is MeasureKind.ENTITY:
        yield from ((place, False) for place in (after, _first_subject(said, clause)) if place is not None)
        return
    if how.kind in (MeasureKind.PRODUCT, MeasureKind.HANDLED, MeasureKind.UNIT_OF_WORK):
        several = clause.verb is not None and said.tokens[clause.verb].text.endswith("ron")
        for place in (after, clause.first):
            if place is not None:
                yield place, not (several and word_at(said.tokens, place) in _ARTICLES)
    if after is not None and word_at(said.tokens, after) in _LED and names_act(said, how, clause):
        yield after, False
    for place in range(clause.first, clause.last):
        word = word_at(said.tokens, place)
        bare = word is not None and how.level(root(word)) == 0 and word in how.forms
        if bare and not _is_determined(said, place) and word_at(said.tokens, place + 1) in _LED:
            yield place + 1, False
        if (
            word_at(said.tokens, place) in ("servicio", "mantenimiento")
            and how.kind is MeasureKind.UNIT_OF_WORK
        ):
            yield place + 1, True


def _first_subject(said: Sentences, clause: Clause) -> int:
    """Where the subject begins: names before a comma are headings of their own."""
    first = clause.first
    for before in reversed(said.clauses):
        short = before.last == first and before.last - before.first < _LONGEST
        if short and before.outcome is Completion.HEADING and said.tokens[first - 1].text == ",":
            first = before.first
    return first


def _after_verb(said: Sentences, clause: Clause) -> int | None:
    if clause.verb is None:
        return None
    at = clause.verb + 1
    while at < clause.last and (
        word_at(said.tokens, at) in ADVERBS
        or ((verb := verb_of(word_at(said.tokens, at) or "")) is not None and verb.tense.name == "PARTICIPLE")
    ):
        at += 1
    return at


def _is_determined(said: Sentences, place: int) -> bool:
    before = said.tokens[place - 1] if place else None
    return before is not None and (before.is_number or (before.is_word and before.text in DETERMINERS))


def _row(said: Sentences, start: int, last: int, how: Counting | None) -> NamesInRow | None:
    """The names from that token on, joined by commas and «y»; `how`: each must be of the measure."""
    starts = [start]
    at, joined = start, ""
    while (end := _name_end(said, at, last)) is not None:
        joined = said.tokens[end].text if end < last else joined
        separated = end < last and said.tokens[end].text in (",", "y", "e")
        at = end + 1
        if not separated or at >= last:
            at = end
            break
        if said.tokens[end].text == "," and word_at(said.tokens, at) in ("y", "e"):
            at += 1
        if not _begins_name(said, start, at):
            at = end
            break
        starts.append(at)
        if joined in ("y", "e"):
            at = _name_end(said, at, last) or last
            break
    and_last = any(word_at(said.tokens, place - 1) in ("y", "e") for place in starts[1:])
    if len(starts) < 2 or not and_last:
        return None
    if how is not None and not all(_is_of_measure(said, how, place) for place in starts):
        return None
    first = word_at(said.tokens, start)
    each = all(_leads(said, place) for place in starts) if first in _LED else first in _ARTICLES
    return NamesInRow(len(starts), start, at, each)


def _leads(said: Sentences, place: int) -> bool:
    return word_at(said.tokens, place) in _LED


def _name_end(said: Sentences, at: int, last: int) -> int | None:
    """Where a name that begins at a token ends: before a comma, «y», a preposition, or the end."""
    first = at
    if at < last and word_at(said.tokens, at) in _LED:
        at += 1
    begun = at
    while at < last and at - first < _LONGEST:
        word = word_at(said.tokens, at)
        if word is None or word in ("y", "e") or (word in _LED | {"por", "que", "q", "desde", "sin"}):
            break
        if is_verb_at(said.tokens, at) is not None:
            return None
        at += 1
    return at if at > begun else None


def _begins_name(said: Sentences, start: int, at: int) -> bool:
    """Whether a further name of the row that begins at `start` may begin at that token."""
    token, first = said.tokens[at], said.tokens[start]
    if not token.is_word or is_verb_at(said.tokens, at) is not None:
        return False
    led = word_at(said.tokens, at) in _LED
    if first.text in _LED:
        named = token.capital or not any(each.capital for each in said.tokens)
        return led or named or token.text in _ARTICLES
    return not led and (
        token.capital or token.text in _ARTICLES or not any(each.capital for each in said.tokens)
    )


def _is_of_measure(said: Sentences, how: Counting, at: int, level: int = 2) -> bool:
    """Whether the name's noun is the measure, covers it or is a part: «la licencia», «lo de la renuncia»."""
    while word_at(said.tokens, at) in _ALSO | _WITHIN:
        at += 1
    word = word_at(said.tokens, at)
    found = how.level(root(word)) if word is not None else None
    return found is not None and found <= level
