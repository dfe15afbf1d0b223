"""Makes the reports ordered in the chat, one after the other, while the bot keeps answering.

1. The oldest order is taken; its row waits until it is done, so that a restart finds it.
2. Its content is read in a thread, in one transaction that does not block writers.
3. If the same was made before and its file is intact, that is sent. Otherwise a separate process makes it
   (`reports.rendering`), with pictures compared with their hashes.
4. One transaction marks the order done and sends the file, so that nobody gets it twice.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from sqlmodel import Session

from bot.clock import Clock
from bot.measures import Measures
from bot.reports import pictures as report_pictures
from bot.reports.pictures import WITH_PICTURES, PictureFaults
from bot.reports.rendering import render
from bot.storage.store import Store
from handlers.messages import evidence_news
from handlers.quarter_end import report_news
from models.operations import report_order
from models.operations.report_order import PICTURES
from models.storage.database import transaction
from models.storage.refusal import is_away, note
from models.tables.operations.store_fault import FaultKind
from models.tables.report import MadeReport, ReportFormat, ReportOrder
from reports.own_template import own_template
from reports.quarterly import Report
from reports.quarterly.recopied import recopied

if TYPE_CHECKING:
    from reports.picture import Chart

log = logging.getLogger(__name__)

ATTEMPTS = 2
AFTER_FAILURE = 5  # seconds


class ReportMaker:
    """Makes reports from `start` to `stop`; an unfinished order is taken again at the next start.

    `bell` is set when something was ordered; `after_commit` gets the session of each committed
    transaction.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        store: Store,
        folder: Path,
        measures: Measures,
        kinds: Collection[ReportFormat],
        bell: asyncio.Event,
        after_commit: Callable[[Session], None],
    ) -> None:
        self._engine, self._clock, self._store = engine, clock, store
        self._folder, self._kinds, self._after_commit = folder, kinds, after_commit
        self._bell, self._measures = bell, measures
        self._task: asyncio.Task[None] | None = None
        self._busy = False
        self._stuck: set[int] = set()  # orders that can neither be made nor ended

    def start(self) -> None:
        self._task = asyncio.create_task(self._work_for_ever())
        self.wake()

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def wake(self) -> None:
        self._bell.set()

    @property
    def idle(self) -> bool:
        return not (self._busy or self._bell.is_set())

    async def _work_for_ever(self) -> None:
        while True:
            await self._bell.wait()
            self._busy = True
            self._bell.clear()
            try:
                while await self._make_one():
                    pass
            except Exception as error:
                note(log, "Reports wait", error)
                await asyncio.sleep(AFTER_FAILURE)
                self.wake()
            self._busy = False

    async def _make_one(self) -> bool:
        """Make the report of the oldest order; return whether there was one."""
        with transaction(self._engine) as session:
            found = report_order.waiting(session, self._kinds, but=self._stuck)
        if not found:
            return False
        order = found[0]
        began = time.monotonic()
        try:
            self._count(order)
            await self._finish(order, await asyncio.to_thread(self._gather, order))
            self._measures.made_report(str(order.format), time.monotonic() - began)
        except Exception as error:
            note(log, f"Report {order.id} could not be made", error)
            if order.attempts >= ATTEMPTS:
                self._measures.made_report(str(order.format), None)
                self._fail(order)
        return True

    def _count(self, order: ReportOrder) -> None:
        """Count an attempt."""
        order.attempts += 1
        with transaction(self._engine) as session:
            session.get_one(ReportOrder, order.id).attempts = order.attempts

    def _gather(self, order: ReportOrder) -> "Report | Chart":
        # Imported here, since the bot's start does not need it.
        from bot.reports.make import chart, content

        about = self._engine, order.of, order.unit_id, self._clock.now()
        return chart(*about) if order.format in PICTURES else content(*about, self._folder / "images")

    async def _finish(self, order: ReportOrder, content: "Report | Chart") -> None:
        template = own_template(self._folder) if order.format is ReportFormat.WORD else None
        key = fingerprint(content, template)
        with transaction(self._engine) as session:
            known = report_order.made(session, key, order.format)
        sound = known is not None and await asyncio.to_thread(self._store.matches, known.sha256)
        laid, kept = PictureFaults(), None
        if not sound:
            with transaction(self._engine) as session:
                report_news.shaping(session, order, content, self._clock.now())
            self._after_commit(session)
            if known is not None:
                laid.faults[known.sha256] = self._fault(known.sha256)
            content, kept = await printed(
                self._store, content, order.format, template, laid, self._clock.now()
            )
        now = self._clock.now()
        with transaction(self._engine) as session:
            file = report_order.made(session, key, order.format)
            if kept is not None:
                file = _note(file, order, content, key, kept, self._store.size(kept))
                file.made_at = now
                session.add(file)
                session.flush()
            evidence_news.tell_of_renewed(session, laid.faults, laid.renewed, now, kept)
            assert file is not None
            session.get_one(ReportOrder, order.id).done_at = now
            report_news.done(session, order, content, file, now)
        self._after_commit(session)

    def _fault(self, sha256: str) -> FaultKind:
        fault = FaultKind.ALTERED if self._store.holds(sha256) else FaultKind.MISSING
        log.error("The report's file %s is %s; it is made again", sha256, fault.value)
        return fault

    def _fail(self, order: ReportOrder) -> None:
        """Tell the person that it cannot be made. If that cannot be stored, skip it until the next start."""
        assert order.id is not None
        now = self._clock.now()
        try:
            with transaction(self._engine) as session:
                session.get_one(ReportOrder, order.id).failed_at = now
                report_news.failed(session, order, now)
        except Exception as error:
            if is_away(error):
                raise
            note(log, f"Report {order.id} could not be ended", error)
            self._stuck.add(order.id)
        self._after_commit(session)


