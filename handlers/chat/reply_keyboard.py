"""The three buttons below the chat, which stay until the person takes them away in `/settings`.

Telegram sends the text of such a button as a message; `command_of` finds the command that it stands for.
"""

from collections.abc import Sequence
from typing import Any

from telegram import KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove

from handlers.texts import reply_keyboard as texts
from models.rights import Action, Member

_CAPTURES = (texts.CAPTURE, texts.DUTIES, texts.PROGRESS)
_READS = (texts.ALL_DUTIES, texts.PROGRESS, texts.CALENDAR)
_COMMANDS = {
    texts.CAPTURE: "registrar",
    texts.DUTIES: "pendientes",
    texts.ALL_DUTIES: "pendientes",
    texts.PROGRESS: "avance",
    texts.CALENDAR: "calendario",
}


def markup(member: Member, shown: bool) -> dict[str, Any]:
    """Return the `reply_markup` that shows the person's buttons, or takes them away."""
    if not shown:
        return ReplyKeyboardRemove().to_dict()
    captures = member.may(Action.CAPTURE)
    labels: Sequence[str] = _CAPTURES if captures else _READS
    placeholder = texts.TELL if captures else texts.ASK
    keys = [[KeyboardButton(label) for label in labels]]
    return ReplyKeyboardMarkup(
        keys, resize_keyboard=True, is_persistent=True, input_field_placeholder=placeholder
    ).to_dict()


def command_of(text: str | None) -> str | None:
    """Return the command of the button with that text; None for any other text."""
    return _COMMANDS.get(text.strip()) if text else None
