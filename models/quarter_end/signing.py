"""Signing a unit's quarter. Rules: docs/rules.md#signing.

Functions raise `Rejected`, and nothing is changed then. A signature is never changed: signing again after a
reopening stores another.
"""

import secrets
from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.calendar import closing
from models.chain import replay, table_findings
from models.errors import Rejected
from models.people import deputies, pin
from models.programme.view import ProgrammeView, UnitView, programmes
from models.quarter import Quarter
from models.quarter_end.duties import Duty, duties
from models.quarter_end.snapshot import digest, snapshot
from models.rights import Action, Member
from models.storage import audit
from models.storage.draft import Draft, save
from models.storage.forms import FormState
from models.tables.audit import Audit
from models.tables.people import Membership, Role
from models.tables.signature import Reopening, Signature


class Signing(FormState):
    """The form of a signature; `sha256` is the hash of the snapshot whose figures were shown.

    `salt` is a random part of that snapshot, without which nobody can try texts against its hash.
    """

    unit_id: int
    quarter: str
    sha256: str
    salt: str = ""

    @property
    def when(self) -> Quarter:
        return Quarter.parse(self.quarter)


def shown(session: Session, programme: ProgrammeView, unit: UnitView, quarter: Quarter) -> Signing:
    """Return the form of a signature of the quarter as it is now."""
    salt = secrets.token_hex(16)
    sha256 = digest(snapshot(session, programme, unit, quarter, salt=salt))
    return Signing(unit_id=unit.id, quarter=quarter.key, sha256=sha256, salt=salt)


def signable(session: Session, unit_id: int, today: date) -> Iterator[Quarter]:
    """Yield the unit's quarters that have ended (a last day counts) and are not signed, newest first."""
    for programme in sorted(programmes(session).years.values(), key=lambda each: -each.year):
        if programme.unit(unit_id) is None:
            continue
        for quarter in reversed(list(Quarter.all_of(programme.year))):
            if quarter.last_day <= today and closing.signed(session, unit_id, quarter) is None:
                yield quarter


def next_signable(session: Session, unit_id: int, today: date) -> tuple[Quarter | None, Quarter | None]:
    """Return the unit's newest quarter that has ended, and its first that has not."""
    years = [year for year, each in programmes(session).years.items() if each.unit(unit_id) is not None]
    quarters = [quarter for year in sorted(years) for quarter in Quarter.all_of(year)]
    ended = [each for each in quarters if each.last_day <= today]
    coming = [each for each in quarters if each.last_day > today]
    return (ended[-1] if ended else None), (coming[0] if coming else None)


def find_unit(
    session: Session, unit_id: int, quarter: Quarter, member: Member
) -> tuple[ProgrammeView, UnitView]:
    """Return programme and unit of the quarter. Raises `Rejected`: "stale_button", "not_allowed"."""
    programme = programmes(session).years.get(quarter.year)
    unit = programme.unit(unit_id) if programme else None
    if programme is None or unit is None:
        raise Rejected("stale_button")
    member.require(Action.SIGN, unit_id)
    return programme, unit


def check_signable(session: Session, unit_id: int, quarter: Quarter, today: date) -> None:
    """Raise `Rejected`: "quarter_not_ended", "already_signed"."""
    if today < quarter.last_day:
        raise Rejected("quarter_not_ended", quarter=quarter)
    if closing.signed(session, unit_id, quarter) is not None:
        raise Rejected("already_signed", quarter=quarter)


def check_deputy(session: Session, unit_id: int, quarter: Quarter, member: Member, today: date) -> None:
    """Check that a deputy who signs is still one, and did not reopen the quarter.

    Raises `Rejected`: "not_allowed", "deputy_reopened".
    """
    if member.own.may(Action.SIGN, unit_id):
        return
    if replaced(session, member, unit_id, today) is None:
        raise Rejected("not_allowed")
    reopened = select(Reopening.id).where(
        Reopening.unit_id == unit_id,
        Reopening.year == quarter.year,
        Reopening.quarter == quarter.number,
        Reopening.reopened_by == member.person_id,
    )
    if session.exec(reopened).first() is not None:
        raise Rejected("deputy_reopened", quarter=quarter)


