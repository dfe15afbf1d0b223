"""Limits for accounts that are not linked: one reply, five codes and ten checks of reports per day each.

All together may send thirty wrong codes per hour; after that no code is tried for an hour, and planning is
told. At most `bounds.STRANGERS` accounts have a row. If there are more in a day, the others get no reply;
their codes are tried, and counted in place of an account that only got the reply. Limits that were stored
while the clock was fast end when it is set back.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, or_, select

from models.bounds import STRANGERS
from models.tables.people import CodeGuesses, Stranger

DAY = timedelta(hours=24)
CODES_A_DAY = 5
CHECKS_A_DAY = 10  # codes of signed reports
GUESSES = 30  # wrong codes within an hour, over all strangers
GUESSES_WITHIN = timedelta(hours=1)
REFUSED_FOR = timedelta(hours=1)


def may_be_told(session: Session, telegram_id: int, now: datetime) -> bool:
    """Return whether to send the reply: not sent within 24 hours, and there is room for a row."""
    stranger = session.get(Stranger, telegram_id)
    if stranger is None:
        return _has_room(session, now)
    return stranger.told_at is None or abs(now - stranger.told_at) >= DAY


def limits(session: Session, ids: Collection[int], now: datetime) -> tuple[set[int], set[int], set[int]]:
    """Return which of those accounts got the reply within a day, used up their codes, and their checks."""
    session.flush()
    rows = session.exec(select(Stranger).where(col(Stranger.telegram_id).in_(ids))).all()
    told = {each.telegram_id for each in rows if each.told_at is not None and abs(now - each.told_at) < DAY}
    spent = {each.telegram_id for each in rows if each.failures >= CODES_A_DAY and not _is_over(each, now)}
    checked = {
        each.telegram_id
        for each in rows
        if each.checks >= CHECKS_A_DAY and not _is_past(each.checked_since, now)
    }
    return told, spent, checked


def note_told(session: Session, telegram_id: int, now: datetime) -> None:
    _stranger(session, telegram_id, now).told_at = now


def may_try_a_code(session: Session, telegram_id: int, now: datetime) -> bool:
    """Return whether fewer than five codes failed in the 24 hours since the first failure."""
    stranger = session.get(Stranger, telegram_id)
    return stranger is None or stranger.failures < CODES_A_DAY or _is_over(stranger, now)


def may_check(session: Session, telegram_id: int, now: datetime) -> bool:
    """Return whether the account asked about fewer than ten reports in a day, and there is room for a row."""
    stranger = session.get(Stranger, telegram_id)
    if stranger is None:
        return _has_room(session, now)
    return stranger.checks < CHECKS_A_DAY or _is_past(stranger.checked_since, now)


def note_check(session: Session, telegram_id: int, now: datetime) -> None:
    """Count a report that the account asked about."""
    stranger = _stranger(session, telegram_id, now)
    if _is_past(stranger.checked_since, now):
        stranger.checks, stranger.checked_since = 0, now
    stranger.checks += 1


def note_failure(session: Session, telegram_id: int, now: datetime) -> None:
    """Count a code that did not work."""
    stranger = _stranger(session, telegram_id, now)
    if stranger.failures == 0 or _is_over(stranger, now):
        stranger.failures, stranger.failed_since = 0, now
    stranger.failures += 1


def may_anybody(session: Session, now: datetime) -> bool:
    """Return whether strangers' codes are tried at all now."""
    guesses = session.get(CodeGuesses, 1)
    return guesses is None or guesses.refused_until is None or now >= guesses.refused_until


def note_guess(session: Session, now: datetime) -> None:
    """Count a wrong code of any stranger; at the limit all are refused for an hour."""
    guesses = session.get(CodeGuesses, 1)
    if guesses is None:
        guesses = CodeGuesses(id=1, since=now)
        session.add(guesses)
    if not timedelta() <= now - guesses.since < GUESSES_WITHIN:
        guesses.failures, guesses.since = 0, now
    guesses.failures += 1
    if guesses.failures >= GUESSES and may_anybody(session, now):
        guesses.refused_until, guesses.told_at = now + REFUSED_FOR, None
        guesses.failures, guesses.since = 0, now


def take_warning(session: Session, now: datetime) -> datetime | None:
    """Return until when codes are refused, once; None afterwards."""
    guesses = session.get(CodeGuesses, 1)
    if guesses is None or guesses.told_at is not None or may_anybody(session, now):
        return None
    guesses.told_at = now
    return guesses.refused_until


def forget(session: Session, telegram_id: int) -> None:
    """Delete what was counted against an account that is linked now."""
    stranger = session.get(Stranger, telegram_id)
    if stranger is not None:
        session.delete(stranger)


def _is_over(stranger: Stranger, now: datetime) -> bool:
    return _is_past(stranger.failed_since, now)


def _is_past(since: datetime | None, now: datetime) -> bool:
    return since is None or abs(now - since) >= DAY


def _has_room(session: Session, now: datetime) -> bool:
    """Return whether there is room for one more row, after expired ones are deleted."""
    there = select(func.count()).select_from(select(Stranger.telegram_id).limit(STRANGERS).subquery())
    session.flush()
    if session.exec(there).one() < STRANGERS:
        return True
    day_ago = now - DAY
    session.execute(
        delete(Stranger).where(
            or_(col(Stranger.told_at).is_(None), col(Stranger.told_at) < day_ago),
            or_(col(Stranger.failed_since).is_(None), col(Stranger.failed_since) < day_ago),
            or_(col(Stranger.checked_since).is_(None), col(Stranger.checked_since) < day_ago),
        )
    )
    return session.exec(there).one() < STRANGERS


def _make_room(session: Session) -> None:
    """Delete one row: the oldest without failed codes, else the one whose codes failed first."""
    oldest = session.exec(
        select(Stranger)
        .order_by(col(Stranger.failures) > 0, col(Stranger.failed_since), col(Stranger.told_at))
        .limit(1)
    ).first()
    if oldest is not None:
        session.delete(oldest)
        session.flush()


def _stranger(session: Session, telegram_id: int, now: datetime) -> Stranger:
    stranger = session.get(Stranger, telegram_id)
    if stranger is None:
        if not _has_room(session, now):
            _make_room(session)
        stranger = Stranger(telegram_id=telegram_id)
        session.add(stranger)
    return stranger
