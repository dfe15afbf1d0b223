"""After the bot was away: what people are told. Source: the design's section 3.4.

Telegram keeps messages for 24 hours and taps for 150 seconds. After a gap of more than two minutes everybody
with an open draft gets it again; after more than 24 hours every person is told once from when to when
messages did not arrive. That one does not wait for the morning, since the sooner it is read the sooner what
was lost is sent again; outside a person's hours it comes without a sound.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from handlers import broadcast, cards, drafts
from handlers.texts import absence as texts
from models.calendar import calendar
from models.database import separately
from models.draft import every_open
from models.occasions import is_welcome
from models.programme_view import programmes
from models.recipients import audience

TAPS_LOST_AFTER = timedelta(minutes=2)
MESSAGES_KEPT = timedelta(hours=24)


def catch_up(session: Session, last_heard_at: datetime, now: datetime) -> None:
    """Tell people about the silence between those two moments, if it was long enough to matter."""
    if now - last_heard_at > MESSAGES_KEPT:
        lost_until = now - MESSAGES_KEPT
        _tell_loss(session, texts.messages_lost(last_heard_at, lost_until, programmes(session).zone), now)
    if now - last_heard_at > TAPS_LOST_AFTER:
        _show_open_drafts(session, now)


def _tell_loss(session: Session, text: str, now: datetime) -> None:
    days = calendar(session)
    people = audience(session, now.astimezone(days.zone).date()).recipients
    for each in people:
        broadcast.tell(session, [each.chat_id], text, now, silent=not is_welcome(days, each.wishes, now))


def _show_open_drafts(session: Session, now: datetime) -> None:
    for draft in every_open(session):
        with separately(session, f"Draft {draft.id} could not be shown after a silence"):
            talk = cards.talk_about(session, draft, now)
            if talk is not None:
                drafts.show(talk, draft, edit=False, preface=texts.STILL_OPEN)
