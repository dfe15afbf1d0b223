"""The linked people: suspending, reactivating, changing roles and units."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, func, select

from models.errors import Rejected
from models.people import absences
from models.people.invitation import check_pair, facts, tidy_name
from models.storage import audit
from models.tables.people import Membership, Person, Role
from models.tables.programme import Unit


@dataclass(frozen=True)
class Pair:
    """A (role, unit) pair in force."""

    membership_id: int
    role: Role
    unit: Unit | None


@dataclass(frozen=True)
class RosterEntry:
    """A person with the pairs in force, in the order in which they were granted."""

    person_id: int
    name: str
    telegram_id: int | None
    joined_at: datetime
    suspended_at: datetime | None
    unreachable_at: datetime | None
    pairs: tuple[Pair, ...]


def everybody(session: Session) -> list[RosterEntry]:
    """Return every person, by name, without those who were forgotten."""
    pairs: dict[int, list[Pair]] = {}
    for membership, unit in session.exec(
        select(Membership, Unit)
        .outerjoin(Unit, col(Unit.id) == col(Membership.unit_id))
        .where(col(Membership.ended_at).is_(None))
        .order_by(col(Membership.id))
    ).all():
        pair = Pair(membership.id or 0, membership.role, unit)
        pairs.setdefault(membership.person_id, []).append(pair)
    people = session.exec(
        select(Person).where(col(Person.forgotten_at).is_(None)).order_by(col(Person.name), col(Person.id))
    ).all()
    return [
        RosterEntry(
            person_id=person.id or 0,
            name=person.name,
            telegram_id=person.telegram_id,
            joined_at=person.joined_at,
            suspended_at=person.suspended_at,
            unreachable_at=person.unreachable_at,
            pairs=tuple(pairs.get(person.id or 0, ())),
        )
        for person in people
    ]


def entry(session: Session, person_id: int) -> RosterEntry:
    """Return one person. Raises `Rejected("stale_button")` if there is none."""
    found = next((each for each in everybody(session) if each.person_id == person_id), None)
    if found is None:
        raise Rejected("stale_button")
    return found


def holder_of(session: Session, membership_id: int) -> tuple[RosterEntry, Pair]:
    """Return person and pair. Raises `Rejected("stale_button")` if the pair has ended."""
    for each in everybody(session):
        for pair in each.pairs:
            if pair.membership_id == membership_id:
                return each, pair
    raise Rejected("stale_button")


def suspend(session: Session, person_id: int, by: int, now: datetime) -> None:
    """Suspend a person at once.

    Raises `Rejected`: "not_yourself", "last_planning", or "stale_button" if already suspended.
    """
    person = _person(session, person_id)
    if person.suspended_at is not None:
        raise Rejected("stale_button")
    if person_id == by:
        raise Rejected("not_yourself")
    _keep_planning(session, without=person_id)
    person.suspended_at = now
    session.flush()
    audit.record(session, now, audit.person(by), "suspend", audit.person(person_id))
    absences.end_with_posts(session, person_id, by, now)


def rename(session: Session, person_id: int, name: str, actor: str, now: datetime) -> str:
    """Correct a person's name; return the one before. The audit entry has neither.

    Raises `Rejected`: "name_unseen" for an invisible name, "same_name", "stale_button".
    """
    person = _person(session, person_id)
    tidy, before = tidy_name(name), person.name
    if person.forgotten_at is not None:
        raise Rejected("stale_button")
    if not tidy:
        raise Rejected("name_unseen")
    if tidy == before:
        raise Rejected("same_name")
    person.name = tidy
    session.flush()
    audit.record(session, now, actor, "rename", audit.person(person_id))
    return before


def leave(session: Session, person_id: int, by: int | None, now: datetime) -> None:
    """Suspend a person who is about to be forgotten, and end their roles and deputyships.

    Raises `Rejected`: "not_yourself", "last_planning", "stale_button".
    """
    person = _person(session, person_id)
    if person_id == by:
        raise Rejected("not_yourself")
    _keep_planning(session, without=person_id)
    person.suspended_at = person.suspended_at or now
    for membership in session.exec(
        select(Membership).where(Membership.person_id == person_id, col(Membership.ended_at).is_(None))
    ).all():
        membership.ended_at = now
    session.flush()
    absences.end_with_posts(session, person_id, by, now)


def reactivate(session: Session, person_id: int, by: int, now: datetime) -> None:
    """Reactivate a suspended person. Raises `Rejected("stale_button")` if not suspended."""
    person = _person(session, person_id)
    if person.suspended_at is None:
        raise Rejected("stale_button")
    person.suspended_at = None
    session.flush()
    audit.record(session, now, audit.person(by), "reactivate", audit.person(person_id))


def remove_pair(session: Session, membership_id: int, by: int, now: datetime) -> int:
    """End a pair; return the person's id. Raises `Rejected`: "last_planning", "stale_button" if it ended."""
    membership = _in_force(session, membership_id)
    _end(session, membership, by, now)
    audit.record(
        session,
        now,
        audit.person(by),
        "remove pair",
        audit.person(membership.person_id),
        before=facts(session, membership.role, membership.unit_id),
    )
    return membership.person_id


