"""Inline keyboards: rows of buttons with callback data «verb:argument:argument»."""

from functools import lru_cache
from typing import cast

from telegram import CopyTextButton, InlineKeyboardButton
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, KeyboardButtonStyle

from handlers.texts import labels
from handlers.updates.callback_data import CallbackData
from models.clean_text import in_place

Keyboard = list[list[dict[str, str]]]

BUTTONS = InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER  # per message
BYTES = 9_000  # per message; Telegram accepts about 10 kB of JSON
ROW = InlineKeyboardMarkupLimit.BUTTONS_PER_ROW
DATA = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA  # bytes
COPIED = InlineKeyboardButtonLimit.MAX_COPY_TEXT  # characters that a button copies
STYLES = ((labels.DONE, KeyboardButtonStyle.SUCCESS), (labels.ENDS, KeyboardButtonStyle.DANGER))
LABEL = 64  # characters; phones show fewer


def copy_button(text: str, copied: str) -> dict[str, str]:
    """Return a button that copies a text of at most `COPIED` characters."""
    shown = InlineKeyboardButton(text, copy_text=CopyTextButton(copied)).to_dict()
    return cast("dict[str, str]", shown)  # its `copy_text` is an object, which no code of ours looks into


def button(text: str, data: CallbackData) -> dict[str, str]:
    """Return a button. Direction characters in a name cannot reorder the rest of its label."""
    shown = text if len(text) <= LABEL else f"{text[: LABEL - 1].rstrip()}…"
    return button_of(in_place(shown), data.pack())


def button_of(text: str, data: str) -> dict[str, str]:
    """Return a button with exactly that label and data, as stored in the outbox."""
    return {**_labelled(text), "callback_data": data}


@lru_cache(maxsize=2048)  # making one takes 25 µs, and labels repeat; data rarely do
def _labelled(text: str) -> dict[str, str]:
    style = next((str(style) for sign, style in STYLES if text.startswith(sign)), None)
    return InlineKeyboardButton(text, callback_data=text[:1], style=style).to_dict()


def rows(buttons: list[dict[str, str]], width: int) -> Keyboard:
    """Return the buttons in rows of at most `width`."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]
