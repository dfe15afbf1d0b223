"""Logging as text or JSON lines, at any level without the token and without people's texts.

The message of an error may quote what somebody wrote («invalid literal …», «Key (name)=(…)»), so of our own
errors only the class and the place are logged; the row of the update has the whole error (`handlers.turn`).

The filter is on the root *handler*, since a filter on a logger does not see records of its children (httpx
and aiohttp log whole URLs, which contain the token).
"""

import json
import logging
import re
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from typing import Literal

from sqlalchemy.exc import DBAPIError

_TOKEN = re.compile(r"(?<!\d)\d{3,}:[A-Za-z0-9_-]{20,}")
MASK = "<token>"
HIDDEN = "<text>"
# Packages whose errors may quote what people sent; those of libraries are about addresses and states.
_OURS = ("bot", "handlers", "local_telegram", "models", "reports", "spanish", "asyncio", "__main__")
_VALUES = re.compile(  # values that messages of databases and Telegram quote
    r"DETAIL:.*?(?=^(?:HINT|CONTEXT|\[SQL|\(Background|Traceback|The above|During)|\Z)"
    r"|CONTEXT:.*?$|\[parameters:.*?$|(?<=can't parse entities: ).*?$"
    r"|(?<=invalid input syntax for type )[^\n]*",
    re.DOTALL | re.MULTILINE,
)


class Redact(logging.Filter):
    """Masks the given secrets, and anything that looks like a bot token, in the rendered line."""

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

    def filter(self, record: logging.LogRecord) -> bool:
        ours = record.name.partition(".")[0] in _OURS
        if ours and isinstance(record.args, tuple):
            record.args = tuple(
                said(each) if isinstance(each, BaseException) else each for each in record.args
            )
        record.msg, record.args = self.clean(record.getMessage()), None
        if record.exc_info:
            error = record.exc_info[1]
            whole = logging.Formatter().formatException(record.exc_info)
            record.exc_text = self.clean(placed(error) if ours and error is not None else whole)
            record.exc_info = None
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return _TOKEN.sub(MASK, _VALUES.sub(HIDDEN, text))


def said(error: BaseException) -> str:
    """Return the kind of an error, with its message only if that cannot contain what a person wrote."""
    kind = type(error).__qualname__
    if isinstance(error, DBAPIError):
        return f"{kind}: {said(error.orig)}" if error.orig else kind
    if isinstance(error, OSError):
        return f"{kind}: {error.strerror or error}"
    # Of a database's errors, only those about its state: «database is locked», «the connection is closed».
    if isinstance(error, sqlite3.Error) or type(error).__module__.startswith("psycopg"):
        return f"{kind}: {str(error).partition(chr(10))[0]}"
    return kind


def placed(error: BaseException) -> str:
    """Return the traceback with its causes, each error described by `said`."""
    return "\n".join(_placed(error, set()))


def _placed(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _placed(before, seen)
        yield "\nwhich led to\n"
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _placed(each, seen)
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield said(error)


class JsonLines(logging.Formatter):
    """Formats each record as a JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_text:
            line["error"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def set_up(level: str, form: Literal["text", "json"], *secrets: str) -> None:
    """Log to standard error at that level. `secrets` are masked in every line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonLines()
        if form == "json"
        else logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    handler.addFilter(Redact(*secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for revealing in ("sqlalchemy", "telegram", "psycopg"):  # they log rows and parameters at lower levels
        logging.getLogger(revealing).setLevel(logging.WARNING)
    if level != "DEBUG":
        for chatty in ("httpx", "alembic", "aiohttp.access", "uvicorn"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
