"""Limits how many cards a person has open; further ones wait, stored, and are shown in turn.

With `bounds.OPEN_CARDS` open, the card of the next message is stored and not shown, which is said once. When
one is registered or cancelled, the oldest waiting one is shown.
"""

from handlers.chat import bursts, draft_buttons, drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.flows import DraftButton, OpenCards
from handlers.chat.keyboards import button
from handlers.texts.activities import opened as texts
from models.bounds import OPEN_CARDS, WAITING_CARDS
from models.errors import Rejected
from models.people.draft_rights import may_hold
from models.rights import Action
from models.storage import draft as draft_rows
from models.tables.chat.draft import DraftKind


def waits(context: TurnContext, cards: int = 1) -> bool:
    """Return whether that many new cards must wait. Raises `Rejected("too_many_waiting")`."""
    person, chat = context.member.person_id, context.incoming.chat_id
    there = draft_rows.count_open(context.session, person, chat, DraftKind.ACTIVITY, OPEN_CARDS)
    if there + cards <= OPEN_CARDS:
        return False
    if draft_rows.count_waiting(context.session, person, chat, WAITING_CARDS) + cards > WAITING_CARDS:
        raise Rejected("too_many_waiting", limit=WAITING_CARDS)
    if bursts.is_first(context, "waits"):
        context.say(texts.waits(there), [[button(texts.SEE, OpenCards())]])
    return True


def press(context: TurnContext, data: DraftButton) -> None:
    """Handle a button of a draft, and show the next waiting card if it ended."""
    draft_buttons.press(context, data)
    show_next(context)


def cancel_newest(context: TurnContext) -> None:
    """`/cancelar`: cancel the draft that was touched last."""
    draft_buttons.cancel_newest(context)
    show_next(context)


def show_next(context: TurnContext) -> None:
    """Show the oldest waiting card if there is room."""
    session = context.session
    person, chat = context.member.person_id, context.incoming.chat_id
    for draft in draft_rows.waiting(session, person, chat, OPEN_CARDS):
        if draft_rows.count_open(session, person, chat, DraftKind.ACTIVITY, OPEN_CARDS) >= OPEN_CARDS:
            return
        draft.waits_since, draft.touched_at = None, context.now
        draft_rows.save(session, draft)
        if may_hold(session, draft, context.member):
            left = draft_rows.count_waiting(session, person, chat, WAITING_CARDS)
            drafts.show(context, draft, edit=False, preface=texts.waited(left))
            return


CONVERSATION = Conversation(
    commands=(Command("cancelar", Action.GET_HELP, cancel_newest, texts.MENU_CANCEL),),
    callbacks=(Callback(DraftButton, Action.CAPTURE, press),),
)
