"""The second factor: a PIN of six digits, required before acts that an unlocked phone alone must not do.

1. A keyed hash of the PIN's scrypt hash and the person's number is stored, so the row is useless for another
   person, and without the key (`models.storage.keys`) no PIN can be tried.
2. Five wrong PINs lock it for an hour. The count is not audited; setting and resetting the PIN are.
3. An open question is a row, so a restart keeps it. It contains the act to do after the right PIN, and while
   a new PIN is set, the hash of the first entry. The PIN itself is never stored. A keyed hash of the row is
   stored with it, so that nobody with access to the database can replace the act.
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlmodel import Session, func, select

from models.errors import Rejected
from models.programme.view import programmes
from models.rights import Member
from models.storage import audit, keys
from models.storage.row_image import canonical
from models.tables.pin import PersonPin, PinQuestion, Step

LENGTH = 6
TRIES = 5
LOCKED_FOR = timedelta(hours=1)
ASKED_FOR = timedelta(minutes=10)  # how long a question may be answered
COMMON = frozenset({"147258", "159753", "159357", "258456", "456789", "741852", "789456", "852456", "987456"})
SEAL = "seal"  # the key in a question's act under which the question's keyed hash is stored
_BETWEEN = " \t\n.-\u00a0\u2009\u202f"


@dataclass(frozen=True)
class Tried:
    """The result of an attempt: whether it was right, attempts left, and until when the PIN is locked."""

    right: bool
    left: int = 0
    locked_until: datetime | None = None


def needed(session: Session) -> bool:
    """Return whether the newest programme requires the second factor, which is the default."""
    return programmes(session).second_factor


def require(session: Session, member: Member) -> None:
    """Raise `Rejected("pin_needed")` if the person has not confirmed by their PIN."""
    if needed(session) and not member.confirmed:
        raise Rejected("pin_needed")


def read(text: str) -> str | None:
    """Return the digits of a text that looks like a PIN, spaces removed; None for any other text."""
    if len(text) > 40:
        return None
    bare = [each for each in text if each not in _BETWEEN]
    digits = [unicodedata.decimal(each, None) for each in bare]
    if not 3 <= len(bare) <= 12 or None in digits:
        return None
    return "".join(map(str, digits))


def fault(pin: str) -> str | None:
    """Return why the PIN may not be set, "length" or "weak", or None."""
    if len(pin) != LENGTH:
        return "length"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    mirrored = pin == pin[::-1]
    repeated = pin[:3] == pin[3:] or pin[:2] * 3 == pin or pin[::2] == pin[1::2]
    if len(set(pin)) < 3 or len(steps) == 1 or mirrored or repeated or pin in COMMON:
        return "weak"
    return None


def is_set(session: Session, person_id: int) -> bool:
    """Return whether the person has a PIN that was hashed with the present key."""
    row = session.get(PersonPin, person_id)
    return row is not None and row.key_id == keys.key_id(session)


def of_another_key(session: Session) -> int:
    """Return how many PINs were hashed with another key, so that they cannot be compared."""
    stale = select(func.count()).select_from(PersonPin).where(PersonPin.key_id != keys.key_id(session))
    return session.exec(stale).one()


def locked_until(session: Session, person_id: int, now: datetime) -> datetime | None:
    """Return the end of the lock after five wrong PINs, or None."""
    row = session.get(PersonPin, person_id)
    if row is None or row.locked_until is None or now >= row.locked_until:
        return None
    return row.locked_until


def attempt(session: Session, person_id: int, typed: str, now: datetime) -> Tried:
    """Compare a PIN; count a wrong one, and lock at the fifth. The caller must not roll the count back."""
    row = session.get(PersonPin, person_id)
    if row is None or row.key_id != keys.key_id(session):
        raise Rejected("pin_needed")
    if (until := locked_until(session, person_id, now)) is not None:
        return Tried(False, 0, until)
    if row.locked_until is not None:  # the lock is over
        row.failures, row.locked_until = 0, None
    if keys.same(_hash(session, person_id, typed, row.salt), row.hash):
        row.failures = 0
        return Tried(True)
    row.failures += 1
    if row.failures >= TRIES:
        row.locked_until = now + LOCKED_FOR
        session.flush()
        audit.record(session, now, audit.person(person_id), "lock PIN", audit.person(person_id))
    return Tried(False, max(TRIES - row.failures, 0), row.locked_until)


def reset(session: Session, person_id: int, actor: str, now: datetime) -> None:
    """Delete the person's PIN; they set a new one. Raises `Rejected("no_pin")`."""
    row = session.get(PersonPin, person_id)
    if row is None:
        raise Rejected("no_pin")
    before = {"fingerprint": _fingerprint(row)}
    session.delete(row)
    close(session, person_id)
    session.flush()
    audit.record(session, now, actor, "reset PIN", audit.person(person_id), before)


