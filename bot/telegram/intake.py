"""Polls for updates: getUpdates, one transaction for the batch, commit, then the next offset."""

import asyncio
import logging
import math
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.storage.single_instance import LockLost
from bot.telegram.api import BATCH, LONG_POLL, Api, WebhookActive, pause_of
from bot.telegram.apology import Apology
from bot.telegram.handling import UpdateHandler
from bot.telegram.offset import LARGEST_OFFSET, confirming
from bot.telegram.poll_failure import log_failure
from handlers.activity_form import cards
from handlers.reminders import absence
from handlers.routes import CONVERSATIONS
from models.storage.database import separately, transaction
from models.storage.refusal import is_away
from models.storage.sqlite_file.file_identity import DatabaseGone, look_after
from models.tables.chat.inbox import Heartbeat

log = logging.getLogger(__name__)

FINAL = (LockLost, DatabaseGone)  # nothing can be done here after these
DENIALS = 4  # polls in a row that say the token is none: one alone may be a server that restarts
WATCH_EVERY = 1.0  # seconds between two looks at the database's file
WEBHOOK_AGAIN = 1.0  # seconds before updates are asked for again
UNCONFIRMED = 1.0  # seconds before a batch is asked for again in which nothing can be confirmed
AWAY = 2.0  # seconds at most before the database is tried again
BACK_OFF = (0.2, 1, 2, 5, 10)  # seconds before Telegram or the database is tried again
HEARTBEAT_EVERY = timedelta(seconds=30)


class Intake:
    """Polls for updates and has each batch handled before it is confirmed."""

    def __init__(
        self,
        api: Api,
        engine: Engine,
        clock: Clock,
        handler: UpdateHandler,
        stay_alone: Callable[[], None],
    ) -> None:
        self._api, self._engine, self._clock = api, engine, clock
        self._handler, self._stay_alone = handler, stay_alone
        self._apology = Apology(api, engine)
        self._denied = 0  # polls in a row of which Telegram said that the token is none
        self._heard_at: datetime | None = None  # as last stored; None: Telegram did not answer since

    async def run(self) -> None:
        """Poll until cancelled.

        Raises only what cannot be recovered from: an `InvalidToken` that repeats, `LockLost`, and
        `DatabaseGone`, which is checked every second.
        """
        work = {asyncio.create_task(self._poll()), asyncio.create_task(self._watch())}
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
            await asyncio.sleep(WATCH_EVERY)

    async def _poll(self) -> None:
        """Poll, handle and confirm in a loop.

        An offset is sent only to confirm the batch just handled; the long poll itself has none and returns
        whatever is unconfirmed. Updates handled before a crash are recognised by their inbox rows. See
        docs/decisions/0013.
        """
        offset, failures, largest = 0, 0, math.inf
        batch: list[Any] = []
        self._handler.show_cards()
        while True:
            try:
                # The poll does not wait if it confirms a batch, or is the first after a silence, since cards
                # and stored updates of the inbox are due.
                batch = []
                self._handler.queues.know()
                at_once = offset or not self._heard_at or not self._handler.queues.idle
                batch = await self._api.updates(offset, wait=0 if at_once else LONG_POLL)
                self._stay_alone()
                self._notice_gap()
                if batch:
                    self._handler.take(batch)
                    self._apology.over()
                offset = confirming(batch, largest)
                failures, self._denied = 0, 0
                if batch and not offset:  # nothing can be confirmed, so Telegram sends it again
                    await asyncio.sleep(UNCONFIRMED)
                more_come, batch = len(batch) == BATCH, []  # of which nobody is told from here on
                self._handler.queues.take(more_come)
            except FINAL:
                raise
            except RetryAfter as error:
                await asyncio.sleep(pause_of(error))
            except WebhookActive:
                log.warning(
                    "A webhook was set for this token, and updates went to its address; it is removed"
                )
                await self._remove_webhook()
            except Exception as error:
                if isinstance(error, BadRequest):  # the only bad request that a poll can make
                    offset, largest = 0, LARGEST_OFFSET
                pause = self._pause_after(error, failures, batch)
                failures += 1
                await asyncio.sleep(pause)

    def _pause_after(self, error: Exception, failures: int, batch: Sequence[Any]) -> float:
        """Return the seconds until the next poll. Raises the `InvalidToken` if it came `DENIALS` times."""
        self._heard_at = None
        self._denied = self._denied + 1 if isinstance(error, InvalidToken) else 0
        if self._denied == DENIALS:
            raise error
        pause = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
        if is_away(error):
            pause = min(pause, AWAY)
            self._apology.waits(batch)
        log_failure(error, pause)
        return pause

    async def _remove_webhook(self) -> None:
        try:
            await self._api.remove_webhook()
        except TelegramError as error:
            log.warning("The webhook could not be removed (%s); again in %s s", error.message, WEBHOOK_AGAIN)
        await asyncio.sleep(WEBHOOK_AGAIN)  # so that two programs that undo each other's setting do it slowly

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
