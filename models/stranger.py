"""How much accounts that are not linked may ask of us: one sentence a day and five codes a day each.

All of them together have thirty wrong codes an hour: then nobody's is tried for an hour, planning is told.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from models.people import CodeGuesses, Stranger

DAY = timedelta(hours=24)
CODES_A_DAY = 5
GUESSES = 30  # wrong codes within an hour, over all strangers
GUESSES_WITHIN = timedelta(hours=1)
REFUSED_FOR = timedelta(hours=1)


def may_be_told(session: Session, telegram_id: int, now: datetime) -> bool:
    """Whether our one sentence is due: not said within the last 24 hours."""
    stranger = session.get(Stranger, telegram_id)
    return stranger is None or stranger.told_at is None or now - stranger.told_at >= DAY


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
    return stranger.failed_since is None or now - stranger.failed_since >= DAY


def _stranger(session: Session, telegram_id: int) -> Stranger:
    stranger = session.get(Stranger, telegram_id)
    if stranger is None:
        stranger = Stranger(telegram_id=telegram_id)
        session.add(stranger)
    return stranger
