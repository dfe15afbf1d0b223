"""Open drafts: which one a tap or text belongs to, its next question, going back, cancelling.

A draft is a row, and its steps are pure functions of its content, so a restart loses nothing and any process
can take the next message. The steps of each kind are in its `Flow` (`handlers.chat.flows`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from handlers.chat import fitting, paging
from handlers.chat.context import TurnContext
from handlers.chat.flows import (
    ACCEPT,
    BACK,
    CANCEL,
    CARD,
    TURN,
    Choice,
    DraftButton,
    Flow,
    NotAnAnswer,
    Operation,
    StepQuestion,
)
from handlers.chat.keyboards import COPIED, Keyboard, button, copy_button, rows
from handlers.chat.paging import Page
from handlers.texts import pages as page_texts
from handlers.texts.activities import capture as texts
from handlers.texts.activities import open_question as question_texts
from models.bounds import OPEN_CARDS
from models.errors import Rejected
from models.people.draft_rights import may_hold
from models.storage import draft as draft_rows
from models.storage import occurrences, outbox
from models.storage.draft import Draft
from models.storage.forms import FormState, RegisteredFacts
from models.storage.occurrences import Occurred
from models.tables.chat.draft import DraftKind
from spanish.writing.cutting import beginning

QUIET = timedelta(seconds=1.2)  # after the last photograph of an album, about what a phone takes between two


def flow_of(context: TurnContext, draft: Draft) -> Flow:
    """Return the flow of the draft's kind."""
    return context.conversations.flows[draft.kind]


def begin(
    context: TurnContext,
    kind: DraftKind,
    content: FormState,
    waits: bool = False,
    said_at: datetime | None = None,
) -> Draft:
    """Store a new draft at its first open question, without asking it.

    It `waits` as `handlers.messages.room` decides. `said_at`: the date of the message that it began with, if
    that is not the current one.
    """
    draft = Draft(
        person_id=context.member.person_id,
        chat_id=context.incoming.chat_id,
        kind=kind,
        said_at=said_at or context.said_at,
        touched_at=context.now,
        waits_since=context.now if waits else None,
    )
    keep(context, draft, content)
    draft_rows.store(context.session, draft)
    return draft


def open_new(context: TurnContext, kind: DraftKind, content: FormState) -> Draft:
    """Begin a draft and ask its first open question. Raises `Rejected("too_many_open")`."""
    check_room(context, kind)
    draft = begin(context, kind, content)
    show(context, draft, edit=False)
    return draft


def check_room(context: TurnContext, kind: DraftKind) -> None:
    """Raise `Rejected("too_many_open")` if the person has as many drafts as `models.bounds` allows."""
    person, chat = context.member.person_id, context.incoming.chat_id
    if draft_rows.count_open(context.session, person, chat, kind, OPEN_CARDS) >= OPEN_CARDS:
        raise Rejected("too_many_open", limit=OPEN_CARDS)


def go_to_step(context: TurnContext, draft: Draft, step: str) -> None:
    """Ask that step of an open draft next, in a new message."""
    move_to(context, draft, step)
    draft_rows.save(context.session, draft)
    show(context, draft, edit=False)


def newest_open(context: TurnContext) -> Draft | None:
    """Return the person's open draft in this chat that was touched last and that they may still hold."""
    person, chat = context.member.person_id, context.incoming.chat_id
    for limit in (1, 2 * OPEN_CARDS):  # one is enough, unless the person's role changed
        found = draft_rows.newest_open(context.session, person, chat, limit)
        theirs = next((each for each in found if may_hold(context.session, each, context.member)), None)
        if theirs is not None or len(found) < limit:
            return theirs
    return None


def recent_cards(context: TurnContext, since: datetime) -> list[Draft]:
    """Return the person's cards in this chat touched since then that they may still hold."""
    person, chat = context.member.person_id, context.incoming.chat_id
    found = draft_rows.touched_since(context.session, person, chat, since, OPEN_CARDS)
    return [each for each in found if may_hold(context.session, each, context.member)]


def check_held(context: TurnContext, draft: Draft) -> None:
    """Raise `Rejected("no_longer_yours")` if the person lost the role or unit since the draft began."""
    if not may_hold(context.session, draft, context.member):
        raise Rejected("no_longer_yours")


def read(context: TurnContext, draft: Draft) -> Any:
    """Return the draft's content, parsed by its flow."""
    return flow_of(context, draft).read({**draft.content, "draft_id": draft.id})


def answer(context: TurnContext, draft: Draft, text: str) -> NotAnAnswer | None:
    """Answer the draft's open question with a text. Raises `Rejected` if it is no answer."""
    flow = flow_of(context, draft)
    kept = fitting_words(context, text, flow.words.get(draft.step, len(text)))
    content = flow.write(context, read(context, draft), draft.step, kept)
    if isinstance(content, NotAnAnswer):
        return content
    if content is not None:
        keep(context, draft, content)
        draft_rows.save(context.session, draft)
        show(context, draft, edit=False)
    return None


def fitting_words(context: TurnContext, text: str, limit: int) -> str:
    """Return the beginning of the text that fits; the next thing said begins with where it was cut."""
    if len(text) <= limit:
        return text
    kept = beginning(text, limit)
    context.preface = question_texts.cut(len(text), limit, kept)
    return kept


