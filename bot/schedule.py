"""What happens without being asked: what is due is told, what failed is tried again, what is not needed is
dropped."""

import asyncio
import contextlib
import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine

from bot.clock import Clock
from bot.evidence import sweeping
from bot.evidence.fetching import Fetcher
from bot.evidence.store import Store
from bot.intake import Intake
from bot.nightly import NightlyCheck
from handlers.tick import tick
from models import retention
from models.database import transaction

RETRY_EVERY = 2  # seconds
TICK_EVERY = 30  # seconds
SOON = 1  # second
TELL = "tell"  # the job's name
SWEEP_EVERY = 3  # hours
LOOK_EVERY = 10  # minutes
LOOK = "look"  # the job's name


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

    async def sweep() -> None:
        with transaction(engine) as session:
            retention.sweep(session, clock.now())
        with contextlib.suppress(asyncio.CancelledError):  # at the end, which the scheduler logs as an error
            await sweeping.sweep(store, engine, clock)

    nightly = NightlyCheck(engine, clock, intake.hand_over)

    async def look() -> None:
        with contextlib.suppress(asyncio.CancelledError):  # at the end, as above
            await nightly.look()

    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    scheduler.add_job(retry, "interval", seconds=RETRY_EVERY)
    scheduler.add_job(fetch, "interval", seconds=RETRY_EVERY)
    scheduler.add_job(catch_up)
    scheduler.add_job(tell, "interval", seconds=TICK_EVERY, id=TELL)
    scheduler.add_job(look)
    scheduler.add_job(look, "interval", minutes=LOOK_EVERY, id=LOOK)
    scheduler.add_job(sweep)  # once at the start, however often the bot is started anew
    scheduler.add_job(sweep, "interval", hours=SWEEP_EVERY)
    return scheduler


def tell_now(scheduler: AsyncIOScheduler) -> None:
    """The clock was moved: what is due by it is not to wait for the next tick."""
    scheduler.add_job(scheduler.get_job(TELL).func)
