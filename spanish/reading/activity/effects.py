"""What a clause does to a measure: whether what it tells counts, is a step towards it, or neither.

What finishes a thing depends on what is counted: people who meet have held a session, but of a report they
have only spoken.
"""

from enum import Enum, auto

from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.mentions import Mention
from spanish.reading.activity.parts import Part
from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.verbs import VerbKind


class Effect(Enum):
    COUNTS = auto()
    STEP = auto()
    TOTAL = auto()  # a running total, in which this message's part is not told
    UNSURE = auto()


_STEPS = frozenset(
    {VerbKind.BEGIN, VerbKind.ASK, VerbKind.PLAN, VerbKind.PUT_OFF, VerbKind.LACK, VerbKind.WANT}
)
_SEEN = frozenset(set(MeasureKind) - {MeasureKind.PRODUCT, MeasureKind.ENTITY, MeasureKind.HANDLED})
# Verbs that finish some kinds of measure only.
_FINISHING: dict[VerbKind, frozenset[MeasureKind]] = {
    VerbKind.APPROVE: frozenset({MeasureKind.PRODUCT, MeasureKind.HANDLED}),
    VerbKind.SEND: frozenset(
        {MeasureKind.PRODUCT, MeasureKind.HANDLED, MeasureKind.AMOUNT, MeasureKind.THING}
    ),
    VerbKind.COME_IN: frozenset(
        {MeasureKind.ENTITY, MeasureKind.PEOPLE, MeasureKind.AMOUNT, MeasureKind.EVENT}
    ),
    VerbKind.ACQUIRE: frozenset({MeasureKind.AMOUNT, MeasureKind.HANDLED}),
    VerbKind.GIVEN: frozenset(MeasureKind) - {MeasureKind.THING, MeasureKind.HANDLED},
    VerbKind.LOSE: frozenset({MeasureKind.HANDLED}),
    VerbKind.HAND_ON: frozenset({MeasureKind.PRODUCT, MeasureKind.UNIT_OF_WORK, MeasureKind.THING}),
    VerbKind.LOOK: _SEEN,
    VerbKind.MEET: _SEEN,
    VerbKind.PREPARE: frozenset({MeasureKind.UNIT_OF_WORK, MeasureKind.THING, MeasureKind.AMOUNT}),
    VerbKind.GO_ON: frozenset({MeasureKind.UNIT_OF_WORK, MeasureKind.THING, MeasureKind.AMOUNT}),
}
_NOT_DONE = frozenset(
    {Completion.UNDERWAY, Completion.PLANNED, Completion.WISHED, Completion.NEGATED, Completion.LACKING}
)


_TAKING_IN = frozenset({VerbKind.ACQUIRE, VerbKind.COME_IN, VerbKind.GIVEN})


def effect_of_clause(clause: Clause, how: Counting) -> Effect:
    """What the clause does to the thing that is its object."""
    if clause.outcome in _NOT_DONE:
        return Effect.STEP
    if clause.outcome is Completion.TOTAL:
        return Effect.TOTAL
    if clause.kind in _STEPS:
        return Effect.STEP
    if clause.kind is VerbKind.MEET and how.by_meeting:
        return Effect.COUNTS
    if clause.kind in _FINISHING:
        taken = how.takes_in and clause.kind in _TAKING_IN
        return Effect.COUNTS if taken or how.kind in _FINISHING[clause.kind] else Effect.STEP
    if clause.outcome is Completion.STATE and clause.kind not in (VerbKind.BE, VerbKind.TELL):
        return Effect.UNSURE
    return Effect.COUNTS


def effect_of_mention(mention: Mention, how: Counting) -> Effect:
    """What the text says of a mention: its clause's effect, if it has the part of what is done there."""
    kind = how.kind
    if mention.denied:
        return Effect.STEP
    if mention.level is None and mention.clause.kind is VerbKind.TELL:
        return Effect.UNSURE  # «…, confirmaron 9»
    if mention.part is Part.PURPOSE and kind is MeasureKind.HANDLED:
        return Effect.UNSURE  # «compramos 3 tóners para la solicitud de Sistemas»
    if mention.part in (Part.PURPOSE, Part.OF):
        return Effect.STEP
    if mention.part is Part.ACT and mention.clause.kind is VerbKind.APPROVE:
        return Effect.STEP  # «se aprobó la compra de 3 equipos»
    if mention.part is Part.BESIDE and mention.level != 0:
        return Effect.UNSURE
    if (
        mention.part is Part.RECEIVER
        and kind is MeasureKind.EVENT
        and mention.clause.kind not in (VerbKind.LOOK, VerbKind.MEET)
    ):
        asked = effect_of_clause(mention.clause, how) is Effect.STEP  # «convocados a la 4ta ordinaria»
        return Effect.STEP if asked else Effect.UNSURE  # «se abrieron las inscripciones al curso»
    if mention.part is Part.RECEIVER and kind is MeasureKind.PRODUCT:
        return Effect.UNSURE
    return effect_of_clause(mention.clause, how)
