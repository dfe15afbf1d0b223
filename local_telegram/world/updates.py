"""The updates that wait for the bot: kept until confirmed, dropped when too old, as Telegram does."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from local_telegram.world.bell import Bell

Json = dict[str, Any]

KEPT = timedelta(hours=24)
TAPS_KEPT = timedelta(seconds=150)


@dataclass(frozen=True)
class PendingUpdate:
    at: datetime
    kind: str
    person_id: int
    update: Json

    def is_too_old(self, now: datetime) -> bool:
        return now - self.at > (TAPS_KEPT if self.kind == "callback_query" else KEPT)


class UpdateQueue:
    """`bell` rings when there is something to look at; `reader` is the poll that may still answer;
    `moves_told` is how often the clock had been moved when a poll was last answered."""

    def __init__(self, first_update_id: int = 1) -> None:
        self.bell = Bell()
        self.reader = 0
        self.moves_told = 0
        self.allowed: frozenset[str] | None = None
        self._next_id = first_update_id
        self._waiting: deque[PendingUpdate] = deque()

    def __len__(self) -> int:
        """How many updates are not confirmed yet."""
        return len(self._waiting)

    def add(self, kind: str, person_id: int, content: Json, at: datetime) -> None:
        """`kind` is the update's field; kinds that the bot did not allow are not kept."""
        if self.allowed is not None and kind not in self.allowed:
            return
        update = {"update_id": self._next_id, kind: content}
        self._next_id += 1
        self._waiting.append(PendingUpdate(at, kind, person_id, update))
        self.bell.ring()

    def new_reader(self) -> int:
        """From now on an earlier poll that still waits is out."""
        self.reader += 1
        self.bell.ring()
        return self.reader

    def allow(self, kinds: list[str] | None) -> None:
        """An empty list means all kinds; None leaves what was said before. Holds for updates to come."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def confirm(self, offset: int) -> None:
        """Forgets all updates below the offset; a negative one keeps only so many of the last."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while self._waiting and self._waiting[0].update["update_id"] < offset:
            self._waiting.popleft()

    def take(self, limit: int, now: datetime, offset: int) -> list[Json]:
        """The first unconfirmed updates from the offset on, in order; they stay until confirmed."""
        if any(waiting.is_too_old(now) for waiting in self._waiting):
            self._waiting = deque(waiting for waiting in self._waiting if not waiting.is_too_old(now))
        wanted = (each.update for each in self._waiting if each.update["update_id"] >= offset)
        return list(islice(wanted, limit))

    def clear(self) -> None:
        self._waiting.clear()

    def count(self, person_id: int | None = None) -> int:
        """How many are not confirmed, of one person or of all."""
        return sum(1 for waiting in self._waiting if person_id in (None, waiting.person_id))
