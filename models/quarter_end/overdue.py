"""Overdue quarters, and who takes care of them («Lo atiendo» ends the escalation)."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from models.calendar import closing
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.programme.view import programmes
from models.quarter import Quarter
from models.rights import Action, Member
from models.storage import audit
from models.tables.notice import Acknowledgement
from models.tables.signature import Reopening


def units(session: Session, quarter: Quarter, in_use_since: datetime | None) -> dict[int, date]:
    """Return the units whose closed quarter is neither signed nor acknowledged, with its last open day.

    Empty if nobody used the bot yet when the quarter closed.
    """
    programme = programmes(session).years.get(quarter.year)
    dates = calendar(session)
    if programme is None or in_use_since is None or in_use_since >= dates.closes_at(quarter):
        return {}
    over = _taken(session, quarter) | closing.signed_units(session, quarter)
    return {
        unit.id: closing.deadline(session, unit.id, quarter).last_day
        for unit in programme.units
        if unit.id not in over
    }


def lapsed(session: Session, reopenings: Iterable[Reopening], today: date) -> list[Reopening]:
    """Return the ended reopenings of quarters that were neither signed again nor acknowledged."""
    return [
        each
        for each in reopenings
        if each.until < today
        and acknowledged(session, each.unit_id, Quarter(each.year, each.quarter)) is None
    ]


def acknowledged(session: Session, unit_id: int, quarter: Quarter) -> Acknowledgement | None:
    """Return the acknowledgement of the unit's overdue quarter, or None."""
    session.flush()
    return session.execute(
        select(Acknowledgement).where(
            col(Acknowledgement.unit_id) == unit_id,
            col(Acknowledgement.year) == quarter.year,
            col(Acknowledgement.quarter) == quarter.number,
        )
    ).scalar()


def acknowledge(
    session: Session, unit_id: int, quarter: Quarter, member: Member, now: datetime
) -> Acknowledgement:
    """Store that the person takes care of the quarter; audited. An earlier acknowledgement stays.

    Raises `Rejected`: "not_allowed", "already_signed", or "stale_button" if it is not overdue.
    """
    programme = programmes(session).years.get(quarter.year)
    if programme is None or programme.unit(unit_id) is None or now < calendar(session).closes_at(quarter):
        raise Rejected("stale_button")
    member.require(Action.ATTEND, unit_id)
    if (known := acknowledged(session, unit_id, quarter)) is not None:
        return known
    if closing.signed(session, unit_id, quarter) is not None:
        raise Rejected("already_signed", quarter=quarter)
    row = Acknowledgement(
        unit_id=unit_id,
        year=quarter.year,
        quarter=quarter.number,
        person_id=member.person_id,
        acknowledged_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        now,
        audit.person(member.person_id),
        "attend",
        f"unit:{unit_id}",
        after={"quarter": quarter.key},
    )
    return row


def _taken(session: Session, quarter: Quarter) -> set[int]:
    found = select(col(Acknowledgement.unit_id)).where(
        col(Acknowledgement.year) == quarter.year, col(Acknowledgement.quarter) == quarter.number
    )
    return set(session.connection().execute(found).scalars())