async def printed(
    store: Store,
    content: "Report | Chart",
    kind: ReportFormat,
    template: Path | None,
    laid: PictureFaults,
    now: datetime,
) -> tuple["Report | Chart", str]:
    """Return the content that was printed, and the hash of its file; `laid` collects faults of pictures.

    Raises `NotRendered`.
    """
    with store.scratch() as pictures, store.arriving() as given:
        if isinstance(content, Report) and kind in WITH_PICTURES:
            await report_pictures.lay(store, content, pictures, now, laid)
            content = recopied(content, laid.others)
        with store.arriving() as target:
            await render(content, kind, given.path, target.path, pictures, template)
            kept = await asyncio.to_thread(store.keep_file, target.path, now)
        return content, kept


def fingerprint(content: "Report | Chart", template: Path | None = None) -> str:
    """Return a hash that is equal for equal reports: of the signatures, or for a draft of all content.

    A draft is made again if its template changed, a signed report is not.
    """
    about: Any = content
    if isinstance(content, Report) and content.signed:
        signed = [each.signature.sha256 for each in content.units if each.signature]
        about = content.quarter.key, content.whole, signed
    elif template is not None:
        about = about, hashlib.sha256(template.read_bytes()).hexdigest()
    return hashlib.sha256(repr(about).encode()).hexdigest()


def _note(
    file: MadeReport | None,
    order: ReportOrder,
    content: "Report | Chart",
    key: str,
    sha256: str,
    size: int,
) -> MadeReport:
    """Return the row of what was made; the row of a lost file is reused."""
    if file is None:
        return MadeReport(
            fingerprint=key,
            format=order.format,
            year=order.year,
            quarter=order.quarter,
            unit_id=order.unit_id,
            signed=isinstance(content, Report) and content.signed,
            sha256=sha256,
            bytes=size,
            made_at=order.asked_at,
        )
    file.sha256, file.bytes = sha256, size
    return file
