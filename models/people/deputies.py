"""Deputies of absent directors, who are told and decide in their place. Rules: docs/rules.md#deputies.

A deputy is appointed for thirty days at most, by the director or planning, never by a deputy. The appointment
ends with either of the posts by which it was given. The rights are computed for every update (`deputized`),
so an open card grants nothing after that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from models.errors import Rejected
from models.people import pin
from models.people.appointing import DEPUTIES, LONGEST, check_appointing, check_deputy, post
from models.rights import Member
from models.storage import audit
from models.storage.forms import FormState
from models.storage.unit_of_work import work_of
from models.tables.notice import Notice, StandIn
from models.tables.people import Membership, Person, Role

TURN = "stand-in"  # the kind of the `Notice` stored when a deputy's command menu was changed
LOOK_BACK = timedelta(days=31)  # after an absence; later, a deputy's command menu changes with /start


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


def check_days(days: tuple[date, date], today: date) -> None:
    """Raise `Rejected`: "days_out_of_order", "absence_in_the_past", "absence_too_long"."""
    if days[0] > days[1]:
        raise Rejected("days_out_of_order")
    if (days[1] - days[0]).days >= LONGEST:
        raise Rejected("absence_too_long", days=LONGEST)
    if days[1] < today:
        raise Rejected("absence_in_the_past")


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
    """Return the absence with that id, or None."""
    return session.get(StandIn, stand_in_id)


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


def end_with_posts(session: Session, person_id: int, by: int, now: datetime, post: int | None = None) -> None:
    """End the absences based on the person's post, or on any of their posts; audited.

    They stay ended when the post is granted again.
    """
    for row in open_of(session, person_id):
        if post is None or post in (row.director_post, row.deputy_post):
            end(session, row, by, now)


def end(session: Session, row: StandIn, by: int, now: datetime) -> None:
    """End the absence. Raises `Rejected("stale_button")` if it has ended."""
    if row.ended_at is not None:
        raise Rejected("stale_button")
    row.ended_at = now
    _touch(session)
    session.flush()
    audit.record(
        session, now, audit.person(by), "end absence", audit.person(row.person_id), before=_facts(row)
    )


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
