"""Shows that the process lives: a row in the database every few seconds, and systemd's watchdog.

Both are done by the event loop, so a process that hangs or is frozen shows nothing. `bot.health` reads the
row.
"""

import asyncio
import logging
import time
from datetime import datetime

from sqlalchemy import Engine

from bot import clock
from bot.systemd import Systemd
from models.storage.database import transaction
from models.storage.refusal import note
from models.tables.operations.sign_of_life import SignOfLife

log = logging.getLogger(__name__)

BEAT_EVERY = 10.0  # seconds


class Pulse:
    """Writes the row from `start` to `stop`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._task: asyncio.Task[None] | None = None
        self._beaten: float | None = None  # by the monotonic clock

    @property
    def age(self) -> float | None:
        """Return the seconds since the last row; None before the first."""
        return None if self._beaten is None else time.monotonic() - self._beaten

    def start(self) -> None:
        self._task = asyncio.create_task(self._beat_for_ever(clock.machine_now()))

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _beat_for_ever(self, started_at: datetime) -> None:
        while True:
            try:
                with transaction(self._engine) as session:
                    session.merge(SignOfLife(id=1, beat_at=clock.machine_now(), started_at=started_at))
                self._beaten = time.monotonic()
            except Exception as error:
                note(log, "The sign of life could not be stored", error)
            await asyncio.sleep(BEAT_EVERY)


async def feed_watchdog(systemd: Systemd) -> None:
    """Tell systemd that the event loop runs, twice within the time after which it ends the process."""
    if systemd.watchdog is None:
        return
    while True:
        systemd.say("WATCHDOG=1")
        await asyncio.sleep(systemd.watchdog / 2)
