"""«¿Quién no ha reportado?», «¿ya reportó archivo?», «¿alguien no ha subido nada esta semana?»."""

from handlers.answers.scope import Scope, is_now, scope_of, until
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.chat.keyboards import button, rows
from handlers.progress import reported
from handlers.progress.buttons import ReportedUnits, UnitDuties
from handlers.texts.progress import progress as page_texts
from handlers.texts.progress import reported as texts
from models.programme.view import UnitView
from models.progress.tally import tally_between
from models.rights import Action
from spanish.reading.questions import PeriodKind, Question, QuestionPeriod, QuestionTopic, Slot
from spanish.reading.questions.period import of_quarter


def answer(context: TurnContext, asked: Question) -> None:
    """Of a quarter how each unit stands with it; of another period, or of a unit, what was registered."""
    scope = scope_of(context, asked, in_hand=True)
    if scope is None:
        return
    period = asked.period
    if scope.named:
        _say_units(context, scope, period or of_quarter(scope.quarter))
    elif period is None or period.kind in (PeriodKind.QUARTER, PeriodKind.YEAR):
        reported.show(context, scope.programme, scope.quarter)
    else:
        _say_silent(context, scope, period)


def _say_units(context: TurnContext, scope: Scope, period: QuestionPeriod) -> None:
    """«Archivo: 8 actividades en el 1er trimestre», and how it stands with the quarter."""
    numbers = _numbers(context, scope, period)
    states = reported.states(context, scope.programme, scope.quarter)
    found = [(unit, numbers[unit.id], states[unit.id]) for unit in scope.units]
    context.say(texts.of_units(found, period, scope.quarter, context.today), _keys(scope, list(scope.units)))


def _say_silent(context: TurnContext, scope: Scope, period: QuestionPeriod) -> None:
    numbers = _numbers(context, scope, period)
    silent = [unit for unit in scope.programme.units if not numbers[unit.id]]
    others = [(unit, numbers[unit.id]) for unit in scope.programme.units if numbers[unit.id]]
    keys = [*_keys(scope, silent), [button(texts.QUARTER, ReportedUnits(scope.quarter))]]
    context.say(texts.silent_page(silent, others, period, context.today), keys)


def _numbers(context: TurnContext, scope: Scope, period: QuestionPeriod) -> dict[int, int]:
    """How many activities of the period each unit has."""
    period = period if is_now(period, context) else until(period, context)
    sums = tally_between(context.session, scope.programme.id, period.first, period.last)
    return {
        unit.id: sum(sums.activities.get(line.id, 0) for line in unit.lines) for unit in scope.programme.units
    }


def _keys(scope: Scope, units: list[UnitView]) -> list[list[dict[str, str]]]:
    keys = [button(page_texts.short(unit.name), UnitDuties(unit.id, scope.quarter, 0)) for unit in units]
    return rows(keys, 2)


CONVERSATION = Conversation(
    answers=(
        TopicAnswer(QuestionTopic.SILENT, Action.READ_PROGRESS, answer, frozenset((Slot.UNIT, Slot.PERIOD))),
    )
)
