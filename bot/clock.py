"""The clock of the program. No other module reads the operating system's time."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ANNOUNCED = "X-Avance-Now"  # the header with the time of the local Telegram, whose clock can be moved
JUMP = timedelta(seconds=30)  # larger than ordinary corrections of a clock


class Clock:
    """The machine's time plus an offset, which only the demo and tests set."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta()
        if start is not None:
            self.set(start)

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC) + self._offset

    def set(self, moment: datetime) -> bool:
        """Continue from that instant. Return whether the time changed by more than `JUMP`."""
        before, self._offset = self._offset, moment - datetime.now(UTC)
        return abs(self._offset - before) > JUMP


def machine_now() -> datetime:
    """Return the machine's time in UTC, also where the bot's clock is set to another."""
    return datetime.now(UTC)


def ahead_of_monotonic() -> float:
    """Return the seconds by which the machine's date is ahead of its monotonic clock.

    The value changes when the date is set or the machine has slept.
    """
    return time.time() - time.monotonic()


def starting(pretend_now: datetime | None, zone: str) -> Clock:
    """Return a clock starting at `pretend_now` (in `zone` if naive), or at the machine's time."""
    if pretend_now is not None and pretend_now.tzinfo is None:
        pretend_now = pretend_now.replace(tzinfo=ZoneInfo(zone))
    return Clock(pretend_now)
