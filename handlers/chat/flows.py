"""What a kind of draft asks: its steps, the question of each, and the buttons under it.

A `Flow` defines the steps of one kind of draft; `handlers.chat.drafts` leads a person through them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol

from handlers.chat.context import TurnContext
from handlers.updates.callback_data import CallbackData, Text
from models.errors import Rejected
from models.storage.draft import Draft
from models.storage.forms import FormState

CARD = "card"  # the last step: everything is answered, one tap registers it
CHOOSE: Final = "v"
EDIT: Final = "e"
BACK: Final = "b"
CANCEL: Final = "x"
ACCEPT: Final = "ok"
TURN: Final = "p"  # shows another page of the question's buttons
ASIDE: Final = "t"  # takes the text that was set aside as the answer
Operation = Literal["v", "e", "b", "x", "ok", "p", "t"]


@dataclass(frozen=True)
class DraftButton(CallbackData, verb="d"):
    """A button of a draft as it was at that revision."""

    draft_id: int
    revision: int
    operation: Operation
    value: Text | None = None


@dataclass(frozen=True)
class OpenCards(CallbackData, verb="open"):
    """List the person's open drafts, or show one of them again."""

    draft_id: int | None = None


@dataclass(frozen=True)
class Choice:
    """A button of a question: its label, and the value passed to `Flow.choose`."""

    text: str
    value: str
    operation: Operation = CHOOSE


@dataclass(frozen=True)
class StepQuestion:
    """A step as shown: HTML text and buttons in rows of `width`. `ways_out` are above them, one per row.

    `copied` is the text that the answer replaces; it can be copied with one tap, to be corrected.
    """

    text: str
    choices: list[Choice] = field(default_factory=list)
    width: int = 1
    ways_out: list[Choice] = field(default_factory=list)
    copied: str = ""


@dataclass(frozen=True)
class NotAnAnswer:
    """A text that does not answer the question: it may be about something else.

    `refusal` says so to who meant it as one. A short text is taken for a failed answer, unless it may be
    something else `however_short`.
    """

    refusal: Rejected
    however_short: bool = False


class Flow(Protocol):
    """The steps of one kind of draft. Its content is a `FormState`; any method may raise `Rejected`."""

    accept: str  # what the button says that finishes it
    cancelled: str  # what is said when it is left
    optional: tuple[str, ...]  # steps that are never asked, only opened by a button of the card
    words: Mapping[str, int]  # steps that any words answer, each with the characters that it holds

    def read(self, stored: dict[str, Any]) -> FormState: ...

    def steps(self, context: TurnContext, content: Any) -> list[str]:
        """Return the steps that apply to the answers so far, in order, without the card."""

    def question(self, context: TurnContext, content: Any, step: str) -> StepQuestion: ...

    def choose(self, context: TurnContext, content: Any, step: str, value: str) -> FormState | None:
        """Return the content after a button answered the step; None if that ended the draft."""

    def write(
        self, context: TurnContext, content: Any, step: str, text: str
    ) -> FormState | NotAnAnswer | None:
        """Return the content after a text answered the step; None if that ended the draft."""

    def finish(self, context: TurnContext, draft: Draft, content: Any) -> None:
        """✅: store what the draft describes and say so."""
