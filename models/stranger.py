"""How much an account that is not linked may ask of us: one sentence a day, five codes a day.

A day in either direction: what was noted while the clock was ahead is over at once when it went back.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from models.people import Stranger

DAY = timedelta(hours=24)
CODES_A_DAY = 5


def may_be_told(session: Session, telegram_id: int, now: datetime) -> bool:
    """Whether our one sentence is due: not said within the last 24 hours."""
    stranger = session.get(Stranger, telegram_id)
    return stranger is None or stranger.told_at is None or abs(now - stranger.told_at) >= DAY


def note_told(session: Session, telegram_id: int, now: datetime) -> None:
    _stranger(session, telegram_id).told_at = now


def may_try_a_code(session: Session, telegram_id: int, now: datetime) -> bool:
    """Whether fewer than five codes failed in the 24 hours since the first that did."""
    stranger = session.get(Stranger, telegram_id)
    return stranger is None or stranger.failures < CODES_A_DAY or _is_over(stranger, now)


def note_failure(session: Session, telegram_id: int, now: datetime) -> None:
    """Count a code that did not work."""
    stranger = _stranger(session, telegram_id)
    if stranger.failures == 0 or _is_over(stranger, now):
        stranger.failures, stranger.failed_since = 0, now
    stranger.failures += 1


def forget(session: Session, telegram_id: int) -> None:
    """The account is linked now: what was counted against it is no longer needed."""
    stranger = session.get(Stranger, telegram_id)
    if stranger is not None:
        session.delete(stranger)


def _is_over(stranger: Stranger, now: datetime) -> bool:
    return stranger.failed_since is None or abs(now - stranger.failed_since) >= DAY


def _stranger(session: Session, telegram_id: int) -> Stranger:
    stranger = session.get(Stranger, telegram_id)
    if stranger is None:
        stranger = Stranger(telegram_id=telegram_id)
        session.add(stranger)
    return stranger
