"""Handles updates that wait in the inbox because one person sent many: a few after each poll.

People take turns, with a poll after each turn, so that others are answered first. Who has updates waiting is
read from the database once; after that `handlers.chat.fairness.Queues` has it in memory.
"""

import logging
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from bot.clock import Clock
from handlers import turn
from handlers.chat import fairness
from handlers.reading import readings as reader
from models.storage import update_queue
from models.storage.database import reading
from models.storage.refusal import is_away

log = logging.getLogger(__name__)

Work = Callable[[Session, datetime], Any]


class PersonalQueues:
    """Handles queued updates of people in turn.

    `in_turn` runs a function in a transaction; `failure_of` does too and returns the error. `stuck` are
    updates that can be neither handled nor stored for a retry before the next start.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        in_turn: Callable[..., Any],
        failure_of: Callable[[Work], Exception | None],
        stuck: set[int],
    ) -> None:
        self.people = fairness.Queues()
        self._engine, self._clock = engine, clock
        self._in_turn, self._failure_of, self._stuck = in_turn, failure_of, stuck
        self._known = False

    @property
    def idle(self) -> bool:
        """Return whether no update is known to wait."""
        return self._known and not self.people

    def know(self) -> None:
        """Read whose updates wait; does nothing after the first call."""
        if not self._known:
            with reading(self._engine) as session:
                for person in update_queue.people(session):
                    self.people.add(person)
            self._known = True

    def take(self, more_come: bool) -> None:
        """Handle the next updates of the next person; fewer if more updates wait at Telegram."""
        person = self.people.next()
        if person is None:
            return
        limit = fairness.BETWEEN_BATCHES if more_come else fairness.AT_ONCE
        batch = self._first(person, limit, self._stuck)
        if not batch:
            self.people.remove(person)
            return
        try:
            readings = reader.prepare(self._engine, batch, self._clock.now())
            self._in_turn(lambda session, now: turn.take_queued(session, batch, now), readings=readings)
        except Exception as error:
            if is_away(error):
                raise
            log.warning("%s waiting updates could not be stored together", len(batch), exc_info=error)
            for raw in batch:
                self._take_alone(raw)

    def _take_alone(self, raw: dict[str, Any]) -> None:
        """Handle one update in its own transaction; if that fails, store it for a retry, or ignore it."""
        failure = self._failure_of(lambda session, now: turn.take_queued(session, [raw], now, alone=True))
        if failure is not None:
            reason = failure
            failure = self._failure_of(lambda session, now: turn.set_back(session, raw, now, reason))
        if failure is not None:
            self._stuck.add(raw["update_id"])

    def _first(self, person: int, limit: int, but: Collection[int]) -> list[dict[str, Any]]:
        with reading(self._engine) as session:
            return update_queue.first(session, person, limit, but)
