"""What is behind each door of `handlers.updates.commands`, and which flow leads each kind of draft."""

from collections.abc import Callable

from handlers.activities import (
    activities,
    activity,
    correction,
    evidence,
    history,
    review,
    settlement,
    withdrawal,
)
from handlers.activities.correction_flow import CorrectionFlow
from handlers.activities.review import ReturnFlow
from handlers.activities.settlement_flow import SettlementFlow
from handlers.activities.withdrawal import WithdrawalFlow
from handlers.activity_form import closed
from handlers.activity_form.flow import ActivityFlow
from handlers.chat import drafts, status
from handlers.chat.context import TurnContext
from handlers.messages import capture, open_cards, room, split_message
from handlers.people import access, deputies, invite, people, pins
from handlers.people.deputies import AbsenceFlow
from handlers.programme import programme
from handlers.programme.adjustment_flow import AdjustmentFlow
from handlers.programme.import_flow import ImportFlow
from handlers.progress import picture, progress
from handlers.quarter_end import (
    calendar,
    deadlines,
    duty_buttons,
    no_activity,
    observation,
    presentation,
    reopening,
    report,
    signing,
)
from handlers.quarter_end.calendar_flow import CalendarFlow
from handlers.quarter_end.no_activity import StandstillFlow
from handlers.quarter_end.observation import ObservationFlow
from handlers.quarter_end.presentation import PresentationFlow
from handlers.quarter_end.reopening import ReopeningFlow
from handlers.quarter_end.signing import SigningFlow
from handlers.reading import questions
from handlers.reminders import reminders
from handlers.texts import general
from handlers.updates import commands
from models.tables.draft import DraftKind

Handler = Callable[[TurnContext], None]

drafts.FLOWS |= {
    DraftKind.ACTIVITY: ActivityFlow(),
    DraftKind.SETTLEMENT: SettlementFlow(),
    DraftKind.CORRECTION: CorrectionFlow(),
    DraftKind.WITHDRAWAL: WithdrawalFlow(),
    DraftKind.IMPORT: ImportFlow(),
    DraftKind.ADJUSTMENT: AdjustmentFlow(),
    DraftKind.CALENDAR: CalendarFlow(),
    DraftKind.RETURN: ReturnFlow(),
    DraftKind.STANDSTILL: StandstillFlow(),
    DraftKind.OBSERVATION: ObservationFlow(),
    DraftKind.PRESENTATION: PresentationFlow(),
    DraftKind.SIGNATURE: SigningFlow(),
    DraftKind.REOPENING: ReopeningFlow(),
    DraftKind.ABSENCE: AbsenceFlow(),
}


def show_help(context: TurnContext) -> None:
    """`/ayuda`: what this person can ask for."""
    context.say(general.help_page(commands.menu(context.member)))


ROUTES: dict[str, Handler] = {
    "registrar": capture.begin,
    "avance": progress.ask,
    "actividades": activities.ask,
    "actividad": activity.ask,
    "pendientes": deadlines.ask,
    "calendario": calendar.ask,
    "observacion": observation.ask,
    "presentacion": presentation.ask,
    "firmar": signing.ask,
    "informe": report.ask,
    "reabrir": reopening.ask,
    "ausencia": deputies.ask,
    "programa": programme.ask,
    "invitar": invite.begin,
    "personas": people.show,
    "estado": status.show,
    "recordatorios": reminders.ask,
    "pin": pins.begin,
    "cancelar": room.cancel_newest,
    "ayuda": show_help,
    "start": access.start,
    "d": room.press,
    "new": capture.begin_another,
    "open": open_cards.press,
    "all": split_message.register_all,
    "undo": capture.undo,
    "settle": settlement.begin,
    "reask": closed.press,
    "p": progress.press,
    "pic": picture.press,
    "acts": activities.press,
    "act": activity.press,
    "ev": evidence.show,
    "evr": evidence.retry,
    "hist": history.show,
    "fix": correction.begin,
    "void": withdrawal.begin,
    "unset": settlement.take_back,
    "unsets": settlement.ask_which,
    "still": no_activity.press,
    "obs": observation.begin,
    "obsu": observation.choose,
    "pres": presentation.begin,
    "ret": review.begin,
    "unret": review.take_back,
    "rev": review.let_stand,
    "due": deadlines.press,
    "reg": duty_buttons.capture,
    "cal": calendar.press,
    "calm": calendar.begin_move,
    "cala": calendar.begin_addition,
    "calr": calendar.begin_removal,
    "sign": signing.press,
    "rep": report.press,
    "reopen": reopening.press,
    "abs": deputies.press,
    "ack": reminders.attend,
    "rem": reminders.press,
    "prog": programme.press,
    "adj": programme.adjust,
    "inv": invite.press,
    "ppl": people.press,
    "st": status.press,
    "pinq": pins.press,
}

questions.ANSWERS |= ROUTES
pins.ACTS |= ROUTES
