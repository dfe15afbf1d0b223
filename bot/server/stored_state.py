"""The figures of `/metrics` that are read from the database: what waits, since when, and what was kept."""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import ColumnElement, Engine, func
from sqlmodel import Session, col, select

from bot.clock import Clock
from models.operations.condition import Condition, condition
from models.quarter import Quarter
from models.storage.database import reading
from models.storage.refusal import note
from models.tables.chat.inbox import Inbox

log = logging.getLogger(__name__)

Waiting = tuple[int, datetime | None]


class StoredState:
    """A collector of the registry. `collect` reads one consistent state; it blocks, and so has a thread."""

    def __init__(self, engine: Engine, clock: Clock, folder: Path) -> None:
        self._engine, self._clock, self._folder = engine, clock, folder

    def collect(self) -> Iterator[Metric]:
        try:
            found = list(self._read())
        except Exception as error:  # a page without these figures says more than none
            note(log, "The stored figures of /metrics could not be read", error)
            found = []
        yield _gauge("avance_database_up", "1 if the database could be read", bool(found))
        yield from found

    def _read(self) -> Iterator[Metric]:
        now = self._clock.now()
        with reading(self._engine) as session:
            found = condition(session, Quarter.of(now.date()), self._folder)
            failed = _oldest(session, col(Inbox.queued_by).is_(None))
            queued = _oldest(session, col(Inbox.queued_by).is_not(None))
        yield from _inbox(found, failed, queued, now)
        yield from _others(found, now)


def _oldest(session: Session, which: ColumnElement[bool]) -> Waiting:
    """Return how many updates wait, and when the oldest of them arrived. Read from partial indexes."""
    unhandled = col(Inbox.handled_at).is_(None), which
    number, since = session.exec(select(func.count(), func.min(Inbox.received_at)).where(*unhandled)).one()
    return number, since


def _inbox(found: Condition, failed: Waiting, queued: Waiting, now: datetime) -> Iterator[Metric]:
    waiting = GaugeMetricFamily("avance_inbox_waiting", "Updates that are not handled yet", labels=["why"])
    waiting.add_metric(["failed"], failed[0] - len(found.set_aside))
    waiting.add_metric(["set aside"], len(found.set_aside))
    waiting.add_metric(["queued"], queued[0])
    yield waiting
    oldest = min((at for _, at in (failed, queued) if at is not None), default=None)
    yield _gauge("avance_inbox_oldest_seconds", "Age of the oldest of them", _age(oldest, now))


def _others(found: Condition, now: datetime) -> Iterator[Metric]:
    yield _gauge("avance_outbox_waiting", "Messages that are not sent yet", found.unsent)
    yield _gauge("avance_outbox_oldest_seconds", "Age of the oldest of them", _age(found.unsent_since, now))
    yield _gauge("avance_outbox_set_aside", "Messages that were given up", len(found.undelivered))
    yield _gauge("avance_evidence_waiting", "Files that are still to be fetched", found.waiting)
    yield _gauge("avance_evidence_missing", "Files that could not be fetched so far", found.missing)
    yield _gauge("avance_people_unreachable", "People whom the bot cannot reach", len(found.unreachable))
    yield _gauge("avance_open_cards", "Cards that are neither registered nor ended", found.open_drafts)
    yield _gauge("avance_chain_length", "Entries of the audit chain", found.chain_length)
    if found.free_bytes is not None:
        yield _gauge("avance_free_bytes", "Free space for database and evidence", found.free_bytes)
    if found.heard_at is not None:
        age = _age(found.heard_at, now)
        yield _gauge("avance_telegram_heard_seconds", "Since Telegram last answered", age)
    if found.last_backup is not None:
        made_at = found.last_backup.made_at.timestamp()
        yield _gauge("avance_last_backup_timestamp_seconds", "When the last backup was made", made_at)
        age = _age(found.last_backup.made_at, now)
        yield _gauge("avance_last_backup_age_seconds", "Age of the last backup", age)
    if found.signatures is not None:
        yield _gauge("avance_units", "Units of the quarter that ended", found.signatures.units)
        yield _gauge("avance_units_signed", "Units that signed it", found.signatures.signed)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value)


def _age(at: datetime | None, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds()) if at is not None else 0.0
