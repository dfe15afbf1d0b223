"""What happens without being asked: what failed is tried again, what is not needed is dropped."""

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
from models import retention
from models.database import transaction

RETRY_EVERY = 2  # seconds
SWEEP_EVERY = 3  # hours


def create(intake: Intake, fetcher: Fetcher, store: Store, engine: Engine, clock: Clock) -> AsyncIOScheduler:
    """The jobs as coroutines, so that they run in the loop and never beside a turn."""

    async def retry() -> None:
        while intake.retry():
            pass

    async def fetch() -> None:
        fetcher.wake()

    async def sweep() -> None:
        with transaction(engine) as session:
            retention.sweep(session, clock.now())
        with contextlib.suppress(asyncio.CancelledError):  # at the end, which the scheduler logs as an error
            await sweeping.sweep(store, engine, clock)

    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    scheduler.add_job(retry, "interval", seconds=RETRY_EVERY)
    scheduler.add_job(fetch, "interval", seconds=RETRY_EVERY)
    scheduler.add_job(sweep)  # once at the start, however often the bot is started anew
    scheduler.add_job(sweep, "interval", hours=SWEEP_EVERY)
    return scheduler
