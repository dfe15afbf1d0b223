"""Messages edited in Telegram: an open card is updated, for a registered one a correction is offered."""

from handlers.activities import correction
from handlers.activity_form import join_card
from handlers.activity_form.cards import KEPT_OPEN
from handlers.activity_form.steps import BELONGS, NARRATIVE
from handlers.chat import bursts, drafts
from handlers.chat.context import TurnContext
from handlers.messages import joining, reply_target, split_message
from handlers.reading import questions
from handlers.texts.activities import edited_message as texts
from models.activities import reading as activities
from models.errors import Rejected
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.forms import ActivityForm, NarrativePart


def hear(context: TurnContext) -> None:
    """Handle an edited message or caption. One that filled nothing changes nothing."""
    incoming = context.incoming
    text = (incoming.text or "").strip()
    draft = draft_rows.of_message(context.session, incoming.chat_id, incoming.message_id or 0)
    if draft is not None and text and draft.content.get("siblings"):
        split_message.follow(context, draft, text)
        return
    unasked = joining.joined_unasked(context) if any(map(str.isalnum, text)) else None
    if unasked is not None:
        joining.begin_apart(context, unasked, text, None)
        return
    found = reply_target.of_message(context.session, incoming.chat_id, incoming.message_id or 0)
    if not text:
        if found.draft is not None and incoming.album is not None:
            _follow(context, found.draft, text)
        return
    if found.activity_id is not None:
        _offer_correction(context, found.activity_id, text)
    elif found.draft is not None:
        _follow(context, found.draft, text)
    elif (
        drafts.newest_open(context) is not None
        and incoming.command is None
        and not questions.is_answerable(questions.read(context, text))
        and bursts.is_first(context, f"not followed:{incoming.message_id}")
    ):
        context.say(texts.NOT_FOLLOWED)


def _follow(context: TurnContext, draft: Draft, text: str) -> None:
    """Update the open card, once for all edits within a second or so."""
    drafts.check_held(context, draft)
    content = drafts.read(context, draft)
    if not isinstance(content, ActivityForm):
        raise Rejected("card_awaits_tap")
    changed = reworded(context, content, text)
    if changed != content:
        drafts.keep(context, draft, changed)
        draft_rows.save(context.session, draft)
        drafts.refresh(context, draft)
    if context.preface:  # the text was cut
        cut, context.preface = context.preface, ""
        if bursts.is_first(context, f"cut:{context.incoming.message_id}"):
            context.say(cut)


def reworded(context: TurnContext, content: ActivityForm, text: str) -> ActivityForm:
    """Return the content with that message's words in place of its earlier ones.

    Emptying a caption leaves the album's other words; equal words on several of its files count once.
    """
    message_id = context.incoming.message_id or 0
    part = NarrativePart(message_id=message_id, text=text)
    if message_id in (each.message_id for each in content.parts):
        parts = tuple(part if each.message_id == message_id else each for each in content.parts)
    elif not text:
        return content
    else:
        parts = (*content.parts, part)
        draft_rows.note_message(context.session, context.incoming.chat_id, message_id, content.draft_id)
    whole = "\n".join(dict.fromkeys(each.text for each in parts if each.text))
    if not whole:  # moving an album's words to another file takes two edits
        return content.model_copy(update={"parts": parts})
    if content.narrative or BELONGS in content.answered or NARRATIVE in content.answered:
        told = join_card.retold(context, content, whole)
    else:
        told = join_card.together(context, content, ActivityForm(narrative=whole))
    return told.model_copy(update={"parts": parts})


def _offer_correction(context: TurnContext, activity_id: int, text: str) -> None:
    """Open a correction with the changed words, or update the one that is open."""
    activity = activities.look_up(context.session, activity_id)
    if activity is None or activity.draft_id is None:
        return
    since = context.now - KEPT_OPEN
    for draft in drafts.recent_cards(context, since):
        if draft.content.get("activity_id") == activity_id:
            _follow(context, draft, text)
            return
    told = draft_rows.find(context.session, activity.draft_id)
    begun = drafts.read(context, told) if told else ActivityForm()
    now = correction.content_of(context, activity_id)
    content = now.model_copy(update={"direct": begun.direct, "parts": begun.parts})
    changed = reworded(context, content, text)
    if changed.facts() != content.facts():
        correction.begin_with(context, activity_id, changed, texts.offered(activity_id))
