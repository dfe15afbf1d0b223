"""What a draft holds: the answers given so far. Immutable; every answer makes a new value."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

from models.errors import Rejected
from models.tables.activity import SECTORS, ActivityFacts, AttendanceFacts


class ClaimedQuantity(BaseModel):
    """How much of one target is claimed, of it `pending`; scaled by the target's decimals."""

    model_config = ConfigDict(frozen=True)

    target_id: int
    quantity: int
    pending: int = 0


class Frozen(SQLModel):
    """What never changes and is never a row: validated by pydantic alone, in a third of SQLModel's time."""

    model_config = {"frozen": True}
    if not TYPE_CHECKING:
        __init__ = BaseModel.__init__
        model_validate = classmethod(BaseModel.model_validate.__func__)


class Participants(Frozen, AttendanceFacts):
    """Who took part, where that is known. Parts that are given must add up to the total."""

    participants: int

    def check(self) -> None:
        """Raise `Rejected` where women and men, or the sectors, do not add up to the total."""
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
    """What any draft holds: which steps were answered. `draft_id` is set where it is read."""

    draft_id: int = 0
    answered: tuple[str, ...] = ()

    def answering(self, step: str, **values: object) -> Self:
        """The same with that step answered and those values set."""
        steps = self.answered if step in self.answered else (*self.answered, step)
        return self.model_copy(update={**values, "answered": steps})

    def forgetting(self, *prefixes: str) -> Self:
        """The same with the steps that begin so unanswered again."""
        kept = tuple(step for step in self.answered if not step.startswith(prefixes))
        return self.model_copy(update={"answered": kept})


class NarrativePart(BaseModel):
    """A message of which the narrative was made: when it is edited, so is the narrative."""

    model_config = ConfigDict(frozen=True)

    message_id: int
    text: str


class RegisteredFacts(Frozen, ActivityFacts):
    """All that one version of an activity says but its evidence: what the audit and a `Revision` keep.

    A key that a kept version has not, since the field came later, reads as not said.
    """

    unit_id: int | None = None
    line_id: int | None = None
    claims: tuple[ClaimedQuantity, ...] = ()
    people: Participants | None = None
    documents: tuple[str, ...] = ()


_REGISTERED = set(RegisteredFacts.model_fields)


class ActivityForm(FormState, RegisteredFacts):
    """A draft of an activity, or of the correction of one.

    `every_line`: all lines were asked for where the three likeliest were offered.
    `direct`: it began with a message or a file instead of `/registrar`. `parts` are the messages it was made
    of, `parent` the draft of which it may turn out to be a part.
    `unread`: its narrative took too long to read, so every field is asked for.
    `siblings` are all the drafts that one message became, this one among them; `doubtful`: it may be a
    question. `joined` are the albums, and the messages of single files, that joined it by their time alone.
    `activity_id` and `version` are what it corrects, `removed` the evidence that the correction takes off.
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
        """The claims with this one in place of an earlier one on the same target."""
        return (*(each for each in self.claims if each.target_id != claim.target_id), claim)

    def facts(self) -> dict[str, Any]:
        """What is registered of it, as JSON: for the audit and the kept versions."""
        return self.model_dump(mode="json", include=_REGISTERED)


class Settling(FormState):
    """A draft of «ya cuenta»: so much of an entry's pending quantity counts from a day on."""

    entry_id: int
    quantity: int | None = None
    counts_on: date | None = None


class Withdrawing(FormState):
    """A draft of a withdrawal: the activity, the version of it that was shown, and why."""

    activity_id: int
    version: int
    reason: str | None = None
