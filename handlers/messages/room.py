"""How many cards a person has before them: what is beyond waits, stored whole, and is shown in its turn.

With `bounds.OPEN_CARDS` open, the card of the next message is kept and not shown; that is said once. As soon
as one is registered or cancelled, the oldest that waits is shown.
"""

from handlers.chat import bursts, drafts
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import button
from handlers.texts.activities import opened as texts
from models.bounds import OPEN_CARDS, WAITING_CARDS
from models.errors import Rejected
from models.people.draft_rights import may_hold
from models.storage import draft as draft_rows
from models.tables.draft import DraftKind

VERB = "open"


def waits(context: TurnContext, cards: int = 1) -> bool:
    """Whether that many new cards must wait. Raises `Rejected("too_many_waiting")`."""
    person, chat = context.member.person_id, context.incoming.chat_id
    there = draft_rows.count_open(context.session, person, chat, DraftKind.ACTIVITY, OPEN_CARDS)
    if there + cards <= OPEN_CARDS:
        return False
    if draft_rows.count_waiting(context.session, person, chat, WAITING_CARDS) + cards > WAITING_CARDS:
        raise Rejected("too_many_waiting", limit=WAITING_CARDS)
    if bursts.is_first(context, "waits"):
        context.say(texts.waits(there), [[button(texts.SEE, VERB)]])
    return True


def press(context: TurnContext) -> None:
    """A button of a draft, which may have ended it."""
    drafts.press(context)
    show_next(context)


def cancel_newest(context: TurnContext) -> None:
    """`/cancelar`: leave the draft that was touched last."""
    drafts.cancel_newest(context)
    show_next(context)


def show_next(context: TurnContext) -> None:
    """One card less is open: the oldest that waits is shown, where there is room for it."""
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
