"""Plain questions: each topic is answered by the conversation that declares it (`handlers.answers`).

What a question names and its answer does not heed is said to be ignored, in the first line. A text that
may be a question or a report is asked back, as the first step of its draft.
"""

from dataclasses import replace

from handlers.chat.command_buttons import RunCommand
from handlers.chat.context import TurnContext
from handlers.chat.examples import examples
from handlers.chat.flows import Choice, StepQuestion
from handlers.chat.keyboards import button
from handlers.reading import readings as reading
from handlers.texts import help as help_texts
from handlers.texts.answers import questions as texts
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.storage import draft as draft_rows
from models.storage.forms import ActivityForm
from spanish.reading.questions import Question, QuestionTopic
from spanish.reading.questions.period import of_quarter

ASKED, TOLD = "ask", "tell"  # the two answers to "is it a question?"


def read(context: TurnContext, text: str) -> Question | None:
    """Return the question that the text asks, or None."""
    programme = context.programmes.of(context.today) or context.programmes.newest()
    return reading.question(context, text, programme.units) if programme else None


def is_answerable(asked: Question | None) -> bool:
    """Return whether it is certainly a question, and one that can be answered."""
    return asked is not None and asked.sure and asked.topic is not QuestionTopic.NONE


def answer(context: TurnContext, asked: Question) -> None:
    """Answer it with the rights of its conversation. Raises `Rejected("not_allowed")`."""
    if asked.topic is QuestionTopic.NONE:
        say_not_answerable(context)
        return
    if asked.topic is QuestionTopic.REQUEST:
        context.say(texts.NOT_FOR_ME, [[button(help_texts.HELP, RunCommand("help"))]])
        return
    asked = _of_quarter_in_hand(context, asked)
    found = context.conversations.answers[asked.topic]
    context.member.require(found.action)
    context.incoming = replace(context.incoming, command=None, arguments="", data=None)
    programme = context.programmes.of(context.today) or context.programmes.newest()
    context.preface = texts.ignored(asked, asked.slots - found.heeds, programme, context.today)
    found.handler(context, asked)


def _of_quarter_in_hand(context: TurnContext, asked: Question) -> Question:
    """Take «este trimestre» for the quarter that is being closed, as «el trimestre» is, until its close."""
    if not any(each.this for each in asked.periods):
        return asked
    in_hand = of_quarter(calendar(context.session).quarter_in_hand(context.today))
    return replace(asked, periods=tuple(in_hand if each.this else each for each in asked.periods))


def say_not_answerable(context: TurnContext) -> None:
    """Say that the question cannot be answered, with examples of those that can."""
    known = texts.not_answerable(context.conversations.menu(context.member), examples(context))
    context.say(known, [[button(help_texts.HELP, RunCommand("help"))]])


def ask_whether(content: ActivityForm) -> StepQuestion:
    """Return the first step of a text that may be a question or a report."""
    choices = [Choice(texts.IT_TELLS, TOLD), Choice(texts.IT_ASKS, ASKED)]
    return StepQuestion(texts.is_it_a_question(content.narrative or ""), choices)


def choose(context: TurnContext, content: ActivityForm, value: str, step: str) -> ActivityForm | None:
    """Continue with the report, or answer the question, which ends the draft."""
    if value == TOLD:
        return content.answering(step)
    draft = draft_rows.find(context.session, content.draft_id)
    asked = read(context, content.narrative or "")
    if value != ASKED or draft is None or asked is None:
        raise Rejected("stale_button")
    draft.cancelled_at = context.now
    draft_rows.save(context.session, draft)
    context.edit(texts.asked(content.narrative or ""), [])
    context.answer()
    # The answer is a message of its own.
    context.incoming = replace(context.incoming, message_id=None, callback_id=None)
    answer(context, asked)
    return None
