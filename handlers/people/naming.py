"""«Corregir nombre»: planning corrects how a person is called."""

from collections.abc import Mapping
from typing import Any

from handlers.chat import broadcast, drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation
from handlers.chat.flows import CARD, EDIT, Choice, StepQuestion
from handlers.chat.keyboards import button
from handlers.people.buttons import PersonButton
from handlers.texts.people import people as texts
from models.errors import Rejected
from models.people import reach, roster
from models.people.invitation import NAME_LIMIT, tidy_name
from models.people.inviting import Naming
from models.storage import audit
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind

NAME = "name"


def begin(context: TurnContext, person_id: int) -> None:
    """Ask how the person is called."""
    roster.entry(context.session, person_id)
    drafts.open_new(context, DraftKind.NAME, Naming(person_id=person_id))


class NameFlow:
    """The one step of a corrected name; see `flows.Flow`."""

    accept = texts.SAVE_NAME
    cancelled = texts.NAME_KEPT
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {NAME: NAME_LIMIT}

    def read(self, stored: dict[str, Any]) -> Naming:
        return Naming.model_validate(stored)

    def steps(self, context: TurnContext, content: Naming) -> list[str]:
        return [NAME]

    def question(self, context: TurnContext, content: Naming, step: str) -> StepQuestion:
        before = roster.entry(context.session, content.person_id).name
        if step == NAME:
            return StepQuestion(texts.ask_name(before))
        edit = Choice(texts.RENAME, NAME, EDIT)
        return StepQuestion(texts.name_card(before, content.name or ""), [edit])

    def choose(self, context: TurnContext, content: Naming, step: str, value: str) -> Naming:
        raise Rejected("stale_button")

    def write(self, context: TurnContext, content: Naming, step: str, text: str) -> Naming:
        if step == CARD:
            raise Rejected("card_awaits_tap")
        name = tidy_name(text)
        if not name:
            raise Rejected("name_unseen")
        return content.answering(NAME, name=name)

    def finish(self, context: TurnContext, draft: Draft, content: Naming) -> None:
        session, me = context.session, context.member.person_id
        if content.name is None:
            raise Rejected("draft_incomplete")
        roster.rename(session, content.person_id, content.name, audit.person(me), context.now)
        draft.registered_at, draft.content = context.now, {"person_id": content.person_id}
        draft_rows.save(session, draft)
        see = [[button(texts.BACK_TO_PERSON, PersonButton("c", content.person_id))]]
        context.edit(texts.renamed(content.name), see, draft.id)
        chat_id = reach.reachable_chat(session, content.person_id)
        if chat_id is not None and content.person_id != me:
            broadcast.tell(session, [chat_id], texts.your_name(content.name), context.now)


CONVERSATION = Conversation(flows={DraftKind.NAME: NameFlow()})
