"""The message of a registered activity: made when it is registered, again when something of it changes, and
once more when it can be undone no longer."""

from datetime import datetime, timedelta

from handlers.activity_form.buttons import Correct, Undo
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button
from handlers.texts.activities import capture as texts
from handlers.texts.activities import registered as registered_texts
from handlers.texts.activities.registered import EXPLAINED, LineMove
from models.activities import reading as activities
from models.activities import registration
from models.activities.registration import UNDO_WITHIN
from models.evidence import attachment
from models.progress.moved import moved
from models.storage import draft as draft_rows
from models.storage.forms import ActivityForm

A_MOMENT = timedelta(seconds=1)


def message(context: TurnContext, number: int, content: ActivityForm) -> tuple[str, Keyboard]:
    """Return text and buttons; «Deshacer» only while it works."""
    unit, line = registration.find_line(context.programmes, content)
    programme = context.programmes.years[(content.ends_on or context.today).year]
    undoable = _ends_at(context, number) >= context.now
    text = registered_texts.registered(
        number,
        unit,
        line,
        content,
        attachment.gathered(context.session, activity_id=number),
        LineMove(*moved(context.session, programme, line, number, context.today)),
        undoable,
        explained=activities.number_before(context.session, number, EXPLAINED) >= EXPLAINED,
    )
    ways = [button(texts.UNDO, Undo(number))] if undoable else []
    return text, [[*ways, button(texts.CORRECT, Correct(number))]]


def ask_for_end(context: TurnContext, draft_id: int, number: int) -> None:
    """Have the message edited when the activity can be undone no longer, if that is still to come."""
    ends_at = _ends_at(context, number)
    if ends_at >= context.now:
        draft_rows.ask_for_card(context.session, draft_id, ends_at + A_MOMENT)


def _ends_at(context: TurnContext, number: int) -> datetime:
    activity = activities.look_up(context.session, number)
    assert activity is not None
    return activity.registered_at + UNDO_WITHIN
