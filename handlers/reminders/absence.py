"""Tells people that the bot was not running for a while.

Telegram keeps messages for 24 hours and taps for 150 seconds. After a gap of more than two minutes everybody
with one open draft gets it again; with several, one line and a button that lists them. After more than 24
hours everybody is told once from when to when messages were lost. That message does not wait for the morning,
so that people send again soon; outside a person's hours it is silent.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from handlers.chat import broadcast, drafts
from handlers.chat.context import context_for_person
from handlers.chat.conversations import Conversations
from handlers.messages import open_cards
from handlers.texts.reminders import absence as texts
from models.calendar.calendar import calendar
from models.programme.view import programmes
from models.reminders.recipients import audience
from models.storage.database import separately
from models.storage.draft import holders

TAPS_LOST_AFTER = timedelta(minutes=2)
MESSAGES_KEPT = timedelta(hours=24)


def catch_up(session: Session, last_heard_at: datetime, now: datetime, conversations: Conversations) -> None:
    """Tell people about the gap between the two moments, if it was long enough to matter."""
    if now - last_heard_at > MESSAGES_KEPT:
        lost_until = now - MESSAGES_KEPT
        _tell_loss(session, texts.messages_lost(last_heard_at, lost_until, programmes(session).zone), now)
    if now - last_heard_at > TAPS_LOST_AFTER:
        _show_open_drafts(session, now, conversations)


def _tell_loss(session: Session, text: str, now: datetime) -> None:
    today = now.astimezone(calendar(session).zone).date()
    chats = [each.chat_id for each in audience(session, today).recipients]
    broadcast.tell(session, chats, text, now)


def _show_open_drafts(session: Session, now: datetime, conversations: Conversations) -> None:
    for person_id, chat_id in holders(session):
        with separately(session, f"The open cards of person {person_id} could not be shown after a silence"):
            _show_open(session, person_id, chat_id, now, conversations)


def _show_open(
    session: Session, person_id: int, chat_id: int, now: datetime, conversations: Conversations
) -> None:
    context = context_for_person(session, person_id, chat_id, now, conversations)
    found = open_cards.held(context) if context is not None else []
    if context is not None and len(found) > 1:
        open_cards.tell(context, len(found), texts.AWAY)
    elif context is not None and found:
        drafts.show(context, found[0], edit=False, preface=texts.STILL_OPEN)
