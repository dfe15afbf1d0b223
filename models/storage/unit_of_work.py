"""What one session gathers, leaves to do and keeps, beside its rows: one value, found by `work_of`.

`audit`, `outbox` and `answers` are what its savepoints take back when they are undone, and so is what is left
to do. The rooms above declare what else they keep as dataclasses of their own, which need no arguments:
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

    CARDS = auto()  # a card is to be shown anew
    EVIDENCE = auto()  # a file is to be fetched
    REPORT = auto()  # a report is to be made
    PICTURE = auto()  # a picture of the progress is to be made


@runtime_checkable
class Undoable(Protocol):
    """A part that must know when a savepoint was undone."""

    def undone(self) -> None: ...


@dataclass
class Mark:
    """What had been gathered when a savepoint began."""

    audit: "list[Change | RowImage]"
    outbox: "list[OutgoingCall]"
    answers: "list[Answer]"
    left: set[Left]


@dataclass
class UnitOfWork:
    """See the module."""

    audit: "list[Change | RowImage]" = field(default_factory=list)
    outbox: "list[OutgoingCall]" = field(default_factory=list)
    answers: "list[Answer]" = field(default_factory=list)
    left: set[Left] = field(default_factory=set)
    flushing: bool = False
    _parts: dict[type[Any], Any] = field(default_factory=dict)

    def part(self, kind: type[Kept]) -> Kept:
        """What a room keeps here; made when it is first asked for."""
        found: Kept | None = self._parts.get(kind)
        if found is None:
            found = self._parts[kind] = kind()
        return found

    def put(self, part: object) -> None:
        """Keep a part that was made elsewhere."""
        self._parts[type(part)] = part

    def mark(self) -> Mark:
        """To go back to, by `undo`."""
        return Mark(list(self.audit), list(self.outbox), list(self.answers), set(self.left))

    def undo(self, mark: Mark) -> None:
        """A savepoint was undone: so is what was gathered since the mark."""
        self.audit, self.outbox, self.answers = list(mark.audit), list(mark.outbox), list(mark.answers)
        self.left = set(mark.left)
        for part in self._parts.values():
            if isinstance(part, Undoable):
                part.undone()


def work_of(session: Session) -> UnitOfWork:
    """The session's unit of work."""
    found: UnitOfWork | None = session.info.get(_KEY)
    if found is None:
        found = session.info[_KEY] = UnitOfWork()
    return found
