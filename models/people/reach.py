"""Whom the bot can write to: linked people who are not suspended and whose chat accepts messages."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select, update

from models.rights import Member, member
from models.tables.people import Membership, Person, Role


def reachable(session: Session, role: Role | None = None) -> list[int]:
    """Return the Telegram ids of the reachable people with that role, or with any."""
    query = (
        select(Person.telegram_id)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Person.telegram_id).is_not(None),
            col(Person.suspended_at).is_(None),
            col(Person.unreachable_at).is_(None),
            col(Membership.ended_at).is_(None),
        )
        .distinct()
    )
    if role is not None:
        query = query.where(Membership.role == role)
    return [chat_id for chat_id in session.exec(query).all() if chat_id is not None]


def reachable_in(
    session: Session, unit_id: int, roles: Collection[Role] = (Role.DIRECTOR, Role.STAFF)
) -> dict[int, int]:
    """Return the Telegram ids of the reachable people with one of those roles in the unit, by person id."""
    rows = session.exec(
        select(Person.id, Person.telegram_id)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.unit_id == unit_id,
            col(Membership.role).in_(roles),
            col(Membership.ended_at).is_(None),
            col(Person.suspended_at).is_(None),
            col(Person.unreachable_at).is_(None),
        )
        .order_by(col(Person.id))
    ).all()
    return {person_id: chat for person_id, chat in rows if person_id is not None and chat is not None}


def reachable_member(session: Session, person_id: int | None) -> Member | None:
    """Return the person with their present roles; None if suspended, without a role, or unreachable."""
    person = session.get(Person, person_id) if person_id is not None else None
    if person is None or person.telegram_id is None or person.unreachable_at is not None:
        return None
    return member(session, person.telegram_id)


def reachable_among(session: Session, person_ids: Collection[int | None]) -> list[int]:
    """Return the Telegram ids of those people who are reachable, in ascending order."""
    chats = session.exec(select(Person.telegram_id).where(col(Person.id).in_(person_ids))).all()
    everybody = set(reachable(session))
    return sorted(each for each in chats if each in everybody)


def reachable_chat(session: Session, person_id: int) -> int | None:
    """Return the Telegram id of a person, with or without a role; None if they cannot be reached."""
    person = session.get(Person, person_id)
    if person is None or person.unreachable_at or person.suspended_at:
        return None
    return person.telegram_id


def mark_unreachable(session: Session, telegram_id: int, now: datetime) -> str | None:
    """Mark the person of a chat as unreachable; return their name, or None if nothing changed."""
    person = session.exec(
        select(Person).where(Person.telegram_id == telegram_id, col(Person.unreachable_at).is_(None))
    ).first()
    if person is None:
        return None
    person.unreachable_at = now
    session.flush()
    return person.name


def mark_reachable(session: Session, telegram_id: int) -> None:
    """Mark the person of that chat as reachable, since they wrote."""
    session.execute(update(Person).where(col(Person.telegram_id) == telegram_id).values(unreachable_at=None))
