"""Tells planning, once for each case, of units that nobody can sign."""

from datetime import date, datetime

from sqlmodel import Session

from handlers.chat import broadcast
from handlers.texts import status as texts
from models.calendar.calendar import calendar
from models.people import invitation, reach, roster, signers
from models.people.signers import UnitWithoutSigner
from models.reminders import reminders
from models.reminders.preferences import FROM_HOUR, TO_HOUR
from models.tables.people import Role

TOLD = "unsignable"  # kind of `Notice`


def tell(session: Session, now: datetime) -> bool:
    """Tell one person of planning, within working hours; return False if there is nothing new to tell."""
    days = calendar(session)
    local = now.astimezone(days.zone)
    if not days.is_working_day(local.date()) or not FROM_HOUR <= local.hour < TO_HOUR:
        return False
    if not signers.may_lack_signer(session, local.date()):
        return False
    found = _to_tell(session, now, local.date())
    for person in roster.holders(session, Role.PLANNING) if found else ():
        chat_id = reach.reachable_chat(session, person.id or 0)
        if chat_id is None:
            continue
        news = [
            each
            for each in found
            if reminders.claim(
                session, TOLD, person.id or 0, f"{each.unit.key}:{each.why.value}:{each.since}", now
            )
        ]
        if news:
            broadcast.tell(session, [chat_id], texts.unsignable_news(news), now)
            return True
    return False


def _to_tell(session: Session, now: datetime, today: date) -> list[UnitWithoutSigner]:
    """Return the units to tell of: in use since an earlier day, and no director is invited."""
    found = signers.without_signer(session, today)
    if not found:
        return []
    since = signers.in_use_since(session)
    zone = calendar(session).zone
    invited = {
        each.unit_id for each in invitation.open_invitations(session, now) if each.role is Role.DIRECTOR
    }
    return [
        each
        for each in found
        if each.unit.id not in invited
        and (begun := since.get(each.unit.id)) is not None
        and begun.astimezone(zone).date() < today
    ]
