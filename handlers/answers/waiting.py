"""«¿Cuántos acuerdos faltan por publicar?»: what is registered and waits to count."""

from handlers.answers.scope import lines_of, scope_of
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.chat.keyboards import button, rows
from handlers.progress.buttons import LineOrigin, PendingActivities
from handlers.texts.answers import waiting as texts
from models.progress.progress import progress
from models.rights import Action
from spanish.reading.questions import Question, QuestionTopic, Slot


def answer(context: TurnContext, asked: Question) -> None:
    """How much waits, by line, each with its activities for who may read them."""
    scope = scope_of(context, asked)
    if scope is None:
        return
    status = progress(context.session, scope.programme, scope.quarter, context.today)
    named = (
        {line.id for _, line in lines_of(asked, scope)} if asked.lines or asked.line is not None else set()
    )
    ids = {unit.id for unit in scope.within}
    awaiting = [
        (unit, line, each)
        for unit in status.units
        for line in unit.lines
        for each in line.targets
        if each.target.counts_when and (unit.unit.id in ids if not named else line.line.id in named)
    ]
    if not awaiting:  # of another unit than one's own
        awaiting = [
            (unit, line, each)
            for unit in status.units
            for line in unit.lines
            for each in line.targets
            if each.target.counts_when and not scope.named
        ]
    keys = []
    for unit, line, each in awaiting:
        may = context.incoming.private and context.member.may(Action.READ_ACTIVITIES, unit.unit.id)
        pages = PendingActivities(line.line.id, scope.quarter, 0)
        trail = pages if may else LineOrigin(line.line.id, 1, scope.quarter)
        if each.pending:
            keys.append(button(texts.see(unit.unit, line.line), trail))
    context.say(texts.page(status, awaiting), rows(keys, 1))


CONVERSATION = Conversation(
    answers=(
        TopicAnswer(
            QuestionTopic.WAITING,
            Action.READ_PROGRESS,
            answer,
            frozenset((Slot.UNIT, Slot.LINE)),
        ),
    )
)
