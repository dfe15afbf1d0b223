"""The one place that reads the operating system's clock."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ANNOUNCED = "X-Avance-Now"  # the header in which a local server, which owns its clock, says its time
JUMP = timedelta(seconds=30)  # more than a clock that goes wrong is put right by


class Clock:
    """The machine's time, moved by an offset: none, unless a demo or a test starts it elsewhere."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta()
        if start is not None:
            self.set(start)

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC) + self._offset

    def set(self, moment: datetime) -> bool:
        """Go on from that moment; whether that is a jump, and not the correction of a second or two."""
        before, self._offset = self._offset, moment - datetime.now(UTC)
        return abs(self._offset - before) > JUMP


def ahead_of_monotonic() -> float:
    """Seconds by which the machine's date is ahead of its monotonic clock, which nobody can set.

    It changes where the date is set, or the machine slept.
    """
    return time.time() - time.monotonic()


def starting(pretend_now: datetime | None, zone: str) -> Clock:
    """A clock that starts at `pretend_now` (local time of `zone` unless it says), or the machine's."""
    if pretend_now is not None and pretend_now.tzinfo is None:
        pretend_now = pretend_now.replace(tzinfo=ZoneInfo(zone))
    return Clock(pretend_now)
