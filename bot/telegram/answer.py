"""Parses the Bot API's response to a call.

Only `{"ok": true, "result": …}` and `{"ok": false, "description": …}` are responses. Anything else (a proxy's
page, half a JSON, `null`, a list) is treated as a network failure.
"""

import json
import math
import re
import unicodedata
from http import HTTPStatus
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

PAUSE, LONGEST_PAUSE = 5, 3600  # seconds to wait if a 429 does not tell how long, and at most
LONGEST_NUMBER = 2**52  # ids of chats and messages are below it
MOST_DIGITS = 100  # of an integer; Python reads no more than 4,300, and Telegram's have 19
DEEPEST = 64  # levels of an answer that is too deep to be read whole; Telegram's have twelve
_TOKEN = re.compile(r'"(?:[^"\\]|\\.?)*(?:"|\Z)|[\[\]{}]', re.DOTALL)


class TooMuch(BadRequest):
    """The request is larger than the server, or a proxy in front of it, accepts."""


class InvalidResponse(NetworkError):
    """The body is not a response of the Bot API."""


def result_of(status: int, body: bytes) -> Any:
    """Return the `result` of a response. Raises the matching `TelegramError` if there is none."""
    said = read(body)
    if said is not None and said.get("ok") is True and said.get("result") is not None and status < 300:
        return said["result"]
    raise _failure(status, said)


def refusal(status: int, body: bytes) -> TelegramError:
    """Return the error that a response to a file download describes."""
    error = _failure(status, read(body))
    # For an expired link to a file, which does not mean a wrong token or a blocked bot.
    return BadRequest(error.message) if isinstance(error, InvalidToken | Forbidden) else error


def number(value: Any) -> int | None:
    """Return a chat or message id, or None for anything else."""
    is_one = isinstance(value, int) and not isinstance(value, bool) and abs(value) < LONGEST_NUMBER
    return value if is_one else None


def plain(words: str) -> str:
    """Return the text on one line, without control characters and lone surrogates."""
    return "".join(each if unicodedata.category(each) not in ("Cc", "Cs") else " " for each in words)


def read(body: bytes) -> dict[str, Any] | None:
    """Return JSON that Telegram sent as a dict, or None if it is not one.

    Updates arrive together, so one bad value must not affect the others: values nested too deep and integers
    with too many digits become null.
    """
    text = body.decode(errors="replace")
    try:
        try:
            said = json.loads(text, parse_int=_integer)
        except RecursionError:
            said = json.loads(_without_depths(text), parse_int=_integer)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= MOST_DIGITS else None


def _without_depths(text: str) -> str:
    """Return the JSON with null in place of anything nested deeper than `DEEPEST` levels."""
    kept: list[str] = []
    level, end = 0, 0
    for found in _TOKEN.finditer(text):
        if found[0] in ("[", "{"):
            level += 1
            if level == DEEPEST + 1:
                kept += [text[end : found.start()], "null"]
        elif found[0] in ("]", "}"):
            level -= 1
            if level == DEEPEST:
                end = found.end()
    return "".join([*kept, text[end:] if level <= DEEPEST else ""])


def _failure(status: int, said: dict[str, Any] | None) -> TelegramError:
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return TooMuch("Request Entity Too Large")
    description = said.get("description") if said and said.get("ok") is False else None
    if not said or not isinstance(description, str):
        return (
            _pause(None)
            if status == HTTPStatus.TOO_MANY_REQUESTS
            else InvalidResponse(f"{status}, no answer")
        )
    if status < 300:
        status = number(said.get("error_code")) or HTTPStatus.INTERNAL_SERVER_ERROR
    given = said.get("parameters")
    parameters = given if isinstance(given, dict) else {}
    if (moved_to := number(parameters.get("migrate_to_chat_id"))) is not None:
        return ChatMigrated(moved_to)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _pause(parameters.get("retry_after"))
    return _KINDS.get(status, BadRequest if 400 <= status < 500 else NetworkError)(plain(description))


_KINDS: dict[int, type[TelegramError]] = {
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.NOT_FOUND: InvalidToken,  # for a malformed token, and for an unknown method
    HTTPStatus.CONFLICT: Conflict,
}


def _pause(seconds: Any) -> RetryAfter:
    usable = isinstance(seconds, int | float) and math.isfinite(seconds) and seconds > 0
    return RetryAfter(math.ceil(min(seconds, LONGEST_PAUSE)) if usable else PAUSE)
