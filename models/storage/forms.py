"""The forms of drafts: the answers given so far. Immutable; every answer makes a new value."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

from models.errors import Rejected
from models.tables.activity import SECTORS, ActivityFacts, AttendanceFacts


class ClaimedQuantity(BaseModel):
    """A quantity claimed for one target, and how much of it is `pending`; both scaled by its decimals."""

    model_config = ConfigDict(frozen=True)

    target_id: int
    quantity: int
    pending: int = 0


class Frozen(SQLModel):
    """Base of immutable models that are not rows: validated by pydantic alone, thrice as fast as SQLModel."""

    model_config = {"frozen": True}
    if not TYPE_CHECKING:
        __init__ = BaseModel.__init__
        model_validate = classmethod(BaseModel.model_validate.__func__)


class Participants(Frozen, AttendanceFacts):
    """Who took part, as far as that is known. Parts that are given must add up to the total."""

    participants: int

    def check(self) -> None:
        """Raise `Rejected` if women and men, or the sectors, do not add up to the total."""
        if self.women is not None and self.men is not None and self.women + self.men != self.participants:
            raise Rejected(
                "participants_do_not_add_up", women=self.women, men=self.men, total=self.participants
            )
        sectors = [getattr(self, name) for name in SECTORS]
        given = [each for each in sectors if each is not None]
        if given and (
            sum(given) > self.participants or (len(given) == 4 and sum(given) != self.participants)
        ):
            raise Rejected("sectors_do_not_add_up", sum=sum(given), total=self.participants)


class FormState(Frozen):
    """Base of all forms: which steps were answered. `draft_id` is set when the form is read.

    `aside`: a text that came while its question was open and was taken for an activity; `aside_draft`: the
    draft of that activity.
    """

    draft_id: int = 0
    answered: tuple[str, ...] = ()
    aside: str = ""
    aside_draft: int = 0

    def answering(self, step: str, **values: object) -> Self:
        """Return a copy with that step answered and those values set."""
        steps = self.answered if step in self.answered else (*self.answered, step)
        return self.model_copy(update={**values, "answered": steps})

    def forgetting(self, *prefixes: str) -> Self:
        """Return a copy in which steps that begin with this are unanswered."""
        kept = tuple(step for step in self.answered if not step.startswith(prefixes))
        return self.model_copy(update={"answered": kept})


class NarrativePart(BaseModel):
    """A message that the narrative was made of: editing it edits the narrative."""

    model_config = ConfigDict(frozen=True)

    message_id: int
    text: str


class RegisteredFacts(Frozen, ActivityFacts):
    """All facts of one version of an activity except its evidence, as the audit and a `Revision` keep them.

    A field that was added to the program later is None in versions kept before.
    """

    unit_id: int | None = None
    line_id: int | None = None
    claims: tuple[ClaimedQuantity, ...] = ()
    people: Participants | None = None
    documents: tuple[str, ...] = ()


_REGISTERED = set(RegisteredFacts.model_fields)


class ActivityForm(FormState, RegisteredFacts):
    """The form of an activity, or of a correction of one.

    - `every_line`: the person asked for all lines instead of the three likeliest.
    - `direct`: it began with a message or a file instead of `/registrar`.
    - `parts`: the messages it was made of; `parent`: the draft that it may be a part of.
    - `unread`: its narrative took too long to read, so every field is asked for.
    - `siblings`: all drafts made of one message, itself included.
    - `doubtful`: the text may tell nothing done, or what was pending; that is asked first.
    - `joined`: the albums, and messages of single files, that joined it by their time alone.
    - `activity_id`, `version`: what it corrects; `removed`: the evidence that the correction removes.
    """

    direct: bool = False
    every_line: bool = False
    parts: tuple[NarrativePart, ...] = ()
    parent: int | None = None
    siblings: tuple[int, ...] = ()
    doubtful: bool = False
    joined: tuple[str, ...] = ()
    unread: bool = False
    activity_id: int | None = None
    version: int | None = None
    removed: tuple[int, ...] = ()

    def claim(self, target_id: int) -> ClaimedQuantity | None:
        return next((claim for claim in self.claims if claim.target_id == target_id), None)

    def with_claim(self, claim: ClaimedQuantity) -> tuple[ClaimedQuantity, ...]:
        """Return the claims with this one in place of an earlier one on the same target."""
        return (*(each for each in self.claims if each.target_id != claim.target_id), claim)

    def facts(self) -> dict[str, Any]:
        """Return what is registered, as JSON, for the audit and kept versions."""
        return self.model_dump(mode="json", include=_REGISTERED)


class Settling(FormState):
    """The form of «ya cuenta»: how much of an entry's pending quantity counts, and from which day on."""

    entry_id: int
    quantity: int | None = None
    counts_on: date | None = None


class Withdrawing(FormState):
    """The form of a withdrawal: the activity, the version that was shown, and the reason."""

    activity_id: int
    version: int
    reason: str | None = None
