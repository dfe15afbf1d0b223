"""A message without a command: what it belongs to. Source: the design's section 5, "just write".

1. An edit changes what the message had filled (`handlers.revision`).
2. A reply, or the rest of an album, goes where what it answers went.
3. A text answers the question that is open; soon after a card it may be a part of it; else it is a new card.
4. A file by whose name it may be the programme: its owner is asked (`handlers.importing`).
5. A file without words joins the only card touched in the last ten minutes; else its owner is asked.
"""

from datetime import timedelta

from sqlmodel import Session

from handlers import addressed, drafts, importing, merging, retelling, review_news, revision
from handlers.drafts import CARD
from handlers.steps import BELONGS, MORE, UNIT, capturable_units
from handlers.talk import Talk
from handlers.texts import belonging, files, general
from handlers.understanding.courtesy import is_courtesy
from models import attachment
from models import draft as draft_rows
from models.attachment import Attachment, Sent
from models.draft import Draft, DraftKind
from models.errors import Rejected
from models.filled import Filled, Part
from models.rights import Action

JOINS_WITHIN = timedelta(minutes=10)
PART_WITHIN = timedelta(minutes=3)
LENGTHY = 4  # words from which on a text that answers no question is taken for another activity
OF_ACTIVITIES = (DraftKind.ACTIVITY, DraftKind.CORRECTION)
UNREAD = ("unit_unknown", "line_unknown", "quantity_unreadable", "day_unreadable", "evidence_awaited")


def hear(session: Session, talk: Talk) -> None:
    """A private message of somebody linked."""
    heard = talk.heard
    if not talk.member.may(Action.CAPTURE):
        talk.say(general.ONLY_READS)
        return
    if heard.edited_at is not None:
        revision.hear(session, talk)
        return
    text, attached = (heard.text or "").strip(), _fetchable(talk)
    if attached is not None and not any(map(str.isalnum, text)):
        text = ""  # an emoji under a photograph tells nothing
    if not text and attached is None:
        if heard.attachment is None:
            raise Rejected("not_readable")
        return
    found = addressed.find(session, talk)
    if found.activity_id is not None:
        _add_to_activity(session, talk, found.activity_id, attached)
    elif found.draft is not None:
        _add_to_draft(session, talk, found.draft, text, attached)
    elif attached is not None and importing.may_be_programme(talk, attached):
        importing.receive(session, talk, attached, _sent(talk))
    elif text:
        _hear_text(session, talk, text, attached)
    elif attached is not None:
        _hear_file(session, talk, attached)


def _fetchable(talk: Talk) -> Attachment | None:
    """What was sent with it, unless Telegram would not let the bot fetch it."""
    attached = talk.heard.attachment
    if attached is not None and (attached.bytes or 0) > attachment.LARGEST:
        talk.say(files.too_large(attached.kind, attached.bytes or 0))
        return None
    return attached


def _add_to_activity(session: Session, talk: Talk, activity_id: int, attached: Attachment | None) -> None:
    """Evidence for what is registered; said once for an album. Words alone correct nothing."""
    if attached is None:
        raise Rejected("correct_with_buttons", activity_id=activity_id)
    album = talk.heard.album
    first = album is None or attachment.of_album(session, talk.heard.chat_id, album) is None
    activity = attachment.attach_to_activity(
        session, activity_id, attached, _sent(talk), talk.member, talk.now
    )
    if activity.draft_id is not None:
        draft_rows.ask_for_card(session, activity.draft_id, talk.now + drafts.QUIET)
    if first:
        talk.say(belonging.added_to(activity_id))
        review_news.answer_with_evidence(talk, activity)


def _add_to_draft(session: Session, talk: Talk, draft: Draft, text: str, attached: Attachment | None) -> None:
    """More of an open card, or the answer to its question."""
    if attached is not None:
        attachment.attach(session, attached, _sent(talk), talk.now, draft_id=draft.id)
    if not text:
        _touch(session, talk, draft)
        drafts.refresh(talk, draft)
    elif draft.step not in (CARD, MORE) and attached is None:
        drafts.answer(session, talk, draft, text)
    else:
        content = drafts.read(draft)
        if not isinstance(content, Filled):
            raise Rejected("card_awaits_tap")
        part = Filled(narrative=text, parts=(_part(talk, draft, text),))
        drafts.keep(talk, draft, merging.together(talk, content, part))
        draft_rows.save(session, draft)
        drafts.show(talk, draft, edit=False)


