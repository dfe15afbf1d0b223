"""What polling and the webhook share: each batch of updates is handled, and the silence before it noticed."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from bot.clock import Clock
from bot.storage.single_instance import LockLost
from bot.telegram.api import Api
from bot.telegram.incoming.apology import Apology
from bot.telegram.incoming.batch_size import BatchSize
from bot.telegram.incoming.handling import UpdateHandler
from bot.telegram.incoming.poll_failure import log_failure
from handlers.activity_form import cards
from handlers.reminders import absence
from handlers.routes import CONVERSATIONS
from models.storage.database import separately, transaction
from models.storage.refusal import is_away
from models.storage.sqlite_file.file_identity import DatabaseGone, look_after
from models.tables.chat.inbox import Heartbeat

FINAL = (LockLost, DatabaseGone)  # nothing can be done here after these
WATCH_EVERY = 1.0  # seconds between two looks at the database's file
AWAY = 2.0  # seconds at most before the database is tried again
BACK_OFF = (0.2, 1, 2, 5, 10)  # seconds before Telegram or the database is tried again
HEARTBEAT_EVERY = timedelta(seconds=30)


class Reception:
    """Has batches of updates handled. `stay_alone` raises `LockLost` if another process may be working."""

    def __init__(
        self,
        api: Api,
        engine: Engine,
        clock: Clock,
        handler: UpdateHandler,
        stay_alone: Callable[[], None],
    ) -> None:
        self._engine, self._clock = engine, clock
        self._handler, self._stay_alone = handler, stay_alone
        self._apology = Apology(api, engine)
        self.batch_size = BatchSize()
        self._heard_at: datetime | None = None  # as last stored; None: Telegram did not answer since

    async def run(self, *receiving: Coroutine[Any, Any, None]) -> None:
        """Run coroutines until cancelled, and check every second that the database is still the same file.

        Raises what the first of them raises, and `DatabaseGone`.
        """
        self._handler.show_cards()
        work = {asyncio.create_task(each) for each in (*receiving, self._watch())}
        try:
            ended, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            look_after(self._engine)
            self._stay_alone()
            await asyncio.sleep(WATCH_EVERY)

    @property
    def is_quiet(self) -> bool:
        """Return whether Telegram answered last, and nobody's updates wait in the inbox."""
        return self.queues_idle and bool(self._heard_at)

    @property
    def queues_idle(self) -> bool:
        """Return whether no update waits in the inbox for its person's turn."""
        self._handler.queues.know()
        return self._handler.queues.idle

    def hear(self) -> None:
        """Note that Telegram answered. Raises `LockLost`."""
        self._stay_alone()
        self._notice_gap()

    def take(self, batch: Sequence[Any]) -> None:
        """Handle and commit a batch of updates. Raises if the database cannot store it."""
        began = time.monotonic()
        self._handler.take(batch)
        self.batch_size.note(len(batch), time.monotonic() - began)
        self._apology.over()

    def take_queued(self, more_come: bool) -> None:
        """Handle a few of the updates that wait in the inbox for their person's turn."""
        self._handler.queues.take(more_come)

    def pause_after(self, error: Exception, failures: int, batch: Sequence[Any]) -> float:
        """Log an error and return the seconds to wait; people are told if the database keeps them waiting."""
        self._heard_at = None
        pause = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
        if is_away(error):
            pause = min(pause, AWAY)
            self._apology.waits(batch)
        log_failure(error, pause)
        return pause

    def stop(self) -> None:
        """Cancel the timer of the apology."""
        self._apology.stop()

    def _notice_gap(self) -> None:
        """After a long silence of Telegram, tell people that it may have dropped their messages.

        Called at the first response after it. With each heartbeat, cards untouched for 14 days expire.
        """
        now = self._clock.now()
        if self._heard_at is not None and abs(now - self._heard_at) < HEARTBEAT_EVERY:
            return
        with transaction(self._engine) as session:
            with separately(session, "The heartbeat could not be stored, or the silence told of"):
                self._beat(session, now)
            with separately(session, "Old cards could not be ended"):
                cards.expire(session, now)
        self._heard_at = now
        self._handler.after_commit(session)

    def _beat(self, session: Session, now: datetime) -> None:
        beat = session.get(Heartbeat, 1)
        if beat is None:
            session.add(Heartbeat(id=1, heard_at=now))
            return
        last, beat.heard_at = beat.heard_at, now
        session.flush()
        if self._heard_at is None:
            with separately(session, "What the silence cost could not be told"):
                absence.catch_up(session, last, now, CONVERSATIONS)
