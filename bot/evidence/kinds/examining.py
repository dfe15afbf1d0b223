"""Detects what a file is: documents are parsed in a separate process, other files here."""

import asyncio
import json
import logging
from pathlib import Path

from bot.confinement import subprocesses
from bot.evidence.kinds import sniffing
from bot.evidence.kinds.verdict import Sniffed, unreadable

log = logging.getLogger(__name__)


async def examine(path: Path, name: str | None) -> Sniffed:
    """Return what the file is, like `sniffing.sniff`. Raises OSError and `subprocesses.Unfinished`."""
    if not await asyncio.to_thread(sniffing.is_document, path):
        return await asyncio.to_thread(sniffing.sniff, path, name)
    ended = await subprocesses.run(
        "bot.evidence.kinds.sniffing", str(path.absolute()), name or "", reads=[path]
    )
    try:
        return Sniffed(**json.loads(ended.said))
    except ValueError:
        log.info("A document cannot be looked into (%s): %s", ended.code, ended.complaint[-200:])
        return unreadable()
