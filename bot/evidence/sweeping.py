"""Files that no row names are deleted, and what an earlier process left half written."""

import asyncio
import logging
from datetime import timedelta

from sqlalchemy import Engine

from bot.clock import Clock
from bot.evidence.store import Store
from models.database import transaction
from models.retention import unnamed

log = logging.getLogger(__name__)

# A file is named by its row right after it was kept. With a sweep every three hours none is orphaned for as
# long as a day.
SPARED = timedelta(hours=20)


async def sweep(store: Store, engine: Engine, clock: Clock) -> None:
    """Go through the store a folder at a time, the loop free in between. Raises OSError."""
    before = clock.now() - SPARED
    await asyncio.to_thread(store.tidy)
    folders = store.kept_before(before)
    deleted = 0
    while (hashes := await asyncio.to_thread(next, folders, None)) is not None:
        if hashes:
            deleted += sum(store.drop(each, before) for each in _unnamed(engine, hashes))
    if deleted:
        log.info("%s files that no evidence names were deleted", deleted)


def _unnamed(engine: Engine, hashes: list[str]) -> set[str]:
    with transaction(engine) as session:
        return unnamed(session, hashes)
