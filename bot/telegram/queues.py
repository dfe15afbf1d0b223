"""What waits to be sent: a queue a chat, and the caps that Telegram sets."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit

from models.storage.outbox import OutgoingCall


@dataclass(frozen=True)
class Caps:
    """Telegram's limits: messages a second overall, a second in a chat after a burst, a minute in a group."""

    overall: float | None = FloodLimit.MESSAGES_PER_SECOND
    burst: int = 5
    group_minute: int | None = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP

    def pace(self) -> AsyncLimiter | None:
        """For everything that is sent; a tenth of a second's worth at once, so that no second has more."""
        if not self.overall:
            return None
        burst = max(self.overall / 10, 1)
        return AsyncLimiter(burst, burst / self.overall)

    def pace_of(self, chat_id: int) -> AsyncLimiter:
        """For one chat; groups have negative numbers. A group's burst is taken from its minute."""
        if chat_id < 0 and self.group_minute:
            return AsyncLimiter(self.burst, 60 * self.burst / max(self.group_minute - self.burst, 1))
        return AsyncLimiter(self.burst, self.burst)

    @staticmethod
    def lifted() -> "Caps":
        """No limits: for a Bot API server of one's own, and for measuring."""
        return Caps(overall=None, group_minute=None)


@dataclass
class ChatQueue:
    """What waits in one chat; `busy` while a sender has its first row in hand, or it waits for its time."""

    replies: deque[OutgoingCall] = field(default_factory=deque)
    broadcasts: deque[OutgoingCall] = field(default_factory=deque)
    busy: bool = False
    pace: AsyncLimiter | None = None
    tried: OutgoingCall | None = None  # the row that was tried last, or is now
    timer: asyncio.TimerHandle | None = None  # when the chat waits for its time

    @property
    def must_pause(self) -> float:
        """Seconds until its pace lets one more message through; nothing is held up by waiting for it."""
        if self.pace is None or self.pace.has_capacity():
            return 0
        return self.pace.time_period / self.pace.max_rate

    def add(self, saying: OutgoingCall) -> OutgoingCall | None:
        """Queue it; the earlier unsent edit of the same message that it replaces, if there is one."""
        queue = self.broadcasts if saying.broadcast else self.replies
        replaced = None
        if saying.edits is not None and saying.method == "editMessageText":
            replaced = next(
                (each for each in queue if each.edits == saying.edits and each.method == saying.method), None
            )
            if replaced is not None:
                queue.remove(replaced)
        queue.append(saying)
        return replaced

    def next(self) -> OutgoingCall | None:
        queue = self.replies or self.broadcasts
        return queue.popleft() if queue else None

    @property
    def first(self) -> OutgoingCall | None:
        """What `next` would take."""
        queue = self.replies or self.broadcasts
        return queue[0] if queue else None

    def drain(self) -> list[OutgoingCall]:
        """Take everything out, in its order."""
        waiting = [*self.replies, *self.broadcasts]
        self.replies.clear()
        self.broadcasts.clear()
        return waiting

    def put_back(self, saying: OutgoingCall) -> None:
        """It is the next one again."""
        (self.broadcasts if saying.broadcast else self.replies).appendleft(saying)
