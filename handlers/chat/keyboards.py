"""Inline keyboards: rows of buttons, each with its data."""

from handlers.updates.callback_data import CallbackData
from models.clean_text import in_place

Keyboard = list[list[dict[str, str]]]

BUTTONS, BYTES = 100, 9_000  # on one message, at most; Telegram takes about 10 kB of JSON
ROW = 8  # in one row
DATA = 64  # bytes of a button's data
LABEL = 64  # characters of a button's text; a telephone shows fewer


def button(text: str, data: CallbackData) -> dict[str, str]:
    """One button. No name or title turns round the rest of its text."""
    shown = text if len(text) <= LABEL else f"{text[: LABEL - 1].rstrip()}…"
    return {"text": in_place(shown), "callback_data": data.pack()}


def rows(buttons: list[dict[str, str]], width: int) -> Keyboard:
    """The buttons in rows of at most `width`."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]
