"""What is wrong with a running bot: whether Telegram is heard, answers are sent, and files have room."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from models.operations.condition import room
from models.storage import outbox
from models.tables.chat.inbox import Heartbeat
from models.tables.chat.outbox import Outbox

SILENT = timedelta(minutes=5)  # without an answer of Telegram
STUCK = timedelta(minutes=10)  # an answer that is not sent
FULL = 100_000_000  # bytes


def troubles(session: Session, now: datetime, folder: Path) -> Iterator[str]:
    """Yield each trouble as an English clause; nothing if all is well. `folder` is the data folder."""
    heard = session.get(Heartbeat, 1)
    if heard is None or now - heard.heard_at > SILENT:
        since = f"since {heard.heard_at:%Y-%m-%d %H:%M} UTC" if heard else "yet"
        yield f"Telegram was not heard {since}"
    oldest = session.exec(
        select(Outbox.created_at).where(*outbox.WAITS).order_by(col(Outbox.id)).limit(1)
    ).first()
    if oldest is not None and now - oldest > STUCK:
        yield f"an answer of {oldest:%Y-%m-%d %H:%M} UTC is not sent"
    free = room(folder)
    if free is not None and free < FULL:
        yield f"only {free / 10**6:.0f} MB are free in {folder}"
