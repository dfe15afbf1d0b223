"""What a transaction did that is worth counting: kept with its unit of work, read after the commit.

Only the running bot with a page of metrics reads them (`bot.server.metrics`); elsewhere they are dropped.
"""

from dataclasses import dataclass, field
from enum import StrEnum, auto

from sqlmodel import Session

from models.storage.unit_of_work import work_of


class Occurred(StrEnum):
    """What is counted. Each has labels, in this order."""

    TURN = auto()  # an update was handled: its route, its outcome; with seconds
    CARD = auto()  # how a text was read, or what became of its card: an outcome
    REMINDER = auto()  # a person was told of something: the kind of notice


@dataclass(frozen=True)
class Occurrence:
    what: Occurred
    labels: tuple[str, ...]
    seconds: float | None = None


@dataclass
class Occurrences:
    """A part of the unit of work."""

    noted: list[Occurrence] = field(default_factory=list)


def note(session: Session, what: Occurred, *labels: str, seconds: float | None = None) -> None:
    work_of(session).part(Occurrences).noted.append(Occurrence(what, labels, seconds))
