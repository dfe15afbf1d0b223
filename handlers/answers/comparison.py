"""«Compara jurídica con vinculación», «¿vamos mejor que el trimestre pasado?»."""

from datetime import date
from fractions import Fraction

from handlers.answers.scope import Scope, scope_of
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.chat.keyboards import button, rows
from handlers.progress.buttons import UnitProgress, WholeProgress
from handlers.texts.answers import progress as texts
from handlers.texts.progress import progress as page_texts
from models.progress.progress import progress
from models.quarter import Quarter
from models.rights import Action
from spanish.reading.questions import PeriodKind, Question, QuestionTopic, Slot


def answer(context: TurnContext, asked: Question) -> None:
    """Several units beside each other; else two quarters; one unit with the person's own."""
    units = asked.units
    scope = scope_of(context, asked, in_hand=True)
    if scope is None:
        return
    own = tuple(each for each in context.member.unit_ids if scope.programme.unit(each) is not None)
    if len(units) < 2 and not asked.periods and own and units and own[0] not in units:
        units = (*units, own[0])
    if len(units) > 1:
        _units(context, scope, units)
    elif asked.periods:
        _quarters(context, asked, scope)
    else:
        _units(context, scope, tuple(unit.id for unit in scope.programme.units))


def _units(context: TurnContext, scope: Scope, units: tuple[int, ...]) -> None:
    status = progress(context.session, scope.programme, scope.quarter, scope.day)
    found = [each for each in status.units if each.unit.id in units]
    keys = [
        button(page_texts.short(each.unit.name), UnitProgress(each.unit.id, scope.quarter)) for each in found
    ]
    context.say(texts.compared(status, found), rows(keys, 2))


def _quarters(context: TurnContext, asked: Question, scope: Scope) -> None:
    """The quarters that are named; of one that is over, beside it the one after."""
    quarters = sorted(
        {each.quarter for each in asked.periods if each.kind is not PeriodKind.DAY}, reverse=True
    )
    if len(quarters) == 1:
        running = Quarter.of(context.today)
        quarters = [running, *quarters] if quarters[0] != running else [running, running.previous]
    parts: list[tuple[Quarter, Fraction, Fraction, date]] = []
    name = page_texts.EVERYBODY
    for quarter in quarters:
        programme = context.programmes.years.get(quarter.year)
        if programme is None:
            context.preface = texts.no_earlier(quarter)
            continue
        unit = programme.unit(scope.units[0].id) if len(scope.units) == 1 else None
        status = progress(context.session, programme, quarter, context.today, unit)
        part = status.units[0] if unit else status
        name = unit.name if unit else page_texts.EVERYBODY
        parts.append((quarter, part.exact, part.planned, status.on))
    unit_id = scope.units[0].id if len(scope.units) == 1 else None
    keys = [
        button(
            page_texts.quarter_button(quarter.number, False),
            WholeProgress(quarter) if unit_id is None else UnitProgress(unit_id, quarter),
        )
        for quarter, *_ in parts
    ]
    context.say(texts.two_quarters(name, parts), rows(keys, 4))


CONVERSATION = Conversation(
    answers=(
        TopicAnswer(
            QuestionTopic.COMPARISON,
            Action.READ_PROGRESS,
            answer,
            frozenset((Slot.UNIT, Slot.PERIOD, Slot.PERIODS)),
        ),
    )
)
