"""What is behind each door of `handlers.doors`."""

from collections.abc import Callable

from sqlmodel import Session

from handlers import access, activities, capture, doors, drafts, invite, people, progress, settlement, status
from handlers.talk import Talk
from handlers.texts import general

Handler = Callable[[Session, Talk], None]


def show_help(session: Session, talk: Talk) -> None:
    """`/ayuda`: what this person can ask for."""
    talk.say(general.help_page(doors.menu(talk.member)))


ROUTES: dict[str, Handler] = {
    "registrar": capture.begin,
    "avance": progress.ask,
    "actividades": activities.show,
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
    "p": progress.press,
    "acts": activities.press,
    "inv": invite.press,
    "ppl": people.press,
    "st": status.press,
}
