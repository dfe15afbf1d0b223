"""Plain questions: each is answered by the command that it stands for, with that command's rights.

Two have no command: a count of one thing («cuántas actas llevamos»), and who has not reported. A text that
may be a question or a report is asked back, as the first step of its draft.
"""

from dataclasses import replace

from handlers.chat.context import TurnContext
from handlers.chat.flows import Choice, StepQuestion
from handlers.chat.keyboards import button, rows
from handlers.progress import progress, quarter_query, reported
from handlers.progress.buttons import LineProgress
from handlers.reading import readings as reading
from handlers.texts.progress import progress as progress_texts
from handlers.texts.progress import questions as texts
from models.errors import Rejected
from models.progress.progress import progress as standing_of
from models.quarter import Quarter
from models.storage import draft as draft_rows
from models.storage.forms import ActivityForm
from spanish.reading.progress_query import read_words
from spanish.reading.question import Question
from spanish.reading.question_openings import QuestionTopic

ASKED, TOLD = "ask", "tell"  # the two answers to "is it a question?"
SHOWN = 10  # lines per message


def read(context: TurnContext, text: str) -> Question | None:
    """Return the question that the text asks, or None."""
    programme = context.programmes.of(context.today) or context.programmes.newest()
    return reading.question(context, text, programme.units) if programme else None


def is_answerable(asked: Question | None) -> bool:
    """Return whether it is certainly a question, and one that can be answered."""
    return asked is not None and asked.sure and asked.topic is not QuestionTopic.NONE


def answer(context: TurnContext, asked: Question) -> None:
    """Answer the question as its command would."""
    if asked.topic is QuestionTopic.NONE:
        say_not_answerable(context)
    elif asked.topic is QuestionTopic.COUNT:
        _answer_count(context, asked)
    elif asked.topic is QuestionTopic.SILENT:
        _answer_silent(context, asked)
    else:
        _answer_by_command(context, asked.topic.value, asked.arguments)


def say_not_answerable(context: TurnContext) -> None:
    """Say that the question cannot be answered, with examples of those that can."""
    context.say(texts.not_answerable(context.conversations.menu(context.member)))


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
    context.incoming = replace(context.incoming, message_id=None)  # send the answer as a new message
    answer(context, asked)
    return None


def _answer_by_command(context: TurnContext, name: str, arguments: str) -> None:
    command = context.conversations.commands[name]
    context.member.require(command.action)
    context.incoming = replace(context.incoming, command=name, arguments=arguments, data=None)
    command.handle(context)


def _answer_count(context: TurnContext, asked: Question) -> None:
    """Show the lines named in the question: the person's own if any, else all; a single one in full."""
    query = read_words(asked.arguments)
    year = query.year or context.today.year
    programme = context.programmes.years.get(year)
    if programme is None:
        context.say(progress_texts.no_programme(year, sorted(context.programmes.years)))
        return
    quarter = Quarter(year, query.quarter) if query.quarter else progress.usual_quarter(year, context)
    found = [(unit, line.id) for unit, line in programme.lines() if line.id in asked.lines]
    own = [each for each in found if each[0].id in context.member.unit_ids]
    found = own or found
    if len(found) == 1:
        shown = LineProgress(found[0][1], quarter)
        context.incoming = replace(context.incoming, data=shown.pack())
        progress.press(context, shown)
        return
    status = standing_of(context.session, programme, quarter, context.today)
    wanted = {line_id for _, line_id in found}
    stood = [(unit, line) for unit in status.units for line in unit.lines if line.line.id in wanted]
    if not stood:  # the line belongs to another year's programme
        _answer_by_command(context, QuestionTopic.PROGRESS.value, asked.arguments)
        return
    buttons = [
        button(texts.line_button(unit.unit, line.line), LineProgress(line.line.id, quarter))
        for unit, line in stood[:SHOWN]
    ]
    more = texts.more_lines(len(stood) - SHOWN) if len(stood) > SHOWN else ""
    context.say(progress_texts.lines_page(status, stood[:SHOWN]) + more, rows(buttons, 2))


def _answer_silent(context: TurnContext, asked: Question) -> None:
    """Show which units have nothing registered in the quarter in hand, are overdue, or owe something."""
    context.incoming = replace(context.incoming, arguments=asked.arguments)
    query = quarter_query.read(context)
    if query is None:
        return
    if query.named:
        _answer_by_command(context, QuestionTopic.DUTIES.value, asked.arguments)
        return
    reported.show(context, query.programme, query.quarter)
