"""Lists under a heading: «Asesorías: lunes UAA, martes Archivo» are two, «- Centro 4, - Norte 5» nine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from spanish.reading.activity.effects import Effect, effect_of_clause
from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.mentions import value_of
from spanish.reading.activity.nouns import is_left_open, names_act
from spanish.reading.activity.parts import is_text, word_at
from spanish.reading.clauses.clause import Completion
from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.stops import ends
from spanish.reading.clauses.tagging import is_verb_at
from spanish.reading.clauses.tokens import Explained
from spanish.reading.clauses.verbs import verb_of
from spanish.reading.spoken import Span
from spanish.reading.wording import root

_BULLETS = "-*•·–—"
_LONGEST = 6  # words of an item that nothing marks as one
_NOT_DONE = frozenset({Completion.PLANNED, Completion.WISHED, Completion.NEGATED, Completion.LACKING})


@dataclass(frozen=True)
class NamedOneByOne:
    """`number` things are named one by one; `places`: where in the original, if that can be told."""

    number: Decimal
    places: tuple[Span, ...] = ()


@dataclass(frozen=True)
class _Item:
    """Tokens of one item, from and up to, without its mark."""

    first: int
    last: int


def find_items(said: Sentences, how: Counting) -> NamedOneByOne | None:
    """What the items of a list come to whose heading names the measure, or what was done to each."""
    start = _list_start(said)
    if start is None or not _heads(said, how, start):
        return None
    marked = list(_marked(said, start))
    items = [each for each in marked or _parted(said, start) if _is_done(said, each)]
    if len(items) < 2 or any(_is_state(said, each) for each in items):
        return None
    numbers = [_numbers(said, each) for each in items]
    if any(numbers):
        numbers = [each or _last_number(said, item) for each, item in zip(numbers, items, strict=True)]
    if all(len(each) == 1 for each in numbers):
        places = tuple(said.span(place, place + 1) for each in numbers for place, _ in each)
        return NamedOneByOne(sum((each[0][1] for each in numbers), Decimal(0)), places)
    if any(numbers) or how.kind in (MeasureKind.AMOUNT, MeasureKind.PEOPLE):
        return None
    if marked or _is_series(said, items):
        return NamedOneByOne(Decimal(len(items)), (said.span(items[0].first, items[-1].last),))
    return None


def _list_start(said: Sentences) -> int | None:
    """The token after the only colon, or the first bullet; None where there is neither, or a second colon."""
    colons = [at for at in range(len(said.tokens)) if is_text(said.tokens, at, ":")]
    if len(colons) == 1:
        return colons[0] + 1
    return next(_bullets(said, 0), None) if not colons else None


def _bullets(said: Sentences, start: int) -> Iterator[int]:
    """Where bullets stand, or numbers of items: after a new line, or right after the heading."""
    for at in range(start, len(said.tokens)):
        opens = at == start or is_text(said.tokens, at - 1, ";")
        if opens and at and said.tokens[at].text in _BULLETS:
            yield at
    for at in range(start, len(said.tokens) - 1):
        token = said.tokens[at]
        numbered = token.text.isdecimal() and said.tokens[at + 1].text in (")", ".")
        lined = at == start or said.tokens[at - 1].text in (";", ",", "y", ".")
        if numbered and lined and said.tokens[at + 1].end - token.start <= len(token.text) + 2:
            yield at


def _heads(said: Sentences, how: Counting, start: int) -> bool:
    """Whether the heading names the measure in the plural, or by its verb, and tells it as done."""
    if any(token.is_number for token in said.tokens[:start]):
        return False
    clause = said.clause_at(0)
    if effect_of_clause(clause, how) is not Effect.COUNTS:
        return False
    for at in range(start):
        word = word_at(said.tokens, at)
        if word is not None and word.endswith("s") and how.level(root(word)) is not None:
            return True
    return clause.verb is not None and clause.verb < start and names_act(said, how, clause)


def _marked(said: Sentences, start: int) -> Iterator[_Item]:
    """The items that bullets or numbers mark."""
    marks = sorted({*_bullets(said, start)})
    if len(marks) < 2:
        return
    for mark, after in zip(marks, (*marks[1:], len(said.tokens)), strict=True):
        first = mark + (1 if said.tokens[mark].text in _BULLETS else 2)
        last = next(
            (
                at
                for at in range(first, after)
                if is_text(said.tokens, at, ";") or is_text(said.tokens, at, "(")
            ),
            after,
        )
        if first < last:
            yield _Item(first, last)


def _parted(said: Sentences, start: int) -> Iterator[_Item]:
    """The items between commas, semicolons and «y», as far as the sentence."""
    end = next((at for at in range(start, len(said.tokens)) if ends(said.tokens, at)), len(said.tokens))
    first, depth = start, 0
    for at in range(start, end + 1):
        text = said.tokens[at].text if at < end else ","
        depth += {"(": 1, ")": -1}.get(text, 0)
        if text in (",", ";", "y", "e") and depth <= 0 and (at == end or said.tokens[at].role is None):
            if first < at:
                yield _Item(first, at)
            first = at + 1


def _is_done(said: Sentences, item: _Item) -> bool:
    """Whether nothing says of the item that it is still to be done."""
    for at in range(item.first, item.last):
        if said.tokens[at].is_number and is_left_open(said, at + 1):
            return False  # «ayer 7, hoy 5 y el viernes los 4 que faltan»
    return said.clause_at(item.first).outcome not in _NOT_DONE


def _is_state(said: Sentences, item: _Item) -> bool:
    """«8 elaborados, 6 firmados»: how far the same things have come."""
    words = [said.tokens[at].text for at in range(item.first, item.last) if said.tokens[at].is_word]
    verb = verb_of(words[0]) if len(words) == 1 else None
    return verb is not None and verb.tense is Tense.PARTICIPLE


def _numbers(said: Sentences, item: _Item) -> list[tuple[int, Decimal]]:
    """The numbers of an item that nothing explains, with their places."""
    places = [at for at in range(item.first, item.last) if said.tokens[at].is_number]
    return [(at, value) for at in places if (value := value_of(said.tokens[at].text)) is not None]


def _last_number(said: Sentences, item: _Item) -> list[tuple[int, Decimal]]:
    """The number at the end of an item, though it looks like that of a house: «- Privada Jazmines 2»."""
    last = said.tokens[item.last - 1]
    return [(item.last - 1, Decimal(last.text))] if last.text.isdecimal() else []


def _is_series(said: Sentences, items: Sequence[_Item]) -> bool:
    """Whether short items without a verb are each of a day, or the last is joined by «y»."""
    tokens = said.tokens
    for each in items:
        words = [at for at in range(each.first, each.last) if tokens[at].is_word]
        if not words or len(words) > _LONGEST or any(is_verb_at(tokens, at) is not None for at in words):
            return False
    dated = all(
        any(token.role is Explained.DAY for token in tokens[each.first : each.last]) for each in items
    )
    return dated or tokens[items[-1].first - 1].text in ("y", "e")
