"""When a person is told something that they did not ask for: on working days, in the hours they chose."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from models.calendar.calendar import Calendar, calendar
from models.reminders import preferences
from models.reminders.preferences import Wishes
from models.tables.notice import Preference
from models.tables.people import Person


def is_welcome(known: Calendar, wishes: Wishes, now: datetime) -> bool:
    """Return whether it is a working day within the person's hours and not in a pause."""
    local = now.astimezone(known.zone)
    if not known.is_working_day(local.date()) or not wishes.from_hour <= local.hour < wishes.to_hour:
        return False
    return wishes.paused_until is None or local.date() >= wishes.paused_until


def outside_hours(session: Session, chat_ids: Collection[int], now: datetime) -> set[int]:
    """Return those of the people's chats where a message should make no sound now."""
    rows = session.exec(
        select(Person.telegram_id, Preference)
        .join(Preference, col(Preference.person_id) == col(Person.id), isouter=True)
        .where(col(Person.telegram_id).in_(chat_ids))
    ).all()
    wishes = {chat_id: preferences.read(row) for chat_id, row in rows}
    known = calendar(session)
    return {each for each in chat_ids if not is_welcome(known, wishes.get(each, Wishes()), now)}
