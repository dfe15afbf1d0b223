"""Polls for updates: getUpdates, one transaction for the batch, commit, then the next offset."""

import asyncio
import logging
import math
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.storage.single_instance import LockLost
from bot.telegram.api import BATCH, LONG_POLL, Api, WebhookActive, pause_of
from bot.telegram.apology import Apology
from bot.telegram.delivery import Delivery
from bot.telegram.offset import LARGEST_OFFSET, confirming
from bot.telegram.personal_queues import PersonalQueues
from bot.telegram.poll_failure import log_failure
from handlers import turn
from handlers.activity_form import cards
from handlers.chat import drafts, fairness
from handlers.chat.running_bot import RunningBot
from handlers.chat.taps import Taps
from handlers.reading import readings as reader
from handlers.reading.readings import Readings
from handlers.reminders import absence
from handlers.routes import CONVERSATIONS
from handlers.updates.parsing import clean, has_number
from models.storage.database import quick_savepoint, reading, separately, transaction
from models.storage.refusal import is_away, note
from models.storage.sqlite_file.file_identity import DatabaseGone, look_after
from models.storage.unit_of_work import Left, work_of
from models.tables.chat.inbox import Heartbeat

log = logging.getLogger(__name__)

T = TypeVar("T")

FINAL = (LockLost, DatabaseGone)  # nothing can be done here after these
DENIALS = 4  # polls in a row that say the token is none: one alone may be a server that restarts
WATCH_EVERY = 1.0  # seconds between two looks at the database's file
WEBHOOK_AGAIN = 1.0  # seconds before updates are asked for again
UNCONFIRMED = 1.0  # seconds before a batch is asked for again in which nothing can be confirmed
LONGEST = 500  # characters by which something without a number is known
CARDS_AGAIN = 10.0  # seconds until cards are shown that could not be
AWAY = 2.0  # seconds at most before the database is tried again
BACK_OFF = (0.2, 1, 2, 5, 10)  # seconds before Telegram or the database is tried again
HEARTBEAT_EVERY = timedelta(seconds=30)


