"""Compares the replayed audit chain with the tables once a night, as `audit --tables` does.

The result is one log line. If they do not agree, planning and observers are told, every night again.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session

from bot.clock import Clock
from handlers.reminders import chain_news
from models.chain.table_findings import Comparison, compare
from models.programme.view import DEFAULT_ZONE, programmes
from models.storage.audit import UNREADABLE
from models.storage.database import reading, transaction

log = logging.getLogger(__name__)

HOUR = 3  # local


class NightlyCheck:
    """Runs the nightly check. `after_commit` delivers the outbox rows of a committed session."""

    def __init__(self, engine: Engine, clock: Clock, after_commit: Callable[[Session], None]) -> None:
        self._engine = engine
        self._clock = clock
        self._after_commit = after_commit
        self._last: date | None = None  # the night of the last check

    async def look(self) -> None:
        """Run the check if it is due. A check that was missed before the start is not run later."""
        night = self._night()
        if self._last is None or night == self._last:
            self._last = night
            return
        self._last = night
        found = await asyncio.to_thread(self._compare)
        self._tell(found)

    def _night(self) -> date:
        """Return the day of the last check time, in Mexico City's zone if no programme can be read."""
        try:
            with reading(self._engine) as session:
                zone = programmes(session).zone
        except UNREADABLE:
            zone = ZoneInfo(DEFAULT_ZONE)
        return (self._clock.now().astimezone(zone) - timedelta(hours=HOUR)).date()

    def _compare(self) -> Comparison:
        with reading(self._engine) as session:
            return compare(session)

    def _tell(self, found: Comparison) -> None:
        verdict = found.verdict
        if found.intact:
            log.info("Audit: %s entries, %s rows agree, head %s", verdict.entries, found.rows, verdict.head)
            return
        if verdict.broken_at is not None:
            log.error("Audit: the chain is broken at entry %s: %s", verdict.broken_at, verdict.reason)
        for each in found.findings:
            log.error("Audit: %s", each)
        with transaction(self._engine) as session:
            chain_news.tell(session, found, self._clock.now())
        self._after_commit(session)
