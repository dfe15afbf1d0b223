"""The figures of `/metrics` that the process counts; `bot.server.stored_state` has those that are stored."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)
from sqlmodel import Session
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.measures import Measures
from models.storage.occurrences import Occurred, Occurrences
from models.storage.unit_of_work import work_of
from models.tables.notice import NoticeKind

disable_created_metrics()  # type: ignore[no-untyped-call]  # a figure beside each counter, which nobody reads
TURN_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
REPORT_SECONDS = (0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
# The more special before the more general.
_ERRORS = {
    RetryAfter: "429",
    TimedOut: "timeout",
    BadRequest: "bad request",
    Forbidden: "forbidden",
    InvalidToken: "invalid token",
    Conflict: "conflict",
    NetworkError: "network",
}


class Metrics(Measures):
    """Counts since the start of the process, in a registry of its own."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self._count_updates(registry)
        self._count_calls(registry)
        self._count_reports(registry)

    def _count_updates(self, registry: CollectorRegistry) -> None:
        """Create the figures of updates, cards and reminders."""
        self._updates = Counter("avance_updates", "Updates received", ["kind"], registry=registry)
        self._turns = Counter(
            "avance_turns", "Updates handled, by what handled them", ["route", "outcome"], registry=registry
        )
        self._turn_seconds = Histogram(
            "avance_turn_seconds",
            "Seconds to handle one update, without the commit",
            ["route"],
            buckets=TURN_SECONDS,
            registry=registry,
        )
        self._cards = Counter(
            "avance_cards",
            "Texts that became a card at once (ready) or a question (asked), and what became of the cards",
            ["outcome"],
            registry=registry,
        )
        self._reminders = Counter(
            "avance_reminders", "Reminders told, by kind of notice", ["kind"], registry=registry
        )
        for outcome in ("ready", "asked", "corrected", "registered", "corrected_later"):
            self._cards.labels(outcome)
        for notice in NoticeKind:
            self._reminders.labels(str(notice))

    def _count_calls(self, registry: CollectorRegistry) -> None:
        """Create the figures of calls to Telegram."""
        self._calls = Counter("avance_telegram_calls", "Calls of the Bot API", ["method"], registry=registry)
        self._errors = Counter(
            "avance_telegram_errors", "Calls that failed; 429 is one kind", ["kind"], registry=registry
        )
        self._refused = Counter(
            "avance_outbox_refused", "Forms of messages that Telegram refused", registry=registry
        )
        self._given_up = Counter("avance_outbox_given_up", "Messages set aside", registry=registry)
        for kind in (*_ERRORS.values(), "other"):
            self._errors.labels(kind)

    def _count_reports(self, registry: CollectorRegistry) -> None:
        self._reports = Counter(
            "avance_reports", "Reports and pictures made", ["format", "outcome"], registry=registry
        )
        self._report_seconds = Histogram(
            "avance_report_seconds",
            "Seconds to make a report or picture",
            ["format"],
            buckets=REPORT_SECONDS,
            registry=registry,
        )

    def committed(self, session: Session) -> None:
        for each in work_of(session).part(Occurrences).noted:
            if each.what is Occurred.TURN:
                self._turns.labels(*each.labels).inc()
                self._turn_seconds.labels(each.labels[0]).observe(each.seconds or 0)
            elif each.what is Occurred.CARD:
                self._cards.labels(*each.labels).inc()
            else:
                self._reminders.labels(*each.labels).inc()

    def received(self, kinds: list[str]) -> None:
        for kind in kinds:
            self._updates.labels(kind).inc()

    def called(self, method: str, error: Exception | None) -> None:
        self._calls.labels(method).inc()
        if error is not None:
            kind = next((name for family, name in _ERRORS.items() if isinstance(error, family)), "other")
            self._errors.labels(kind).inc()

    def refused(self) -> None:
        self._refused.inc()

    def given_up(self) -> None:
        self._given_up.inc()

    def made_report(self, file_format: str, seconds: float | None) -> None:
        self._reports.labels(file_format, "failed" if seconds is None else "made").inc()
        if seconds is not None:
            self._report_seconds.labels(file_format).observe(seconds)
