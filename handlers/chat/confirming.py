"""Asks for the person's PIN before an act that an unlocked telephone must not do.

A handler calls `confirmed` where such an act begins. It returns true if the PIN was just typed. Otherwise the
PIN is asked for, and after a right one `handlers.people.pins` handles the same tap or command again.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button
from handlers.texts.people import pins as texts
from handlers.updates.callback_data import CallbackData
from handlers.updates.parsing import IncomingUpdate
from models.errors import Rejected
from models.people import pin
from models.tables.chat.draft import DraftKind
from models.tables.pin import Step

CANCEL: Final = "x"
FORGOTTEN: Final = "f"
KINDS = frozenset(
    {
        DraftKind.SIGNATURE,
        DraftKind.REOPENING,
        DraftKind.ADJUSTMENT,
        DraftKind.IMPORT,
        DraftKind.CALENDAR,
        DraftKind.ABSENCE,
        DraftKind.INVITATION,
        DraftKind.NAME,
    }
)


@dataclass(frozen=True)
class PinButton(CallbackData, verb="pinq"):
    """The buttons under the question for a PIN: cancel, or PIN forgotten."""

    operation: Literal["x", "f"]
    serial: int  # number of the question


def confirmed(context: TurnContext) -> bool:
    """Return whether the act may be done now; if not, ask for the PIN. Raises `Rejected("pin_locked")`."""
    if context.member.confirmed or not pin.needed(context.session):
        return True
    ask(context, _act(context.incoming))
    return False


def ask(context: TurnContext, act: dict[str, Any], first: str = texts.NEW_FOR_ACT) -> None:
    """Ask for the PIN, or for one to be set. `act` is done after it."""
    session = context.session
    me = context.member.person_id
    if (until := pin.locked_until(session, me, context.now)) is not None:
        raise Rejected("pin_locked", until=f"{until.astimezone(context.zone):%H:%M}")
    step = Step.ENTER if pin.is_set(session, me) else Step.NEW
    serial = pin.ask(session, me, step, act, context.now).serial
    known = texts.ENTER_TO_CHANGE if act.get("change") else texts.ENTER
    context.say(known if step is Step.ENTER else first, keyboard(serial, step))


def keyboard(serial: int, step: str) -> Keyboard:
    """Return the buttons under the question: cancel, and «forgotten» if a PIN is set."""
    shown = [button(texts.CANCEL, PinButton(CANCEL, serial))]
    if step == Step.ENTER:
        shown.append(button(texts.FORGOTTEN, PinButton(FORGOTTEN, serial)))
    return [shown]


def _act(incoming: IncomingUpdate) -> dict[str, Any]:
    """Return what was tapped or written, so that it can be handled again."""
    if incoming.data is not None:
        return {"data": incoming.data, "message_id": incoming.message_id}
    return {"command": incoming.command, "arguments": incoming.arguments}
