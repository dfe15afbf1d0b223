"""`/observacion`: a unit's remark on a line's percentage, printed in the report."""

from collections.abc import Mapping

from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.flows import CARD, EDIT, Choice, StepQuestion
from handlers.chat.keyboards import button
from handlers.progress import quarter_query
from handlers.progress.quarter_query import Asked
from handlers.quarter_end import stating
from handlers.quarter_end.buttons import Observe, ObserveUnit
from handlers.quarter_end.stating import TAKE_OFF, TEXT
from handlers.texts.progress import progress as progress_texts
from handlers.texts.quarter_end import statements as texts
from models.errors import Rejected
from models.programme.view import UnitView
from models.progress.progress import progress
from models.progress.status import LineStatus
from models.quarter import Quarter
from models.quarter_end import statements
from models.quarter_end.statements import Stating
from models.rights import Action
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from models.tables.statement import Observation


def ask(context: TurnContext) -> None:
    """`/observacion [unidad] [línea] [trimestre]`; buttons ask for what is missing."""
    asked = quarter_query.read(context)
    if asked is None:
        return
    units = stating.writable(context, asked)
    if asked.line is not None:
        _ask_numbered(context, asked, units, asked.line)
    elif len(units) == 1:
        _ask_line(context, units[0], asked.quarter)
    else:
        choices = [button(unit.name, ObserveUnit(unit.id, asked.quarter)) for unit in units]
        paging.choose(context, texts.WHICH_UNIT, choices)


def choose(context: TurnContext, data: ObserveUnit) -> None:
    """Show the lines of the chosen unit and quarter."""
    quarter_query.programme_of(context, data.quarter)
    unit = statements.find_unit(context.session, data.unit_id, data.quarter)
    context.member.require(statements.STATEMENT_KINDS[Observation].action, unit.id)
    _ask_line(context, unit, data.quarter)


def begin(context: TurnContext, data: Observe) -> None:
    quarter_query.programme_of(context, data.quarter)
    stating.begin(context, DraftKind.OBSERVATION, data.line_id, data.quarter)


def _ask_numbered(context: TurnContext, asked: Asked, units: list[UnitView], number: int) -> None:
    having = [(unit, line) for unit in units if (line := unit.line(number))]
    if not having:
        raise Rejected("line_unknown")
    if len(having) == 1:
        stating.begin(context, DraftKind.OBSERVATION, having[0][1].id, asked.quarter)
        return
    choices = [button(unit.name, Observe(line.id, asked.quarter)) for unit, line in having]
    paging.choose(context, texts.WHICH_UNIT, choices)


def _ask_line(context: TurnContext, unit: UnitView, quarter: Quarter) -> None:
    known = statements.observations(context.session, [line.id for line in unit.lines], quarter)
    choices = [
        button(texts.line_button(line, line.id in known), Observe(line.id, quarter)) for line in unit.lines
    ]
    quarters = [
        button(progress_texts.quarter_button(each.number, each == quarter), ObserveUnit(unit.id, each))
        for each in Quarter.all_of(quarter.year)
    ]
    paging.choose(context, texts.which_line(unit, quarter), choices, [quarters])


class ObservationFlow(stating.StatingFlow):
    """The steps of an observation; see `flows.Flow`."""

    accept = texts.SAVE
    words: Mapping[str, int] = {TEXT: statements.STATEMENT_KINDS[Observation].limit}

    def question(self, context: TurnContext, content: Stating, step: str) -> StepQuestion:
        unit, line = _standing_of(context, content)
        if step == CARD:
            text = texts.observation_card(unit, line, content.when, content.text)
            return StepQuestion(text, [Choice(texts.TEXT, TEXT, EDIT)])
        stands = stating.current_statement(context, DraftKind.OBSERVATION, content)
        choices = [Choice(texts.TAKE_OFF, TAKE_OFF)] if stands else []
        shown = stating.shown(context, stands)
        return StepQuestion(
            texts.ask_observation(unit, line, content.when, shown),
            choices,
            copied=statements.words(stands),
        )

    def choose(self, context: TurnContext, content: Stating, step: str, value: str) -> Stating:
        if (step, value) != (TEXT, TAKE_OFF):
            raise Rejected("stale_button")
        return content.answering(TEXT, text="")

    def write(self, context: TurnContext, content: Stating, step: str, text: str) -> Stating:
        statements.check_words(Observation, text)
        return content.answering(TEXT, text=text)

    def finish(self, context: TurnContext, draft: Draft, content: Stating) -> None:
        statements.state(
            context.session, Observation, content, context.member, context.today, context.now, draft
        )
        unit, line = statements.find_line(context.session, content.owner_id, content.when)
        text = texts.observed(unit, line, content.when, content.text)
        context.edit(text, stating.owed(unit.id, content.when), draft.id)


def _standing_of(context: TurnContext, content: Stating) -> tuple[UnitView, LineStatus]:
    unit, line = statements.find_line(context.session, content.owner_id, content.when)
    programme = context.programmes.years[content.when.year]
    found = progress(context.session, programme, content.when, context.today, unit).units[0]
    return unit, next(each for each in found.lines if each.line.id == line.id)


CONVERSATION = Conversation(
    commands=(Command("observacion", Action.STATE, ask, texts.MENU_OBSERVATION, paged=True),),
    callbacks=(Callback(Observe, Action.STATE, begin), Callback(ObserveUnit, Action.STATE, choose)),
    flows={DraftKind.OBSERVATION: ObservationFlow()},
)
