"""How much accounts that are not linked may ask of us: one sentence a day and five codes a day each.

All of them together have thirty wrong codes an hour: then nobody's is tried for an hour, planning is told.

Of `bounds.STRANGERS` accounts something is remembered. Where there are more in one day, the others hear
nothing; their codes are tried and counted, in place of an account that was only told.

A day in either direction: what was noted while the clock was ahead is over at once when it went back.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, or_, select

from models.bounds import STRANGERS
from models.tables.people import CodeGuesses, Stranger

DAY = timedelta(hours=24)
CODES_A_DAY = 5
GUESSES = 30  # wrong codes within an hour, over all strangers
GUESSES_WITHIN = timedelta(hours=1)
REFUSED_FOR = timedelta(hours=1)


def may_be_told(session: Session, telegram_id: int, now: datetime) -> bool:
    """Whether our one sentence is due: not said within 24 hours, and there is room to remember it."""
    stranger = session.get(Stranger, telegram_id)
    if stranger is None:
        return _has_room(session, now)
    return stranger.told_at is None or abs(now - stranger.told_at) >= DAY


def told_and_spent(session: Session, ids: Collection[int], now: datetime) -> tuple[set[int], set[int]]:
    """Of those accounts, who was told within a day, and whose codes are used up."""
    session.flush()
    rows = session.exec(select(Stranger).where(col(Stranger.telegram_id).in_(ids))).all()
    told = {each.telegram_id for each in rows if each.told_at is not None and abs(now - each.told_at) < DAY}
    spent = {each.telegram_id for each in rows if each.failures >= CODES_A_DAY and not _is_over(each, now)}
    return told, spent


def note_told(session: Session, telegram_id: int, now: datetime) -> None:
    _stranger(session, telegram_id, now).told_at = now


def may_try_a_code(session: Session, telegram_id: int, now: datetime) -> bool:
    """Whether fewer than five codes failed in the 24 hours since the first that did."""
    stranger = session.get(Stranger, telegram_id)
    return stranger is None or stranger.failures < CODES_A_DAY or _is_over(stranger, now)


def note_failure(session: Session, telegram_id: int, now: datetime) -> None:
    """Count a code that did not work."""
    stranger = _stranger(session, telegram_id, now)
    if stranger.failures == 0 or _is_over(stranger, now):
        stranger.failures, stranger.failed_since = 0, now
    stranger.failures += 1


def may_anybody(session: Session, now: datetime) -> bool:
    """Whether a stranger's code is tried at all: not for a while after too many of different accounts."""
    guesses = session.get(CodeGuesses, 1)
    return guesses is None or guesses.refused_until is None or now >= guesses.refused_until


def note_guess(session: Session, now: datetime) -> None:
    """Count a stranger's wrong code, whoever it was; at the bound all are refused for a while."""
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
    """Until when codes are refused, the first time that this is asked; planning is told once."""
    guesses = session.get(CodeGuesses, 1)
    if guesses is None or guesses.told_at is not None or may_anybody(session, now):
        return None
    guesses.told_at = now
    return guesses.refused_until


def forget(session: Session, telegram_id: int) -> None:
    """The account is linked now: what was counted against it is no longer needed."""
    stranger = session.get(Stranger, telegram_id)
    if stranger is not None:
        session.delete(stranger)


def _is_over(stranger: Stranger, now: datetime) -> bool:
    return stranger.failed_since is None or abs(now - stranger.failed_since) >= DAY


def _has_room(session: Session, now: datetime) -> bool:
    """Whether one more can be remembered, once what is over was forgotten."""
    there = select(func.count()).select_from(select(Stranger.telegram_id).limit(STRANGERS).subquery())
    session.flush()
    if session.exec(there).one() < STRANGERS:
        return True
    day_ago = now - DAY
    session.execute(
        delete(Stranger).where(
            or_(col(Stranger.told_at).is_(None), col(Stranger.told_at) < day_ago),
            or_(col(Stranger.failed_since).is_(None), col(Stranger.failed_since) < day_ago),
        )
    )
    return session.exec(there).one() < STRANGERS


def _make_room(session: Session) -> None:
    """Forget one account: the one that was only told longest ago, else the one whose codes failed first."""
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
