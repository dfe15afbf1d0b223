"""«¿Cuántas mujeres participaron en las capacitaciones?»"""

from datetime import date

from handlers.activities.buttons import ShowActivities
from handlers.activities.listing import Listing
from handlers.answers.scope import lines_of, scope_of, until
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.chat.keyboards import button
from handlers.texts.answers import participants as texts
from models.activities.attendance import attendance
from models.errors import Rejected
from models.rights import Action
from spanish.reading.questions import PeriodKind, Question, QuestionPeriod, QuestionTopic, Slot


def answer(context: TurnContext, asked: Question) -> None:
    """Sums of a period, of this year by default, over the units whose activities the person may read."""
    scope = scope_of(context, asked)
    if scope is None:
        return
    year = QuestionPeriod(PeriodKind.YEAR, date(scope.programme.year, 1, 1), context.today)
    period = until(asked.period, context) if asked.period else year
    lines = lines_of(asked, scope) if asked.lines or asked.line is not None else []
    units = [unit for unit in scope.within if context.member.may(Action.READ_ACTIVITIES, unit.id)]
    if lines:
        units = [unit for unit, _ in lines if context.member.may(Action.READ_ACTIVITIES, unit.id)]
    if not units:
        raise Rejected("not_allowed")
    ids = list(dict.fromkeys(unit.id for unit in units))
    line_ids = [line.id for unit, line in lines if unit.id in ids]
    found = attendance(context.session, ids, period.first, period.last, line_ids)
    listing = Listing(
        period.last.year,
        unit_id=ids[0] if len(ids) == 1 else None,
        line_id=line_ids[0] if len(line_ids) == 1 else None,
        days=(period.first, period.last),
    )
    named = [(unit, line) for unit, line in lines if unit.id in ids]
    of = tuple(unit for unit in scope.programme.units if unit.id in ids)
    context.say(
        texts.page(found, asked.subject, asked.period or year, of, named, context.today),
        [[button(texts.SEE, ShowActivities(listing))]],
    )


CONVERSATION = Conversation(
    answers=(
        TopicAnswer(
            QuestionTopic.PARTICIPANTS,
            Action.READ_ACTIVITIES,
            answer,
            frozenset((Slot.UNIT, Slot.LINE, Slot.PERIOD)),
        ),
    )
)
