"""Open drafts: which one a tap or a text belongs to, its next question, going back, leaving it.

A draft is a row, and its steps are pure functions of what it holds, so a restart at any step loses nothing
and any process can take the next message. A `Flow` says what the steps of one kind of draft are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlmodel import Session

from handlers.keyboards import Keyboard, button, rows
from handlers.talk import Talk
from handlers.texts import capture as texts
from handlers.texts import general
from models import draft as draft_rows
from models.draft import Draft, DraftKind
from models.errors import Rejected
from models.filled import Answers
from models.rights import Action

CARD = "card"  # the last step: everything is answered, one tap registers it
VERB = "d"  # a button's data is «d:draft:revision:operation:value»
CHOOSE, EDIT, BACK, CANCEL, ACCEPT = "v", "e", "b", "x", "ok"


@dataclass(frozen=True)
class Choice:
    """A button of a question: what it says, and the value that `Flow.choose` gets."""

    text: str
    value: str
    operation: str = CHOOSE


@dataclass(frozen=True)
class Question:
    """One step as shown: HTML text, and buttons in rows of `width`."""

    text: str
    choices: list[Choice] = field(default_factory=list)
    width: int = 1


class Flow(Protocol):
    """The steps of one kind of draft. Its content is a kind of `Answers`; any method may raise `Rejected`."""

    accept: str  # what the button says that finishes it

    def read(self, stored: dict[str, Any]) -> Answers: ...

    def steps(self, talk: Talk, content: Any) -> list[str]:
        """The steps that apply to what was answered so far, in order, without the card."""

    def question(self, talk: Talk, content: Any, step: str) -> Question: ...

    def choose(self, talk: Talk, content: Any, step: str, value: str) -> Answers:
        """The content with the step answered by a button."""

    def write(self, talk: Talk, content: Any, step: str, text: str) -> Answers:
        """The content with the step answered by a text."""

    def finish(self, talk: Talk, draft: Draft, content: Any) -> None:
        """✅: store what the draft stands for and say so."""


FLOWS: dict[DraftKind, Flow] = {}  # each flow's module enters its own


def open_new(session: Session, talk: Talk, kind: DraftKind, content: Answers) -> Draft:
    """Begin a draft at its first open question and ask it."""
    draft = Draft(
        person_id=talk.member.person_id,
        chat_id=talk.heard.chat_id,
        kind=kind,
        said_at=talk.said_at,
        touched_at=talk.now,
    )
    _keep(talk, draft, content)
    draft_rows.store(session, draft)
    show(talk, draft, edit=False)
    return draft


def newest_open(session: Session, talk: Talk) -> Draft | None:
    """The person's open draft in this chat that was touched last."""
    return draft_rows.newest_open(session, talk.member.person_id, talk.heard.chat_id)


def hear(session: Session, talk: Talk) -> None:
    """A text without a command answers the question that is open, if one is."""
    draft = newest_open(session, talk)
    if draft is None:
        may_capture = talk.member.may(Action.CAPTURE)
        talk.say(general.NOTHING_AWAITED if may_capture else general.ONLY_READS)
        return
    text = (talk.heard.text or "").strip()
    if not text:
        raise Rejected("only_text")
    if draft.step == CARD:
        raise Rejected("card_awaits_tap")
    flow = FLOWS[draft.kind]
    content = flow.read(draft.content)
    _keep(talk, draft, flow.write(talk, content, draft.step, text))
    draft_rows.save(session, draft)
    show(talk, draft, edit=False)


