"""Pings HEARTBEAT_URL every five minutes when all is well, so that somebody notices a bot that is dead.

A service such as healthchecks.io alerts when pings stop. What is not well is logged, and no ping is sent.
"""

import logging
from pathlib import Path

import aiohttp
from sqlalchemy import Engine

from bot.clock import Clock
from models.operations.wellbeing import troubles
from models.storage.database import reading

log = logging.getLogger(__name__)

PING_EVERY = 5 * 60  # seconds
TRIES = 3
ANSWER_WITHIN = 10  # seconds


class HeartbeatUrl:
    """Pings `url`, which is a secret of the service: whoever knows it can ping it, so it is never logged."""

    def __init__(self, url: str, engine: Engine, clock: Clock, folder: Path) -> None:
        self._url, self._engine, self._clock, self._folder = url, engine, clock, folder

    async def ping(self) -> None:
        """Ping if all is well, up to three times if it is not answered."""
        if not self._url:
            return
        with reading(self._engine) as session:
            found = list(troubles(session, self._clock.now(), self._folder))
        if found:
            log.warning("HEARTBEAT_URL is not pinged: %s", "; ".join(found))
            return
        limits = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
        async with aiohttp.ClientSession(trust_env=False, timeout=limits) as session:
            for _ in range(TRIES):
                reason = await self._try(session)
                if reason is None:
                    return
        log.warning("HEARTBEAT_URL does not answer (%s); again in five minutes", reason)

    async def _try(self, session: aiohttp.ClientSession) -> str | None:
        """Return why the ping failed, or None."""
        try:
            async with session.get(self._url) as answer:
                return None if answer.ok else f"status {answer.status}"
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            return type(error).__name__
