"""Logging: text or JSON lines, the token in none of them at any level.

The filter sits on the root *handler*: a filter on a logger misses what its children log (httpx and aiohttp
name the whole address, token included).
"""

import json
import logging
import re
import sys
from typing import Literal

_TOKEN = re.compile(r"(?<!\d)\d{3,}:[A-Za-z0-9_-]{20,}")
MASK = "<token>"


class Redact(logging.Filter):
    """Masks the given secrets, and whatever looks like a bot token, in the whole rendered line."""

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.clean(record.getMessage()), None
        if record.exc_info:
            record.exc_text = self.clean(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def clean(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return _TOKEN.sub(MASK, text)


class JsonLines(logging.Formatter):
    """One JSON object a line, for machines that collect logs."""

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
    """Log to standard error at that level; whoever calls gives every secret that must never show."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonLines()
        if form == "json"
        else logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    handler.addFilter(Redact(*secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    if level != "DEBUG":
        for chatty in ("httpx", "alembic", "aiohttp.access", "uvicorn"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
