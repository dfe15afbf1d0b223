"""Deputies of absent directors, who are told and decide in their place. Rules: docs/rules.md#deputies.

A deputy is appointed for thirty days at most, by the director or planning, never by a deputy. The appointment
ends with either of the posts by which it was given. The rights are computed for every update (`deputized`),
so an open card grants nothing after that. `models.people.absences` stores and ends appointments.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlmodel import Session, col, select

from models.people.appointing import LONGEST
from models.rights import Member
from models.storage.unit_of_work import work_of
from models.tables.notice import Notice, StandIn
from models.tables.people import Membership, Person, Role

TURN = "stand-in"  # the kind of the `Notice` stored when a deputy's command menu was changed
LOOK_BACK = timedelta(days=31)  # after an absence; later, a deputy's command menu changes with /start


def stand_ins(session: Session, today: date) -> list[StandIn]:
    """Return the absences in force on that local day whose posts are still held, newest first."""
    session.flush()
    rows = session.exec(
        select(StandIn)
        .where(col(StandIn.ended_at).is_(None), StandIn.from_day <= today, StandIn.to_day >= today)
        .order_by(col(StandIn.id).desc())
    ).all()
    held = _held(session, {number for row in rows for number in (row.person_id, row.deputy_id)})
    return [row for row in rows if (today - row.from_day).days < LONGEST and _stands(row, held)]


def _held(session: Session, person_ids: set[int]) -> list[Membership]:
    """Return the current posts of those people, except of suspended ones."""
    if not person_ids:
        return []
    query = (
        select(Membership)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Person.id).in_(person_ids),
            col(Person.suspended_at).is_(None),
            col(Membership.ended_at).is_(None),
        )
    )
    return list(session.exec(query).all())


def _stands(row: StandIn, held: Sequence[Membership]) -> bool:
    """Return whether both still hold the posts it is based on; if it names none, any that they had then."""

    def holds(post: int | None, each: Membership) -> bool:
        return each.id == post if post is not None else each.granted_at <= row.made_at

    return any(
        (each.person_id, each.unit_id, each.role) == (row.person_id, row.unit_id, Role.DIRECTOR)
        and holds(row.director_post, each)
        for each in held
    ) and any(each.person_id == row.deputy_id and holds(row.deputy_post, each) for each in held)


def directors_replaced(session: Session, deputy_id: int, unit_id: int, today: date) -> list[int]:
    """Return the directors of the unit in whose place the person decides on that day."""
    return [
        each.person_id
        for each in stand_ins(session, today)
        if (each.deputy_id, each.unit_id) == (deputy_id, unit_id)
    ]


@dataclass
class KeptAbsences:
    """A part of the unit of work: the deputies of one day, with the units in which they decide."""

    known: tuple[date, list[tuple[int, int]]] | None = None
    touched: bool = False


def deputized(session: Session, member: Member, today: date) -> Member:
    """Return the person with the posts of the directors in whose place they decide on that day.

    Absences are read once per transaction, unless one changes in it.
    """
    work = work_of(session).part(KeptAbsences)
    kept = work.known
    if kept is None or kept[0] != today:
        kept = (today, [(each.deputy_id, each.unit_id) for each in stand_ins(session, today)])
        if not work.touched:
            work.known = kept
    posts = [(Role.DIRECTOR, unit_id) for deputy_id, unit_id in kept[1] if deputy_id == member.person_id]
    added = tuple(post for post in dict.fromkeys(posts) if post not in member.pairs)
    return replace(member, pairs=(*member.pairs, *added), lent=added) if added else member


def turned(session: Session, today: date) -> list[tuple[int, str]]:
    """Return deputies whose command menu is to change, since an absence began or ended, each with a key."""
    session.flush()
    rows = session.exec(
        select(StandIn).where(
            col(StandIn.ended_at).is_(None), StandIn.from_day <= today, StandIn.to_day >= today - LOOK_BACK
        )
    ).all()
    if not rows:
        return []
    known = session.exec(
        select(Notice.person_id, Notice.period).where(
            Notice.kind == TURN, col(Notice.person_id).in_({each.deputy_id for each in rows})
        )
    ).all()
    turns = [(each.deputy_id, f"{each.id}:{'over' if each.to_day < today else 'begun'}") for each in rows]
    return [each for each in turns if each not in set(known)]


def in_charge(session: Session, unit_id: int, today: date) -> list[int]:
    """Return who heads the unit on that day: its directors, or the deputies of absent ones."""
    found = session.exec(
        select(Membership.person_id)
        .where(
            Membership.unit_id == unit_id,
            Membership.role == Role.DIRECTOR,
            col(Membership.ended_at).is_(None),
        )
        .order_by(col(Membership.id))
    ).all()
    away = {each.person_id: each.deputy_id for each in stand_ins(session, today) if each.unit_id == unit_id}
    return [away.get(person_id, person_id) for person_id in found]
