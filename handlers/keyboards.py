"""Inline keyboards: rows of buttons whose data is «verb:argument:argument»."""

Keyboard = list[list[dict[str, str]]]


def button(text: str, verb: str, *arguments: int | str) -> dict[str, str]:
    """One button. Telegram takes 1–64 bytes of data."""
    return {"text": text, "callback_data": ":".join([verb, *map(str, arguments)])}


def rows(buttons: list[dict[str, str]], width: int) -> Keyboard:
    """The buttons in rows of at most `width`."""
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]
