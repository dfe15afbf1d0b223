"""After the bot was away: what people are told. Source: the design's section 3.4.

Telegram keeps messages for 24 hours and taps for 150 seconds. After a gap of more than two minutes everybody
with an open draft gets it again; after more than 24 hours every person is told once from when to when
messages did not arrive.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from handlers import broadcast, drafts
from handlers.hearing import Heard
from handlers.talk import Talk
from handlers.texts import absence as texts
from models.draft import every_open
from models.people import Person
from models.programme_view import programmes
from models.rights import member

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
        person = session.get(Person, draft.person_id)
        if person is None or person.telegram_id is None or person.unreachable_at is not None:
            continue
        known = member(session, person.telegram_id)
        if known is None:
            continue
        heard = Heard(0, draft.chat_id, True, known.telegram_id, known.name)
        drafts.show(Talk(heard, now, known, session), draft, edit=False, preface=texts.STILL_OPEN)
