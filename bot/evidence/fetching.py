"""Fetches files of evidence from Telegram into the store, several at a time.

1. Which due rows are being fetched is known only in memory, so that after a restart they are due again.
2. The file is written to disk in pieces, checked and stored, and a picture is copied for reports.
3. One transaction writes the outcome and sends what people are to be told. Outcomes without a message are
   written at once; those of one chat wait until no other file of it is being fetched, so that an album gets
   one message.
4. Failures are retried (`models.evidence.keeping`). 429 and a full disk close the gate for a while: nothing
   is fetched then, and it does not count as a failure of any file.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot import programme_reading
from bot.clock import Clock
from bot.confinement.subprocesses import Unfinished
from bot.evidence import copying
from bot.evidence.kinds import examining
from bot.storage.store import Store
from bot.telegram.api import Api, TooLarge, pause_of
from handlers.messages import evidence_news
from handlers.routes import CONVERSATIONS
from models.evidence.attachment import LARGEST
from models.evidence.keeping import TOO_LARGE, Due, due, end, is_silent
from models.evidence.outcome import Ending, Failed, Kept, Refused
from models.storage.database import separately, transaction
from models.storage.refusal import note

log = logging.getLogger(__name__)

SIDE_BY_SIDE = 4
HELD = 10  # seconds that an outcome waits at most for the rest of an album
GATE = (5, 30, 120)  # seconds that it stays closed, the last one repeatedly
AFTER_FAILURE = 5  # seconds


@dataclass(frozen=True)
class _Ended:
    file: Due
    ending: Ending
    at: float  # on the monotonic clock


class Gate:
    """A pause that grows with each failure until something works.

    It ends by the wall clock or the monotonic clock, whichever is first, so a clock that is set back does not
    prolong it.
    """

    def __init__(self) -> None:
        self._until: datetime | None = None
        self._opens_at = 0.0  # on the monotonic clock
        self._failures = 0

    def closed(self, now: datetime) -> bool:
        return self._until is not None and now < self._until and time.monotonic() < self._opens_at

    def close(self, now: datetime, seconds: float | None = None) -> datetime:
        """Close for that many seconds or the next pause; return when it opens. Joint failures count once."""
        if self._until is None or not self.closed(now):
            if seconds is None:
                seconds = GATE[min(self._failures, len(GATE) - 1)]
                self._failures += 1
            self._until = now + timedelta(seconds=seconds)
            self._opens_at = time.monotonic() + seconds
        return self._until

    def open(self) -> None:
        """Reset the pause to the shortest, because something worked. A running pause goes on."""
        self._failures = 0


class Fetcher:
    """Fetches due files from `start` to `stop`; what is unfinished then is due at the next start.

    `bell` is set whenever something may be due; `after_commit` gets the session of each transaction that was
    committed.
    """

    def __init__(
        self,
        api: Api,
        engine: Engine,
        clock: Clock,
        store: Store,
        bell: asyncio.Event,
        after_commit: Callable[[Session], None],
    ) -> None:
        self._api, self._engine, self._clock, self._store = api, engine, clock, store
        self._bell, self._after_commit = bell, after_commit
        self._gate = Gate()
        self._in_hand: dict[int, Due] = {}
        self._ended: list[_Ended] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._one_apart = asyncio.Semaphore(1)  # one process at a time: copying a picture may take a gigabyte
        self._unwritten: set[int] = set()  # files that could not be written to disk
        self._disk_failure_told = False

    def start(self) -> None:
        self._spawn(self._work_for_ever())
        self.wake()

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def wake(self) -> None:
        """Look for due files."""
        self._bell.set()

    @property
    def idle(self) -> bool:
        """Return whether nothing is being fetched or waits to be written."""
        return not (self._in_hand or self._ended or self._bell.is_set())

    async def _work_for_ever(self) -> None:
        while True:
            await self._bell.wait()
            self._bell.clear()
            try:
                self._take_up()
                self._write_down()
            except Exception as error:
                note(log, "Evidence waits", error)
                await asyncio.sleep(AFTER_FAILURE)
                self.wake()

    def _take_up(self) -> None:
        """Start fetching due files, as many as there are free slots."""
        now, free = self._clock.now(), SIDE_BY_SIDE - len(self._in_hand)
        if free <= 0 or self._gate.closed(now):
            return
        known = [*self._in_hand, *(each.file.evidence_id for each in self._ended)]
        with transaction(self._engine) as session:
            found = due(session, now, known, free)
        for file in found:
            self._in_hand[file.evidence_id] = file
            self._spawn(self._bring(file))

    def _write_down(self) -> None:
        """Write outcomes.

        Those with nothing to tell at once; others when no other file of their chat is being fetched, or after
        `HELD` seconds.
        """
        if not self._ended:
            return
        now = self._clock.now()
        busy = {file.chat_id for file in self._in_hand.values()}
        busy -= {each.file.chat_id for each in self._ended if time.monotonic() - each.at >= HELD}
        written, news = [], []
        with transaction(self._engine) as session:
            for each in self._ended:
                number = each.file.evidence_id
                if each.file.chat_id not in busy or is_silent(session, number, each.ending):
                    with separately(session, f"What came of evidence {number} could not be stored") as part:
                        found = end(session, number, each.ending, now)
                    if part.kept:
                        news.append(found)
                        written.append(each)
            with separately(session, "What came of files could not be told"):
                evidence_news.tell(session, [each for each in news if each is not None], now, CONVERSATIONS)
            fails = bool(self._unwritten)
            if fails != self._disk_failure_told:
                evidence_news.tell_of_disk(session, fails, now)
        self._disk_failure_told = fails
        self._ended = [each for each in self._ended if each not in written]
        self._after_commit(session)

    async def _bring(self, file: Due) -> None:
        """Fetch one file and record the outcome; never raises."""
        ending: Ending
        try:
            ending = await self._fetch(file)
            self._gate.open()
            self._note_disk(file, None)
        except TooLarge:
            ending = Refused(TOO_LARGE)
        except RetryAfter as error:
            ending = Failed(self._gate.close(self._clock.now(), pause_of(error)))
        except InvalidToken:
            ending = Failed(self._gate.close(self._clock.now()))
        except TelegramError as error:
            log.warning("Evidence %s could not be fetched: %s", file.evidence_id, error.message)
            ending = Failed()
        except OSError as error:
            self._note_disk(file, error)
            ending = Failed(self._gate.close(self._clock.now()))
        except Unfinished as error:
            log.warning("Evidence %s waits: %s", file.evidence_id, error)
            ending = Failed()
        except Exception:
            log.exception("Evidence %s could not be taken in: something unforeseen", file.evidence_id)
            ending = Failed()  # concerns only this file, so the others go on
        del self._in_hand[file.evidence_id]
        self._ended.append(_Ended(file, ending, time.monotonic()))
        self.wake()

    async def _fetch(self, file: Due) -> Ending:
        """Fetch one file and return the outcome. Raises TelegramError, and OSError if the disk fails."""
        with self._store.arriving() as arriving:
            await self._api.download(file.file_id, arriving.write, LARGEST)
            found = await examining.examine(arriving.path, file.name)
            reading = await self._read(arriving.path, file) if file.is_programme else None
            if found.media_type is None:
                return Refused(found.reason or "", reading, found.detail)
            sha256 = await asyncio.to_thread(self._store.keep, arriving, self._clock.now())
        if not found.media_type.startswith("image/"):
            return Kept(sha256, arriving.bytes, found.media_type, reading=reading)
        kept, copied = await self._copy(sha256)
        return Kept(
            sha256,
            arriving.bytes,
            found.media_type,
            kept,
            copyable=True,
            cut=copied.cut,
            look=copied.look,
        )

    async def _read(self, path: Path, file: Due) -> dict[str, Any]:
        """Read a programme file; one at a time, since it may take half a gigabyte."""
        async with self._one_apart:
            return await programme_reading.read(path, file.name)

    async def _copy(self, sha256: str) -> tuple[str | None, copying.Copied]:
        """Return the hash of the picture's copy or None, and how copying it went."""
        async with self._one_apart:
            with self._store.arriving() as target:
                copied = await copying.copy(self._store.path(sha256), target.path)
                if not copied.made:
                    return None, copied
                kept = await asyncio.to_thread(self._store.keep_file, target.path, self._clock.now())
                return kept, copied

    def _note_disk(self, file: Due, error: OSError | None) -> None:
        """Log once when writing begins to fail, and once when it works again."""
        failed = bool(self._unwritten)
        if error is None:
            self._unwritten.discard(file.evidence_id)
        else:
            self._unwritten.add(file.evidence_id)
        if error is not None and not failed:
            log.error("Evidence cannot be written (%s); it is tried until it can", error.strerror or error)
        elif failed and not self._unwritten:
            log.info("Evidence can be written again")

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
