"""Which open cards are still to be pointed out to their people: each once, on the evening of its day.

A card that was touched too late for that evening is pointed out on the next working morning. A card that
another notice named meanwhile is not pointed out again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import String, cast, select
from sqlmodel import Session, col

from models.calendar.calendar import Calendar, calendar
from models.reminders import reminders
from models.reminders.due_notices import EVENING, SNOOZE
from models.reminders.hours import is_welcome
from models.reminders.preferences import Loudness
from models.reminders.recipients import Recipient, audience
from models.storage.draft import CARDS
from models.tables.chat.draft import DraftRow
from models.tables.notice import Notice, NoticeKind

POINTED_OUT = "card"  # kind of the `Notice`; its period is the number of the draft
AFTER = timedelta(minutes=30)  # since the card was touched last
MATTERS = timedelta(days=5)  # an older card is named by `/pendientes` and the digests


@dataclass(frozen=True)
class OpenCard:
    draft_id: int
    chat_id: int
    touched_at: datetime


def due(session: Session, now: datetime) -> tuple[Recipient, list[OpenCard]] | None:
    """Return the first person who is to be told now, with the cards; None if there is nobody."""
    found = _unmentioned(session, now)  # first, since at most ticks it finds nothing
    if not found:
        return None
    days = calendar(session)
    if not days.is_working_day(now.astimezone(days.zone).date()):
        return None
    for recipient in audience(session, now.astimezone(days.zone).date()).recipients:
        cards = [
            each
            for each in found.get(recipient.person_id, ())
            if each.chat_id == recipient.chat_id and now >= _points_at(days, recipient, each.touched_at)
        ]
        if cards and is_welcome(days, recipient.wishes, now) and not _is_put_off(session, recipient, now):
            return recipient, cards
    return None


def mention(session: Session, person_id: int, draft_ids: Sequence[int], now: datetime) -> bool:
    """Note that these cards were named to their person; return whether one was not before."""
    claimed = [reminders.claim(session, POINTED_OUT, person_id, str(each), now) for each in draft_ids]
    return any(claimed)


def _unmentioned(session: Session, now: datetime) -> dict[int, list[OpenCard]]:
    told = (
        select(col(Notice.id))
        .where(
            col(Notice.kind) == POINTED_OUT,
            col(Notice.person_id) == col(DraftRow.person_id),
            col(Notice.period) == cast(col(DraftRow.id), String),
        )
        .exists()
    )
    query = (
        select(col(DraftRow.person_id), col(DraftRow.id), col(DraftRow.chat_id), col(DraftRow.touched_at))
        .where(
            col(DraftRow.registered_at).is_(None),
            col(DraftRow.cancelled_at).is_(None),
            col(DraftRow.expired_at).is_(None),
            col(DraftRow.kind).in_(CARDS),
            col(DraftRow.touched_at) >= now - MATTERS,
            col(DraftRow.touched_at) <= now - AFTER,
            ~told,
        )
        .order_by(col(DraftRow.person_id), col(DraftRow.touched_at))
    )
    found: dict[int, list[OpenCard]] = {}
    for person_id, draft_id, chat_id, touched_at in session.connection().execute(query):
        found.setdefault(person_id, []).append(OpenCard(draft_id or 0, chat_id, touched_at))
    return found


def _points_at(days: Calendar, recipient: Recipient, touched_at: datetime) -> datetime:
    """Return when the card is pointed out: that evening, else at the start of the next working day."""
    wishes, day = recipient.wishes, touched_at.astimezone(days.zone).date()
    evening = _at(days, day, min(max(EVENING, wishes.from_hour), wishes.to_hour - 1))
    at = max(evening, touched_at + AFTER)
    if days.is_working_day(day) and at < _end(days, day, wishes.to_hour):
        return at
    return _at(days, days.next_working_day(day), wishes.from_hour)


def _at(days: Calendar, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), days.zone)


def _end(days: Calendar, day: date, hour: int) -> datetime:
    """Return that hour of the day; 24 is the next midnight."""
    return datetime.combine(day, time(), days.zone) + timedelta(hours=hour)


def _is_put_off(session: Session, recipient: Recipient, now: datetime) -> bool:
    """Return whether the person tapped «Recuérdeme mañana» today or wants no reminders of duties."""
    if recipient.wishes.of(NoticeKind.MORNING) is Loudness.OFF:
        return True
    today = now.astimezone(calendar(session).zone).date().isoformat()
    query = select(col(Notice.id)).where(
        col(Notice.kind) == SNOOZE,
        col(Notice.person_id) == recipient.person_id,
        col(Notice.period) == today,
    )
    return session.connection().execute(query).first() is not None
