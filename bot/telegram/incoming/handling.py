"""Handles updates in transactions, and queues what they say once it is committed."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.clock import Clock
from bot.measures import Measures
from bot.telegram.api import WANTED
from bot.telegram.incoming.personal_queues import PersonalQueues
from bot.telegram.outgoing.delivery import Delivery
from handlers import turn
from handlers.activity_form import cards
from handlers.chat import drafts, fairness
from handlers.chat.running_bot import RunningBot
from handlers.chat.taps import Taps
from handlers.reading import readings as reader
from handlers.reading.readings import Readings
from handlers.routes import CONVERSATIONS
from handlers.updates.parsing import clean, has_number
from models.storage.database import quick_savepoint, reading, transaction
from models.storage.refusal import is_away, note
from models.storage.unit_of_work import Left, work_of

log = logging.getLogger(__name__)

T = TypeVar("T")

LONGEST = 500  # characters by which something without a number is known
CARDS_AGAIN = 5.0  # seconds until cards are looked at again that could not be shown, or wait for longer


class UpdateHandler:
    """Handles each batch of updates in one transaction, and shows the cards that files joined.

    `bells` wake whoever works on what a transaction left to do, as its unit of work says.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        delivery: Delivery,
        username: str,
        bells: Mapping[Left, asyncio.Event],
        data_dir: Path,
        measures: Measures,
        manual_url: str = "",
    ) -> None:
        self._measures = measures
        self._engine, self._clock, self._delivery, self._bells = engine, clock, delivery, bells
        self._cards_timer: asyncio.TimerHandle | None = None
        self._unnumbered: deque[str] = deque(maxlen=100)  # what came without a number, and was told
        self._stuck: set[int] = set()  # updates that can neither be handled nor set back
        self.queues = PersonalQueues(engine, clock, self._in_turn, self._failure_of, self._stuck)
        self._running = RunningBot(username, data_dir, manual_url, Taps(), self.queues.people)

    def stop(self) -> None:
        """Cancel the timer; due cards are found again at the next start."""
        if self._cards_timer is not None:
            self._cards_timer.cancel()

    def take(self, batch: Sequence[Any]) -> None:
        """Handle a batch in one transaction together with known outcomes, then queue what it says.

        If the database refuses the batch, each update is handled alone.
        """
        batch = [raw for raw in batch if has_number(raw) or self._is_new(raw)]
        self._measures.received([_kind(raw) for raw in batch])
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
        self.after_commit(session)
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

    def look(self) -> None:
        """Queue messages that another process stored."""
        self._delivery.look()

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
            self.after_commit(session)
            if next_at is None:
                return
            if next_at > now:  # else what is due still could not be shown, nor its hour be changed
                # Looked at again before, since the clock may be moved.
                wait = min(max((next_at - self._clock.now()).total_seconds(), 0.05), CARDS_AGAIN)
        except Exception as error:
            note(log, "Cards could not be shown anew", error)
        self._show_cards_in(wait)

    def _show_cards_in(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        if self._cards_timer is not None:
            if self._cards_timer.when() <= loop.time() + seconds:
                return
            self._cards_timer.cancel()
        self._cards_timer = loop.call_later(seconds, self.show_cards)

    def after_commit(self, session: Session) -> None:
        """Queue what people read first, then the callback answers that only end the waiting of a button."""
        work = work_of(session)
        self._measures.committed(session)
        self._delivery.enqueue(work.outbox)
        if Left.CARDS in work.left:
            self._show_cards_in(drafts.QUIET.total_seconds())
        for left, bell in self._bells.items():
            if left in work.left:
                bell.set()
        for each in work.answers:
            self._delivery.answer(each.callback_id, each.text, each.alert)


def _kind(raw: Any) -> str:
    """Return the field that holds the update's content, one of `WANTED`, or "other"."""
    return next((each for each in WANTED if isinstance(raw, dict) and each in raw), "other")