def press(session: Session, talk: Talk) -> None:
    """A button of a draft: whose it is, whether it still holds, and what it does.

    Under an old button the draft's open question takes the question's place: a message that was sent twice
    because of a crash may be the newest one, and then "go on with the newest" would lead nowhere.
    """
    draft = _pressed(session, talk)
    if draft.revision != talk.argument(2):
        talk.answer(texts.MOVED_ON)
        show(talk, draft, edit=True)
        return
    operation, _, value = ":".join((talk.heard.data or "").split(":")[3:]).partition(":")
    flow = FLOWS[draft.kind]
    content = flow.read(draft.content)
    if operation == ACCEPT and draft.step == CARD:
        flow.finish(talk, draft, content)
        return
    if operation == CANCEL:
        _cancel(talk, draft)
        return
    if operation == CHOOSE:
        _keep(talk, draft, flow.choose(talk, content, draft.step, value))
    elif operation == EDIT and value in flow.steps(talk, content):
        _turn_to(talk, draft, value)
    elif operation == BACK:
        _turn_to(talk, draft, _before(flow.steps(talk, content), draft.step))
    else:
        raise Rejected("stale_button")
    draft_rows.save(session, draft)
    show(talk, draft, edit=True)


def show(
    talk: Talk, draft: Draft, edit: bool, preface: str = "", extra: Sequence[dict[str, str]] = ()
) -> None:
    """Ask the draft's open question, in place of the message that was pressed or as a new one.

    `preface` goes above the question and the `extra` buttons above the last row.
    """
    flow = FLOWS[draft.kind]
    content = flow.read(draft.content)
    asked = flow.question(talk, content, draft.step)
    text = f"{preface}\n\n{asked.text}" if preface else asked.text
    tell = talk.edit if edit else talk.say
    keyboard = _keyboard(draft, asked, _before(flow.steps(talk, content), draft.step))
    keyboard[-1:-1] = [[each] for each in extra]
    tell(text, keyboard, draft.id)


def cancel_newest(session: Session, talk: Talk) -> None:
    """`/cancelar`: leave the draft that was touched last."""
    draft = newest_open(session, talk)
    if draft is None:
        talk.say(texts.NOTHING_TO_CANCEL)
    else:
        _cancel(talk, draft)


def _pressed(session: Session, talk: Talk) -> Draft:
    draft = draft_rows.find(session, talk.argument(1))
    if draft is None:
        raise Rejected("stale_button")
    if draft.person_id != talk.member.person_id:
        raise Rejected("not_yours")
    if draft.registered_at:
        raise Rejected("already_registered")
    if draft.cancelled_at:
        raise Rejected("already_cancelled")
    if draft.expired_at:
        raise Rejected("draft_expired")
    return draft


def _keep(talk: Talk, draft: Draft, content: Answers) -> None:
    """Store the answers and turn to the first question that is open."""
    steps = FLOWS[draft.kind].steps(talk, content)
    draft.content = content.model_dump(mode="json")
    _turn_to(talk, draft, next((step for step in steps if step not in content.answered), CARD))


def _turn_to(talk: Talk, draft: Draft, step: str) -> None:
    draft.step = step
    draft.revision += 1
    draft.touched_at = talk.now


def _before(steps: list[str], step: str) -> str:
    """The step before this one; the first step's is itself."""
    place = steps.index(step) if step in steps else len(steps)
    return steps[max(place - 1, 0)]


def _cancel(talk: Talk, draft: Draft) -> None:
    draft.cancelled_at = talk.now
    draft_rows.save(talk.session, draft)
    talk.edit(texts.CANCELLED)


def _keyboard(draft: Draft, asked: Question, before: str) -> Keyboard:
    """The way on first, then the question's own buttons, back and cancel last."""

    def place(text: str, operation: str, value: str = "") -> dict[str, str]:
        return button(text, VERB, draft.id, draft.revision, operation, value)

    shown = rows([place(each.text, each.operation, each.value) for each in asked.choices], asked.width)
    if draft.step == CARD:
        return [[place(FLOWS[draft.kind].accept, ACCEPT)], *shown, [place(texts.CANCEL, CANCEL)]]
    last = [place(texts.CANCEL, CANCEL)]
    return [*shown, last if before == draft.step else [place(texts.BACK, BACK), *last]]
