"""Lists a person's open drafts: «open» lists them, «open:12» shows draft 12 again."""

from dataclasses import replace

from handlers.activity_form import cards
from handlers.activity_form.buttons import RegisterCard, Revive
from handlers.chat import draft_buttons, drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.flows import OpenCards
from handlers.chat.keyboards import Keyboard, button
from handlers.messages import room
from handlers.texts.activities import belonging
from handlers.texts.activities import capture as capture_texts
from handlers.texts.activities import opened as texts
from models.bounds import OPEN_CARDS, WAITING_CARDS
from models.errors import Rejected
from models.people.draft_rights import may_hold
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.draft import Draft


def press(context: TurnContext, data: OpenCards) -> None:
    """Show the list, or one of its drafts."""
    if data.draft_id is None:
        show(context)
        return
    draft = draft_rows.find(context.session, data.draft_id)
    if draft is None or not draft_rows.is_open(draft) or draft.waits_since is not None:
        raise Rejected("stale_button")
    drafts.check_held(context, draft)
    drafts.show(context, draft, edit=False)


def revive(context: TurnContext, data: Revive) -> None:
    """Show a draft that had expired again, as it was."""
    draft = draft_rows.find(context.session, data.draft_id)
    if draft is None:
        raise Rejected("stale_button")
    draft_buttons.revive(context, draft)
    drafts.show(context, draft, edit=False, preface=capture_texts.REVIVED)


def register(context: TurnContext, data: RegisterCard) -> None:
    """Register a card from another message than its own, or show it if it changed since."""
    draft = draft_rows.find(context.session, data.draft_id)
    if draft is None:
        raise Rejected("stale_button")
    if draft.person_id != context.member.person_id:
        raise Rejected("not_yours")
    if draft.registered_at is not None:
        raise Rejected("already_registered")
    if not draft_rows.is_open(draft):
        raise Rejected("already_cancelled")
    drafts.check_held(context, draft)
    if draft.revision != data.revision or not cards.is_ready(context, draft):
        drafts.show(context, draft, edit=False)
        return
    context.change_card(draft.id, belonging.GOES_ON_BELOW, [])
    context.answer()
    context.incoming = replace(context.incoming, callback_id=None)  # the list that was tapped stays
    drafts.flow_of(context, draft).finish(context, draft, drafts.read(context, draft))
    room.show_next(context)


def show(context: TurnContext) -> None:
    """List open drafts with a button for each; if there is room, also show the next that waits."""
    room.show_next(context)
    found = held(context)
    waiting = draft_rows.count_waiting(
        context.session, context.member.person_id, context.incoming.chat_id, WAITING_CARDS
    )
    context.edit(texts.every(len(found), waiting), _buttons(found))


def tell(context: TurnContext, number: int, preface: str) -> None:
    """Send one line in place of many cards, with the button that lists them."""
    context.say(f"{preface}\n\n{texts.how_many(number)}", [[button(texts.SEE, OpenCards())]])


def held(context: TurnContext) -> list[Draft]:
    """Return the person's open drafts in this chat, latest first."""
    person, chat = context.member.person_id, context.incoming.chat_id
    found = draft_rows.newest_open(context.session, person, chat, 2 * OPEN_CARDS)
    return [each for each in found if may_hold(context.session, each, context.member)]


def _buttons(found: list[Draft]) -> Keyboard:
    return [[button(texts.name(each), OpenCards(each.id))] for each in found]


CONVERSATION = Conversation(
    callbacks=(
        Callback(OpenCards, Action.CAPTURE, press),
        Callback(Revive, Action.CAPTURE, revive),
        Callback(RegisterCard, Action.CAPTURE, register),
    )
)
