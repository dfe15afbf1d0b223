"""Repairs files of the store that are known to be altered or missing, if possible.

A picture's copy is made again from its original, a report when it is requested. An original has to be
restored from a backup; once it is there, the fault is deleted.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from bot.clock import Clock
from bot.confinement.subprocesses import Unfinished
from bot.evidence import recopying
from bot.storage.store import Store
from handlers.messages import evidence_news
from models.evidence import store_fault
from models.storage.database import transaction
from models.tables.operations.store_fault import FaultKind

log = logging.getLogger(__name__)

AGAIN_AFTER = timedelta(hours=1)  # until a copy that could not be made is tried again


class Mender:
    """Repairs faulty files. `after_commit` gets the session of each committed transaction."""

    def __init__(
        self, store: Store, engine: Engine, clock: Clock, after_commit: Callable[[Session], None]
    ) -> None:
        self._store, self._engine, self._clock, self._after_commit = store, engine, clock, after_commit
        self._tried: dict[str, datetime] = {}

    async def mend(self) -> None:
        """Check every faulty file and delete faults that are repaired. Raises OSError."""
        with transaction(self._engine) as session:
            faults = {each.id: each.kind for each in store_fault.faulty_files(session)}
        self._tried = {sha256: at for sha256, at in self._tried.items() if sha256 in faults}
        for sha256, kind in faults.items():
            if await asyncio.to_thread(self._store.matches, sha256):
                with transaction(self._engine) as session:
                    store_fault.mended(session, sha256)
            elif self._is_due(sha256):
                await self._renew(sha256, kind)

    def _is_due(self, sha256: str) -> bool:
        now = self._clock.now()
        due = sha256 not in self._tried or abs(now - self._tried[sha256]) >= AGAIN_AFTER
        if due:
            self._tried[sha256] = now
        return due

    async def _renew(self, sha256: str, kind: FaultKind) -> None:
        """Make the copy again from each of its originals; delete the fault if nothing else has the hash."""
        with transaction(self._engine) as session:
            pieces = store_fault.pieces_of(session, sha256)
            originals = {each.sha256 for each in pieces if each.sha256 and each.copy_sha256 == sha256}
            is_original = any(each.sha256 == sha256 for each in pieces)
        renewed: dict[str, str] = {}
        try:
            for original in originals:
                if (copy := await recopying.renew(self._store, original, self._clock.now())) is not None:
                    renewed[original] = copy
        except Unfinished as error:
            log.warning("The copy %s waits: %s", sha256, error)
        if renewed.keys() == originals and not is_original:
            with transaction(self._engine) as session:
                evidence_news.tell_of_renewed(session, {sha256: kind}, renewed, self._clock.now())
            self._after_commit(session)
            if renewed:
                log.info("The copy %s was made anew", sha256)
