"""What happens without being asked: what is due is told, what failed is tried again, what is not needed is
dropped."""

import asyncio
import contextlib
import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine

from bot.clock import Clock
from bot.evidence.fetching import Fetcher
from bot.evidence.mending import Mender
from bot.evidence.store import Store
from bot.evidence.sweeping import Sweeper
from bot.intake import Intake
from handlers.tick import tick
from models import retention
from models.database import transaction

RETRY_EVERY = 2  # seconds
TICK_EVERY = 30  # seconds
SOON = 1  # second
MEND_EVERY = 10  # seconds
TELL = "tell"  # the job's name
SWEEP_EVERY = 3  # hours


def create(intake: Intake, fetcher: Fetcher, store: Store, engine: Engine, clock: Clock) -> AsyncIOScheduler:
    """The jobs as coroutines, so that they run in the loop and never beside a turn."""

    async def retry() -> None:
        while intake.retry():
            pass

    async def fetch() -> None:
        fetcher.wake()

    async def tell() -> None:
        """What is due, one person a transaction; between two of them whatever waits has its turn."""
        told = True
        with contextlib.suppress(asyncio.CancelledError):  # at the end, as below
            while told:
                with transaction(engine) as session:
                    told = tick(session, clock.now())
                intake.hand_over(session)
                await asyncio.sleep(0)

    async def catch_up() -> None:
        """What became due while the bot was away, once those who wait for an answer have it."""
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(SOON)
            await tell()

    sweeper = Sweeper(store, engine, clock, intake.hand_over)

    async def begin() -> None:
        """At a start nothing is taken out of the folder of evidence: what is in it may be the only copy."""
        with transaction(engine) as session:
            retention.sweep(session, clock.now())
        with contextlib.suppress(asyncio.CancelledError):  # at the end, which the scheduler logs as an error
            await sweeper.bring_back()

    async def sweep() -> None:
        with transaction(engine) as session:
            retention.sweep(session, clock.now())
        with contextlib.suppress(asyncio.CancelledError):  # as above
            await sweeper.sweep()

    mender = Mender(store, engine, clock, intake.hand_over)

    async def mend() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await mender.mend()

    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    scheduler.add_job(retry, "interval", seconds=RETRY_EVERY)
    scheduler.add_job(fetch, "interval", seconds=RETRY_EVERY)
    scheduler.add_job(mend, "interval", seconds=MEND_EVERY)
    scheduler.add_job(catch_up)
    scheduler.add_job(tell, "interval", seconds=TICK_EVERY, id=TELL)
    scheduler.add_job(begin)
    scheduler.add_job(sweep, "interval", hours=SWEEP_EVERY)
    return scheduler


def tell_now(scheduler: AsyncIOScheduler) -> None:
    """The clock was moved: what is due by it is not to wait for the next tick."""
    scheduler.add_job(scheduler.get_job(TELL).func)
