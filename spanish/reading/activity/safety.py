"""Why a quantity that was read may be wrong. Each reason has a name, and the card asks for the quantity.

A quantity is sure where a known verb did, in the past and affirmed, what is counted to as many as a number
says; each reason here is one way in which that is not so. A reason stays only if it pays: it must find more
wrong quantities than it costs questions (`tests/spanish/test_safety.py` counts both).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto

from spanish.reading.activity.effects import Effect, effect_of_clause, effect_of_mention
from spanish.reading.activity.implied import implied
from spanish.reading.activity.loose import EXTENT
from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.mentions import Mention, value_of
from spanish.reading.activity.nouns import names_act
from spanish.reading.activity.parts import Part, part_of, word_at
from spanish.reading.activity.rates import is_per_period
from spanish.reading.activity.rows import names_in_row
from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tokens import Explained
from spanish.reading.clauses.verbs import VerbKind
from spanish.reading.numbers.units import Dimension
from spanish.reading.spoken import Span
from spanish.reading.wording import root, word_set


class Reason(Enum):
    NUMBER_BESIDE_ONE = auto()  # one is counted by default, though a number stands in the clause
    ONE_UNNAMED = auto()  # one is counted by default of a thing that the text does not name
    NAMED_TOGETHER = auto()  # several are named by one noun: «convenio con A, B y C»
    NONE_THOUGH_DONE = auto()  # nothing counts, though a clause tells of the thing as done
    NONE_UNSAID = auto()  # nothing counts, though no clause tells of a step
    NO_NUMBER = auto()  # the thing is in the plural without a number
    NO_UNIT = auto()  # an amount is counted whose unit is not said
    PER_PERIOD = auto()  # «2 por semana»
    NONE_OF_THEM = auto()  # «…, ninguno quedó»


@dataclass(frozen=True)
class QuantityEvidence:
    """What was read of one target: `quantity` in its measure, and the pieces of the text it was read in."""

    said: Sentences
    how: Counting
    mentions: Sequence[Mention]
    quantity: Decimal
    places: Sequence[Span]
    explained: frozenset[int] = frozenset()  # where the numbers of other targets begin

    @property
    def counted(self) -> list[Mention]:
        """The mentions that the quantity was read in."""
        return [each for each in self.mentions if self.span(each) in self.places]

    @property
    def by_default(self) -> bool:
        """Whether one is counted that no number tells."""
        return self.quantity == 1 and all(each.value is None for each in self.counted)

    def span(self, each: Mention) -> Span:
        return self.said.span(each.start, each.end)


@dataclass(frozen=True)
class Weakness:
    """Why, which other quantity may be meant, and where that is said; tokens from and up to."""

    reason: Reason
    quantity: Decimal
    first: int
    last: int


def weaknesses(found: QuantityEvidence) -> list[Weakness]:
    """Every reason to doubt the quantity."""
    return [each for check in _CHECKS for each in check(found)]


def _number_beside_one(found: QuantityEvidence) -> Iterator[Weakness]:
    if not found.by_default:
        return
    product = found.how.kind is MeasureKind.PRODUCT
    names = [each.start for each in found.counted if (product or each.level == 0) and not each.plural]
    for each in found.mentions if found.how.kind is MeasureKind.UNIT_OF_WORK else ():
        if each.value is not None and each.value > 1 and each.level is not None:
            yield Weakness(Reason.NUMBER_BESIDE_ONE, each.value, each.start, each.end)
    for place, token in enumerate(found.said.tokens):
        value = value_of(token.text) if token.is_number else None
        amount = found.said.amounts.get(token.start)
        if value is None or value < 2 or amount is None or amount.unit is not None or amount.article:
            continue
        named = any(start < place for start in names)
        noun = word_at(found.said.tokens, place + 1)
        definite = word_at(found.said.tokens, place - 1) in ("los", "las")
        if definite or (noun is not None and root(noun) in EXTENT):
            continue
        if token.start in found.explained or (named and found.how.kind is not MeasureKind.EVENT):
            continue
        clause = found.said.clause_at(place)
        if clause.relative or effect_of_clause(clause, found.how) is not Effect.COUNTS:
            continue
        part = part_of(found.said, place)
        direct = clause.verb is not None and not any(
            found.said.tokens[at].text in (",", ":", "(") for at in range(clause.verb, place)
        )
        if product:
            near = part is Part.OBJECT and direct and clause.strong
        else:
            near = part is Part.RECEIVER or (direct and part in (Part.OBJECT, Part.BESIDE))
            near = near and not (named and part is Part.OBJECT)
        if near:
            yield Weakness(Reason.NUMBER_BESIDE_ONE, value, place, min(place + 2, clause.last))


def _one_unnamed(found: QuantityEvidence) -> Iterator[Weakness]:
    made = found.how.kind in (MeasureKind.PRODUCT, MeasureKind.HANDLED)
    if made or not found.by_default or any(each.level is not None for each in found.mentions):
        return
    told = [each for each in found.said.clauses if effect_of_clause(each, found.how) is Effect.COUNTS]
    act = replace(found.how, acts=found.how.acts | found.how.doing)
    if told and not any(names_act(found.said, act, each) for each in told):
        yield Weakness(Reason.ONE_UNNAMED, Decimal(0), told[0].first, told[0].last)


def _named_together(found: QuantityEvidence) -> Iterator[Weakness]:
    if any(each.value is not None for each in found.counted):
        return
    for each in found.said.clauses if found.how.to_each and found.quantity == 1 else ():
        days = [at for at in range(each.first, each.last) if found.said.tokens[at].role is Explained.DAY]
        named = [at for at in days if (word_at(found.said.tokens, at + 1) or "de") not in _NO_NAMES]
        if len(named) > 1 and effect_of_clause(each, found.how) is Effect.COUNTS:
            yield Weakness(Reason.NAMED_TOGETHER, Decimal(len(named)), named[0], each.last)
    row = names_in_row(found.said, found.how) if found.how.kind is not MeasureKind.ENTITY else None
    if row is not None and not row.each:
        other = Decimal(1) if found.quantity != 1 else Decimal(row.number)
        yield Weakness(Reason.NAMED_TOGETHER, other, row.first, row.last)


_NO_NAMES = word_set("de del y e a al con en por para se que ya")  # what follows a day and names nothing


def _none_though_done(found: QuantityEvidence) -> Iterator[Weakness]:
    if found.quantity:
        return
    for each in found.mentions:
        told = each.level in (0, 1) or (each.level is None and each.value is not None)
        of = each.part is Part.OF and each.level == 0 and each.value is not None and _is_done_to(found.how)
        done = _is_done(each.clause) and (each.part in (Part.OBJECT, Part.RECEIVER) or of) and told
        if done and not each.denied and effect_of_clause(each.clause, found.how) is Effect.COUNTS:
            yield Weakness(Reason.NONE_THOUGH_DONE, each.value or Decimal(1), each.start, each.end)


def _is_done_to(how: Counting) -> bool:
    """Whether it is counted by the things it is done to: «corregimos la clave de 80 predios»."""
    return how.kind in (MeasureKind.THING, MeasureKind.UNIT_OF_WORK)


def _none_unsaid(found: QuantityEvidence) -> Iterator[Weakness]:
    told = [each for each in found.said.clauses if not each.relative and each.kind is not VerbKind.TELL]
    effects = [effect_of_clause(each, found.how) for each in told]
    if found.quantity or Effect.STEP in effects or Effect.COUNTS not in effects:
        return
    if implied(found.said, found.how) is Effect.STEP:
        return  # «mandé el formato»: what is prepared is a step
    done = told[effects.index(Effect.COUNTS)]
    if done.strong or done.participle:
        yield Weakness(Reason.NONE_UNSAID, Decimal(1), done.first, done.last)


def _is_done(clause: Clause) -> bool:
    return clause.strong and clause.outcome is Completion.DONE and not clause.relative


def _no_number(found: QuantityEvidence) -> Iterator[Weakness]:
    if not found.by_default:
        return
    for each in found.mentions:
        several = each.plural and each.value is None and each.level == 0 and each.part is Part.OBJECT
        if several and effect_of_mention(each, found.how) is Effect.COUNTS:
            yield Weakness(Reason.NO_NUMBER, Decimal(2), each.start, each.end)


def _no_unit(found: QuantityEvidence) -> Iterator[Weakness]:
    if found.how.unit is None or found.how.unit.dimension is Dimension.MONEY or not found.quantity:
        return
    measured = [each for each in found.counted if each.value is not None and each.level is None]
    told = any(each.unit is not None for each in found.said.amounts.values())
    if measured and not told:
        yield Weakness(Reason.NO_UNIT, Decimal(0), measured[0].start, measured[0].end)


def _per_period(found: QuantityEvidence) -> Iterator[Weakness]:
    for each in found.counted:
        if is_per_period(found.said, each):
            yield Weakness(Reason.PER_PERIOD, Decimal(0), each.start, each.end)


_TOLD_OF_MANY = (MeasureKind.ENTITY, MeasureKind.EVENT, MeasureKind.UNIT_OF_WORK, MeasureKind.HANDLED)


def _none_of_them(found: QuantityEvidence) -> Iterator[Weakness]:
    for each in found.said.clauses:
        words = {token.text for token in found.said.tokens[each.first : each.last]}
        not_yet = each.outcome is Completion.NEGATED and not each.relative and words & {"todavia", "aun"}
        if found.quantity and not_yet and found.how.kind in _TOLD_OF_MANY:
            yield Weakness(Reason.NONE_OF_THEM, Decimal(0), each.first, each.last)
    for place, token in enumerate(found.said.tokens):
        stays = (word_at(found.said.tokens, place + 1) or "").startswith(("qued", "est", "sali"))
        if found.quantity and token.text in ("ninguno", "ninguna") and stays:
            yield Weakness(Reason.NONE_OF_THEM, Decimal(0), place, place + 1)


_CHECKS: tuple[Callable[[QuantityEvidence], Iterator[Weakness]], ...] = (
    _number_beside_one, _one_unnamed, _none_unsaid, _named_together, _none_though_done,
    _no_number, _no_unit, _per_period, _none_of_them,
)  # fmt: skip
