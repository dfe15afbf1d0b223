"""`/presentacion`: a unit's narrative of its quarter, the first part of its report.

It may come in several messages, each appended until it is saved.
"""

from collections.abc import Mapping

from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.flows import CARD, EDIT, Choice, StepQuestion
from handlers.chat.keyboards import COPIED, button
from handlers.progress import quarter_query
from handlers.quarter_end import stating
from handlers.quarter_end.buttons import Present
from handlers.quarter_end.stating import TAKE_OFF, TEXT
from handlers.texts.quarter_end import statements as texts
from models.errors import Rejected
from models.quarter import Quarter
from models.quarter_end import statements
from models.quarter_end.statements import Stating
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from models.tables.statement import Presentation
from spanish.reading.courtesy import is_courtesy

ADD, ANEW, SAVE = "add", "anew", "save"
LIMIT = statements.STATEMENT_KINDS[Presentation].limit
MOST = 5 * LIMIT  # characters kept of a text that is too long, to tell its length


def ask(context: TurnContext) -> None:
    """`/presentacion [unidad] [trimestre]`; buttons ask for the unit if the person has several."""
    asked = quarter_query.read(context)
    if asked is None:
        return
    units = stating.writable(context, asked)
    if len(units) == 1:
        _begin(context, units[0].id, asked.quarter)
        return
    known = statements.presentations(context.session, [unit.id for unit in units], asked.quarter)
    choices = [
        button(texts.unit_button(unit, unit.id in known), Present(unit.id, asked.quarter)) for unit in units
    ]
    paging.choose(context, texts.WHICH_UNIT, choices)


def begin(context: TurnContext, data: Present) -> None:
    quarter_query.programme_of(context, data.quarter)
    _begin(context, data.unit_id, data.quarter)


def _begin(context: TurnContext, unit_id: int, quarter: Quarter) -> None:
    """Send the saved presentation in full, then ask for a new one."""
    statements.check(context.session, Presentation, unit_id, quarter, context.member, context.today)
    stands = statements.presentation(context.session, unit_id, quarter)
    for each in texts.pages(stands.text) if stands else ():
        context.say(each)
    stating.begin(context, DraftKind.PRESENTATION, unit_id, quarter)


class PresentationFlow(stating.StatingFlow):
    """The steps of a presentation; see `flows.Flow`. Its one question stays open until it is saved."""

    accept = texts.SAVE
    words: Mapping[str, int] = {TEXT: MOST}

    def question(self, context: TurnContext, content: Stating, step: str) -> StepQuestion:
        unit = statements.find_unit(context.session, content.owner_id, content.when)
        if step == CARD:
            text = texts.presentation_taken_off(unit, content.when)
            return StepQuestion(text, [Choice(texts.TEXT, TEXT, EDIT)])
        if content.text:
            fits = [Choice(texts.SAVE, SAVE)] if len(content.text) <= LIMIT else []
            text = texts.presentation_so_far(unit, content.when, content.text, LIMIT)
            short = content.text if len(content.text) <= COPIED else ""  # a longer one was sent in full
            return StepQuestion(text, [*fits, Choice(texts.ANEW, ANEW)], copied=short)
        stands = stating.current_statement(context, DraftKind.PRESENTATION, content)
        choices = [Choice(texts.ADD, ADD), Choice(texts.TAKE_OFF, TAKE_OFF)] if stands else []
        return StepQuestion(texts.ask_presentation(unit, content.when, bool(stands)), choices)

    def choose(self, context: TurnContext, content: Stating, step: str, value: str) -> Stating | None:
        if step != TEXT:
            raise Rejected("stale_button")
        if value == ANEW:
            return content.model_copy(update={"text": ""})
        if value == ADD:
            stands = stating.current_statement(context, DraftKind.PRESENTATION, content)
            return content.model_copy(update={"text": statements.words(stands)})
        if value == TAKE_OFF:
            return content.answering(TEXT, text="")
        draft = draft_rows.find(context.session, content.draft_id)
        if value != SAVE or draft is None:
            raise Rejected("stale_button")
        self.finish(context, draft, content)
        return None

    def write(self, context: TurnContext, content: Stating, step: str, text: str) -> Stating:
        if content.text and is_courtesy(text):
            raise Rejected("card_awaits_tap")
        whole = f"{content.text}\n\n{text}" if content.text else text
        if len(whole) > MOST:
            raise Rejected("statement_too_long", length=len(whole), limit=LIMIT)
        if len(whole) > texts.SHORT:
            for each in texts.pages(whole):
                context.say(each)
        return content.model_copy(update={"text": whole})

    def finish(self, context: TurnContext, draft: Draft, content: Stating) -> None:
        statements.state(
            context.session, Presentation, content, context.member, context.today, context.now, draft
        )
        unit = statements.find_unit(context.session, content.owner_id, content.when)
        text = texts.presented(unit, content.when, content.text)
        context.edit(text, stating.owed(unit.id, content.when), draft.id)


CONVERSATION = Conversation(
    commands=(Command("presentacion", Action.STATE, ask, texts.MENU_PRESENTATION, paged=True),),
    callbacks=(Callback(Present, Action.STATE, begin),),
    flows={DraftKind.PRESENTATION: PresentationFlow()},
)