class Intake:
    """Polls for updates and handles each batch in one transaction.

    `bells` wake whoever works on what a transaction left to do, as its unit of work says.
    """

    def __init__(
        self,
        api: Api,
        engine: Engine,
        clock: Clock,
        delivery: Delivery,
        username: str,
        stay_alone: Callable[[], None],
        bells: Mapping[Left, asyncio.Event],
        data_dir: Path,
    ) -> None:
        self._api, self._engine, self._clock, self._delivery = api, engine, clock, delivery
        self._stay_alone, self._bells = stay_alone, bells
        self._cards_timer: asyncio.TimerHandle | None = None
        self._apology = Apology(api, engine)
        self._unnumbered: deque[str] = deque(maxlen=100)  # what came without a number, and was told
        self._stuck: set[int] = set()  # updates that can neither be handled nor set back
        self.queues = PersonalQueues(engine, clock, self._in_turn, self._failure_of, self._stuck)
        self._running = RunningBot(username, data_dir, Taps(), self.queues.people)
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
        self.show_cards()
        while True:
            try:
                # To confirm takes no waiting, nor does the first poll after a silence: who has an open card
                # shall have it at once, and whoever has more in the inbox.
                batch = []
                self.queues.know()
                at_once = offset or not self._heard_at or not self.queues.idle
                batch = await self._api.updates(offset, wait=0 if at_once else LONG_POLL)
                self._stay_alone()
                self._notice_gap()
                if batch:
                    self.take(batch)
                    self._apology.over()
                offset = confirming(batch, largest)
                failures, self._denied = 0, 0
                if batch and not offset:  # nothing that can be confirmed: it comes again at once
                    await asyncio.sleep(UNCONFIRMED)
                more_come, batch = len(batch) == BATCH, []  # of which nobody is told from here on
                self.queues.take(more_come)
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
                if isinstance(error, BadRequest):  # of a poll nothing else can be wrong
                    offset, largest = 0, LARGEST_OFFSET
                pause = self._pause_after(error, failures, batch)
                failures += 1
                await asyncio.sleep(pause)

    def _pause_after(self, error: Exception, failures: int, batch: Sequence[Any]) -> float:
        """Return the seconds until the next poll. Raises an `InvalidToken` that came too often."""
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
        await asyncio.sleep(WEBHOOK_AGAIN)  # so that two programs that each want it their way are slow at it

    def stop(self) -> None:
        """Cancel the timers; due cards are found again at the next start."""
        if self._cards_timer is not None:
            self._cards_timer.cancel()
        self._apology.stop()

    def take(self, batch: Sequence[Any]) -> None:
        """Handle a batch in one transaction together with known outcomes, then queue what it says.

        If the database refuses the batch, each update is handled alone.
        """
        batch = [raw for raw in batch if has_number(raw) or self._is_new(raw)]
        try:
            at_once, _ = fairness.parted(batch, self.queues.people)
            readings = reader.prepare(self._engine, at_once, self._clock.now())
            self._in_turn(lambda session, now: turn.take(session, batch, now), readings=readings)
        except Exception as error:
            if is_away(error):
                raise
            log.warning("%s updates could not be stored together (%s)", len(batch), type(error).__name__)
            for raw in batch:
                self._take_alone(raw)

    def _take_alone(self, raw: Any) -> None:
        """Handle one update in its own transaction; if that fails, store it for a retry, or skip it."""
        failure = self._failure_of(lambda session, now: turn.take_alone(session, raw, now))
        if failure is not None:
            reason = failure
            failure = self._failure_of(lambda session, now: turn.keep(session, raw, now, reason))
        if failure is not None:
            self._failure_of(lambda session, now: turn.skip(session, [raw], now))

    def _failure_of(self, work: Callable[[Session, datetime], None]) -> Exception | None:
        """Return the error of doing this in a transaction, or None. Raises if the database is unavailable."""
        try:
            self._in_turn(work)
        except Exception as error:
            if is_away(error):
                raise
            log.error("An update could not be stored", exc_info=error)
            return error
        return None

    def _is_new(self, raw: Any) -> bool:
        """Return whether an update without a usable number was not seen before."""
        known = repr(clean(raw))[:LONGEST]
        if known in self._unnumbered:
            return False
        self._unnumbered.append(known)
        return True

    def _in_turn(self, work: Callable[[Session, datetime], T], readings: Readings | None = None) -> T:
        """Run the function in a transaction together with known outcomes; queue what it says."""
        with transaction(self._engine) as session:
            unit = work_of(session)
            unit.put(self._running)
            if readings is not None:
                unit.put(readings)
            written = self._write_outcomes(session)
            result = work(session, self._clock.now())
        if written:
            self._delivery.written()
        self.hand_over(session)
        return result

    def _write_outcomes(self, session: Session) -> bool:
        """Return whether the outcomes were written here; otherwise delivery writes them one by one."""
        try:
            with quick_savepoint(session):
                self._delivery.write(session)
        except Exception as error:
            if is_away(error) or not session.is_active:
                raise
            return False
        return True

    def retry(self) -> bool:
        """Retry one failed update; return whether there was one."""
        try:
            found = self._in_turn(lambda session, now: turn.retry(session, now, self._stuck))
        except Exception as error:
            if is_away(error):
                raise
            found = self._set_back(error)
        return found is not None

    def _set_back(self, failure: Exception) -> int | None:
        """Record another failure of the due update; if that cannot be stored either, leave it alone."""
        try:
            return self._in_turn(lambda session, now: turn.retry_failed(session, now, failure, self._stuck))
        except Exception as error:
            if is_away(error):
                raise
            log.error("An update that failed again could not be set back", exc_info=error)
        with reading(self._engine) as session:
            found = turn.due(session, self._clock.now(), self._stuck)
        if found is None:
            return None
        self._stuck.add(found.update_id)
        return found.update_id

    def show_cards(self) -> None:
        """Send the cards that files joined, once no more files arrive."""
        self._cards_timer = None
        wait = CARDS_AGAIN
        try:
            with transaction(self._engine) as session:
                now = self._clock.now()
                next_at = cards.show_due(session, now, CONVERSATIONS)
            self.hand_over(session)
            if next_at is None:
                return
            if next_at > now:  # else what is due still could not be shown, nor its hour be changed
                # No card waits for longer than that, unless the clock went back since.
                ahead = min(next_at - self._clock.now(), drafts.QUIET)
                wait = max(ahead.total_seconds(), 0.05)
        except Exception as error:
            note(log, "Cards could not be shown anew", error)
        self._show_cards_in(wait)

    def _show_cards_in(self, seconds: float) -> None:
        if self._cards_timer is None:
            self._cards_timer = asyncio.get_running_loop().call_later(seconds, self.show_cards)

    def hand_over(self, session: Session) -> None:
        """Queue what people read first, then the callback answers that only end the waiting of a button."""
        work = work_of(session)
        self._delivery.hand_over(work.outbox)
        if Left.CARDS in work.left:
            self._show_cards_in(drafts.QUIET.total_seconds())
        for left, bell in self._bells.items():
            if left in work.left:
                bell.set()
        for each in work.answers:
            self._delivery.answer(each.callback_id, each.text, each.alert)

    def _notice_gap(self) -> None:
        """Tell people about messages that a long silence may have cost them.

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
        self.hand_over(session)

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
