"""Tells directors what their deputies did that only the director may do.

Read from the audit, so nothing is missed. What a deputy may do by their own post is not included.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from models.reminders import reminders
from models.rights import Action, Member, member
from models.storage import audit
from models.tables.activity import Activity
from models.tables.audit import Audit
from models.tables.notice import Notice, StandIn
from models.tables.people import Person
from models.tables.programme import Line

TOLD = "in-place"  # the kind of the `Notice` with the last audit entry that the director was told of
GATHERED = timedelta(minutes=30)  # acts are reported together, this long after the first
MANY = 1000  # audit entries, after which the mark is moved on even without acts
RIGHTS = {  # the right that each audited act needs; a signature is reported at once elsewhere
    "register": Action.CAPTURE,
    "add evidence": Action.CAPTURE,
    "settle": Action.CAPTURE,
    "stand still": Action.CAPTURE,
    "undo": Action.CORRECT,
    "correct": Action.CORRECT,
    "withdraw": Action.CORRECT,
    "take back": Action.CORRECT,
    "return": Action.REVIEW,
    "take back return": Action.REVIEW,
    "review": Action.REVIEW,
    "observe": Action.STATE,
    "present": Action.STATE,
    "attend": Action.ATTEND,
}


@dataclass(frozen=True)
class Deeds:
    """What to report of one deputyship: the acts in order, each with the activity's number, if it has one."""

    row: StandIn
    acts: tuple[tuple[str, int | None], ...]


def begin(session: Session, row: StandIn, now: datetime) -> None:
    """Begin to report a deputy's acts; earlier audit entries are not included."""
    reminders.claim(session, TOLD, row.person_id, _mark(row, audit.head(session)[0]), now)


def due(session: Session, now: datetime) -> Deeds | None:
    """Return what one director is to be told now, marked as told; None if nothing."""
    since = now - timedelta(days=2)
    rows = session.exec(
        select(StandIn)
        .where(
            StandIn.from_day <= now.date(),
            StandIn.to_day >= since.date(),
            or_(col(StandIn.ended_at).is_(None), col(StandIn.ended_at) >= since),
        )
        .order_by(col(StandIn.id))
    ).all()
    for row in rows:
        if (found := _of(session, row, now)) is not None:
            return found
    return None


def _of(session: Session, row: StandIn, now: datetime) -> Deeds | None:
    told = _told(session, row)
    if told is None:
        begin(session, row, now)
        return None
    entries = session.exec(
        select(Audit)
        .where(
            Audit.seq > told,
            Audit.actor == audit.person(row.deputy_id),
            col(Audit.action).in_(RIGHTS),
            col(Audit.at) <= (row.ended_at or now),
        )
        .order_by(col(Audit.seq))
    ).all()
    own = _own(session, row.deputy_id)
    kept = [each for each in entries if _is_in_place(session, each, row, own)]
    if not kept and (newest := audit.head(session)[0]) - told > MANY:
        reminders.claim(session, TOLD, row.person_id, _mark(row, newest), now)
    if not kept or (row.ended_at is None and now - kept[0].at < GATHERED):
        return None
    if not reminders.claim(session, TOLD, row.person_id, _mark(row, kept[-1].seq), now):
        return None
    return Deeds(row, tuple((each.action, _activity(each)) for each in kept))


def _told(session: Session, row: StandIn) -> int | None:
    """Return the number of the last audit entry that the director was told of, or None."""
    marks = session.exec(
        select(Notice.period).where(
            Notice.kind == TOLD,
            Notice.person_id == row.person_id,
            col(Notice.period).startswith(f"{row.id}:"),
        )
    ).all()
    return max((int(mark.partition(":")[2]) for mark in marks), default=None)


def _mark(row: StandIn, seq: int) -> str:
    return f"{row.id}:{seq}"


def _own(session: Session, person_id: int) -> Member | None:
    """Return the deputy with only their own posts, or None."""
    person = session.get(Person, person_id)
    return member(session, person.telegram_id) if person and person.telegram_id is not None else None


def _is_in_place(session: Session, entry: Audit, row: StandIn, own: Member | None) -> bool:
    kind, _, number = entry.subject.partition(":")
    author: int | None = None
    unit_id: int | None = int(number) if kind == "unit" else None
    if kind == "activity" and (activity := session.get(Activity, int(number))) is not None:
        unit_id, author = activity.unit_id, activity.registered_by
    elif kind == "line" and (line := session.get(Line, int(number))) is not None:
        unit_id = line.unit_id
    if unit_id != row.unit_id:
        return False
    return own is None or not own.may(RIGHTS[entry.action], unit_id, author)


def _activity(entry: Audit) -> int | None:
    kind, _, number = entry.subject.partition(":")
    return int(number) if kind == "activity" else None
