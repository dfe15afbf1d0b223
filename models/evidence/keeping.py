"""The states of evidence files: due, stored, refused, missing, given up. Does not use the network.

A failure never affects the activity: the evidence row is kept with its state. A file that cannot be fetched
is retried after 5 s, 30 s, 2 min, 10 min, 1 h, 6 h, then daily; from the third failure on it is missing, and
fourteen days later it is retried only on request.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from models.evidence.outcome import Ending, Failed, Kept, News, OutcomeKind, Read, Refused
from models.storage import audit, draft
from models.storage.postponed import is_due
from models.tables.activity import Activity
from models.tables.chat.draft import DraftKind, DraftRow
from models.tables.evidence import Evidence
from models.tables.people import Person

ACTOR = "bot"
WAITS = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
)
MISSING_AFTER = 3  # attempts
GIVEN_UP_AFTER = timedelta(days=14)
STEP = 5  # seconds; retry times are rounded up to it, so that files that fail together are reported together
REPEATED, NO_COPY, CUT, TOO_LARGE = "repeated", "no_copy", "cut", "too_large"
_STANDS = (
    col(Evidence.fetched_at).is_not(None),
    col(Evidence.removed_at).is_(None),
    col(Evidence.refused_at).is_(None),
)


@dataclass(frozen=True)
class Due:
    """A file to be fetched."""

    evidence_id: int
    chat_id: int
    file_id: str
    name: str | None
    is_programme: bool = False  # it may be a programme file, and is read as one too


@dataclass(frozen=True)
class _Home:
    """The activity and unit of a piece, as far as known; the draft of a correction has its activity."""

    activity_id: int | None = None
    unit_id: int | None = None


def due(session: Session, now: datetime, in_hand: Collection[int], limit: int) -> list[Due]:
    """Return the files to fetch by now, longest due first, without those in `in_hand`."""
    found = session.execute(
        select(Evidence, DraftRow.kind)
        .outerjoin(DraftRow, col(DraftRow.id) == col(Evidence.draft_id))
        .where(
            col(Evidence.retry_at).is_not(None),  # so that the index of what is due is used
            _is_due(now),
            col(Evidence.file_id).is_not(None),
            col(Evidence.removed_at).is_(None),
            col(Evidence.id).not_in(in_hand),
        )
        .order_by(col(Evidence.retry_at), col(Evidence.id))
        .limit(limit)
    )
    return [
        Due(row.id or 0, row.chat_id or 0, row.file_id or "", row.name, kind is DraftKind.IMPORT)
        for row, kind in found
    ]


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Return an SQL condition: `retry_at` has passed, or is further ahead than its attempts allow."""
    retry_at, attempts = col(Evidence.retry_at), col(Evidence.attempts)
    waits = enumerate((timedelta(), *WAITS[:-1]))
    return or_(
        *(and_(attempts == made, is_due(retry_at, now, wait)) for made, wait in waits),
        and_(attempts >= len(WAITS), is_due(retry_at, now, WAITS[-1])),
    )


def ask_again(session: Session, evidence_id: int, now: datetime) -> None:
    """Make a missing or given up file due at once, on request."""
    row = session.get(Evidence, evidence_id)
    if row is not None and row.fetched_at is None and row.refused_at is None and row.file_id is not None:
        row.retry_at = now


def end(session: Session, evidence_id: int, ending: Ending, now: datetime) -> News | Read | None:
    """Store the outcome of an attempt, and have the draft's card sent again if it changed.

    Returns what to tell the person, or None. The row may have been deleted with its draft.
    """
    row = session.get(Evidence, evidence_id)
    if row is None:
        return None
    if isinstance(ending, Kept):
        news = _keep(session, row, ending, now)
    elif isinstance(ending, Refused):
        news = _refuse(session, row, ending.reason, now)
        if ending.detail is not None:
            news = replace(news, reason=ending.detail)
    else:
        news = _fail(session, row, ending, now)
    if not isinstance(ending, Failed) and ending.reading is not None:
        session.flush()
        return Read(row.draft_id or 0, ending.reading)
    session.flush()
    return news if news is not None and _concerns(session, row) else None


def is_silent(session: Session, evidence_id: int, ending: Ending) -> bool:
    """Return whether `end` would have nothing to tell now."""
    row = session.get(Evidence, evidence_id)
    if row is None:
        return True
    if isinstance(ending, Refused):
        return False
    if isinstance(ending, Kept) and ending.reading is not None:
        return False
    if isinstance(ending, Failed):
        return not ending.counts or (row.missing_at is None and row.attempts + 1 < MISSING_AFTER)
    home = _home(session, row)
    copied = ending.copy_sha256 is not None or not ending.copyable
    known = _repeats(session, row, home, ending.sha256) or _elsewhere(session, row, home, ending.sha256)
    return copied and not ending.cut and row.missing_at is None and not known


