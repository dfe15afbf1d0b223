"""`/registrar`, the guided capture of an activity, and «Deshacer»."""

from dataclasses import dataclass

from handlers.activities import review_news
from handlers.activity_form import cards
from handlers.activity_form.buttons import Undo
from handlers.activity_form.flow import ActivityFlow
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.flows import OpenCards
from handlers.chat.keyboards import button
from handlers.messages import message, open_cards, room
from handlers.reading.units import capturable_units
from handlers.texts.activities import capture as texts
from handlers.texts.activities import opened
from handlers.updates.callback_data import CallbackData
from models.activities import registration, returning
from models.errors import Rejected
from models.rights import Action
from models.storage.forms import ActivityForm
from models.tables.chat.draft import DraftKind
from spanish.reading.courtesy import is_courtesy


@dataclass(frozen=True)
class BeginAnother(CallbackData, verb="new"):
    """Begin another draft besides the open one."""


def begin(context: TurnContext) -> None:
    """Ask the first question; show a capture that is still open instead, with a button to begin another.

    `/registrar 2 asesorías ayer` is handled like the text alone.
    """
    if not is_courtesy(context.incoming.arguments):
        message.tell(context, context.incoming.arguments)
        return
    draft = drafts.newest_open(context)
    if draft is None:
        _begin_another(context)
        return
    extra = [button(texts.ANOTHER, BeginAnother())]
    if len(open_cards.held(context)) > 1:
        extra.append(button(opened.SEE, OpenCards()))
    drafts.show(context, draft, edit=False, preface=texts.STILL_OPEN, extra=extra)


def begin_another(context: TurnContext, data: BeginAnother) -> None:
    """Begin another draft beside the open ones."""
    _begin_another(context)


def _begin_another(context: TurnContext) -> None:
    units = capturable_units(context)
    if not units:
        raise Rejected("no_programme", year=context.today.year)
    drafts.open_new(
        context, DraftKind.ACTIVITY, ActivityForm(unit_id=units[0].id if len(units) == 1 else None)
    )


def undo(context: TurnContext, data: Undo) -> None:
    """«Deshacer»: withdraw the activity and show its card again; only its author, within ten minutes."""
    activity_id = data.activity_id
    given = returning.open_return(context.session, activity_id)
    activity = registration.undo(context.session, activity_id, context.member, context.now)
    review_news.tell_withdrawn(context, activity, given)
    card = cards.give_back(context, activity, waits=room.waits(context))
    if card is None or card.waits_since is not None:
        context.edit(texts.undone(activity_id))
    else:
        drafts.show(context, card, edit=True, preface=texts.undone(activity_id))


CONVERSATION = Conversation(
    commands=(Command("registrar", Action.CAPTURE, begin, texts.MENU),),
    callbacks=(Callback(BeginAnother, Action.CAPTURE, begin_another), Callback(Undo, Action.CAPTURE, undo)),
    flows={DraftKind.ACTIVITY: ActivityFlow()},
)
