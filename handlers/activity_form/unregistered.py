"""What a person began and did not register: the first item of `/pendientes` and of digests, and a nudge."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.activity_form import cards
from handlers.activity_form.buttons import RegisterCard
from handlers.chat.context import TurnContext
from handlers.chat.flows import OpenCards
from handlers.chat.keyboards import Keyboard, button
from handlers.texts.activities import opened as texts
from handlers.texts.escaping import Html
from models.bounds import OPEN_CARDS, WAITING_CARDS
from models.evidence import attachment
from models.people.draft_rights import may_hold
from models.storage import draft as draft_rows
from models.storage.draft import CARDS, Draft

BUTTONS = 2  # cards with a button of their own; one more lists all


@dataclass(frozen=True)
class Unregistered:
    """The open cards of a person in one chat, as an item of a list with its buttons."""

    text: Html
    keyboard: Keyboard
    draft_ids: tuple[int, ...]


def item(context: TurnContext) -> Unregistered | None:
    """Return the item; None if nothing is open, or in a group."""
    found = held(context)
    if not found or not context.incoming.private:
        return None
    person, chat = context.member.person_id, context.incoming.chat_id
    waiting = draft_rows.count_waiting(context.session, person, chat, WAITING_CARDS)
    named = [
        (each, attachment.gathered(context.session, draft_id=each.id), begun_on(context, each))
        for each in found[:BUTTONS]
    ]
    keyboard: Keyboard = [[_button(context, each, several=len(found) > 1)] for each in found[:BUTTONS]]
    if len(found) > BUTTONS:
        keyboard.append([button(texts.see_all(len(found)), OpenCards())])
    text = texts.unregistered(named, len(found), waiting)
    return Unregistered(text, keyboard, tuple(each.id for each in found))


def begun_on(context: TurnContext, draft: Draft) -> date:
    """Return the local day of the message with which the draft began."""
    return draft.said_at.astimezone(context.zone).date()


def held(context: TurnContext) -> list[Draft]:
    """Return the person's open cards in this chat that they may still hold, latest first."""
    person, chat = context.member.person_id, context.incoming.chat_id
    found = draft_rows.newest_open(context.session, person, chat, 2 * OPEN_CARDS)
    theirs: Sequence[Draft] = [each for each in found if may_hold(context.session, each, context.member)]
    return [each for each in theirs if each.kind in CARDS]


def _button(context: TurnContext, draft: Draft, several: bool) -> dict[str, str]:
    if cards.is_ready(context, draft):
        return button(texts.register(draft, several), RegisterCard(draft.id, draft.revision))
    return button(texts.finish(draft, several), OpenCards(draft.id))
