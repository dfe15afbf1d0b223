"""The unit of work: what one session collects beside its rows, returned by `work_of`.

It has the audit changes, outbox calls and callback answers so far, and `left`, what is to be done after the
commit; a rolled back savepoint removes those added in it. Other modules keep values such as caches for the
length of the transaction, as parts: dataclasses that need no arguments,
`work_of(session).part(KeptCalendar)`.
"""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from models.storage.audit import Change
    from models.storage.outbox import Answer, OutgoingCall
    from models.storage.row_image import RowImage

_KEY = "unit of work"  # in `session.info`
Kept = TypeVar("Kept")


class Left(Enum):
    """What is to be done once the transaction is committed."""

    CARDS = auto()  # a card is to be sent again
    EVIDENCE = auto()  # a file is to be fetched
    REPORT = auto()  # a report is to be made
    PICTURE = auto()  # a picture of the progress is to be made


@runtime_checkable
class Undoable(Protocol):
    """A part that is told when a savepoint was rolled back."""

    def undone(self) -> None: ...


@dataclass
class Mark:
    """What had been collected when a savepoint began."""

    audit: "list[Change | RowImage]"
    outbox: "list[OutgoingCall]"
    answers: "list[Answer]"
    left: set[Left]


@dataclass
class UnitOfWork:
    """What a session collects; described at the top of this module."""

    audit: "list[Change | RowImage]" = field(default_factory=list)
    outbox: "list[OutgoingCall]" = field(default_factory=list)
    answers: "list[Answer]" = field(default_factory=list)
    left: set[Left] = field(default_factory=set)
    flushing: bool = False
    _parts: dict[type[Any], Any] = field(default_factory=dict)

    def part(self, kind: type[Kept]) -> Kept:
        """Return the part of that class; it is created at the first call."""
        found: Kept | None = self._parts.get(kind)
        if found is None:
            found = self._parts[kind] = kind()
        return found

    def put(self, part: object) -> None:
        """Store a part that was created elsewhere, in place of one of the same class."""
        self._parts[type(part)] = part

    def mark(self) -> Mark:
        """Return a copy of what was collected so far, for `undo`."""
        return Mark(list(self.audit), list(self.outbox), list(self.answers), set(self.left))

    def undo(self, mark: Mark) -> None:
        """Drop what was collected since the mark, because a savepoint was rolled back."""
        self.audit, self.outbox, self.answers = list(mark.audit), list(mark.outbox), list(mark.answers)
        self.left = set(mark.left)
        for part in self._parts.values():
            if isinstance(part, Undoable):
                part.undone()


def work_of(session: Session) -> UnitOfWork:
    """Return the session's unit of work; it is created at the first call."""
    found: UnitOfWork | None = session.info.get(_KEY)
    if found is None:
        found = session.info[_KEY] = UnitOfWork()
    return found
