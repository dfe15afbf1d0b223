"""After the bot was away: what people are told. Source: the design's section 3.4.

Telegram keeps messages for 24 hours and taps for 150 seconds. After a gap of more than two minutes everybody
with an open draft gets it again; after more than 24 hours every person is told once from when to when
messages did not arrive.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from handlers import broadcast, cards, drafts
from handlers.texts import absence as texts
from models.draft import every_open
from models.programme_view import programmes

TAPS_LOST_AFTER = timedelta(minutes=2)
MESSAGES_KEPT = timedelta(hours=24)


def catch_up(session: Session, last_heard_at: datetime, now: datetime) -> None:
    """Tell people about the silence between those two moments, if it was long enough to matter."""
    if now - last_heard_at > MESSAGES_KEPT:
        lost_until = now - MESSAGES_KEPT
        text = texts.messages_lost(last_heard_at, lost_until, programmes(session).zone)
        broadcast.tell(session, broadcast.reachable(session), text, now)
    if now - last_heard_at > TAPS_LOST_AFTER:
        _show_open_drafts(session, now)


def _show_open_drafts(session: Session, now: datetime) -> None:
    for draft in every_open(session):
        talk = cards.talk_about(session, draft, now)
        if talk is not None:
            drafts.show(talk, draft, edit=False, preface=texts.STILL_OPEN)
