"""How many updates are handled at a time.

Nothing is sent while a batch is handled. Telegram allows thirty messages a second, of which three at once
(`bot.telegram.outgoing.queues`), so a batch that takes longer than a tenth of a second costs messages.
"""

from bot.telegram.api import BATCH

LONGEST = 0.1  # seconds that a batch should take
FEWEST = 40  # updates: more than one person's share of a batch (`handlers.chat.fairness.AT_ONCE`)
_WEIGHT = 0.3  # of the newest batch in the average


class BatchSize:
    """Follows how long updates take; begins with the most that Telegram gives at a time."""

    def __init__(self) -> None:
        self._each = 0.0  # seconds

    def note(self, updates: int, seconds: float) -> None:
        """Take into account that so many updates were handled in so many seconds."""
        if updates:
            self._each += _WEIGHT * (seconds / updates - self._each)

    @property
    def updates(self) -> int:
        """Return how many updates to handle next."""
        if self._each * BATCH <= LONGEST:
            return BATCH
        return max(int(LONGEST / self._each), FEWEST)
