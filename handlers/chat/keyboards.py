"""Inline keyboards: rows of buttons with callback data «verb:argument:argument»."""

from functools import lru_cache

from telegram import InlineKeyboardButton
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from handlers.updates.callback_data import CallbackData
from models.clean_text import in_place

Keyboard = list[list[dict[str, str]]]

BUTTONS = InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER  # per message
BYTES = 9_000  # per message; Telegram accepts about 10 kB of JSON
ROW = InlineKeyboardMarkupLimit.BUTTONS_PER_ROW
DATA = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA  # bytes
LABEL = 64  # characters; phones show fewer


def button(text: str, data: CallbackData) -> dict[str, str]:
    """Return a button. Direction characters in a name cannot reorder the rest of its label."""
    shown = text if len(text) <= LABEL else f"{text[: LABEL - 1].rstrip()}…"
    return button_of(in_place(shown), data.pack())


def button_of(text: str, data: str) -> dict[str, str]:
    """Return a button with exactly that label and data, as stored in the outbox."""
    return {**_labelled(text), "callback_data": data}


@lru_cache(maxsize=2048)  # making one takes 25 µs, and labels repeat; data rarely do
def _labelled(text: str) -> dict[str, str]:
    return InlineKeyboardButton(text, callback_data=text[:1]).to_dict()


def rows(buttons: list[dict[str, str]], width: int) -> Keyboard:
    """Return the buttons in rows of at most `width`."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]
