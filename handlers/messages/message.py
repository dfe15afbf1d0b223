"""Decides what a message without a command belongs to.

1. An edit changes what the message had filled (`handlers.messages.edited_message`).
2. A plain question is answered (`handlers.reading.questions`), unless it answers the open question.
3. A reply, or another message of an album, goes to the same draft or activity as what it refers to; a reply
   that corrects changes its field (`handlers.messages.quick_fix`).
4. A text answers the open question; soon after a card it may correct it or be a part of it; else it becomes a
   card, or several (`handlers.messages.new_card`).
5. A file that may be the programme by its name: its sender is asked (`handlers.programme.importing`).
6. A file without words joins the only card touched in the last ten minutes; else its sender is asked. When
   words for it come later, it leaves that card again (`handlers.messages.joining`).
"""

import re
from dataclasses import replace
from datetime import timedelta

from telegram.constants import ReactionEmoji

from handlers.activities import review_news
from handlers.activity_form import apply_text, join_card
from handlers.activity_form.steps import BELONGS, DOUBT, MORE, QUANTITY
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.flows import CARD
from handlers.messages import (
    courtesies,
    edited_message,
    joining,
    new_card,
    open_question,
    quick_fix,
    reply_target,
    room,
    taken_back,
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
from models.tables.chat.draft import DraftKind
from spanish.reading.courtesy import is_courtesy
from spanish.reading.questions import Question

JOINS_WITHIN = timedelta(minutes=10)
PART_WITHIN = timedelta(minutes=3)
SEEN = ReactionEmoji.EYES  # on a file that joined what was begun or registered before
LENGTHY = 4  # words; a text of so many that answers no question is another activity
OF_ACTIVITIES = (DraftKind.ACTIVITY, DraftKind.CORRECTION)
CAPTION = re.compile(
    r"/registrar(?:@\w+)?(?:\s+|$)", re.IGNORECASE
)  # in captions and edits, which have no command


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
    if attached is not None and is_courtesy(text):
        text = ""  # a caption of emoji or thanks says nothing
    if not text and attached is None:
        if incoming.attachment is None:
            raise Rejected("not_readable")
        return
    asked = questions.read(context, text) if text and not ordered else None
    if asked is not None and attached is None and _is_asked(context, asked):
        open_question.answer_meanwhile(context, asked, drafts.newest_open(context))
        return
    _place(context, text, attached, asked, ordered)


def _place(
    context: TurnContext,
    text: str,
    attached: Attachment | None,
    asked: Question | None,
    ordered: bool,
) -> None:
    """Attach the message to what it refers to, or begin something new."""
    unasked = joining.joined_unasked(context) if text and attached is not None else None
    if unasked is not None:
        joining.begin_apart(context, unasked, text, attached)
        return
    found = reply_target.find(context)
    if text and attached is not None and _is_over(context, found):
        found = reply_target.ReplyTarget()  # that card takes no more words
    if found.activity_id is not None:
        _add_to_activity(context, found.activity_id, text, attached)
    elif found.draft is not None:
        _add_to_draft(context, found.draft, text, attached)
    elif attached is not None and importing.may_be_programme(context, attached):
        importing.receive(context, attached, new_card.sent(context))
    elif text and ordered:
        new_card.begin(context, text, attached, ordered=True)
    elif text:
        _hear_text(context, text, attached, asked)
    elif attached is not None:
        _hear_file(context, attached)


def _is_over(context: TurnContext, found: reply_target.ReplyTarget) -> bool:
    """Return whether the album's card, to which only the album refers, is registered or cancelled."""
    if context.incoming.album is None or context.incoming.reply_to is not None:
        return False
    return found.activity_id is not None or (found.draft is not None and not draft_rows.is_open(found.draft))


def _without_command(context: TurnContext) -> bool:
    """Return the text of a caption or edit without «/registrar», and whether it was there.

    Telegram marks commands only in new texts, so in captions and edits it is removed here.
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
    new_card.begin(context, text, None, ordered=True)


def _hear_reader(context: TurnContext) -> None:
    """Handle a text from somebody who registers nothing: a possible question counts as one."""
    text = context.incoming.text or ""
    asked = questions.read(context, text) if context.incoming.edited_at is None else None
    if asked is None and text and is_courtesy(text):
        courtesies.answer(context, text)
    elif asked is None:
        context.say(general.ONLY_READS, courtesies.ways_on(context))
    else:
        questions.answer(context, asked)


def _is_asked(context: TurnContext, asked: Question) -> bool:
    """Return whether the question is answered at once. What may answer the open question does that first.

    Except with a question mark at its end: «¿Por qué va atrasada? Porque…» may be an observation.
    """
    if not questions.is_answerable(asked):
        return False
    waiting = drafts.newest_open(context)
    if waiting is None or waiting.step in (CARD, MORE, BELONGS, DOUBT):
        return True
    return (context.incoming.text or "").rstrip().endswith("?")


def _fetchable(context: TurnContext) -> Attachment | None:
    """Return the attachment. Raises `Rejected` if Telegram does not let the bot download it."""
    attached = context.incoming.attachment
    if attached is not None and (attached.bytes or 0) > attachment.LARGEST:
        context.say(files.too_large(attached.kind, attached.bytes or 0))
        return None
    return attached


def _add_to_activity(context: TurnContext, activity_id: int, text: str, attached: Attachment | None) -> None:
    """Add a file as evidence, confirmed once per album; or offer a correction with the words."""
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
        context.react(SEEN)
        context.say(belonging.added_to(activity_id))
        review_news.answer_with_evidence(context, activity)


def _add_to_draft(context: TurnContext, draft: Draft, text: str, attached: Attachment | None) -> None:
    """Add the message to an open card, or answer its question. Raises `Rejected("no_longer_yours")`."""
    drafts.check_held(context, draft)
    album = context.incoming.album
    first = album is None or attachment.of_album(context.session, context.incoming.chat_id, album) is None
    joining.take_file(context, draft, attached)
    if context.incoming.album is not None and _is_said(draft, text):
        text = ""  # some phones repeat the caption under each file of an album
    if not text:
        if attached is not None and first:
            context.react(SEEN)
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
    """Return whether another message of the draft has the same text."""
    return text in [each["text"] for each in draft.content.get("parts", ())]


def _answer_or_amend(context: TurnContext, draft: Draft, text: str) -> None:
    """Answer the open question; a text that is no answer may correct another field. Raises `Rejected`."""
    try:
        other = drafts.answer(context, draft, text)
        refusal = other.refusal if other is not None else None
    except Rejected as refused:
        refusal = refused
    if refusal is not None and not quick_fix.amend_card(context, draft, text):
        open_question.refuse(context, draft, refusal)


def _hear_text(context: TurnContext, text: str, attached: Attachment | None, asked: Question | None) -> None:
    waiting = drafts.newest_open(context)
    if context.incoming.album is not None and not joining.awaits_words(waiting):
        waiting = None  # an album with a caption is an activity of its own
    if waiting is not None and attached is not None and waiting.kind not in OF_ACTIVITIES:
        waiting = None  # a file belongs to an activity, not to another question
    asks = waiting is not None and waiting.step not in (CARD, MORE)
    undecided = waiting is not None and waiting.step == BELONGS
    if undecided and attached is None and taken_back.hear(context, text):
        return
    if waiting is not None and asks and open_question.hear(context, waiting, text, attached, asked):
        return
    parent = _recent(context, waiting) if waiting is not None else None
    if parent is not None and (parent.kind not in OF_ACTIVITIES or parent.step == DOUBT):
        parent = None  # of what may be no activity nothing is a part
    if parent is not None and attached is None and _amends_only_card(context, parent, text):
        return
    if attached is None and waiting is not None and taken_back.hear(context, text):
        return
    if attached is None and context.incoming.reply_to is None and quick_fix.amend_last(context, text):
        return
    new_card.begin(context, text, attached, parent, asked)


def _amends_only_card(context: TurnContext, parent: Draft, text: str) -> bool:
    """Correct the person's only recent card, or one whose quantity is asked.

    Return False if there are several or nothing to correct.
    """
    since = context.said_at - PART_WITHIN
    cards = drafts.recent_cards(context, since)
    if not (parent.step in (CARD, MORE) or parent.step.startswith(QUANTITY)) or len(cards) > 1:
        return False
    return quick_fix.amend_card(context, parent, text)


def _recent(context: TurnContext, draft: Draft) -> Draft | None:
    """Return the draft if the message came soon enough after it to be a part of it, or None."""
    return draft if context.said_at - (draft.told_at or draft.touched_at) <= PART_WITHIN else None


def _hear_file(context: TurnContext, attached: Attachment) -> None:
    guided = drafts.newest_open(context)
    if guided is not None and joining.awaits_words(guided):
        joining.note(context, guided)
        _add_to_draft(context, guided, "", attached)
        return
    since = context.said_at - JOINS_WITHIN
    cards = drafts.recent_cards(context, since)
    undecided = [each for each in cards if each.step == BELONGS and not each.content.get("narrative")]
    if undecided or len(cards) == 1:  # consecutive files belong to one activity
        joining.note(context, (undecided or cards)[0])
        _add_to_draft(context, (undecided or cards)[0], "", attached)
        return
    content = apply_text.begin_with_file(context)
    draft = drafts.begin(context, DraftKind.ACTIVITY, content, room.waits(context))
    attachment.attach(context.session, attached, new_card.sent(context), context.now, draft_id=draft.id)
    drafts.show(context, draft, edit=False)


def _touch(context: TurnContext, draft: Draft) -> None:
    """Note that the draft was used; a file leaves its buttons valid."""
    draft.touched_at, draft.told_at = context.now, context.said_at
    draft_rows.save(context.session, draft)
