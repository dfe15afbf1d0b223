"""Decide what a message without a command belongs to.

1. An edit changes what the message had filled (`handlers.messages.edited_message`).
2. A plain question is answered (`handlers.reading.questions`), unless it answers the question that is open.
3. A reply, or the rest of an album, goes where what it answers went; a reply that corrects changes its field
   (`handlers.messages.quick_fix`).
4. A text answers the question that is open; soon after a card it may correct it or be a part of it; else it
   is a card of its own, or several (`handlers.messages.new_card`).
5. A file by whose name it may be the programme: its owner is asked (`handlers.programme.importing`).
6. A file without words joins the only card touched in the last ten minutes; else its owner is asked. When
   words for it come later, it leaves that card again (`handlers.messages.joining`).
"""

import re
from dataclasses import replace
from datetime import timedelta

from handlers.activities import review_news
from handlers.activity_form import apply_text, join_card
from handlers.activity_form.steps import BELONGS, DOUBT, MORE
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.drafts import CARD
from handlers.messages import (
    edited_message,
    joining,
    new_card,
    quick_fix,
    reply_target,
    room,
)
from handlers.programme import importing
from handlers.reading import questions
from handlers.texts import general
from handlers.texts.activities import belonging, files
from models.errors import Rejected
from models.evidence import attachment
from models.evidence.attachment import Attachment
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.forms import ActivityForm
from models.tables.draft import DraftKind
from spanish.reading.questions import Question

JOINS_WITHIN = timedelta(minutes=10)
PART_WITHIN = timedelta(minutes=3)
LENGTHY = 4  # words from which on a text that answers no question is taken for another activity
OF_ACTIVITIES = (DraftKind.ACTIVITY, DraftKind.CORRECTION)
CAPTION = re.compile(r"/registrar(?:@\w+)?(?:\s+|$)", re.IGNORECASE)  # before what was done, also on an edit


def hear(context: TurnContext) -> None:
    """Handle a private message of a linked person."""
    if not context.member.may(Action.CAPTURE):
        _hear_reader(context)
        return
    ordered = _without_command(context)
    incoming = context.incoming
    if incoming.edited_at is not None:
        edited_message.hear(context)
        return
    text, attached = (incoming.text or "").strip(), _fetchable(context)
    if attached is not None and not any(map(str.isalnum, text)):
        text = ""  # an emoji under a photograph tells nothing
    if not text and attached is None:
        if incoming.attachment is None:
            raise Rejected("not_readable")
        return
    asked = questions.read(context, text) if text and not ordered else None
    if asked is not None and attached is None and _is_asked(context, asked):
        questions.answer(context, asked)
        return
    _place(context, text, attached, asked, ordered)


def _place(
    context: TurnContext,
    text: str,
    attached: Attachment | None,
    asked: Question | None,
    ordered: bool,
) -> None:
    """Where it goes: to what it answers, or it stands alone."""
    unasked = joining.joined_unasked(context) if text and attached is not None else None
    if unasked is not None:
        joining.begin_apart(context, unasked, text, attached)
        return
    found = reply_target.find(context)
    if text and attached is not None and _is_over(context, found):
        found = reply_target.Addressed()  # what it belonged to takes no more words
    if found.activity_id is not None:
        _add_to_activity(context, found.activity_id, text, attached)
    elif found.draft is not None:
        _add_to_draft(context, found.draft, text, attached)
    elif attached is not None and importing.may_be_programme(context, attached):
        importing.receive(context, attached, new_card.sent(context))
    elif text and ordered:
        new_card.begin(context, text, attached)
    elif text:
        _hear_text(context, text, attached, asked)
    elif attached is not None:
        _hear_file(context, attached)


def _is_over(context: TurnContext, found: reply_target.Addressed) -> bool:
    """Whether the card of an album, to which nothing but the album leads, is registered or cancelled."""
    if context.incoming.album is None or context.incoming.reply_to is not None:
        return False
    return found.activity_id is not None or (found.draft is not None and not draft_rows.is_open(found.draft))


def _without_command(context: TurnContext) -> bool:
    """Take «/registrar» off a caption or an edited message; whether it was there.

    Telegram marks a command in a text alone; an edit of it is heard as what it says, too.
    """
    incoming = context.incoming
    ordered = CAPTION.match(incoming.text or "") if incoming.attachment or incoming.edited_at else None
    if ordered is None:
        return False
    context.incoming = replace(incoming, text=(incoming.text or "")[ordered.end() :])
    return True


def tell(context: TurnContext, text: str) -> None:
    """Handle what follows `/registrar`: neither a question nor an answer."""
    context.incoming = replace(context.incoming, text=text)
    new_card.begin(context, text, None)


def _hear_reader(context: TurnContext) -> None:
    """Somebody who registers nothing: of what may be a question or not it is one."""
    asked = (
        questions.read(context, context.incoming.text or "") if context.incoming.edited_at is None else None
    )
    if asked is None:
        context.say(general.ONLY_READS)
    else:
        questions.answer(context, asked)


def _is_asked(context: TurnContext, asked: Question) -> bool:
    """Whether it is answered at once. What may be the answer to an open question is that first.

    With a question mark at its end nothing is: «¿Por qué va atrasada? Porque…» may be an observation.
    """
    if not questions.is_answerable(asked):
        return False
    waiting = drafts.newest_open(context)
    if waiting is None or waiting.step in (CARD, MORE, BELONGS, DOUBT):
        return True
    return (context.incoming.text or "").rstrip().endswith("?")


def _fetchable(context: TurnContext) -> Attachment | None:
    """What was sent with it, unless Telegram would not let the bot fetch it."""
    attached = context.incoming.attachment
    if attached is not None and (attached.bytes or 0) > attachment.LARGEST:
        context.say(files.too_large(attached.kind, attached.bytes or 0))
        return None
    return attached


