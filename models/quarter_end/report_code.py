"""The short code that a signed report prints, and which report has a code.

It is computed from the hashes of what was signed, so the same signatures always have the same code, and a
code cannot be guessed by who does not know the hashes.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.quarter import Quarter
from models.tables.signature import Reopening, Signature

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are taken for others
LENGTH, GROUP = 12, 4  # 60 bits, in groups that can be read out
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def code_of(quarter: Quarter, whole: bool, hashes: Sequence[str]) -> str:
    """Return the code «K7QF-2M8X-9DTA» of a report with signatures of these hashes, in any order.

    `whole`: the report is the institution's, not a unit's.
    """
    about = "\n".join((quarter.key, "whole" if whole else "unit", *sorted(hashes)))
    number = int.from_bytes(hashlib.sha256(about.encode()).digest()[:8]) >> 4
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read(text: str) -> str | None:
    """Return the code that a person typed, with or without hyphens and in any case; None if it is none."""
    signs = "".join(each for each in text.upper() if each.isalnum()).translate(_MISREAD)
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        return None
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


@dataclass(frozen=True)
class SignedBy:
    """Who signed a unit's quarter, and when, without what was signed."""

    id: int
    unit_id: int
    sha256: str
    signed_by: int
    in_place_of: int | None
    signed_at: datetime
    reopened_at: datetime | None


@dataclass(frozen=True)
class KnownReport:
    """A signed report. `unit`: its id, None of the institution. `in_force`: nothing was reopened since."""

    quarter: Quarter
    unit: int | None
    signatures: tuple[SignedBy, ...]

    @property
    def in_force(self) -> bool:
        return all(each.reopened_at is None for each in self.signatures)


def find(session: Session, code: str) -> KnownReport | None:
    """Return the report that has this code, also one whose quarter was reopened since; None if none has."""
    for quarter, signed in _by_quarter(session).items():
        for whole, signatures in _reports(signed):
            if code_of(quarter, whole, [each.sha256 for each in signatures]) == code:
                return KnownReport(quarter, None if whole else signatures[0].unit_id, signatures)
    return None


def _by_quarter(session: Session) -> dict[Quarter, list[SignedBy]]:
    """Return all signatures by quarter, oldest first; those of units without lines are in no report."""
    query = (
        select(  # type: ignore[call-overload]
            Signature.year,
            Signature.quarter,
            Signature.id,
            Signature.unit_id,
            Signature.sha256,
            Signature.signed_by,
            Signature.in_place_of,
            Signature.signed_at,
            Reopening.reopened_at,
        )
        .outerjoin(Reopening, col(Reopening.signature_id) == col(Signature.id))
        .where(~col(Signature.snapshot).contains('"lines":[],', autoescape=True))
        .order_by(col(Signature.id))
    )
    found: dict[Quarter, list[SignedBy]] = {}
    for year, number, *about in session.exec(query).all():
        found.setdefault(Quarter(year, number), []).append(SignedBy(*about))
    return found


def _reports(signed: Sequence[SignedBy]) -> Iterator[tuple[bool, tuple[SignedBy, ...]]]:
    """Yield what reports could be made of a quarter's signatures: whether of the institution, and of which.

    The institution's changes with each signature, which takes the place of its unit's earlier one.
    """
    held: dict[int, SignedBy] = {}
    for each in signed:
        yield False, (each,)
        held[each.unit_id] = each
        held = {
            unit: other
            for unit, other in held.items()
            if other.reopened_at is None or other.reopened_at > each.signed_at
        }
        yield True, tuple(held[unit] for unit in sorted(held))
