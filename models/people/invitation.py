"""Invitations: single-use codes bound to a role and a unit. Rules: docs/rules.md#invitations-and-pin.

Only a code's keyed hash is stored, and it expires after 7 days.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CursorResult, func
from sqlmodel import Session, col, select, update

from models.clean_text import clean_name
from models.errors import Rejected
from models.people import stranger
from models.storage import audit, keys
from models.tables.people import Invitation, Membership, Person, Role
from models.tables.programme import Unit

LIFETIME = timedelta(days=7)
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without characters that look like others: I, L, O, 0, 1
CODE_LENGTH = 20  # of 31 letters and digits: 99 bits; a Telegram link takes at most 64
NAME_LIMIT = 100


@dataclass(frozen=True)
class Joined:
    """The result of a valid code. `is_new_pair` is False if the person already had that role in that unit."""

    person: Person
    role: Role
    unit: Unit | None
    is_new_person: bool
    is_new_pair: bool
    invitation: Invitation


def invite(
    session: Session,
    role: Role,
    unit_id: int | None,
    name: str | None,
    invited_by: int | None,
    actor: str,
    now: datetime,
) -> tuple[Invitation, str]:
    """Store a new invitation; return it with its code, which is not stored.

    `name` is the person's name; without one, Telegram's name is used. Raises `Rejected("unit_needed")` or
    `Rejected("unit_not_needed")` if role and unit do not go together, and `Rejected("name_unseen")` for an
    invisible name.
    """
    check_pair(role, unit_id)
    if name and not tidy_name(name):
        raise Rejected("name_unseen")
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    invitation = Invitation(
        code_hash=_hash(session, code),
        key_id=keys.key_id(session),
        role=role,
        unit_id=unit_id,
        name=tidy_name(name or "") or None,
        invited_by=invited_by,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    session.add(invitation)
    session.flush()
    audit.record(
        session, now, actor, "invite", f"invitation:{invitation.id}", after=facts(session, role, unit_id)
    )
    return invitation, code


def join(session: Session, telegram_id: int, display_name: str, code: str, now: datetime) -> Joined | None:
    """Link the account by a code, or give a linked person another role. Returns None if the code is not
    valid.

    1. After five failures in a day no code of the account is tried; a suspended person's code is refused, and
       so is a stranger's while too many codes of strangers have failed.
    2. The code is claimed by a conditional UPDATE, so only one of two simultaneous accounts gets it.
    3. The person is created or found, and gets the (role, unit) pair unless they had it.

    Every None is counted as a failure, so the caller must not roll it back. Raises
    `Rejected("account_unseen")` for a valid code if the name that the person would get is invisible; the code
    stays valid.
    """
    if not stranger.may_try_a_code(session, telegram_id, now):
        return None
    person = session.exec(select(Person).where(Person.telegram_id == telegram_id)).one_or_none()
    refused = person.suspended_at is not None if person else not stranger.may_anybody(session, now)
    if person is None and not refused and not tidy_name(display_name) and _is_nameless(session, code, now):
        raise Rejected("account_unseen")
    invitation = None if refused else _claim(session, code, now)
    if invitation is None:
        stranger.note_failure(session, telegram_id, now)
        if person is None:
            stranger.note_guess(session, now)
        return None
    stranger.forget(session, telegram_id)
    is_new_person = person is None
    if person is None:
        name = invitation.name or tidy_name(display_name)
        person = Person(name=name, telegram_id=telegram_id, joined_at=now)
        session.add(person)
        session.flush()
    person.unreachable_at = None
    return _grant(session, person, invitation, is_new_person, now)


def open_invitations(session: Session, now: datetime) -> list[Invitation]:
    """Return the invitations whose code is still valid, newest first."""
    return list(
        session.exec(
            select(Invitation)
            .where(
                col(Invitation.used_at).is_(None),
                col(Invitation.revoked_at).is_(None),
                col(Invitation.expires_at) > now,
                Invitation.key_id == keys.key_id(session),
            )
            .order_by(col(Invitation.id).desc())
        ).all()
    )


def revoke(
    session: Session, invitation_id: int, revoked_by: int | None, actor: str, now: datetime
) -> Invitation:
    """Revoke the invitation; audited. Raises `Rejected("invitation_closed")`."""
    found = session.get(Invitation, invitation_id)
    if found is None or found.id not in {each.id for each in open_invitations(session, now)}:
        raise Rejected("invitation_closed")
    before = facts(session, found.role, found.unit_id)
    found.revoked_at, found.revoked_by = now, revoked_by
    found.name = None
    session.flush()
    audit.record(session, now, actor, "revoke invitation", f"invitation:{found.id}", before=before)
    return found


def newest_by(session: Session, person_id: int) -> int:
    """Return the number of the newest invitation by this person, or 0."""
    query = select(func.max(Invitation.id)).where(Invitation.invited_by == person_id)
    return session.exec(query).one() or 0


def check_pair(role: Role, unit_id: int | None) -> None:
    """Check that staff and directors have a unit, planning and observers none. Raises `Rejected`."""
    if role.has_unit and unit_id is None:
        raise Rejected("unit_needed")
    if not role.has_unit and unit_id is not None:
        raise Rejected("unit_not_needed")


def facts(session: Session, role: Role, unit_id: int | None) -> dict[str, str | None]:
    """Return a (role, unit) pair as the audit names it."""
    unit = session.get(Unit, unit_id) if unit_id is not None else None
    return {"role": role.value, "unit": unit.key if unit else None}


def _is_nameless(session: Session, code: str, now: datetime) -> bool:
    """Return whether the code is valid and its invitation has no name."""
    found = session.exec(select(Invitation).where(*_usable(session, code, now))).one_or_none()
    return found is not None and found.name is None


def _usable(session: Session, code: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Invitation.code_hash) == _hash(session, code),
        col(Invitation.used_at).is_(None),
        col(Invitation.revoked_at).is_(None),
        col(Invitation.expires_at) > now,
    )


def _claim(session: Session, code: str, now: datetime) -> Invitation | None:
    """Mark the code as used and return its invitation, or None if it is not valid."""
    claimed = session.execute(update(Invitation).where(*_usable(session, code, now)).values(used_at=now))
    assert isinstance(claimed, CursorResult)
    if claimed.rowcount != 1:
        return None
    return session.exec(select(Invitation).where(Invitation.code_hash == _hash(session, code))).one()


def _grant(
    session: Session, person: Person, invitation: Invitation, is_new_person: bool, now: datetime
) -> Joined:
    assert person.id is not None
    role, unit_id = invitation.role, invitation.unit_id
    same_pair = select(Membership).where(
        col(Membership.person_id) == person.id,
        col(Membership.role) == role,
        col(Membership.unit_id).is_(None) if unit_id is None else col(Membership.unit_id) == unit_id,
        col(Membership.ended_at).is_(None),
    )
    is_new_pair = session.exec(same_pair).first() is None
    if is_new_pair:
        session.add(Membership(person_id=person.id, role=role, unit_id=unit_id, granted_at=now))
    invitation.used_by = person.id
    invitation.name = None  # names are kept only in `person`
    session.flush()
    audit.record(
        session,
        now,
        audit.person(person.id),
        "join",
        audit.person(person.id),
        after={**facts(session, role, unit_id), "invitation": invitation.id},
    )
    unit = session.get(Unit, unit_id) if unit_id is not None else None
    return Joined(person, role, unit, is_new_person, is_new_pair, invitation)


def _hash(session: Session, code: str) -> str:
    """Return the keyed hash of the code; case, spaces and hyphens are ignored."""
    bare = "".join(code.split()).replace("-", "").upper()
    return keys.keyed(session, "invitation", bare.encode(errors="surrogatepass"))


def tidy_name(name: str) -> str:
    """Return the name as it is stored; "" if nothing of it is visible."""
    return clean_name(clean_name(name)[:NAME_LIMIT])
