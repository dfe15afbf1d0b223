"""Reads a programme file sent to the bot, in a separate process (`models.programme_file.reading`)."""

import json
import logging
from pathlib import Path
from typing import Any

from bot.confinement import subprocesses

log = logging.getLogger(__name__)

UNREADABLE = {
    "programme": None,
    "problems": [{"path": "", "place": [1, 1, ""], "severity": "error", "key": "unreadable", "facts": {}}],
}


async def read(path: Path, name: str | None) -> dict[str, Any]:
    """Return the content of the file in the form of `models.programme_file.reading`.

    Raises OSError if the process cannot be started, and `Unfinished` if it does not end.
    """
    given = str(path.absolute()), name or ""
    ended = await subprocesses.run("models.programme_file.reading", *given, reads=[path])
    try:
        reading: dict[str, Any] = json.loads(ended.said)
    except ValueError:
        last = ended.complaint.strip().rpartition("\n")[2]
        log.info("A programme file cannot be read (%s): %s", ended.code, last.partition(":")[0][:60])
        return UNREADABLE
    return reading
