"""What is behind each door of `handlers.doors`, and which flow leads each kind of draft."""

from collections.abc import Callable

from sqlmodel import Session

from handlers import (
    access,
    activities,
    activity,
    capture,
    closed,
    correction,
    doors,
    drafts,
    evidence,
    history,
    invite,
    people,
    progress,
    review,
    settlement,
    status,
    withdrawal,
)
from handlers.activity_flow import ActivityFlow
from handlers.correction_flow import CorrectionFlow
from handlers.review import ReturnFlow
from handlers.settlement_flow import SettlementFlow
from handlers.talk import Talk
from handlers.texts import general
from handlers.withdrawal import WithdrawalFlow
from models.draft import DraftKind

Handler = Callable[[Session, Talk], None]

drafts.FLOWS |= {
    DraftKind.ACTIVITY: ActivityFlow(),
    DraftKind.SETTLEMENT: SettlementFlow(),
    DraftKind.CORRECTION: CorrectionFlow(),
    DraftKind.WITHDRAWAL: WithdrawalFlow(),
    DraftKind.RETURN: ReturnFlow(),
}


def show_help(session: Session, talk: Talk) -> None:
    """`/ayuda`: what this person can ask for."""
    talk.say(general.help_page(doors.menu(talk.member)))


ROUTES: dict[str, Handler] = {
    "registrar": capture.begin,
    "avance": progress.ask,
    "actividades": activities.ask,
    "actividad": activity.ask,
    "invitar": invite.begin,
    "personas": people.show,
    "estado": status.show,
    "cancelar": drafts.cancel_newest,
    "ayuda": show_help,
    "start": access.start,
    "d": drafts.press,
    "new": capture.begin_another,
    "undo": capture.undo,
    "settle": settlement.begin,
    "reask": closed.press,
    "p": progress.press,
    "acts": activities.press,
    "act": activity.press,
    "ev": evidence.show,
    "evr": evidence.retry,
    "hist": history.show,
    "fix": correction.begin,
    "void": withdrawal.begin,
    "unset": settlement.take_back,
    "unsets": settlement.ask_which,
    "ret": review.begin,
    "unret": review.take_back,
    "rev": review.let_stand,
    "inv": invite.press,
    "ppl": people.press,
    "st": status.press,
}
