"""Absences of directors: the form, storing one and ending it. Rules: docs/rules.md#deputies."""

from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from models.errors import Rejected
from models.people import pin
from models.people.appointing import (
    DEPUTIES,
    check_appointing,
    check_days,
    check_deputy,
    directors,
    possible_deputies,
    post,
)
from models.people.deputies import KeptAbsences
from models.rights import Member
from models.storage import audit
from models.storage.forms import FormState
from models.storage.unit_of_work import work_of
from models.tables.notice import StandIn
from models.tables.people import Role


class Absence(FormState):
    """The form of an absence: director, unit, days, deputy."""

    person_id: int | None = None
    unit_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    deputy_id: int | None = None

    def director(self) -> tuple[int, int]:
        """Return person and unit. Raises `Rejected("draft_incomplete")`."""
        if self.person_id is None or self.unit_id is None:
            raise Rejected("draft_incomplete")
        return self.person_id, self.unit_id

    def days(self) -> tuple[date, date]:
        """Return the first and the last day. Raises `Rejected("draft_incomplete")`."""
        if self.first_day is None or self.last_day is None:
            raise Rejected("draft_incomplete")
        return self.first_day, self.last_day


def current(session: Session, person_id: int, unit_id: int, today: date) -> StandIn | None:
    """Return the absence of that unit's director that is in force or begins next, or None."""
    session.flush()
    return session.exec(
        select(StandIn)
        .where(
            StandIn.person_id == person_id,
            StandIn.unit_id == unit_id,
            col(StandIn.ended_at).is_(None),
            StandIn.to_day >= today,
        )
        .order_by(col(StandIn.from_day), col(StandIn.id))
        .limit(1)
    ).first()


def mark_absent(session: Session, absence: Absence, by: Member, today: date, now: datetime) -> StandIn:
    """Store the absence in place of earlier ones on those days; audited.

    Raises `Rejected`: "deputy_appoints", "not_allowed", "pin_needed", "draft_incomplete",
    "absence_in_the_past", "days_out_of_order", "absence_too_long", "deputy_unknown", "director_unknown",
    "deputy_extends", "deputy_reopened".
    """
    (person_id, unit_id), days = absence.director(), absence.days()
    check_appointing(by, unit_id)
    pin.require(session, by)
    check_days(days, today)
    if (person_id, unit_id) not in [(each.id, unit) for each, unit in directors(session, [unit_id])]:
        raise Rejected("director_unknown")
    deputy_id = absence.deputy_id
    if deputy_id is None or deputy_id not in {
        each.id for each in possible_deputies(session, person_id, unit_id)
    }:
        raise Rejected("deputy_unknown")
    check_deputy(session, (person_id, unit_id), deputy_id, days[0], by)
    for earlier in _overlapping(session, person_id, unit_id, days):
        end(session, earlier, by.person_id, now)
    _touch(session)
    row = StandIn(
        person_id=person_id,
        unit_id=unit_id,
        deputy_id=deputy_id,
        from_day=days[0],
        to_day=days[1],
        made_by=by.person_id,
        made_at=now,
        director_post=post(session, person_id, unit_id, (Role.DIRECTOR,)),
        deputy_post=post(session, deputy_id, unit_id) or post(session, deputy_id, None, DEPUTIES),
    )
    session.add(row)
    session.flush()
    actor = audit.person(by.person_id)
    audit.record(session, now, actor, "mark absent", audit.person(person_id), after=_facts(row))
    return row


def open_of(session: Session, person_id: int) -> list[StandIn]:
    """Return the absences, in force or to come, in which the person is director or deputy."""
    session.flush()
    return list(
        session.exec(
            select(StandIn).where(
                or_(StandIn.person_id == person_id, StandIn.deputy_id == person_id),
                col(StandIn.ended_at).is_(None),
            )
        ).all()
    )


def find(session: Session, stand_in_id: int) -> StandIn | None:
    """One absence by its number."""
    return session.get(StandIn, stand_in_id)


def end_with_posts(
    session: Session, person_id: int, by: int | None, now: datetime, post: int | None = None
) -> None:
    """End the absences that were declared for the person's post, or for any of theirs; audited.

    They do not come back when the post is given again.
    """
    for row in open_of(session, person_id):
        if post is None or post in (row.director_post, row.deputy_post):
            end(session, row, by, now)


def end(session: Session, row: StandIn, by: int | None, now: datetime) -> None:
    """End the absence. Raises `Rejected("stale_button")` if it has ended."""
    if row.ended_at is not None:
        raise Rejected("stale_button")
    row.ended_at = now
    _touch(session)
    session.flush()
    actor = audit.person(by) if by is not None else "command line"
    audit.record(session, now, actor, "end absence", audit.person(row.person_id), before=_facts(row))


def _touch(session: Session) -> None:
    """Read absences again each time in this transaction, since the change may be rolled back."""
    work = work_of(session).part(KeptAbsences)
    work.known, work.touched = None, True


def _overlapping(session: Session, person_id: int, unit_id: int, days: tuple[date, date]) -> list[StandIn]:
    return list(
        session.exec(
            select(StandIn).where(
                StandIn.person_id == person_id,
                StandIn.unit_id == unit_id,
                col(StandIn.ended_at).is_(None),
                StandIn.from_day <= days[1],
                StandIn.to_day >= days[0],
            )
        ).all()
    )


def _facts(row: StandIn) -> dict[str, object]:
    return {
        "unit": row.unit_id,
        "deputy": row.deputy_id,
        "from": row.from_day.isoformat(),
        "to": row.to_day.isoformat(),
    }
