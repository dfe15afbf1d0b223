"""Who gets notices: linked, not suspended and reachable people, with their posts.

While a director is away, the deputy has the post and the director does not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, select

from models.people import deputies
from models.reminders import preferences
from models.reminders.preferences import Wishes
from models.tables.notice import Preference
from models.tables.people import Membership, Person, Role

ORDER = (Role.DIRECTOR, Role.STAFF, Role.PLANNING, Role.OBSERVER)  # units are told before planning


@dataclass(frozen=True)
class Post:
    """A role, its unit, and since when the person has it; earlier events are not reported to them."""

    role: Role
    unit_id: int | None
    since: datetime


@dataclass(frozen=True)
class Recipient:
    person_id: int
    chat_id: int
    wishes: Wishes
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class Audience:
    """The recipients in the order in which they are told, and since when the bot has users."""

    recipients: tuple[Recipient, ...]
    in_use_since: datetime | None


_POSTS = (
    sqlalchemy.select(
        col(Person.id),
        col(Person.telegram_id),
        col(Membership.role),
        col(Membership.unit_id),
        col(Membership.granted_at),
    )
    .join(Membership, col(Membership.person_id) == col(Person.id))
    .where(
        col(Person.telegram_id).is_not(None),
        col(Person.suspended_at).is_(None),
        col(Person.unreachable_at).is_(None),
        col(Membership.ended_at).is_(None),
    )
    .order_by(col(Person.id), col(Membership.id))
)
_IN_USE_SINCE = sqlalchemy.select(sqlalchemy.func.min(col(Membership.granted_at)))


def audience(session: Session, today: date) -> Audience:
    """Return the audience, in a few statements however many people there are; called at every tick."""
    session.flush()
    wishes = {each.person_id: preferences.read(each) for each in session.exec(select(Preference)).all()}
    found: dict[int, Recipient] = {}
    rows: Iterable[Any] = session.connection().execute(_POSTS)
    for person_id, chat_id, role, unit_id, granted_at in rows:
        known = found.get(person_id) or Recipient(person_id, chat_id, wishes.get(person_id, Wishes()), ())
        found[person_id] = replace(known, posts=(*known.posts, Post(role, unit_id, granted_at)))
    _replace_absent(session, found, today)
    told = sorted(found.values(), key=_place)
    return Audience(tuple(told), session.connection().execute(_IN_USE_SINCE).scalar())


def _replace_absent(session: Session, found: dict[int, Recipient], today: date) -> None:
    """Move the posts of absent directors to their deputies, if those can be reached."""
    for absence in deputies.stand_ins(session, today):
        director, deputy = found.get(absence.person_id), found.get(absence.deputy_id)
        if deputy is None:
            continue
        posts = director.posts if director else ()
        away = [each for each in posts if (each.role, each.unit_id) == (Role.DIRECTOR, absence.unit_id)]
        if director is not None:
            left = tuple(each for each in posts if each not in away)
            found[absence.person_id] = replace(director, posts=left)
        taken = away or [Post(Role.DIRECTOR, absence.unit_id, absence.made_at)]
        held = {(each.role, each.unit_id) for each in deputy.posts}
        added = tuple(each for each in taken if (each.role, each.unit_id) not in held)
        found[absence.deputy_id] = replace(deputy, posts=(*deputy.posts, *added))


def _place(recipient: Recipient) -> tuple[int, int]:
    return min((ORDER.index(each.role) for each in recipient.posts), default=len(ORDER)), recipient.person_id