def ask(
    session: Session, person_id: int, step: Step, act: dict[str, Any] | None, now: datetime
) -> PinQuestion:
    """Store the person's open question in place of an earlier one."""
    question = session.get(PinQuestion, person_id)
    if question is None:
        question = PinQuestion(person_id=person_id, asked_at=now)
        session.add(question)
    question.serial += 1
    question.step, question.act, question.asked_at = step, act, now
    question.salt = question.hash = None
    _seal(session, question)
    return question


def open_question(session: Session, person_id: int, now: datetime) -> PinQuestion | None:
    """Return the question the person may still answer; None also if its row was altered."""
    question = session.get(PinQuestion, person_id)
    if question is None or question.step == Step.NONE or now - question.asked_at > ASKED_FOR:
        return None
    return question if keys.same((question.act or {}).get(SEAL, ""), _sealed(session, question)) else None


def close(session: Session, person_id: int) -> None:
    """Delete the question."""
    question = session.get(PinQuestion, person_id)
    if question is not None:
        question.step, question.act, question.salt, question.hash = Step.NONE, None, None, None
        session.flush()


def propose(session: Session, question: PinQuestion, typed: str, now: datetime) -> None:
    """Store the hash of a new PIN as it was entered first."""
    salt = secrets.token_hex(16)
    hashed = _hash(session, question.person_id, typed, salt)
    ask(session, question.person_id, Step.AGAIN, question.act, now)
    question.salt, question.hash = salt, hashed
    _seal(session, question)


def settle(session: Session, question: PinQuestion, typed: str, now: datetime) -> bool:
    """Set the new PIN if it was entered the same twice, audited; return whether it was."""
    if question.salt is None or question.hash is None:
        return False
    if not keys.same(_hash(session, question.person_id, typed, question.salt), question.hash):
        return False
    _store(session, question.person_id, question.salt, question.hash, now)
    return True


def _store(session: Session, person_id: int, salt: str, hashed: str, now: datetime) -> None:
    row = session.get(PersonPin, person_id)
    before = {"fingerprint": _fingerprint(row)} if row else None
    if row is None:
        row = PersonPin(person_id=person_id, key_id="", salt="", hash="", set_at=now)
        session.add(row)
    row.key_id, row.salt, row.hash, row.set_at = keys.key_id(session), salt, hashed, now
    row.failures, row.locked_until = 0, None
    session.flush()
    after = {"fingerprint": _fingerprint(row)}
    audit.record(session, now, audit.person(person_id), "set PIN", audit.person(person_id), before, after)


def _seal(session: Session, question: PinQuestion) -> None:
    """Store a keyed hash of the question with it."""
    question.act = {**(question.act or {}), SEAL: _sealed(session, question)}
    session.flush()


def _sealed(session: Session, question: PinQuestion) -> str:
    act = {name: value for name, value in (question.act or {}).items() if name != SEAL}
    asked_at = question.asked_at.astimezone(UTC).isoformat()
    facts = [question.serial, question.step, act, question.salt, question.hash, asked_at]
    return keys.keyed(session, "pin question", str(question.person_id), canonical(facts))


def _hash(session: Session, person_id: int, typed: str, salt: str) -> str:
    stretched = hashlib.scrypt(typed.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32)
    return keys.keyed(session, "pin", str(person_id), stretched)


def _fingerprint(row: PersonPin) -> str:
    """Return what the audit keeps of the PIN, which shows if the row was replaced."""
    facts = f"{row.person_id}:{row.key_id}:{row.salt}:{row.hash}"
    return hashlib.sha256(facts.encode()).hexdigest()
