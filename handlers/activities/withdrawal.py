"""Withdraws an activity: the tap on a reason does it; a reason that is typed is shown on a card first."""

from collections.abc import Mapping
from typing import Any

from handlers.activities import review_news
from handlers.activities.buttons import Withdraw
from handlers.activity_form import cards
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.flows import CARD, EDIT, Choice, StepQuestion
from handlers.texts.activities import withdrawal as texts
from models.activities import correction, returning, withdrawal
from models.activities import reading as activities
from models.calendar import closing
from models.errors import Rejected
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.forms import Withdrawing
from models.tables.chat.draft import DraftKind

REASON = "reason"


def begin(context: TurnContext, data: Withdraw) -> None:
    """🗑: ask for the reason, or show the withdrawal of the activity that is already open."""
    activity = activities.find_correctable(context.session, data.activity_id, context.member)
    closing.check_activity(context.session, activity, context.said_at, context.now)
    assert activity.id is not None
    draft = drafts.newest_open(context)
    wanted = Withdrawing(activity_id=activity.id, version=activity.version)
    if draft is not None and draft.kind is DraftKind.WITHDRAWAL:
        content: Withdrawing = drafts.read(context, draft)
        if (content.activity_id, content.version) == (wanted.activity_id, wanted.version):
            drafts.show(context, draft, edit=False)
            return
    drafts.open_new(context, DraftKind.WITHDRAWAL, wanted)


class WithdrawalFlow:
    """The steps of a withdrawal; see `flows.Flow`."""

    accept = texts.WITHDRAW
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {REASON: withdrawal.REASON_LIMIT}

    def read(self, stored: dict[str, Any]) -> Withdrawing:
        return Withdrawing.model_validate(stored)

    def steps(self, context: TurnContext, content: Withdrawing) -> list[str]:
        return [REASON]

    def question(self, context: TurnContext, content: Withdrawing, step: str) -> StepQuestion:
        activity = activities.find(context.session, content.activity_id, context.member)
        shown = correction.current_form(context.session, activity)
        if step == CARD:
            text = texts.card(context.programmes, shown, content.reason or "")
            return StepQuestion(text, [Choice(texts.REASON, REASON, EDIT)])
        choices = [Choice(reason, str(place)) for place, reason in enumerate(texts.REASONS)]
        return StepQuestion(texts.why(context.programmes, shown), choices)

    def choose(self, context: TurnContext, content: Withdrawing, step: str, value: str) -> None:
        known = {str(place): reason for place, reason in enumerate(texts.REASONS)}
        draft = draft_rows.find(context.session, content.draft_id)
        if draft is None or value not in known:
            raise Rejected("stale_button")
        self.finish(context, draft, content.answering(REASON, reason=known[value]))

    def write(self, context: TurnContext, content: Withdrawing, step: str, text: str) -> Withdrawing:
        withdrawal.check_reason(text)
        return content.answering(REASON, reason=text)

    def finish(self, context: TurnContext, draft: Draft, content: Withdrawing) -> None:
        given = returning.open_return(context.session, content.activity_id)
        activity = withdrawal.withdraw(context.session, draft, content, context.member, context.now)
        cards.ask_again(context.session, activity, context.now)
        review_news.tell_withdrawn(context, activity, given)
        context.edit(texts.withdrawn(content.activity_id, content.reason or ""), draft_id=draft.id)


CONVERSATION = Conversation(
    callbacks=(Callback(Withdraw, Action.CORRECT, begin),),
    flows={DraftKind.WITHDRAWAL: WithdrawalFlow()},
)
