"""Repeats to planning, once, a request to reopen that nobody answered by the next working day."""

from datetime import datetime, time

from sqlmodel import Session

from handlers.activity_form import closed
from handlers.chat import broadcast
from handlers.texts.escaping import Html
from handlers.texts.quarter_end import closing as texts
from models.calendar.calendar import calendar
from models.people import reach, roster
from models.programme.view import unit_name
from models.quarter_end import requests
from models.reminders import reminders
from models.reminders.preferences import FROM_HOUR, TO_HOUR
from models.tables.people import Role
from models.tables.signature import ReopeningRequest

TOLD = "request-waits"  # kind of `Notice`


def tell(session: Session, now: datetime) -> bool:
    """Tell one person of planning of one request, within working hours; return False if none is due."""
    days = calendar(session)
    local = now.astimezone(days.zone)
    if not days.is_working_day(local.date()) or not FROM_HOUR <= local.hour < TO_HOUR:
        return False
    for request in requests.waiting(session, datetime.combine(local.date(), time.min, days.zone)):
        for person in roster.holders(session, Role.PLANNING):
            chat_id = reach.reachable_chat(session, person.id or 0)
            if chat_id is not None and reminders.claim(session, TOLD, person.id or 0, str(request.id), now):
                keyboard = closed.answers(request)
                broadcast.tell(session, [chat_id], texts.still_waits(_said(session, request)), now, keyboard)
                return True
    return False


def _said(session: Session, request: ReopeningRequest) -> Html:
    name = roster.person_name(session, request.asked_by) or ""
    unit = unit_name(session, request.unit_id) or ""
    return texts.asks_for_reopening(name, unit, request.of, request.about)
