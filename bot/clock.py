"""The one place that reads the operating system's clock."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, in UTC."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class PretendClock:
    """Starts at a moment and runs on; a local server that owns the clock sets it again at each answer."""

    def __init__(self, start: datetime) -> None:
        self.set(start)

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._since)

    def set(self, moment: datetime) -> None:
        self._start = moment.astimezone(UTC)
        self._since = time.monotonic()


def starting(pretend_now: datetime | None, zone: str) -> Clock:
    """The machine's clock, or one that starts at `pretend_now` (local time of `zone` unless it says)."""
    if pretend_now is None:
        return SystemClock()
    if pretend_now.tzinfo is None:
        pretend_now = pretend_now.replace(tzinfo=ZoneInfo(zone))
    return PretendClock(pretend_now)
