"""Names a person's open cards in digests, and once on the evening of the day on which they were begun."""

from datetime import datetime

from sqlmodel import Session

from handlers.activity_form import unregistered
from handlers.chat import broadcast, drafts
from handlers.chat.context import TurnContext, context_for_person
from handlers.chat.conversations import Conversations
from handlers.reminders.section import Section
from handlers.texts.activities import opened as texts
from handlers.texts.escaping import Html
from models.reminders import open_cards
from models.reminders.preferences import Loudness
from models.reminders.recipients import Recipient
from models.tables.notice import NoticeKind


def section(
    session: Session, recipient: Recipient, now: datetime, conversations: Conversations
) -> list[Section]:
    """Return the first section of a digest: the person's open cards; empty if there are none."""
    context = _context(session, recipient, now, conversations)
    found = unregistered.item(context) if context is not None else None
    if found is None:
        return []
    open_cards.mention(session, recipient.person_id, found.draft_ids, now)
    return [Section(found.text, found.keyboard)]


def nudge(session: Session, now: datetime, conversations: Conversations) -> bool:
    """Show one person the cards that stayed open today; return False if nobody has any."""
    due = open_cards.due(session, now)
    if due is None:
        return False
    recipient, cards = due
    numbers = {each.draft_id for each in cards}
    open_cards.mention(session, recipient.person_id, sorted(numbers), now)
    context = _context(session, recipient, now, conversations)
    if context is None:
        return True
    held = unregistered.held(context)
    item = unregistered.item(context)
    if item is None or numbers.isdisjoint(item.draft_ids):
        return True
    preface = texts.nudge(len(held), unregistered.begun_on(context, held[0]))
    if len(held) == 1:
        drafts.show(context, held[0], edit=False, preface=preface)
        return True
    text = Html("{}\n{}").format(preface, item.text)
    silent = recipient.wishes.of(NoticeKind.MORNING) is Loudness.SILENT
    broadcast.tell(session, [recipient.chat_id], text, now, item.keyboard, silent=silent)
    return True


def _context(
    session: Session, recipient: Recipient, now: datetime, conversations: Conversations
) -> TurnContext | None:
    return context_for_person(session, recipient.person_id, recipient.chat_id, now, conversations)
