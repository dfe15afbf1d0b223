"""Flood limits, and faults that a test or the demo plans for coming calls."""

import math
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from local_telegram.refusal import ApiError, too_many


@dataclass
class Limits:
    """How many messages are allowed before the answer is 429 (None: no limit). Source: Telegram's bots FAQ.

    A chat may receive `chat_burst` messages at once and one more each second. Counted in real seconds, not
    by the demo's clock, which jumps.
    """

    per_second: int | None = None
    chat_burst: int | None = None
    group_per_minute: int | None = None


TELEGRAM_LIMITS = Limits(per_second=30, chat_burst=5, group_per_minute=20)


@dataclass
class Flood:
    limits: Limits = field(default_factory=Limits)
    _overall: deque[float] = field(default_factory=deque)
    _group: dict[int, deque[float]] = field(default_factory=dict)
    _chat: dict[int, tuple[float, float]] = field(default_factory=dict)

    def admit(self, chat_id: int) -> None:
        """Count one message to the chat, or raise `ApiError` 429 without counting it."""
        at = time.monotonic()
        waits = [0.0]
        windows: list[deque[float]] = []
        if self.limits.per_second is not None:
            windows.append(self._overall)
            waits.append(_window_wait(self._overall, at, 1.0, self.limits.per_second))
        if self.limits.group_per_minute is not None and chat_id < 0:
            sent = self._group.setdefault(chat_id, deque())
            windows.append(sent)
            waits.append(_window_wait(sent, at, 60.0, self.limits.group_per_minute))
        level = 0.0
        if self.limits.chat_burst is not None:
            level, seen_at = self._chat.get(chat_id, (0.0, at))
            level = max(0.0, level - (at - seen_at)) + 1.0
            waits.append(level - self.limits.chat_burst)
        if max(waits) > 0:
            raise too_many(math.ceil(max(waits)))
        for window in windows:
            window.append(at)
        self._chat[chat_id] = (level, at)


def _window_wait(sent: deque[float], at: float, seconds: float, limit: int) -> float:
    """Return the seconds until one more message fits into the sliding window."""
    while sent and sent[0] <= at - seconds:
        sent.popleft()
    return sent[0] + seconds - at if len(sent) >= limit else 0.0


Drop = Literal["before", "after"]


@dataclass
class Fault:
    """A fault in the next `times` calls of a method (None: of any), optionally only of those for one chat.

    `drop` closes the connection without an answer, "before" or "after" the call took effect; after it, the
    bot cannot know that it did. Without `drop`, the call is refused with `status`, or answered with the bytes
    of `body`.
    """

    method: str | None = None
    times: int = 1
    chat_id: int | None = None
    status: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    drop: Drop | None = None
    body: bytes | None = None

    def refusal(self) -> ApiError:
        return ApiError(self.status, self.description, self.retry_after)


@dataclass(frozen=True)
class Call:
    """A call that the bot made. `status` is the answer's, 0 if the connection was closed instead."""

    method: str
    chat_id: object
    status: int
    description: str = ""


class Faults:
    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        self._planned.append(fault)

    def clear(self) -> None:
        self._planned.clear()

    def next_for(self, method: str, chat_id: object) -> Fault | None:
        """Return the first planned fault that fits the call, with its `times` reduced by one, or None."""
        for fault in self._planned:
            if fault.method is not None and fault.method.lower() != method.lower():
                continue
            if fault.chat_id is not None and str(fault.chat_id) != str(chat_id):
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._planned.remove(fault)
            return fault
        return None
