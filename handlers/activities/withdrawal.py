"""Withdrawing an activity: asked why, shown once more, one tap."""

from typing import Any

from handlers.activities import review_news
from handlers.activity_form import cards
from handlers.chat import drafts
from handlers.chat.drafts import CARD, EDIT, Choice, Question
from handlers.chat.talk import Talk
from handlers.texts.activities import withdrawal as texts
from models.activities import correction, returning, withdrawal
from models.activities import reading as activities
from models.calendar import closing
from models.storage.draft import Draft
from models.storage.filled import Withdrawing
from models.tables.draft import DraftKind

REASON = "reason"


def begin(talk: Talk) -> None:
    """🗑: ask for the reason. A withdrawal of it that is open already is shown again."""
    activity = activities.find_correctable(talk.session, talk.argument(1), talk.member)
    closing.check_activity(talk.session, activity, talk.said_at, talk.now)
    assert activity.id is not None
    draft = drafts.newest_open(talk)
    wanted = Withdrawing(activity_id=activity.id, version=activity.version)
    if draft is not None and draft.kind is DraftKind.WITHDRAWAL:
        content: Withdrawing = drafts.read(draft)
        if (content.activity_id, content.version) == (wanted.activity_id, wanted.version):
            drafts.show(talk, draft, edit=False)
            return
    drafts.open_new(talk, DraftKind.WITHDRAWAL, wanted)


class WithdrawalFlow:
    """See `drafts.Flow`."""

    accept = texts.WITHDRAW
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()

    def read(self, stored: dict[str, Any]) -> Withdrawing:
        return Withdrawing.model_validate(stored)

    def steps(self, talk: Talk, content: Withdrawing) -> list[str]:
        return [REASON]

    def question(self, talk: Talk, content: Withdrawing, step: str) -> Question:
        activity = activities.find(talk.session, content.activity_id, talk.member)
        shown = correction.filled_of(talk.session, activity)
        if step == CARD:
            text = texts.card(talk.programmes, shown, content.reason or "")
            return Question(text, [Choice(texts.REASON, REASON, EDIT)])
        choices = [Choice(reason, str(place)) for place, reason in enumerate(texts.REASONS)]
        return Question(texts.why(talk.programmes, shown), choices)

    def choose(self, talk: Talk, content: Withdrawing, step: str, value: str) -> Withdrawing:
        known = {str(place): reason for place, reason in enumerate(texts.REASONS)}
        return self.write(talk, content, step, known.get(value, ""))

    def write(self, talk: Talk, content: Withdrawing, step: str, text: str) -> Withdrawing:
        withdrawal.check_reason(text)
        return content.answering(REASON, reason=text)

    def finish(self, talk: Talk, draft: Draft, content: Withdrawing) -> None:
        given = returning.open_return(talk.session, content.activity_id)
        activity = withdrawal.withdraw(talk.session, draft, content, talk.member, talk.now)
        cards.ask_again(talk.session, activity, talk.now)
        review_news.tell_withdrawn(talk, activity, given)
        talk.edit(texts.withdrawn(content.activity_id, content.reason or ""), draft_id=draft.id)
