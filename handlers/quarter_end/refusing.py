"""«No procede»: planning refuses a request to reopen a quarter, with or without a reason."""

from collections.abc import Mapping
from typing import Any

from handlers.activity_form.buttons import RefuseReopening
from handlers.chat import broadcast, drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.flows import Choice, StepQuestion
from handlers.texts.quarter_end import reopening as texts
from models.errors import Rejected
from models.people import reach
from models.programme.view import unit_name
from models.quarter_end import requests
from models.quarter_end.reopening import REASON_LIMIT
from models.quarter_end.requests import Refusing
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind

REASON, NONE = "reason", "none"


def press(context: TurnContext, data: RefuseReopening) -> None:
    """Ask for the reason."""
    asked = requests.find_open(context.session, data.request_id)
    drafts.open_new(context, DraftKind.REFUSAL, Refusing(request_id=asked.id or 0))


class RefusalFlow:
    """The one step of a refusal; see `flows.Flow`."""

    accept = texts.WITHOUT_REASON
    cancelled = texts.NOT_REFUSED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {REASON: REASON_LIMIT}

    def read(self, stored: dict[str, Any]) -> Refusing:
        return Refusing.model_validate(stored)

    def steps(self, context: TurnContext, content: Refusing) -> list[str]:
        return [REASON]

    def question(self, context: TurnContext, content: Refusing, step: str) -> StepQuestion:
        return StepQuestion(texts.WHY_NOT, [Choice(texts.WITHOUT_REASON, NONE)])

    def choose(self, context: TurnContext, content: Refusing, step: str, value: str) -> None:
        if value != NONE:
            raise Rejected("stale_button")
        _refuse(context, content, "")

    def write(self, context: TurnContext, content: Refusing, step: str, text: str) -> None:
        _refuse(context, content, text.strip())

    def finish(self, context: TurnContext, draft: Draft, content: Refusing) -> None:
        _refuse(context, content, "")


def _refuse(context: TurnContext, content: Refusing, reason: str) -> None:
    """Store the refusal, end the draft, and tell who asked."""
    session = context.session
    asked = requests.refuse(session, content.request_id, reason, context.member, context.now)
    draft = draft_rows.find(session, content.draft_id)
    assert draft is not None
    draft.registered_at = context.now
    draft_rows.save(session, draft)
    chat_id = reach.reachable_chat(session, asked.asked_by)
    if chat_id is not None:
        unit = unit_name(session, asked.unit_id) or ""
        broadcast.tell(session, [chat_id], texts.refused(unit, asked.of, asked.about, reason), context.now)
    context.edit(texts.REFUSED, draft_id=draft.id)


CONVERSATION = Conversation(
    callbacks=(Callback(RefuseReopening, Action.REOPEN, press),),
    flows={DraftKind.REFUSAL: RefusalFlow()},
)
