"""The demo's clock: it starts at a given instant, runs at real speed, and can be moved."""

import time
from datetime import UTC, datetime, timedelta


class MovableClock:
    """A clock. `moves` counts how often it was moved, so that a waiting poll notices."""

    def __init__(self, now: datetime) -> None:
        self.moves = 0
        self._set(now)

    def _set(self, instant: datetime) -> None:
        if instant.tzinfo is None:
            raise ValueError("The clock needs an instant with a time zone.")
        # One assignment of both, since other threads read them.
        self._start = instant.astimezone(UTC), time.monotonic()

    def now(self) -> datetime:
        instant, at = self._start
        return instant + timedelta(seconds=time.monotonic() - at)

    def move_to(self, instant: datetime) -> None:
        """Move the clock, forward or back. Raises ValueError for an instant without a time zone."""
        self._set(instant)
        self.moves += 1
