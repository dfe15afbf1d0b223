"""What a message was understood to say. Whatever is not sure is left out: the card asks for it."""

from dataclasses import dataclass
from datetime import date

from models.filled import Participants


@dataclass(frozen=True)
class Said:
    """What the text says of one target; scaled by the target's decimals."""

    target_id: int
    quantity: int
    pending: int | None  # of the quantity; None: not said


@dataclass(frozen=True)
class Understood:
    """`line_id` is None where no line is clearly ahead; `candidates` are all of them, the likeliest first.

    `said` is only of the chosen line's targets, and empty where no quantity is understood.
    """

    line_id: int | None
    candidates: tuple[int, ...]
    said: tuple[Said, ...]
    starts_on: date | None  # None: the text names no day on which something was done
    ends_on: date | None
    people: Participants | None  # None: not said, or the parts do not add up
    place: str | None
    documents: tuple[str, ...]
