"""Examples for help, from the person's own unit in the programme that is loaded."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from handlers.chat.context import TurnContext
from handlers.texts.examples import Examples, ExampleTarget
from handlers.texts.progress.progress import short
from models.programme.view import LineView, Programmes, ProgrammeView, TargetView, UnitView
from spanish.reading.questions.vocabulary import Concept, concepts_of
from spanish.writing.folding import fold
from spanish.writing.measures import named

LONGEST = 28  # characters of a measure that an example can take
QUANTITY, PEOPLE = 2, 9


def examples(context: TurnContext) -> Examples:
    """Return the first example of the person's units, else of the whole programme."""
    return examples_of(context.programmes, context.member.unit_ids, context.now)


def examples_of(known: Programmes, unit_ids: Sequence[int], now: datetime) -> Examples:
    """Return the first example of those units, else of the whole programme."""
    programme = known.of(now.astimezone(known.zone).date()) or known.newest()
    if programme is None:
        return Examples()
    unit, other = _names(programme, _own(programme, unit_ids))
    return next(candidates(programme, unit_ids), Examples(unit=unit, other=other))


def candidates(programme: ProgrammeView, unit_ids: Sequence[int]) -> Iterator[Examples]:
    """Yield an example for each target that people count one by one, the plainest first."""
    units = _own(programme, unit_ids)
    names = _names(programme, units)
    found = [(unit, line, target) for unit in units for line in unit.lines for target in line.targets]
    for _, line, target in sorted(found, key=lambda each: _rank(each[2])):
        if _is_plain(target):
            yield _example(line, target, *names)


def _own(programme: ProgrammeView, unit_ids: Sequence[int]) -> list[UnitView]:
    """Return the units with those ids; all where there are none."""
    return [unit for unit in programme.units if unit.id in unit_ids] or list(programme.units)


def _names(programme: ProgrammeView, units: Sequence[UnitView]) -> tuple[str, str]:
    """Return what two units are called in a question: one's own, and another where there is one."""
    others = [unit for unit in programme.units if unit.id != units[0].id]
    other = min(others, key=lambda unit: len(short(unit.name)), default=units[0])
    return short(units[0].name), short(other.name)


def _is_plain(target: TargetView) -> bool:
    """Return whether the target counts things that add up."""
    rate = target.terms[-1].combine.is_rate
    return not rate and len(target.measure) <= LONGEST and "%" not in target.measure


def _rank(target: TargetView) -> tuple[bool, bool, bool, int]:
    words = target.measure.split()
    return target.decimals > 0, bool(target.counts_when), _counts_people(target), len(words)


def _counts_people(target: TargetView) -> bool:
    return any(Concept.PEOPLE in concepts_of(word) for word in fold(target.measure).split())


def _example(line: LineView, target: TargetView, unit: str, other: str) -> Examples:
    quantity = f"{QUANTITY} {named(target.measure, QUANTITY)}"
    people = None if _counts_people(target) else PEOPLE
    return Examples(
        report=f"Ayer: {quantity}, {people} personas" if people else f"Ayer: {quantity}",
        quantity=quantity,
        measure=named(target.measure, QUANTITY),
        unit=unit,
        other=other,
        line=line.number,
        people=people,
        target=ExampleTarget(line.unit_id, line.id, target.id, QUANTITY * 10**target.decimals),
    )
