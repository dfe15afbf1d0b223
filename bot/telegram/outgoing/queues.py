"""The queue of unsent rows per chat, and Telegram's rate limits."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit

from models.storage.outbox import OutgoingCall

HELD = 32  # rows of a chat's replies, and of its broadcasts, in memory; later ones are read in their turn


@dataclass(frozen=True)
class Caps:
    """Rate limits: messages per second overall, per second in a chat after a burst, per minute in a group."""

    overall: float | None = FloodLimit.MESSAGES_PER_SECOND
    burst: int = 5
    group_minute: int | None = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP

    def pace(self) -> AsyncLimiter | None:
        """Return the limiter of all messages; it allows a tenth of a second's worth at once."""
        if not self.overall:
            return None
        burst = max(self.overall / 10, 1)
        return AsyncLimiter(burst, burst / self.overall)

    def pace_of(self, chat_id: int) -> AsyncLimiter:
        """Return the limiter of one chat. Groups have negative ids; a burst counts in their minute."""
        if chat_id < 0 and self.group_minute:
            return AsyncLimiter(self.burst, 60 * self.burst / max(self.group_minute - self.burst, 1))
        return AsyncLimiter(self.burst, self.burst)

    @staticmethod
    def lifted() -> "Caps":
        """Return no limits, for a self-hosted server and for measuring."""
        return Caps(overall=None, group_minute=None)


@dataclass
class ChatQueue:
    """Unsent rows of one chat. `busy` while a sender has its first row, or the chat waits for a timer.

    Of each kind, the first `HELD` rows are in memory; `beyond` has the kinds (true: broadcasts) of which the
    table may have later ones, which are read when the first are sent (`bot.telegram.outgoing.backlog`).
    """

    replies: deque[OutgoingCall] = field(default_factory=deque)
    broadcasts: deque[OutgoingCall] = field(default_factory=deque)
    beyond: set[bool] = field(default_factory=set)
    busy: bool = False
    pace: AsyncLimiter | None = None
    tried: OutgoingCall | None = None  # the row that was tried last, or is now
    timer: asyncio.TimerHandle | None = None  # set while the chat waits

    @property
    def must_pause(self) -> float:
        """Return the seconds until the rate limit allows another message; does not wait."""
        if self.pace is None or self.pace.has_capacity():
            return 0
        return self.pace.time_period / self.pace.max_rate

    def add(self, call: OutgoingCall) -> OutgoingCall | None:
        """Queue the row, unless it is left to the table.

        Return the unsent edit of the same message that it replaces, if any.
        """
        if call.broadcast in self.beyond:
            return None
        queue = self.rows(call.broadcast)
        replaced = None
        if call.edits is not None and call.method == "editMessageText":
            replaced = next(
                (each for each in queue if each.edits == call.edits and each.method == call.method), None
            )
            if replaced is not None:
                queue.remove(replaced)
        if len(queue) < HELD:
            queue.append(call)
        else:
            self.beyond.add(call.broadcast)
        return replaced

    def rows(self, broadcast: bool) -> deque[OutgoingCall]:
        return self.broadcasts if broadcast else self.replies

    @property
    def lacks(self) -> list[bool]:
        """Return the kinds of which all rows in memory are sent, and the table may have more."""
        return [kind for kind in sorted(self.beyond) if not self.rows(kind)]

    @property
    def has_replies(self) -> bool:
        return bool(self.replies) or False in self.beyond

    @property
    def has_rows(self) -> bool:
        return bool(self.replies or self.broadcasts or self.beyond)

    def next(self) -> OutgoingCall | None:
        queue = self.replies or self.broadcasts
        return queue.popleft() if queue else None

    @property
    def first(self) -> OutgoingCall | None:
        """Return the row that `next` would take."""
        queue = self.replies or self.broadcasts
        return queue[0] if queue else None

    def drain(self) -> list[OutgoingCall]:
        """Remove and return all rows in memory, in order."""
        waiting = [*self.replies, *self.broadcasts]
        self.replies.clear()
        self.broadcasts.clear()
        self.beyond.clear()
        return waiting

    def put_back(self, call: OutgoingCall) -> None:
        """Put the row at the head of the queue."""
        (self.broadcasts if call.broadcast else self.replies).appendleft(call)
