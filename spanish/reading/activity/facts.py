"""What a message was understood to say. Whatever is not sure is left out: the card asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Self

from models.storage.forms import Participants
from spanish.reading.activity.safety import Reason
from spanish.reading.acts import Act
from spanish.reading.spoken import Span


@dataclass(frozen=True)
class Said:
    """What the text says of one target; scaled by the target's decimals."""

    target_id: int
    quantity: int
    pending: int | None  # of the quantity; None: not said


class DoubtKind(Enum):
    TOTAL = auto()  # «ya llevamos 18»: new, or all there are?
    LOOSE = auto()  # a number that nothing explains: does it count?
    WEAK = auto()  # the quantity may be another, for a `Reason`


@dataclass(frozen=True)
class Doubt:
    """A number that the card asks about; scaled by the target's decimals. `place`: in the original text."""

    kind: DoubtKind
    target_id: int
    quantity: int
    place: Span
    reason: Reason | None = None


@dataclass(frozen=True)
class Where:
    """In which pieces of the text, as it was written, each fact was read; (from, up to), in order."""

    line: tuple[Span, ...] = ()
    quantity: tuple[Span, ...] = ()
    days: tuple[Span, ...] = ()
    people: tuple[Span, ...] = ()
    place: tuple[Span, ...] = ()
    documents: tuple[Span, ...] = ()

    def all(self) -> tuple[Span, ...]:
        """Every piece of the text that tells a fact."""
        return (*self.line, *self.quantity, *self.days, *self.people, *self.place, *self.documents)


@dataclass(frozen=True)
class Understood:
    """`line_id` is None where no line is clearly ahead; `candidates` are all of them, the likeliest first.

    `said` is only of the chosen line's targets, and empty where no quantity is understood; a quantity of 0
    is a step. `unbalanced` are participants whose parts do not add up to their total, as they were said.
    `unread`: the text took too long to read, and nothing is known of what it says.
    """

    line_id: int | None
    candidates: tuple[int, ...]
    said: tuple[Said, ...]
    starts_on: date | None  # None: the text names no day on which something was done
    ends_on: date | None
    people: Participants | None  # None: not said, or the parts do not add up
    place: str | None
    documents: tuple[str, ...]
    unbalanced: Participants | None = None
    where: Where = Where()
    doubts: tuple[Doubt, ...] = ()
    act: Act = Act.TOLD
    day_unread: bool = False  # a day is named that cannot be: it is asked
    unread: bool = False

    @classmethod
    def nothing(cls) -> Self:
        """What an empty text says."""
        return cls(None, (), (), None, None, None, None, ())

    @classmethod
    def unread_of(cls, candidates: Iterable[int]) -> Self:
        """Nothing understood, the lines in their own order."""
        return cls(None, tuple(candidates), (), None, None, None, None, (), unread=True)