def _keep(session: Session, row: Evidence, kept: Kept, now: datetime) -> News | None:
    home = _home(session, row)
    if _repeats(session, row, home, kept.sha256):
        return _refuse(session, row, REPEATED, now)
    was_missing = row.missing_at is not None
    row.sha256, row.bytes, row.media_type = kept.sha256, kept.bytes, kept.media_type
    row.fetched_at, row.copy_sha256 = now, kept.copy_sha256
    row.retry_at = row.missing_at = None
    if kept.look is not None:
        row.width, row.height = kept.look.width, kept.look.height
        row.brightness, row.likeness = kept.look.brightness, kept.look.likeness
    after = {"sha256": kept.sha256, "bytes": kept.bytes, "media_type": kept.media_type}
    if kept.copy_sha256 is not None:
        after["copy_sha256"] = kept.copy_sha256
    _record(session, row, "keep evidence", after, now)
    if was_missing:
        _show(session, row, now)
    if kept.copyable and kept.copy_sha256 is None:
        row.reason = NO_COPY
        return _news(row, OutcomeKind.NO_COPY)
    if kept.cut:
        row.reason = CUT
        return _news(row, OutcomeKind.CUT)
    if (other := _elsewhere(session, row, home, kept.sha256)) is not None:
        return replace(_news(row, OutcomeKind.ELSEWHERE), other_id=other)
    return _news(row, OutcomeKind.ARRIVED) if was_missing else None


def renew_copy(session: Session, sha256: str, copy_sha256: str, now: datetime) -> None:
    """Store the hash of a copy that was made again."""
    for row in session.exec(select(Evidence).where(Evidence.sha256 == sha256)).all():
        if row.copy_sha256 not in (None, copy_sha256):
            before, after = {"copy_sha256": row.copy_sha256}, {"copy_sha256": copy_sha256}
            row.copy_sha256 = copy_sha256
            audit.record(session, now, ACTOR, "renew copy", f"evidence:{row.id}", before, after)
    session.flush()


def _refuse(session: Session, row: Evidence, reason: str, now: datetime) -> News:
    row.refused_at, row.reason = now, reason
    row.retry_at = row.missing_at = None
    _record(session, row, "refuse evidence", {"reason": reason}, now)
    _show(session, row, now)
    return _news(row, OutcomeKind.REPEATED if reason == REPEATED else OutcomeKind.REFUSED)


def _fail(session: Session, row: Evidence, failed: Failed, now: datetime) -> News | None:
    if failed.retry_at is not None:
        row.retry_at = failed.retry_at
        return None
    row.attempts += 1
    if row.missing_at is not None and now - row.missing_at >= GIVEN_UP_AFTER:
        row.retry_at = None
        _record(session, row, "give up evidence", {"attempts": row.attempts}, now)
        return _news(row, OutcomeKind.GIVEN_UP)
    row.retry_at = _together(now + WAITS[min(row.attempts, len(WAITS)) - 1])
    if row.attempts < MISSING_AFTER or row.missing_at is not None:
        return None
    row.missing_at = now
    _record(session, row, "miss evidence", {"attempts": row.attempts}, now)
    _show(session, row, now)
    return _news(row, OutcomeKind.MISSING)


def _together(moment: datetime) -> datetime:
    """Return the instant rounded up to a multiple of `STEP`."""
    return datetime.fromtimestamp(-(-moment.timestamp() // STEP) * STEP, UTC)


def _repeats(session: Session, row: Evidence, home: _Home, sha256: str) -> bool:
    """Return whether the same draft or activity has the same content."""
    same = select(Evidence.id).where(
        Evidence.id != row.id,
        Evidence.sha256 == sha256,
        *_STANDS,
        or_(
            and_(col(Evidence.draft_id).is_not(None), col(Evidence.draft_id) == row.draft_id),
            and_(col(Evidence.activity_id).is_not(None), col(Evidence.activity_id) == home.activity_id),
        ),
    )
    return session.exec(same.limit(1)).first() is not None


def _elsewhere(session: Session, row: Evidence, home: _Home, sha256: str) -> int | None:
    """Return the newest other activity of the unit, not withdrawn, that has the same content."""
    return session.exec(
        select(Activity.id)
        .join(Evidence, col(Evidence.activity_id) == col(Activity.id))
        .where(
            Evidence.sha256 == sha256,
            Evidence.id != row.id,
            *_STANDS,
            Activity.unit_id == home.unit_id,
            col(Activity.withdrawn_at).is_(None),
            col(Activity.id) != (home.activity_id or 0),
        )
        .order_by(col(Activity.id).desc())
        .limit(1)
    ).first()


def _home(session: Session, row: Evidence) -> _Home:
    if row.activity_id is not None:
        unit_id = session.exec(select(Activity.unit_id).where(Activity.id == row.activity_id)).first()
        return _Home(row.activity_id, unit_id)
    begun = session.get(DraftRow, row.draft_id or 0)
    said = begun.content if begun is not None else {}
    return _Home(said.get("activity_id"), said.get("unit_id"))


def _concerns(session: Session, row: Evidence) -> bool:
    """Return whether to tell the sender: not of cancelled drafts, nor once suspended."""
    if row.draft_id is not None and row.activity_id is None:
        begun = session.get(DraftRow, row.draft_id)
        if begun is None or begun.cancelled_at is not None or begun.expired_at is not None:
            return False
    person = session.get(Person, row.added_by or 0)
    return person is not None and person.suspended_at is None and person.unreachable_at is None


def _show(session: Session, row: Evidence, now: datetime) -> None:
    if row.draft_id is not None:
        draft.ask_for_card(session, row.draft_id, now)


def _news(row: Evidence, what: OutcomeKind) -> News:
    return News(
        what,
        row.added_by or 0,
        row.chat_id or 0,
        row.kind,
        row.message_id,
        row.name,
        row.media_type,
        row.reason,
        row.activity_id,
    )


def _record(session: Session, row: Evidence, action: str, after: dict[str, Any], now: datetime) -> None:
    audit.record(session, now, ACTOR, action, f"evidence:{row.id}", None, after)
