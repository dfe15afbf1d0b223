"""Review: a director or planning returns an activity with a reason; planning accepts a director's own.

The tap on a reason returns it; a reason that is typed is shown on a card first, with the field it is about.
"""

from collections.abc import Mapping
from typing import Any

from handlers.activities import activity as activity_page
from handlers.activities import review_news
from handlers.activities.buttons import GiveBack, LetStand, TakeBackReturn
from handlers.activities.listing import Listing
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.flows import EDIT, Choice, StepQuestion
from handlers.texts.activities import review as texts
from models.activities import correction, returning
from models.activities import reading as activities
from models.activities.returning import Returning
from models.errors import Rejected
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind

FIELD, REASON = "field", "reason"


def begin(context: TurnContext, data: GiveBack) -> None:
    """↩️: ask what is wrong with the activity, or show the return of it that is already open."""
    activity = returning.find_returnable(context.session, data.activity_id, context.member, context.now)
    draft = drafts.newest_open(context)
    wanted = Returning(activity_id=activity.id or 0, version=activity.version)
    if draft is not None and draft.kind is DraftKind.RETURN:
        content: Returning = drafts.read(context, draft)
        if (content.activity_id, content.version) == (wanted.activity_id, wanted.version):
            drafts.show(context, draft, edit=False)
            return
    drafts.open_new(context, DraftKind.RETURN, wanted)


def take_back(context: TurnContext, data: TakeBackReturn) -> None:
    """Take the return back, tell the author, and show the activity."""
    given = returning.take_back(context.session, data.activity_id, context.member, context.now)
    review_news.tell_taken_back(context, given)
    _show_again(context, data.activity_id, texts.TAKEN_BACK)


def let_stand(context: TurnContext, data: LetStand) -> None:
    """Record that planning reviewed and accepts a director's own activity."""
    returning.let_stand(context.session, data.activity_id, data.version, context.member, context.now)
    _show_again(context, data.activity_id, texts.LET_STOOD)


def _show_again(context: TurnContext, activity_id: int, said: str) -> None:
    context.answer(said)
    activity_page.show(context, activity_id, Listing.first(context))


class ReturnFlow:
    """The steps of returning an activity; see `flows.Flow`."""

    accept = texts.SEND_BACK
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {REASON: returning.REASON_LIMIT}

    def read(self, stored: dict[str, Any]) -> Returning:
        return Returning.model_validate(stored)

    def steps(self, context: TurnContext, content: Returning) -> list[str]:
        return [REASON, FIELD]

    def question(self, context: TurnContext, content: Returning, step: str) -> StepQuestion:
        activity = activities.find(context.session, content.activity_id, context.member)
        shown = correction.current_form(context.session, activity)
        if step == REASON:
            choices = [
                Choice(texts.reason_button(field, reason), f"{field}.{place}")
                for field, reasons in texts.REASONS.items()
                for place, reason in enumerate(reasons)
            ]
            return StepQuestion(texts.why(context.programmes, shown), choices)
        if step == FIELD:
            choices = [Choice(label, name) for name, label in texts.CHOICES.items()]
            return StepQuestion(texts.which_field(context.programmes, shown), choices, width=3)
        text = texts.card(context.programmes, shown, content.field, content.reason or "")
        edits = [Choice(texts.FIELD, FIELD, EDIT), Choice(texts.REASON, REASON, EDIT)]
        return StepQuestion(text, edits, width=2)

    def choose(self, context: TurnContext, content: Returning, step: str, value: str) -> Returning | None:
        if step == FIELD and value in texts.CHOICES:
            return content.answering(FIELD, field=value if value in texts.FIELDS else None)
        field, _, place = value.partition(".")
        reasons = texts.REASONS.get(field, ())
        draft = draft_rows.find(context.session, content.draft_id)
        if step != REASON or draft is None or place not in map(str, range(len(reasons))):
            raise Rejected("stale_button")
        about = field if field in texts.FIELDS else None
        self.finish(context, draft, content.answering(REASON, reason=reasons[int(place)], field=about))
        return None

    def write(self, context: TurnContext, content: Returning, step: str, text: str) -> Returning:
        """Take a text as the reason. Raises `Rejected` if it cannot be one."""
        returning.check_reason(text)
        return content.answering(REASON, reason=text).answering(FIELD)

    def finish(self, context: TurnContext, draft: Draft, content: Returning) -> None:
        given = returning.give_back(context.session, draft, content, context.member, context.now)
        told = review_news.tell_returned(context, given)
        text = texts.given_back(given.activity_id, given.reason, given.field, told)
        context.edit(text, draft_id=draft.id)


CONVERSATION = Conversation(
    callbacks=(
        Callback(GiveBack, Action.REVIEW, begin),
        Callback(TakeBackReturn, Action.REVIEW, take_back),
        Callback(LetStand, Action.REVIEW, let_stand),
    ),
    flows={DraftKind.RETURN: ReturnFlow()},
)
