"""Periodic jobs: reminders, retries, fetching evidence, sweeping, the nightly check.

APScheduler plans each run by the machine's date. When that date jumps, every job is planned again; otherwise
jobs would not run until a date that was set back has caught up.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine

from bot import clock as clocks
from bot.clock import Clock
from bot.evidence.fetching import Fetcher
from bot.evidence.mending import Mender
from bot.evidence.sweeping import Sweeper
from bot.heartbeat_url import PING_EVERY, HeartbeatUrl
from bot.nightly import NightlyCheck
from bot.storage.store import Store
from bot.telegram.incoming.handling import UpdateHandler
from handlers.reminders.tick import tick
from handlers.routes import CONVERSATIONS
from models.operations import retention
from models.storage.database import transaction
from models.storage.refusal import note

log = logging.getLogger(__name__)

RETRY_EVERY = 2  # seconds
TICK_EVERY = 30  # seconds
SOON = 1  # second
MEND_EVERY = 10  # seconds
SWEEP_EVERY = 3 * 60 * 60  # seconds
LOOK_EVERY = 10 * 60  # seconds
WATCH_EVERY = 1.0  # seconds between two checks of the machine's date
JUMP = 1.5  # seconds by which date and monotonic clock may differ between two checks


@dataclass(frozen=True)
class Job:
    """A coroutine that runs `first` seconds after the start, then every `every` seconds."""

    name: str
    work: Callable[[], Awaitable[None]]
    every: float
    first: float = 0

    async def run(self) -> None:
        """Run once; an error, or a request to exit, is logged and ends this run only."""
        try:
            await self.work()
        except asyncio.CancelledError:
            log.debug("%s ends with the program", self.name)
        except Exception as error:
            note(log, f"«{self.name}» failed, and is done again later", error)

    async def run_first(self) -> None:
        try:
            await asyncio.sleep(self.first)
        except asyncio.CancelledError:
            return
        await self.run()


class Schedule:
    """Runs the jobs as coroutines in the event loop, so that none runs during a turn."""

    def __init__(self, jobs: Sequence[Job], telling: Job) -> None:
        self.jobs, self._telling = jobs, telling
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)
        self._watching: asyncio.Task[None] | None = None

    def start(self) -> None:
        for job in self.jobs:
            self._scheduler.add_job(job.run_first)
            self._scheduler.add_job(job.run, "interval", seconds=job.every, id=job.name)
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
            self._scheduler.shutdown(wait=False)

    def tell_now(self) -> None:
        """Send due reminders now, because the clock was moved."""
        if self._scheduler.running:
            self._scheduler.add_job(self._telling.run)

    async def _watch(self) -> None:
        ahead = clocks.ahead_of_monotonic()
        while True:
            await asyncio.sleep(WATCH_EVERY)
            before, ahead = ahead, clocks.ahead_of_monotonic()
            if abs(ahead - before) > JUMP:
                log.warning("The machine's date jumped by %.0f s; every job is planned anew", ahead - before)
                for job in self.jobs:
                    self._scheduler.reschedule_job(job.name, trigger="interval", seconds=job.every)


def create(
    handler: UpdateHandler,
    fetcher: Fetcher,
    store: Store,
    engine: Engine,
    clock: Clock,
    heartbeat: HeartbeatUrl,
) -> Schedule:
    """Return the schedule with all jobs of the running bot."""

    async def look() -> None:
        handler.look()

    async def fetch() -> None:
        fetcher.wake()

    sweeper = Sweeper(store, engine, clock, handler.after_commit)
    mender = Mender(store, engine, clock, handler.after_commit)
    nightly = NightlyCheck(engine, clock, handler.after_commit)

    # Reminders that became due while the bot was stopped are sent after the answers to people who wrote.
    tell = partial(_tell, handler, engine, clock)
    telling = Job("Telling what is due", tell, TICK_EVERY, first=SOON)
    jobs = (
        Job("Trying failed updates again", partial(_retry, handler), RETRY_EVERY, first=RETRY_EVERY),
        Job("Looking for messages of other processes", look, TICK_EVERY, first=TICK_EVERY),
        Job("Fetching evidence", fetch, RETRY_EVERY, first=RETRY_EVERY),
        telling,
        Job("Comparing the tables with the audit chain", nightly.look, LOOK_EVERY),
        Job("Pinging HEARTBEAT_URL", heartbeat.ping, PING_EVERY, first=5 * SOON),
        Job("Making altered copies anew", mender.mend, MEND_EVERY, first=MEND_EVERY),
        # At a start no evidence file is moved, since it may be the only copy.
        Job(
            "Bringing evidence back from quarantine",
            partial(_sweep_tables, engine, clock, sweeper.bring_back),
            SWEEP_EVERY,
        ),
        Job(
            "Putting aside what is not needed",
            partial(_sweep_tables, engine, clock, sweeper.sweep),
            SWEEP_EVERY,
            first=1.5 * SWEEP_EVERY,
        ),
    )
    return Schedule(jobs, telling)


async def _retry(handler: UpdateHandler) -> None:
    """Handle failed updates again, one after the other, until none is due."""
    while handler.retry():
        pass


async def _sweep_tables(engine: Engine, clock: Clock, then: Callable[[], Awaitable[None]]) -> None:
    """Delete rows past their retention, then do `then` with the evidence."""
    with transaction(engine) as session:
        retention.sweep(session, clock.now())
    await then()


async def _tell(handler: UpdateHandler, engine: Engine, clock: Clock) -> None:
    """Send due reminders, one person per transaction, yielding to the event loop in between."""
    told = True
    while told:
        with transaction(engine) as session:
            told = tick(session, clock.now(), CONVERSATIONS)
        handler.after_commit(session)
        await asyncio.sleep(0)