def ask_again(context: TurnContext, draft: Draft, preface: str, extra: Sequence[dict[str, str]] = ()) -> None:
    """Ask the draft's open question once more, below whatever was said; it is the next to be answered."""
    draft.touched_at = context.now + timedelta(microseconds=1)  # after a card that the same message opened
    draft.told_at = context.said_at
    draft_rows.save(context.session, draft)
    show(context, draft, edit=False, preface=preface, extra=extra)


def show(
    context: TurnContext, draft: Draft, edit: bool, preface: str = "", extra: Sequence[dict[str, str]] = ()
) -> None:
    """Ask the draft's open question, editing the pressed message or as a new one.

    `preface` goes above the question and the `extra` buttons above the last row.
    """
    if draft.waits_since is not None:
        return
    text, keyboard = _asked(context, draft)
    tell = context.edit if edit else context.say
    keyboard[-1:-1] = [[each] for each in extra]
    tell(f"{preface}\n\n{text}" if preface else text, keyboard, draft.id)


def show_in_place(context: TurnContext, draft: Draft) -> None:
    """Edit the draft's message: the one about to be sent, else the last one sent."""
    if draft.waits_since is not None:
        return
    text, keyboard = _asked(context, draft)
    if not outbox.amend(context.session, draft.id, text, keyboard):
        context.change_card(draft.id, text, keyboard)


def refresh(context: TurnContext, draft: Draft) -> None:
    """Note that a file joined the draft; its message is edited once for all that arrive within a second."""
    if draft.waits_since is not None:
        return
    if draft_rows.is_open(draft):
        text, keyboard = _asked(context, draft)
        if outbox.amend(context.session, draft.id, text, keyboard):
            return
    draft_rows.ask_for_card(context.session, draft.id, context.now + QUIET)


def keep(context: TurnContext, draft: Draft, content: FormState) -> None:
    """Store the answers and go to the first open question."""
    steps = flow_of(context, draft).steps(context, content)
    stored = content.model_dump(mode="json", exclude={"draft_id"})
    _note_correction(context, draft, stored)
    draft.content = stored
    move_to(context, draft, next((step for step in steps if step not in content.answered), CARD))


def _note_correction(context: TurnContext, draft: Draft, stored: dict[str, Any]) -> None:
    """Count it if a person changes what a card showed: the text was read wrongly, or was not all."""
    if draft.kind is not DraftKind.ACTIVITY:
        return
    if all(draft.content.get(each) == stored.get(each) for each in RegisteredFacts.model_fields):
        return
    before = read(context, draft)
    if all(step in before.answered for step in flow_of(context, draft).steps(context, before)):
        occurrences.note(context.session, Occurred.CARD, "corrected")


def move_to(context: TurnContext, draft: Draft, step: str) -> None:
    """Make that step the one that is asked next. The draft is not saved here."""
    draft.step = step
    draft.revision += 1
    draft.touched_at, draft.told_at = context.now, context.said_at


def step_before(flow: Flow, steps: list[str], step: str) -> str:
    """Return the step before; the first step itself; the card for a step that the card opened."""
    if step in flow.optional:
        return CARD
    place = steps.index(step) if step in steps else len(steps)
    return steps[max(place - 1, 0)] if steps else step


def _asked(context: TurnContext, draft: Draft) -> tuple[str, Keyboard]:
    """Return the open question and its buttons. Raises `Rejected("no_longer_yours")`."""
    check_held(context, draft)
    flow = flow_of(context, draft)
    content = read(context, draft)
    asked = flow.question(context, content, draft.step)
    before = step_before(flow, flow.steps(context, content), draft.step)
    written = asked.text + texts.copied(asked.copied) if len(asked.copied) > COPIED else asked.text
    said = fitting.pieces(written, paging.TEXT_LIMIT)
    choices = paging.page(asked.choices, context.incoming.page, paging.MOST * asked.width)
    shown = choices.beside(len(said), context.incoming.page)
    text = said[min(shown.number, len(said)) - 1] + page_texts.mark(shown.number, shown.of)
    return text, _keyboard(flow.accept, draft, asked, before, shown)


def _keyboard(accept: str, draft: Draft, asked: StepQuestion, before: str, page: Page[Choice]) -> Keyboard:
    """Return the rows: the way on, the question's own buttons, then back and cancel."""

    def place(text: str, operation: Operation, value: str = "") -> dict[str, str]:
        return button(text, DraftButton(draft.id, draft.revision, operation, value))

    shown = [
        *([place(each.text, each.operation, each.value)] for each in asked.ways_out),
        *rows([place(each.text, each.operation, each.value) for each in page.items], asked.width),
        *paging.page_buttons(page, DraftButton(draft.id, draft.revision, TURN).pack()),
    ]
    if draft.step == CARD:
        return [[place(accept, ACCEPT)], *shown, [place(texts.CANCEL, CANCEL)]]
    if 0 < len(asked.copied) <= COPIED:
        shown.append([copy_button(texts.COPY, asked.copied)])
    last = [place(texts.CANCEL, CANCEL)]
    return [*shown, last if before == draft.step else [place(texts.BACK, BACK), *last]]
