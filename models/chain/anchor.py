"""Looks up heads of the audit chain that were noted elsewhere.

Whoever controls the database can rewrite the whole chain so that it verifies, but then it does not contain
the heads that were sent or printed before.
"""

import re
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.storage import audit
from models.tables.audit import Audit

_HEAD = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_ENTRY = re.compile(r"(?<!\d)(\d+)(?=:| entr)")


@dataclass(frozen=True)
class Head:
    """The hash of an entry, and its number if that was noted too."""

    hash: str
    entry: int | None = None

    def __str__(self) -> str:
        return self.hash if self.entry is None else f"{self.entry}:{self.hash}"


@dataclass(frozen=True)
class AnchorResult:
    """The entry that has the head; `reason` says why there is none."""

    head: Head
    entry: int | None
    reason: str | None = None


def newest(session: Session) -> Head:
    """Return the newest entry's head."""
    entry, hash_ = audit.head(session)
    return Head(hash_, entry)


def read(text: str) -> Head | None:
    """Parse a head: `12:9f…`, `9f…`, or the line that `audit` prints; None for any other text."""
    text = text.strip().lower()
    found = _HEAD.search(text)
    if found is None:
        return None
    before = _ENTRY.search(text[: found.start()])
    return Head(found[0], int(before[1]) if before else None)


def look_up(session: Session, head: Head) -> AnchorResult:
    """Return whether the chain contains that head; the chain is not verified."""
    if head.entry == 0 or head.hash == audit.GENESIS:
        return AnchorResult(head, 0)  # the head of an empty chain, with which every chain begins
    entry = session.exec(select(Audit.seq).where(Audit.hash == head.hash)).first()
    if entry is not None and head.entry in (None, entry):
        return AnchorResult(head, entry)
    length, _ = audit.head(session)
    if head.entry is None:
        return AnchorResult(
            head, None, "no entry of this chain has that hash: it was written anew or cut off since"
        )
    if head.entry > length:
        return AnchorResult(head, None, f"the chain has only {length} entries: its end was cut off since")
    there = session.exec(select(Audit.hash).where(col(Audit.seq) == head.entry)).first()
    return AnchorResult(
        head, None, f"entry {head.entry} now has the hash {there}: the chain was written anew since"
    )
