"""What the running bot counts and times. This base does nothing; `bot.server.metrics` keeps the figures.

So a bot without a page of metrics imports no library for them.
"""

from sqlmodel import Session


class Measures:
    """Counts nothing."""

    def committed(self, session: Session) -> None:
        """Count what a committed transaction did (`models.storage.occurrences`)."""

    def received(self, kinds: list[str]) -> None:
        """Count updates that arrived, each by its kind."""

    def called(self, method: str, error: Exception | None) -> None:
        """Count a call of the Bot API and its error, if it had one."""

    def refused(self) -> None:
        """Count a row of the outbox that Telegram refused in one form."""

    def given_up(self) -> None:
        """Count a row of the outbox that was set aside."""

    def made_report(self, file_format: str, seconds: float | None) -> None:
        """Count a report; None for one that could not be made."""
