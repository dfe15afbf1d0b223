"""What happens without being asked: what is due is told, what failed is tried again, what is not needed is
dropped.

Between two runs of a job its pause passes on the loop's clock, which nobody can set: a machine whose date was
wrong for a while goes on at once when it is put right.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import Engine

from bot.clock import Clock
from bot.evidence import sweeping
from bot.evidence.fetching import Fetcher
from bot.evidence.store import Store
from bot.intake import Intake
from handlers.tick import tick
from models import retention
from models.database import transaction

log = logging.getLogger(__name__)

RETRY_EVERY = 2  # seconds
TICK_EVERY = 30  # seconds
SOON = 1  # second
SWEEP_EVERY = 3 * 60 * 60  # seconds


@dataclass
class Job:
    """Work that is done again `every` so many seconds after its end, `first` seconds after the start."""

    name: str
    work: Callable[[], Awaitable[None]]
    every: float
    first: float = 0
    wanted: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """For ever; an error is logged and ends one run only."""
        await self._pause(self.first)
        while True:
            try:
                await self.work()
            except Exception:
                log.exception("%s failed; again in %s s", self.name, self.every)
            await self._pause(self.every)

    async def _pause(self, seconds: float) -> None:
        """Wait so long, or until the work is wanted at once."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.wanted.wait(), seconds)
        self.wanted.clear()


class Schedule:
    """The jobs as coroutines, so that they run in the loop and never beside a turn."""

    def __init__(self, jobs: Sequence[Job], telling: Job) -> None:
        self._jobs, self._telling = jobs, telling
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(job.run(), name=job.name) for job in self._jobs]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def tell_now(self) -> None:
        """The clock was moved: what is due by it is not to wait for the next tick."""
        self._telling.wanted.set()


def create(intake: Intake, fetcher: Fetcher, store: Store, engine: Engine, clock: Clock) -> Schedule:
    """Everything that the running bot does by itself."""

    async def retry() -> None:
        while intake.retry():
            pass

    async def fetch() -> None:
        fetcher.wake()

    async def tell() -> None:
        """What is due, one person a transaction; between two of them whatever waits has its turn."""
        told = True
        while told:
            with transaction(engine) as session:
                told = tick(session, clock.now())
            intake.hand_over(session)
            await asyncio.sleep(0)

    async def sweep() -> None:
        with transaction(engine) as session:
            retention.sweep(session, clock.now())
        await sweeping.sweep(store, engine, clock)

    # What became due while the bot was away is told once those who wait for an answer have it.
    telling = Job("Telling what is due", tell, TICK_EVERY, first=SOON)
    jobs = (
        Job("Trying failed updates again", retry, RETRY_EVERY, first=RETRY_EVERY),
        Job("Fetching evidence", fetch, RETRY_EVERY, first=RETRY_EVERY),
        telling,
        Job("Dropping what is not needed", sweep, SWEEP_EVERY),
    )
    return Schedule(jobs, telling)
