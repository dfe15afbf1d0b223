"""Which reminders are due to whom at an instant; each is sent once.

1. `models.reminders.due_notices` computes the notices from posts, the calendar and the hour.
2. A notice that has a `Notice` row is not due: (kind, person, period) is unique.
3. For the others, the facts are read. The row is inserted in the transaction that sends the message, and only
   the process that inserts it sends, even if two run at once.
4. If there is nothing to tell, the row is inserted as well.
5. A clock that is set back repeats nothing, and two messages about the same are hours apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col

from models.calendar import closing
from models.calendar.calendar import calendar
from models.programme.view import UnitView, programmes
from models.quarter import Quarter
from models.quarter_end import overdue, rescheduling
from models.quarter_end.duties import Duty, DutyKind, checklist, duties, telling
from models.reminders import due_notices
from models.reminders.due_notices import SNOOZE, DueNotice, Scene
from models.reminders.earlier import Changes, earlier
from models.reminders.recipients import Recipient, audience
from models.tables.notice import Notice, NoticeKind
from models.tables.people import Person, Role

LOOK_BACK = timedelta(days=31)  # the end of a line is first mentioned thirty days before it
_NOTICES = SQLModel.metadata.tables["notice"]
_CLAIM = {
    dialect: insert(_NOTICES).on_conflict_do_nothing().returning(_NOTICES.c.id)
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


@dataclass(frozen=True)
class Reminder:
    """A due notice with the unit's duties; these are empty for notices about figures.

    `done` is how many further duties are done, `since` what has changed since the one before it.
    """

    due_notice: DueNotice
    duties: tuple[Duty, ...] = ()
    done: int = 0
    since: Changes | None = None

    @property
    def names(self) -> list[str] | None:
        """Return the keys of the duties that it names; None if it names none."""
        return [each.key for each in self.duties] or None

    @property
    def says_nothing(self) -> bool:
        bare = self.due_notice.kind is NoticeKind.MORNING and not self.duties
        return bare and self.due_notice.until is None


def due(session: Session, now: datetime) -> Iterator[tuple[Recipient, list[Reminder]]]:
    """Yield the reminders due to each person, directors first and planning after units."""
    scene = Scene(calendar(session), programmes(session), now)
    if not scene.calendar.is_working_day(scene.today):
        return
    people = audience(session, scene.today)
    told = _told(session, scene)
    late = overdue.units(session, scene.in_hand.previous, people.in_use_since)
    moved = any(close >= scene.today for close in scene.calendar.moves.values())
    moves = rescheduling.moves_ahead(session, scene.today) if moved else ()
    again = closing.unsigned(session, scene.in_hand.previous.first_day)
    lapsed = overdue.lapsed(session, again, scene.today)
    scene = replace(scene, overdue=late, moves=moves, reopened=again, lapsed=lapsed)
    for recipient in people.recipients:
        found = due_notices.of(scene, recipient, told.get(recipient.person_id, {}))
        if found:
            yield recipient, [_reminder(session, recipient.person_id, each, now) for each in found]


def claim(
    session: Session,
    kind: str,
    person_id: int,
    period: str,
    now: datetime,
    owed: Sequence[str] | None = None,
) -> bool:
    """Insert the `Notice` row, with the keys of the duties that it names; return False if there was one."""
    values = {"kind": kind, "person_id": person_id, "period": period, "told_at": now, "owed": owed}
    statement = _CLAIM[session.get_bind().dialect.name]
    return session.connection().execute(statement, values).first() is not None


def take_back(session: Session, chat_id: int, told_at: datetime) -> None:
    """Make the notices of that transaction to the chat due again, because they did not arrive."""
    person = select(col(Person.id)).where(col(Person.telegram_id) == chat_id).scalar_subquery()
    session.execute(
        delete(Notice).where(
            col(Notice.person_id) == person,
            col(Notice.told_at) == told_at,
            col(Notice.kind).in_([str(kind) for kind in NoticeKind]),
        )
    )


def put_off(session: Session, person_id: int, today: date, now: datetime) -> bool:
    """«Recuérdeme mañana»: send nothing more today, and the duties again on the next working morning."""
    return claim(session, SNOOZE, person_id, today.isoformat(), now)


def _reminder(session: Session, person_id: int, due_notice: DueNotice, now: datetime) -> Reminder:
    """Return the duties that the person can act on, as `/pendientes` shows them.

    Missing evidence is named once a week at most.
    """
    unit = due_notice.unit
    if unit is None or due_notice.kind not in (NoticeKind.MORNING, NoticeKind.OVERDUE):
        return Reminder(due_notice)
    every = [each for each in _duties(session, unit, due_notice, now) if _concerns(due_notice, each)]
    told = earlier(session, person_id, due_notice, now)
    owed = [each for each in every if not each.done]
    shown = [each for each in owed if each.kind is not DutyKind.NO_EVIDENCE or not told.evidence]
    return Reminder(due_notice, tuple(shown), len(every) - len(owed), told.since(owed))


def _concerns(due_notice: DueNotice, duty: Duty) -> bool:
    return due_notice.role is not Role.STAFF or duty.owner is Role.STAFF


def _duties(session: Session, unit: UnitView, due_notice: DueNotice, now: datetime) -> list[Duty]:
    owed = telling(checklist(session, unit, due_notice.quarter, now))
    running = Quarter.of(now.astimezone(programmes(session).zone).date())
    everything = due_notice.whole and due_notice.until is None
    if everything and due_notice.kind is NoticeKind.MORNING and running != due_notice.quarter:
        later = duties(session, unit, running, now)
        owed += [each for each in later if each.kind is DutyKind.ENDS_SOON]
    if not due_notice.whole:
        owed = [each for each in owed if each.kind in (DutyKind.ENDS_SOON, DutyKind.RETURNED)]
    return owed


def _told(session: Session, scene: Scene) -> dict[int, dict[tuple[str, str], datetime]]:
    """Return, by person, the notices sent that are still relevant."""
    since = min(scene.in_hand.previous.first_day, scene.today - LOOK_BACK).isoformat()
    week = scene.today.isocalendar()
    first = {
        NoticeKind.MORNING: since,
        SNOOZE: since,
        NoticeKind.WEEKLY: f"{week.year}-W{week.week:02}",
        NoticeKind.HEAD: f"{week.year}-W{week.week:02}",
        NoticeKind.OVERDUE: (scene.today - due_notices.ONE_DAY).isoformat(),
        NoticeKind.SUMMARY: scene.closed.key,
        NoticeKind.MOVED: Quarter.of(scene.today).previous.key,
    }
    # Without a list of their ids: a statement with thousands of values takes megabytes.
    linked = select(col(Person.id)).where(col(Person.telegram_id).is_not(None))
    ranges = [
        and_(col(Notice.kind) == str(kind), col(Notice.person_id).in_(linked), col(Notice.period) >= period)
        for kind, period in first.items()
    ]
    rows = session.connection().execute(
        select(col(Notice.person_id), col(Notice.kind), col(Notice.period), col(Notice.told_at)).where(
            or_(*ranges)
        )
    )
    found: dict[int, dict[tuple[str, str], datetime]] = {}
    ahead = False
    for person_id, kind, period, told_at in rows:
        found.setdefault(person_id, {})[kind, period] = min(told_at, scene.now)
        ahead = ahead or told_at > scene.now
    if ahead:
        _put_right(session, scene.now)
    return found


def _put_right(session: Session, now: datetime) -> None:
    """Set notices dated in the future, sent while the clock was fast, to now."""
    session.connection().execute(update(Notice).where(col(Notice.told_at) > now).values(told_at=now))
