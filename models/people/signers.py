"""Units whose quarter nobody can sign: without a director, or whose director is away without a deputy."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy
from sqlmodel import Session, col, func, select

from models.people.deputies import stand_ins
from models.programme.view import UnitView, programmes
from models.tables.notice import StandIn
from models.tables.people import Membership, Person, Role


class Unsignable(StrEnum):
    NO_DIRECTOR = "no-director"  # nobody has the role, or only suspended people
    UNREACHABLE = "unreachable"  # the director, or their deputy, blocked the bot
    ABSENT = "absent"  # the director is away, and the deputy has no longer a role by which they were chosen


@dataclass(frozen=True)
class UnitWithoutSigner:
    """`since` identifies this case of it, so that it is told once."""

    unit: UnitView
    why: Unsignable
    since: str


def without_signer(session: Session, today: date) -> list[UnitWithoutSigner]:
    """Return the units of the day's programme, or of the newest, that nobody can sign now."""
    known = programmes(session)
    programme = known.of(today) or known.newest()
    if programme is None:
        return []
    session.flush()
    scene = _scene(session, today)
    return [found for unit in programme.units if (found := scene.of(unit)) is not None]


def may_lack_signer(session: Session, today: date) -> bool:
    """Return whether a unit in use may be without a signer, in one query: false in the usual case."""
    session.flush()
    headed = (
        select(Membership.unit_id)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            Membership.role == Role.DIRECTOR,
            col(Membership.ended_at).is_(None),
            col(Person.telegram_id).is_not(None),
            col(Person.unreachable_at).is_(None),
            col(Person.suspended_at).is_(None),
        )
    )
    bare = select(Membership.id).where(
        col(Membership.unit_id).is_not(None), col(Membership.unit_id).not_in(headed)
    )
    away = select(StandIn.id).where(StandIn.from_day <= today, StandIn.to_day >= today)
    return bool(session.execute(sqlalchemy.select(sqlalchemy.or_(bare.exists(), away.exists()))).scalar())


def in_use_since(session: Session) -> dict[int, datetime]:
    """Return since when each unit has had people, by unit; units without any are left out."""
    query = select(Membership.unit_id, func.min(Membership.granted_at))
    rows = session.exec(query.where(col(Membership.unit_id).is_not(None)).group_by(col(Membership.unit_id)))
    return {unit_id: begun for unit_id, begun in rows.all() if unit_id is not None}


@dataclass(frozen=True)
class _Scene:
    """Every director's post ever, absences in force and lapsed by director and unit, who can be reached."""

    posts: Sequence[tuple[Membership, Person]]
    away: Mapping[tuple[int, int], StandIn]
    lapsed: Mapping[tuple[int, int], int]
    reached: Collection[int | None]

    def of(self, unit: UnitView) -> UnitWithoutSigner | None:
        ever = [(post, person) for post, person in self.posts if post.unit_id == unit.id]
        held = [
            post.person_id for post, person in ever if post.ended_at is None and person.suspended_at is None
        ]
        if not held:
            newest = max((post.id or 0 for post, _ in ever), default=0)
            return UnitWithoutSigner(unit, Unsignable.NO_DIRECTOR, str(newest))
        gone = [self.lapsed[each, unit.id] for each in held if (each, unit.id) in self.lapsed]
        present = [
            each for each in held if (each, unit.id) not in self.away and (each, unit.id) not in self.lapsed
        ]
        deputies = [row.deputy_id for (_, unit_id), row in self.away.items() if unit_id == unit.id]
        if any(each in self.reached for each in (*present, *deputies)):
            return None
        if gone and not present and not deputies:
            return UnitWithoutSigner(unit, Unsignable.ABSENT, str(max(gone)))
        return UnitWithoutSigner(unit, Unsignable.UNREACHABLE, ",".join(map(str, (*present, *deputies))))


def _scene(session: Session, today: date) -> _Scene:
    posts = session.exec(
        select(Membership, Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(Membership.role == Role.DIRECTOR)
    ).all()
    reached = session.exec(
        select(Person.id).where(
            col(Person.telegram_id).is_not(None),
            col(Person.unreachable_at).is_(None),
            col(Person.suspended_at).is_(None),
        )
    ).all()
    away = {(each.person_id, each.unit_id): each for each in stand_ins(session, today)}
    return _Scene(posts, away, _lapsed(session, today), set(reached))


def _lapsed(session: Session, today: date) -> dict[tuple[int, int], int]:
    """Return the absences of today that ended with the deputy's role, by director and unit."""
    rows = session.exec(
        select(StandIn, Membership, Person)
        .join(Membership, col(Membership.id) == col(StandIn.deputy_post))
        .join(Person, col(Person.id) == col(StandIn.deputy_id))
        .where(
            col(StandIn.ended_at).is_not(None),
            StandIn.from_day <= today,
            StandIn.to_day >= today,
        )
        .order_by(col(StandIn.id))
    ).all()
    later = {
        (person_id, unit_id): number or 0
        for person_id, unit_id, number in session.exec(
            select(StandIn.person_id, StandIn.unit_id, StandIn.id).order_by(col(StandIn.id))
        ).all()
    }
    return {
        (row.person_id, row.unit_id): row.id or 0
        for row, post, person in rows
        if row.ended_at in (post.ended_at, person.suspended_at)
        and later.get((row.person_id, row.unit_id)) == row.id
    }
