"""Tells directors what was done in their place: a signature at once, smaller acts together."""

from datetime import datetime

from sqlmodel import Session

from handlers.chat import broadcast
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import button
from handlers.progress.buttons import UnitProgress
from handlers.texts.people import deputies as texts
from handlers.texts.quarter_end import signing as signing_texts
from models.people import reach, roster
from models.programme.view import UnitView, unit_name
from models.quarter import Quarter
from models.reminders import in_place
from models.tables.signature import Signature
from spanish.writing import formats


def tell_signed(context: TurnContext, unit: UnitView, signature: Signature) -> None:
    """Send it alone and with a sound to every reachable director of the unit."""
    director = reach.reachable_member(context.session, signature.in_place_of)
    if director is None:
        return
    quarter = Quarter(signature.year, signature.quarter)
    moment = signing_texts.moment(signature.signed_at, context.zone)
    text = texts.signed_in_place(context.member.name, unit.name, formats.quarter(quarter), moment)
    see = [[button(signing_texts.SEE, UnitProgress(unit.id, quarter))]]
    broadcast.tell(context.session, [director.telegram_id], text, context.now, see)


def tell_acts(session: Session, now: datetime) -> bool:
    """Tell one director what was done in their place; return False if nothing is due."""
    found = in_place.due(session, now)
    if found is None:
        return False
    director = reach.reachable_member(session, found.row.person_id)
    if director is not None:
        deputy = roster.person_name(session, found.row.deputy_id) or ""
        unit = unit_name(session, found.row.unit_id) or ""
        text = texts.acts_in_place(deputy, unit, found.acts)
        broadcast.tell(session, [director.telegram_id], text, now)
    return True
