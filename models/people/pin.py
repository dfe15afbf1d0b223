"""The second factor: a PIN of six digits, asked for before acts that an unlocked telephone must not do.

1. What is stored is a keyed hash of scrypt of the PIN and the person's number: the row is worth nothing to
   another person, and without the key (`models.storage.keys`) no PIN can be tried.
2. Five wrong PINs lock it for an hour. The count is working data; setting and resetting are audited.
3. An open question is a row, so a restart keeps it. It holds the act to do after a right PIN, and while a PIN
   is being set the hash of the first typing. The PIN itself is stored nowhere. A keyed hash of the row is
   stored with it, so that nobody with access to the database can put another act behind the PIN.
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
ASKED_FOR = timedelta(minutes=10)  # a question waits so long for its answer
COMMON = frozenset({"147258", "159753", "159357", "258456", "456789", "741852", "789456", "852456", "987456"})
SEAL = "seal"  # among the facts of a question's act: the keyed hash of the question
_BETWEEN = " \t\n.-\u00a0\u2009\u202f"


@dataclass(frozen=True)
class Tried:
    """The result of a try: right or not, how many tries are left, and until when it is locked."""

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
    """Return whether the person has a PIN that can be compared."""
    row = session.get(PersonPin, person_id)
    return row is not None and row.key_id == keys.key_id(session)


def of_another_key(session: Session) -> int:
    """How many people's PINs were hashed by another key than this installation's, and cannot be compared."""
    stale = select(func.count()).select_from(PersonPin).where(PersonPin.key_id != keys.key_id(session))
    return session.exec(stale).one()


def locked_until(session: Session, person_id: int, now: datetime) -> datetime | None:
    """Return the end of the lock after five wrong PINs, or None."""
    row = session.get(PersonPin, person_id)
    if row is None or row.locked_until is None or now >= row.locked_until:
        return None
    return row.locked_until


def attempt(session: Session, person_id: int, typed: str, now: datetime) -> Tried:
    """Compare, count, and lock at the fifth wrong one. The caller must not roll the count back."""
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
    """Store the hash of the first typing of a new PIN."""
    salt = secrets.token_hex(16)
    hashed = _hash(session, question.person_id, typed, salt)
    ask(session, question.person_id, Step.AGAIN, question.act, now)
    question.salt, question.hash = salt, hashed
    _seal(session, question)


def settle(session: Session, question: PinQuestion, typed: str, now: datetime) -> bool:
    """Return whether it was typed the same twice; if so it becomes the PIN, audited."""
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
