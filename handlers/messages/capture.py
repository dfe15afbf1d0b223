"""`/registrar`: the guided capture of an activity, with words after it what they say; and «Deshacer»."""

from handlers.activities import review_news
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import button
from handlers.messages import message, open_cards, room
from handlers.reading.units import capturable_units
from handlers.texts.activities import capture as texts
from handlers.texts.activities import opened
from models.activities import registration, returning
from models.errors import Rejected
from models.storage.forms import ActivityForm
from models.tables.draft import DraftKind
from spanish.reading.courtesy import is_courtesy


def begin(context: TurnContext) -> None:
    """Ask the first question; a capture that is still open is shown instead, with a way to begin another.

    `/registrar 2 asesorías ayer` is the same as writing it.
    """
    if not is_courtesy(context.incoming.arguments):
        message.tell(context, context.incoming.arguments)
        return
    draft = drafts.newest_open(context)
    if draft is None:
        begin_another(context)
        return
    extra = [button(texts.ANOTHER, "new")]
    if len(open_cards.held(context)) > 1:
        extra.append(button(opened.SEE, room.VERB))
    drafts.show(context, draft, edit=False, preface=texts.STILL_OPEN, extra=extra)


def begin_another(context: TurnContext) -> None:
    """A new draft beside those that are open."""
    units = capturable_units(context)
    if not units:
        raise Rejected("no_programme", year=context.today.year)
    drafts.open_new(
        context, DraftKind.ACTIVITY, ActivityForm(unit_id=units[0].id if len(units) == 1 else None)
    )


def undo(context: TurnContext) -> None:
    """«Deshacer»: within ten minutes, by its author."""
    activity_id = context.argument(1)
    given = returning.open_return(context.session, activity_id)
    activity = registration.undo(context.session, activity_id, context.member, context.now)
    review_news.tell_withdrawn(context, activity, given)
    context.edit(texts.undone(activity_id))
