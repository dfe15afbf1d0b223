"""Moves files that no row names to quarantine, and deletes them much later.

Such a file is more often a sign of a wrong database than of a useless file. So it is moved after thirty days
and deleted after thirty more; it is moved back if a row names it again; and if more than a few per cent of
the files would be moved at once, none is.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from bot.clock import Clock
from bot.storage.quarantine import Quarantine
from bot.storage.store import Store
from handlers.messages import evidence_news
from models.evidence import store_fault
from models.operations.retention import unnamed
from models.storage.database import transaction

log = logging.getLogger(__name__)

SPARED = timedelta(days=30)  # since it was last kept, and again since it was moved to quarantine
SHARE, FEW = 0.05, 3  # at most this share of all files is moved at once, or so many


@dataclass
class SweepResult:
    """The files that no row names, and the number of all files."""

    files: int
    unnamed: list[str]

    @property
    def most(self) -> int:
        """Return how many may be moved at once."""
        return max(FEW, int(self.files * SHARE))


class Sweeper:
    """Sweeps the store. `after_commit` gets the session of each committed transaction."""

    def __init__(
        self, store: Store, engine: Engine, clock: Clock, after_commit: Callable[[Session], None]
    ) -> None:
        self._store, self._engine, self._clock, self._after_commit = store, engine, clock, after_commit
        self._quarantine = Quarantine(store)

    async def bring_back(self) -> None:
        """Move files that rows name again back into the store; deletes nothing. Raises OSError."""
        now = self._clock.now()
        back = 0
        async for hashes in self._pieces(self._quarantine.all()):
            for sha256 in set(hashes) - self._unnamed(hashes):
                back += await asyncio.to_thread(self._quarantine.take_back, sha256, now)
        if back:
            log.info("%s files that rows name again came back from quarantine", back)

    async def sweep(self) -> None:
        """Move files that no row names, and delete those moved long ago. Raises OSError."""
        await asyncio.to_thread(self._store.tidy)
        await self.bring_back()
        found = await self.look()
        if len(found.unnamed) > found.most:
            self._refuse(found)
            return
        with transaction(self._engine) as session:
            store_fault.mended(session, store_fault.UNNAMED_ID)
        await self.put_aside(found)
        await self._delete(found.most)

    async def look(self) -> SweepResult:
        """Return the files that no row names and that were last kept long ago; yields to the event loop."""
        before = self._clock.now() - SPARED
        found = SweepResult(await asyncio.to_thread(self._store.count), [])
        async for hashes in self._pieces(self._store.kept_before(before)):
            found.unnamed += sorted(self._unnamed(hashes))
        return found

    async def put_aside(self, found: SweepResult) -> int:
        """Move those files to quarantine; return how many."""
        now = self._clock.now()
        put = 0
        for sha256 in found.unnamed:
            put += await asyncio.to_thread(self._quarantine.put, sha256, now, now - SPARED)
        if put:
            log.info("%s files that no row names were put into quarantine", put)
        return put

    def _refuse(self, found: SweepResult) -> None:
        now = self._clock.now()
        with transaction(self._engine) as session:
            evidence_news.tell_of_unnamed(session, len(found.unnamed), found.files, now)
        self._after_commit(session)
        log.error(
            "%s of %s files of evidence are named by no row, too many to put them aside: is this the right "
            "database? If it is, python -m bot quarantine puts them aside",
            *(len(found.unnamed), found.files),
        )

    async def _delete(self, most: int) -> None:
        """Delete some of the files moved long ago that still no row names."""
        expired: list[str] = []
        async for hashes in self._pieces(self._quarantine.put_before(self._clock.now() - SPARED)):
            expired += sorted(self._unnamed(hashes))
        for sha256 in expired[:most]:
            await asyncio.to_thread(self._quarantine.drop, sha256)
        if expired:
            log.info("%s files were deleted from quarantine", len(expired[:most]))

    async def _pieces(self, folders: Iterator[list[str]]) -> AsyncIterator[list[str]]:
        while (hashes := await asyncio.to_thread(next, folders, None)) is not None:
            if hashes:
                yield hashes

    def _unnamed(self, hashes: list[str]) -> set[str]:
        with transaction(self._engine) as session:
            return unnamed(session, hashes)
