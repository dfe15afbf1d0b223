"""Who may do what: one table of rights; what it does not grant is denied.

Rules: docs/rules.md#who-may.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from models.errors import Rejected
from models.tables.people import Membership, Person, Role


class Action(StrEnum):
    GET_HELP = "get help"
    READ_PROGRESS = "read progress"  # figures, never narratives
    READ_ACTIVITIES = "read activities"  # narratives and evidence
    CAPTURE = "capture"  # register activities, and settle pending quantities
    CORRECT = "correct"  # change or withdraw activities, and undo settlements
    REVIEW = "review"  # return an activity to its author, or approve it; never one's own
    STATE = "state"  # write the presentation and the observations of a quarter
    SIGN = "sign"  # a unit's quarter
    REPORT = "report"  # have the quarterly report made, with every narrative in it
    REOPEN = "reopen"  # a closed or signed quarter
    KEEP_CALENDAR = "keep the calendar"  # move closes, add days off
    ATTEND = "attend"  # acknowledge a unit's overdue quarter
    MARK_ABSENT = "mark absent"  # record a director's absence and the deputy
    CHANGE_PROGRAMME = "change the programme"  # import a file, adjust a target
    INVITE = "invite"
    MANAGE_PEOPLE = "manage people"
    KEEP_PIN = "keep a PIN"  # have a PIN, which confirms one's own acts
    WATCH = "watch"  # see the state of the bot itself


class Reach(StrEnum):
    NONE = "none"
    AUTHORED = "authored"  # what the person registered in those units
    OWN = "own"  # the units of the person's memberships in that role
    SIGNED = "signed"  # what belongs to a quarter that its unit signed
    ALL = "all"


RIGHTS: dict[Action, dict[Role, Reach]] = {
    Action.GET_HELP: dict.fromkeys(Role, Reach.ALL),
    Action.READ_PROGRESS: dict.fromkeys(Role, Reach.ALL),
    Action.READ_ACTIVITIES: {
        Role.STAFF: Reach.OWN,
        Role.DIRECTOR: Reach.OWN,
        Role.PLANNING: Reach.ALL,
        Role.OBSERVER: Reach.SIGNED,
    },
    Action.CAPTURE: {Role.STAFF: Reach.OWN, Role.DIRECTOR: Reach.OWN, Role.PLANNING: Reach.ALL},
    Action.CORRECT: {Role.STAFF: Reach.AUTHORED, Role.DIRECTOR: Reach.OWN, Role.PLANNING: Reach.ALL},
    Action.REVIEW: {Role.DIRECTOR: Reach.OWN, Role.PLANNING: Reach.ALL},
    Action.STATE: {Role.DIRECTOR: Reach.OWN, Role.PLANNING: Reach.ALL},
    Action.SIGN: {Role.DIRECTOR: Reach.OWN},
    Action.REPORT: {Role.DIRECTOR: Reach.OWN, Role.PLANNING: Reach.ALL, Role.OBSERVER: Reach.SIGNED},
    Action.REOPEN: {Role.PLANNING: Reach.ALL},
    Action.KEEP_CALENDAR: {Role.PLANNING: Reach.ALL},
    Action.ATTEND: {Role.DIRECTOR: Reach.OWN, Role.PLANNING: Reach.ALL},
    Action.MARK_ABSENT: {Role.DIRECTOR: Reach.OWN, Role.PLANNING: Reach.ALL},
    Action.CHANGE_PROGRAMME: {Role.PLANNING: Reach.ALL},
    Action.INVITE: {Role.PLANNING: Reach.ALL},
    Action.MANAGE_PEOPLE: {Role.PLANNING: Reach.ALL},
    Action.KEEP_PIN: {Role.DIRECTOR: Reach.OWN, Role.PLANNING: Reach.ALL},
    Action.WATCH: {Role.PLANNING: Reach.ALL},
}


@dataclass(frozen=True)
class Member:
    """A linked person who is not suspended, with every (role, unit) pair in force.

    `lent` are those of the pairs that they have as a deputy; `confirmed`: they entered their PIN.
    """

    person_id: int
    telegram_id: int
    name: str
    pairs: tuple[tuple[Role, int | None], ...]
    lent: tuple[tuple[Role, int | None], ...] = ()
    confirmed: bool = False

    @property
    def own(self) -> "Member":
        """Return the person with only their own pairs, without those as a deputy."""
        if not self.lent:
            return self
        return replace(self, pairs=tuple(each for each in self.pairs if each not in self.lent), lent=())

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role, _ in self.pairs)

    @property
    def unit_ids(self) -> tuple[int, ...]:
        """Return the units of the person's pairs, in the order in which they were granted."""
        return tuple(dict.fromkeys(unit for _, unit in self.pairs if unit is not None))

    def may(
        self,
        action: Action,
        unit_id: int | None = None,
        author_id: int | None = None,
        signed: bool = False,
    ) -> bool:
        """Return whether the person may do it at all, or in that unit, to what `author_id` registered there.

        `signed`: it belongs to a quarter that the unit signed.
        """
        for role, own in self.pairs:
            reach = RIGHTS.get(action, {}).get(role, Reach.NONE)
            if reach is Reach.ALL or (reach is Reach.SIGNED and (signed or unit_id is None)):
                return True
            if reach in (Reach.NONE, Reach.SIGNED) or unit_id not in (None, own):
                continue
            if reach is Reach.OWN or unit_id is None or author_id == self.person_id:
                return True
        return False

    def require(self, action: Action, unit_id: int | None = None) -> None:
        """Raise `Rejected("not_allowed")` unless `may`."""
        if not self.may(action, unit_id):
            raise Rejected("not_allowed")


_MEMBER = (
    select(Person.id, Person.name, Membership.role, Membership.unit_id)
    .join(Membership, col(Membership.person_id) == col(Person.id))
    .where(
        col(Person.telegram_id) == bindparam("telegram_id"),
        col(Person.suspended_at).is_(None),
        col(Membership.ended_at).is_(None),
    )
    .order_by(col(Membership.id))
)


def member(session: Session, telegram_id: int) -> Member | None:
    """Return the person linked to a Telegram account; None for strangers and suspended people."""
    rows = session.connection().execute(_MEMBER, {"telegram_id": telegram_id}).all()
    if not rows:
        return None
    return Member(rows[0][0], telegram_id, rows[0][1], tuple((Role(role), unit) for _, _, role, unit in rows))


def is_suspended(session: Session, telegram_id: int) -> bool:
    """Return whether the account belongs to a suspended person."""
    query = select(Person.suspended_at).where(col(Person.telegram_id) == telegram_id)
    return session.connection().execute(query).scalar() is not None