def change_pair(
    session: Session, membership_id: int, role: Role, unit_id: int | None, by: int, now: datetime
) -> int:
    """Replace a pair by another; return the person's id.

    Raises `Rejected`: "already_so" if the person has that pair, "last_planning", "unit_needed",
    "unit_not_needed", "stale_button".
    """
    check_pair(role, unit_id)
    membership = _in_force(session, membership_id)
    holder = entry(session, membership.person_id)
    if any((pair.role, pair.unit and pair.unit.id) == (role, unit_id) for pair in holder.pairs):
        raise Rejected("already_so")
    _end(session, membership, by, now)
    session.add(Membership(person_id=membership.person_id, role=role, unit_id=unit_id, granted_at=now))
    session.flush()
    audit.record(
        session,
        now,
        audit.person(by),
        "change pair",
        audit.person(membership.person_id),
        before=facts(session, membership.role, membership.unit_id),
        after=facts(session, role, unit_id),
    )
    return membership.person_id


def units(session: Session) -> list[Unit]:
    """Return every unit, in order of creation."""
    return list(session.exec(select(Unit).order_by(col(Unit.id))).all())


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise Rejected("stale_button")
    return person


def _in_force(session: Session, membership_id: int) -> Membership:
    membership = session.get(Membership, membership_id)
    if membership is None or membership.ended_at is not None:
        raise Rejected("stale_button")
    return membership


def _end(session: Session, membership: Membership, by: int, now: datetime) -> None:
    """End the post, and the deputyships based on it."""
    if membership.role is Role.PLANNING:
        _keep_planning(session, without=membership.person_id)
    membership.ended_at = now
    session.flush()
    absences.end_with_posts(session, membership.person_id, by, now, membership.id)


def _keep_planning(session: Session, without: int) -> None:
    """Raise `Rejected("last_planning")` if nobody else has the role of planning."""
    planning = [each for each in everybody(session) if each.suspended_at is None and _plans(each)]
    if [each.person_id for each in planning] == [without]:
        raise Rejected("last_planning")


def _plans(each: RosterEntry) -> bool:
    return any(pair.role is Role.PLANNING for pair in each.pairs)


def person_name(session: Session, person_id: int | None) -> str | None:
    """Return the person's name; None if there is no such person."""
    person = session.get(Person, person_id) if person_id is not None else None
    return person.name if person else None


def name_of_chat(session: Session, telegram_id: int) -> str | None:
    """Return the name of the person with that chat, or None."""
    return session.exec(select(Person.name).where(col(Person.telegram_id) == telegram_id)).first()


def holders(session: Session, role: Role) -> list[Person]:
    """Return everybody who has that role now, suspended or not."""
    query = select(Person).join(Membership, col(Membership.person_id) == col(Person.id))
    query = query.where(Membership.role == role, col(Membership.ended_at).is_(None))
    return list(session.exec(query.distinct()).all())


def linked(session: Session, telegram_ids: Collection[int]) -> dict[int, bool]:
    """Return, for those of the accounts that were ever linked, whether they are members now."""
    session.flush()
    is_member = and_(col(Person.suspended_at).is_(None), func.count(col(Membership.id)) > 0)
    in_force = and_(col(Membership.person_id) == col(Person.id), col(Membership.ended_at).is_(None))
    rows = session.execute(
        select(col(Person.telegram_id), is_member)
        .outerjoin(Membership, in_force)
        .where(col(Person.telegram_id).in_(telegram_ids))
        .group_by(col(Person.id))
    )
    return {telegram_id: bool(member) for telegram_id, member in rows}
