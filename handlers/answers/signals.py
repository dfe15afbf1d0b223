"""«¿Qué líneas están en rojo?», «¿quién va atrasado?»: lines by their signal."""

from handlers.answers.scope import scope_of
from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.chat.keyboards import button, rows
from handlers.progress.buttons import LineProgress, WholeProgress
from handlers.texts.answers import counts as count_texts
from handlers.texts.answers import progress as texts
from handlers.texts.progress import progress as page_texts
from models.progress.progress import progress
from models.progress.signal import Signal
from models.rights import Action
from spanish.reading.questions import Question, QuestionTopic, Slot

BEHIND = (Signal.RED, Signal.YELLOW)


def answer(context: TurnContext, asked: Question) -> None:
    """The lines with those signals, of one's own unit first; «quién» is of all."""
    scope = scope_of(context, asked, in_hand=True)
    if scope is None:
        return
    units = scope.programme.units if asked.who and not scope.named else scope.within
    status = progress(context.session, scope.programme, scope.quarter, scope.day)
    ids = {unit.id for unit in units}
    wanted = asked.signals or BEHIND
    found = [
        (unit, line)
        for unit in status.units
        if unit.unit.id in ids
        for line in unit.lines
        if line.signal in wanted and (asked.line is None or line.line.number == asked.line)
    ]
    asked_who = [each for each in status.units if each.unit.id in ids] if asked.who else []
    where = page_texts.short(units[0].name) if len(units) == 1 else texts.whole(status)
    below = [] if len(units) > 1 else [[button(page_texts.EVERYBODY, WholeProgress(scope.quarter))]]
    paging.show(
        context,
        found,
        lambda shown: texts.signals(status, found, shown, wanted, where, asked_who),
        lambda shown: rows(
            [
                button(
                    count_texts.line_button(unit.unit, line.line), LineProgress(line.line.id, scope.quarter)
                )
                for unit, line in shown
            ],
            2,
        ),
        below=below,
    )


CONVERSATION = Conversation(
    answers=(
        TopicAnswer(
            QuestionTopic.SIGNALS,
            Action.READ_PROGRESS,
            answer,
            frozenset((Slot.UNIT, Slot.LINE, Slot.PERIOD)),
        ),
    )
)
