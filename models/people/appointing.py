"""Who may appoint a deputy, who may be one, for whom, and for how long; see `models.people.absences`."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlmodel import Session, col, or_, select

from models.calendar import closing
from models.errors import Rejected
from models.quarter import Quarter
from models.rights import Action, Member
from models.tables.notice import StandIn
from models.tables.people import Membership, Person, Role

LONGEST = 30  # days; a longer absence needs another appointment
DEPUTIES = (Role.DIRECTOR, Role.PLANNING)  # who may stand in for the director of any unit


def check_appointing(by: Member, unit_id: int) -> None:
    """Refuse deputies who appoint deputies. Raises `Rejected`: "deputy_appoints", "not_allowed"."""
    if by.may(Action.MARK_ABSENT, unit_id) and not by.own.may(Action.MARK_ABSENT, unit_id):
        raise Rejected("deputy_appoints")
    by.require(Action.MARK_ABSENT, unit_id)


def check_deputy(
    session: Session, director: tuple[int, int], deputy_id: int, first_day: date, by: Member
) -> None:
    """Check that nobody extends their own deputyship within thirty days, or reopened a quarter of that unit.

    Raises `Rejected`: "deputy_extends", "deputy_reopened".
    """
    person_id, unit_id = director
    if deputy_id == by.person_id:
        since = first_day - timedelta(days=LONGEST)
        earlier = select(StandIn.id).where(
            StandIn.person_id == person_id,
            StandIn.unit_id == unit_id,
            StandIn.deputy_id == by.person_id,
            StandIn.to_day >= since,
        )
        if session.exec(earlier).first() is not None:
            raise Rejected("deputy_extends")
    for each in closing.unsigned(session, date.min):
        if (each.unit_id, each.reopened_by) == (unit_id, deputy_id):
            raise Rejected("deputy_reopened", quarter=Quarter(each.year, each.quarter))


def post(
    session: Session, person_id: int, unit_id: int | None, roles: tuple[Role, ...] = tuple(Role)
) -> int | None:
    """Return the id of the person's first post in force in that unit, or in any, for those roles; or None."""
    query = select(Membership.id).where(
        Membership.person_id == person_id,
        col(Membership.role).in_(roles),
        col(Membership.ended_at).is_(None),
    )
    if unit_id is not None:
        query = query.where(Membership.unit_id == unit_id)
    return session.exec(query.order_by(col(Membership.id)).limit(1)).first()


def check_days(days: tuple[date, date], today: date) -> None:
    """Raise `Rejected`: "days_out_of_order", "absence_in_the_past", "absence_too_long"."""
    if days[0] > days[1]:
        raise Rejected("days_out_of_order")
    if (days[1] - days[0]).days >= LONGEST:
        raise Rejected("absence_too_long", days=LONGEST)
    if days[1] < today:
        raise Rejected("absence_in_the_past")


def directors(session: Session, unit_ids: Iterable[int] | None = None) -> list[tuple[Person, int]]:
    """Return every director with their unit, of those units or of all, by name."""
    query = (
        select(Person, Membership.unit_id)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.role == Role.DIRECTOR,
            col(Membership.ended_at).is_(None),
            col(Person.suspended_at).is_(None),
        )
        .order_by(col(Person.name), col(Membership.id))
    )
    if unit_ids is not None:
        query = query.where(col(Membership.unit_id).in_(list(unit_ids)))
    return [(person, unit_id) for person, unit_id in session.exec(query).all() if unit_id is not None]


def possible_deputies(session: Session, person_id: int, unit_id: int) -> list[Person]:
    """Return who may be a deputy: the unit's people first, then other directors and planning."""
    rows = session.exec(
        select(Person, Membership.unit_id)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            or_(
                col(Membership.unit_id) == unit_id,
                col(Membership.role).in_(DEPUTIES),
            ),
            col(Membership.ended_at).is_(None),
            col(Person.suspended_at).is_(None),
            col(Person.id) != person_id,
        )
        .order_by(col(Person.name))
    ).all()
    ordered = sorted(rows, key=lambda row: row[1] != unit_id)
    return list({person.id: person for person, _ in ordered}.values())
