"""«Sin movimiento este trimestre»: states that a line had no activity, and why.

If that was stated already, the button shows it, with a button to take it back.
"""

from collections.abc import Mapping

from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.flows import CARD, EDIT, Choice, StepQuestion
from handlers.chat.keyboards import button
from handlers.progress import quarter_query
from handlers.quarter_end import stating
from handlers.quarter_end.buttons import NoActivity
from handlers.quarter_end.stating import TEXT
from handlers.texts.quarter_end import statements as texts
from models.quarter import Quarter
from models.quarter_end import statements
from models.quarter_end.statements import Stating
from models.rights import Action
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from models.tables.statement import NoActivityStatement


def press(context: TurnContext, data: NoActivity) -> None:
    session = context.session
    line_id, quarter = data.line_id, data.quarter
    quarter_query.programme_of(context, quarter)
    statements.check(session, NoActivityStatement, line_id, quarter, context.member, context.today)
    stands = statements.no_activity_reason(session, line_id, quarter)
    if data.taken_back:
        _take_back(context, line_id, quarter, (stands.id or 0) if stands else 0)
    elif stands is None:
        stating.begin(context, DraftKind.STANDSTILL, line_id, quarter)
    else:
        unit, line = statements.find_line(session, line_id, quarter)
        text = texts.no_activity_stated(unit, line, quarter, stating.shown(context, stands))
        context.say(text, [[button(texts.MOVED, NoActivity(line_id, quarter, "no"))]])


def _take_back(context: TurnContext, line_id: int, quarter: Quarter, based_on_id: int) -> None:
    """«Sí hubo movimiento»: take the statement back."""
    nothing = Stating(owner_id=line_id, quarter=quarter.key, based_on_id=based_on_id)
    statements.state(
        context.session, NoActivityStatement, nothing, context.member, context.today, context.now
    )
    unit, line = statements.find_line(context.session, line_id, quarter)
    context.edit(texts.moved(unit, line, quarter), stating.owed(unit.id, quarter))


class NoActivityFlow(stating.StatingFlow):
    """The steps of stating that a line had no activity; see `flows.Flow`."""

    accept = texts.CONFIRM_NO_ACTIVITY
    words: Mapping[str, int] = {TEXT: statements.STATEMENT_KINDS[NoActivityStatement].limit}

    def question(self, context: TurnContext, content: Stating, step: str) -> StepQuestion:
        unit, line = statements.find_line(context.session, content.owner_id, content.when)
        if step == CARD:
            text = texts.no_activity_card(unit, line, content.when, content.text)
            return StepQuestion(text, [Choice(texts.REASON, TEXT, EDIT)])
        choices = [Choice(reason, str(place)) for place, reason in enumerate(texts.REASONS)]
        return StepQuestion(texts.ask_why(unit, line, content.when), choices)

    def choose(self, context: TurnContext, content: Stating, step: str, value: str) -> Stating:
        known = {str(place): reason for place, reason in enumerate(texts.REASONS)}
        return self.write(context, content, step, known.get(value, ""))

    def write(self, context: TurnContext, content: Stating, step: str, text: str) -> Stating:
        statements.check_words(NoActivityStatement, text)
        return content.answering(TEXT, text=text)

    def finish(self, context: TurnContext, draft: Draft, content: Stating) -> None:
        statements.state(
            context.session, NoActivityStatement, content, context.member, context.today, context.now, draft
        )
        unit, line = statements.find_line(context.session, content.owner_id, content.when)
        text = texts.no_activity_saved(unit, line, content.when, content.text)
        context.edit(text, stating.owed(unit.id, content.when), draft.id)


CONVERSATION = Conversation(
    callbacks=(Callback(NoActivity, Action.CAPTURE, press),),
    flows={DraftKind.STANDSTILL: NoActivityFlow()},
)
