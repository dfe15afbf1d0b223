"""The queue of updates for the bot: kept until confirmed, dropped when too old, as Telegram does."""

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

    @property
    def number(self) -> int:
        return int(self.update["update_id"])

    def is_too_old(self, now: datetime) -> bool:
        return now - self.at > (TAPS_KEPT if self.kind == "callback_query" else KEPT)


class UpdateQueue:
    """The queue. `bell` rings at every change; `reader` is the number of the newest poll, the only one that
    may answer; `moves_told` is how often the clock had been moved when a poll was last answered."""

    def __init__(self, first_update_id: int = 1) -> None:
        self.bell = Bell()
        self.reader = 0
        self.moves_told = 0
        self.allowed: frozenset[str] | None = None
        self._next_id = first_update_id
        self._waiting: deque[PendingUpdate] = deque()

    def __len__(self) -> int:
        """Return how many updates are not confirmed yet."""
        return len(self._waiting)

    def add(self, kind: str, person_id: int, content: Json, at: datetime) -> None:
        """Add an update. `kind` is its field; kinds that the bot did not allow are dropped."""
        if self.allowed is not None and kind not in self.allowed:
            return
        update = {"update_id": self._next_id, kind: content}
        self._next_id += 1
        self._waiting.append(PendingUpdate(at, kind, person_id, update))
        self.bell.ring()

    def new_reader(self) -> int:
        """Return the number of a new poll; an earlier one that still waits is ended."""
        self.reader += 1
        self.bell.ring()
        return self.reader

    def allow(self, kinds: list[str] | None) -> None:
        """Set the kinds of later updates; an empty list allows all, None changes nothing."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def confirm(self, offset: int) -> None:
        """Drop all updates below the offset; a negative offset keeps only that many of the newest."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        while self._waiting and self._waiting[0].update["update_id"] < offset:
            self._waiting.popleft()

    def waiting(self, now: datetime) -> list[PendingUpdate]:
        """Return all unconfirmed updates that are not too old, in order."""
        return [each for each in self._waiting if not each.is_too_old(now)]

    def remove(self, update_id: int) -> None:
        """Drop one update, which the webhook took."""
        self._waiting = deque(each for each in self._waiting if each.number != update_id)

    def take(self, limit: int, now: datetime, offset: int) -> list[Json]:
        """Return the first unconfirmed updates from the offset on, in order; they stay until confirmed."""
        if any(waiting.is_too_old(now) for waiting in self._waiting):
            self._waiting = deque(waiting for waiting in self._waiting if not waiting.is_too_old(now))
        wanted = (each.update for each in self._waiting if each.update["update_id"] >= offset)
        return list(islice(wanted, limit))

    def clear(self) -> None:
        self._waiting.clear()

    def count(self, person_id: int | None = None) -> int:
        """Return how many updates are not confirmed, of one person or of all."""
        return sum(1 for waiting in self._waiting if person_id in (None, waiting.person_id))