def _add_to_activity(context: TurnContext, activity_id: int, text: str, attached: Attachment | None) -> None:
    """Evidence for what is registered, said once for an album; or words that correct it, after a tap."""
    session = context.session
    if attached is None:
        if quick_fix.amend_registered(context, activity_id, text):
            return
        raise Rejected("correct_with_buttons", activity_id=activity_id)
    album = context.incoming.album
    first = album is None or attachment.of_album(session, context.incoming.chat_id, album) is None
    activity = attachment.attach_to_activity(
        session, activity_id, attached, new_card.sent(context), context.member, context.now
    )
    if activity.draft_id is not None:
        draft_rows.ask_for_card(session, activity.draft_id, context.now + drafts.QUIET)
    if first:
        context.say(belonging.added_to(activity_id))
        review_news.answer_with_evidence(context, activity)


def _add_to_draft(context: TurnContext, draft: Draft, text: str, attached: Attachment | None) -> None:
    """More of an open card, or the answer to its question. Raises `Rejected("no_longer_yours")`."""
    drafts.check_held(context, draft)
    if attached is not None:
        attachment.attach(context.session, attached, new_card.sent(context), context.now, draft_id=draft.id)
    if attached is not None and draft.step == DOUBT:  # nobody sends a photograph with a question
        drafts.keep(context, draft, drafts.read(context, draft).answering(DOUBT))
    if context.incoming.album is not None and _is_said(draft, text):
        text = ""  # some telephones write an album's words below each of its files
    if not text:
        _touch(context, draft)
        drafts.refresh(context, draft)
    elif draft.step not in (CARD, MORE) and attached is None:
        _answer_or_amend(context, draft, text)
    elif attached is not None or not quick_fix.amend_card(context, draft, text):
        content = drafts.read(context, draft)
        if not isinstance(content, ActivityForm):
            raise Rejected("card_awaits_tap")
        part = ActivityForm(narrative=text, parts=(new_card.part_of(context, draft, text),))
        drafts.keep(context, draft, join_card.together(context, content, part))
        draft_rows.save(context.session, draft)
        drafts.show(context, draft, edit=False)


def _is_said(draft: Draft, text: str) -> bool:
    """Whether a message of the draft says the same already."""
    return text in [each["text"] for each in draft.content.get("parts", ())]


def _answer_or_amend(context: TurnContext, draft: Draft, text: str) -> None:
    """The answer to the open question; what is none may correct another field. Raises `Rejected`."""
    try:
        other = drafts.answer(context, draft, text)
        refusal = other.refusal if other is not None else None
    except Rejected as refused:
        refusal = refused
    if refusal is not None and not quick_fix.amend_card(context, draft, text):
        raise refusal


def _hear_text(context: TurnContext, text: str, attached: Attachment | None, asked: Question | None) -> None:
    parent = drafts.newest_open(context)
    if context.incoming.album is not None and not joining.awaits_words(parent):
        parent = None  # an album with words of its own is an activity of its own
    if parent is not None and attached is not None and parent.kind not in OF_ACTIVITIES:
        parent = None  # a photograph shows what was done, whatever else is asked
    if parent is not None and parent.step not in (CARD, MORE):
        try:
            other = drafts.answer(context, parent, text)
        except Rejected:
            if asked is None or not questions.is_answerable(asked):
                raise
            questions.answer(context, asked)
            return
        if other is None:
            if attached is not None:
                _add_to_draft(context, parent, "", attached)
            return
        if asked is not None and questions.is_answerable(asked):
            questions.answer(context, asked)
            return
        if not other.however_short and len(text.split()) < LENGTHY:
            raise other.refusal
        parent = _recent(context, parent)
    elif parent is not None:
        parent = _recent(context, parent)
    if parent is not None and parent.kind not in OF_ACTIVITIES:
        parent = None
    if parent is not None and attached is None and _amends_only_card(context, parent, text):
        return
    new_card.begin(context, text, attached, parent, asked)


def _amends_only_card(context: TurnContext, parent: Draft, text: str) -> bool:
    """Whether a text that answers nothing corrected the card before it: of several it might be any."""
    since = context.said_at - PART_WITHIN
    cards = drafts.recent_cards(context, since)
    if parent.step not in (CARD, MORE) or len(cards) > 1:
        return False
    return quick_fix.amend_card(context, parent, text)


def _recent(context: TurnContext, draft: Draft) -> Draft | None:
    """The draft, if the message came so soon after it that it may be a part of it."""
    return draft if context.said_at - (draft.told_at or draft.touched_at) <= PART_WITHIN else None


def _hear_file(context: TurnContext, attached: Attachment) -> None:
    since = context.said_at - JOINS_WITHIN
    cards = drafts.recent_cards(context, since)
    undecided = [each for each in cards if each.step == BELONGS and not each.content.get("narrative")]
    if undecided or len(cards) == 1:  # files in a row are of one activity, whichever it is
        joining.note(context, (undecided or cards)[0])
        _add_to_draft(context, (undecided or cards)[0], "", attached)
        return
    content = apply_text.begin_with_file(context)
    draft = drafts.begin(context, DraftKind.ACTIVITY, content, room.waits(context))
    attachment.attach(context.session, attached, new_card.sent(context), context.now, draft_id=draft.id)
    drafts.show(context, draft, edit=False)


def _touch(context: TurnContext, draft: Draft) -> None:
    """A file keeps the card warm, but leaves its buttons as they are."""
    draft.touched_at, draft.told_at = context.now, context.said_at
    draft_rows.save(context.session, draft)