def blocking_duties(session: Session, unit: UnitView, quarter: Quarter, now: datetime) -> list[Duty]:
    """Return what must be done or explained before the quarter is signed."""
    return [each for each in duties(session, unit, quarter, now) if each.blocking]


def sign(session: Session, draft: Draft, signing: Signing, member: Member, now: datetime) -> Signature:
    """Store a signature of the snapshot that was shown; audited with its hash.

    Raises `Rejected` as `find_unit`, `check_deputy` and `check_signable`, "pin_needed" without a PIN,
    "holes_left" if a blocking duty is left, and "changed_since_shown" if the quarter has changed.
    """
    quarter = signing.when
    programme, unit = find_unit(session, signing.unit_id, quarter, member)
    pin.require(session, member)
    closing.lock(session, unit.id)
    today = now.astimezone(programmes(session).zone).date()
    check_deputy(session, unit.id, quarter, member, today)
    check_signable(session, unit.id, quarter, today)
    if blocking_duties(session, unit, quarter, now):
        raise Rejected("holes_left")
    text = snapshot(session, programme, unit, quarter, salt=signing.salt)
    if digest(text) != signing.sha256:
        raise Rejected("changed_since_shown")
    signature = Signature(
        unit_id=unit.id,
        year=quarter.year,
        quarter=quarter.number,
        snapshot=text,
        sha256=signing.sha256,
        signed_by=member.person_id,
        in_place_of=replaced(session, member, unit.id, today),
        signed_at=now,
    )
    session.add(signature)
    session.flush()
    draft.registered_at = now
    draft.content = {**draft.content, "salt": ""}  # kept in the snapshot only
    save(session, draft)
    actor = audit.person(member.person_id)
    audit.record(session, now, actor, "sign", f"signature:{signature.id}", None, _said_of(signature))
    return signature


def replaced(session: Session, member: Member, unit_id: int, today: date) -> int | None:
    """Return the id of the director for whom the person signs, or None if they are the unit's director."""
    own = select(Membership.id).where(
        Membership.person_id == member.person_id,
        Membership.role == Role.DIRECTOR,
        Membership.unit_id == unit_id,
        col(Membership.ended_at).is_(None),
    )
    if session.exec(own).first() is not None:
        return None
    return next(iter(deputies.directors_replaced(session, member.person_id, unit_id, today)), None)


def signatures(session: Session, unit_id: int | None = None) -> list[Signature]:
    """Return all signatures, of a unit or of all, oldest first."""
    query = select(Signature).order_by(col(Signature.id))
    if unit_id is not None:
        query = query.where(Signature.unit_id == unit_id)
    return list(session.exec(query).all())


def verify(session: Session, signature: Signature) -> bool:
    """Return whether the signature is unaltered.

    The snapshot is compared with its hash, and every column with the audit entries that name it. The chain
    itself is verified by `audit.verify`. A snapshot from which a forgotten person's name was taken out has
    another hash, and is compared with the digest that the entry of the forgetting has.
    """
    try:
        with session.no_autoflush:
            row = replay.one_row(session, signature)
            said = session.exec(
                select(Audit).where(Audit.action == "sign", Audit.subject == f"signature:{signature.id}")
            ).all()
    except audit.UNREADABLE:
        return False
    if row is None or any(table_findings.of_row(row)) or len(said) != 1:
        return False
    if digest(signature.snapshot) != signature.sha256 and row.redacted is None:
        return False
    return _is_said(signature, said[0])


def _is_said(signature: Signature, entry: Audit) -> bool:
    """Return whether the audit entry of the signing agrees; erased parts are not compared."""
    facts = (audit.person(signature.signed_by), signature.signed_at) == (entry.actor, entry.at)
    if entry.after is None:
        return facts
    return facts and entry.after == _said_of(signature)


def _said_of(signature: Signature) -> dict[str, object]:
    quarter = Quarter(signature.year, signature.quarter)
    return {"quarter": quarter.key, "sha256": signature.sha256, "in_place_of": signature.in_place_of}
