"""What happens without being asked: failed updates are tried again, old rows are dropped."""

import logging

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Engine

from bot.clock import Clock
from bot.intake import Intake
from models.database import transaction
from models.retention import sweep

RETRY_EVERY = 2  # seconds
SWEEP_EVERY = 6  # hours


def create(intake: Intake, engine: Engine, clock: Clock) -> AsyncIOScheduler:
    """The jobs as coroutines, so that they run in the loop and never beside a turn."""

    async def retry() -> None:
        while intake.retry():
            pass

    async def drop_old_rows() -> None:
        with transaction(engine) as session:
            sweep(session, clock.now())

    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
    scheduler.add_job(retry, "interval", seconds=RETRY_EVERY)
    scheduler.add_job(drop_old_rows, "interval", hours=SWEEP_EVERY)
    return scheduler