def _hear_text(session: Session, talk: Talk, text: str, attached: Attachment | None) -> None:
    parent = drafts.newest_open(session, talk)
    if parent is not None and attached is not None and parent.kind not in OF_ACTIVITIES:
        parent = None  # a photograph shows what was done, whatever else is asked
    if parent is not None and parent.step not in (CARD, MORE):
        try:
            drafts.answer(session, talk, parent, text)
        except Rejected as refusal:
            if not _may_be_another(parent, text, refusal.reason):
                raise
            parent = _recent(talk, parent)
        else:
            if attached is not None:
                _add_to_draft(session, talk, parent, "", attached)
            return
    elif parent is not None:
        parent = _recent(talk, parent)
    if parent is not None and parent.kind not in OF_ACTIVITIES:
        parent = None
    _begin(session, talk, text, attached, parent)


def _recent(talk: Talk, draft: Draft) -> Draft | None:
    """The draft, if the message came so soon after it that it may be a part of it."""
    return draft if talk.said_at - (draft.told_at or draft.touched_at) <= PART_WITHIN else None


def _may_be_another(draft: Draft, text: str, reason: str) -> bool:
    """Whether a text that answers nothing is rather about something else done."""
    if reason == "belongs_unclear":
        return True
    return draft.kind is DraftKind.ACTIVITY and reason in UNREAD and len(text.split()) >= LENGTHY


def _begin(
    session: Session, talk: Talk, text: str, attached: Attachment | None, parent: Draft | None
) -> None:
    """A card filled with what the text says; soon after another it is first asked whether it is a part."""
    units = capturable_units(talk)
    if not units:
        raise Rejected("no_programme", year=talk.today.year)
    if attached is None and is_courtesy(text):
        talk.say(general.NOTHING_AWAITED)
        return
    begun = Filled(direct=True, unit_id=units[0].id if len(units) == 1 else None)
    if len(units) == 1:
        begun = begun.answering(UNIT)
    content = retelling.begin(talk, begun, text)
    if parent is None and attached is None and _says_nothing(content, text):
        talk.say(general.NOTHING_AWAITED)
        return
    if parent is not None:
        content = content.forgetting(BELONGS).model_copy(update={"parent": parent.id})
    draft = drafts.begin(session, talk, DraftKind.ACTIVITY, content)
    content = content.model_copy(update={"parts": (_part(talk, draft, text),)})
    drafts.keep(talk, draft, content)
    draft_rows.save(session, draft)
    if attached is not None:
        attachment.attach(session, attached, _sent(talk), talk.now, draft_id=draft.id)
    drafts.show(talk, draft, edit=False)


def _says_nothing(content: Filled, text: str) -> bool:
    """A question, or a word or two of which nothing is understood: nothing that was done."""
    if text.endswith("?"):
        return True
    return content.line_id is None and len(text.split()) < 3 and not content.documents


def _hear_file(session: Session, talk: Talk, attached: Attachment) -> None:
    since = talk.said_at - JOINS_WITHIN
    cards = draft_rows.touched_since(session, talk.member.person_id, talk.heard.chat_id, since)
    undecided = [each for each in cards if each.step == BELONGS and not each.content.get("narrative")]
    if undecided or len(cards) == 1:  # files in a row are of one activity, whichever it is
        _add_to_draft(session, talk, (undecided or cards)[0], "", attached)
        return
    content = retelling.begin_with_file(talk)
    draft = drafts.begin(session, talk, DraftKind.ACTIVITY, content)
    attachment.attach(session, attached, _sent(talk), talk.now, draft_id=draft.id)
    drafts.show(talk, draft, edit=False)


def _touch(session: Session, talk: Talk, draft: Draft) -> None:
    """A file keeps the card warm, but leaves its buttons as they are."""
    draft.touched_at, draft.told_at = talk.now, talk.said_at
    draft_rows.save(session, draft)


def _part(talk: Talk, draft: Draft, text: str) -> Part:
    """The message as part of that draft, remembered for when it is edited."""
    message_id = talk.heard.message_id or 0
    draft_rows.note_message(talk.session, talk.heard.chat_id, message_id, draft.id)
    return Part(message_id=message_id, text=text)


def _sent(talk: Talk) -> Sent:
    heard = talk.heard
    return Sent(heard.chat_id, heard.message_id or 0, heard.album, heard.text, talk.member.person_id)
