"""Once a night the audit chain is replayed against the tables, as `audit --tables` does.

That is one line in the log. Where they do not agree, planning and observers are told, each night anew.
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
    """`hand_over` delivers what a committed session said."""

    def __init__(self, engine: Engine, clock: Clock, hand_over: Callable[[Session], None]) -> None:
        self._engine = engine
        self._clock = clock
        self._hand_over = hand_over
        self._last: date | None = None  # the night of the last check

    async def look(self) -> None:
        """Compare if this night's check is due; what came before the start is not made up for."""
        night = self._night()
        if self._last is None or night == self._last:
            self._last = night
            return
        self._last = night
        found = await asyncio.to_thread(self._compare)
        self._tell(found)

    def _night(self) -> date:
        """The day on which the hour of the check came last, in Mexico City where no programme can be read."""
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
        self._hand_over(session)
