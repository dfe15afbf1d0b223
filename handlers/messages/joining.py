"""Files that joined a card by their time alone, and whose words come later: those are of another activity.

A file without words joins the only card that was touched a moment ago. An album is several messages in any
order, with its words on any of them, and a caption may be written afterwards: what was joined unasked is then
taken out again, with the rest of its album, and becomes an activity of its own.
"""

from handlers.activity_form.steps import NARRATIVE
from handlers.chat import drafts
from handlers.chat.talk import Talk
from handlers.messages import telling
from models.errors import Rejected
from models.evidence import attachment
from models.evidence.attachment import Attachment
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.draft import DraftKind
from models.tables.evidence import Evidence


def note(talk: Talk, draft: Draft) -> None:
    """The file in hand joins that draft, and nobody said so. The draft is not saved here."""
    joined = [*draft.content.get("joined", ()), _key(talk)]
    draft.content = {**draft.content, "joined": list(dict.fromkeys(joined))}


def joined_unasked(talk: Talk) -> Evidence | None:
    """The first file of the message's album, or its own, where that joined a card by its time alone."""
    session = talk.session
    heard = talk.heard
    if heard.reply_to is not None and heard.edited_at is None:
        return None  # it says itself where it belongs
    if heard.album is not None:
        piece = attachment.of_album(session, heard.chat_id, heard.album)
    else:
        piece = attachment.of_message(session, heard.chat_id, heard.message_id or 0)
    home = draft_rows.find(session, piece.draft_id) if piece is not None and piece.draft_id else None
    if home is None or _key(talk) not in home.content.get("joined", ()) or awaits_words(home):
        return None
    return piece


def awaits_words(draft: Draft | None) -> bool:
    """Whether a guided capture asks what was done, so that words with a file are its answer."""
    if draft is None or draft.kind is not DraftKind.ACTIVITY:
        return False
    return draft.step == NARRATIVE and not draft.content.get("direct")


def begin_apart(talk: Talk, piece: Evidence, text: str, attached: Attachment | None) -> None:
    """A card of its own for the words, with every file of theirs; the card that they left is shown anew."""
    session = talk.session
    home = draft_rows.find(session, piece.draft_id or 0)
    telling.begin(talk, text, attached)
    card = _card_of(talk, attached)
    if home is None or card is None or card.id == home.id:
        return
    if piece.activity_id is not None and not _leaves(talk, piece.activity_id):
        return
    attachment.take_out(session, piece, card.id, talk.member, talk.now)
    home.content = {**home.content, "joined": [each for each in home.content["joined"] if each != _key(talk)]}
    draft_rows.save(session, home)
    drafts.refresh(talk, home)
    if draft_rows.is_open(card):
        drafts.show_in_place(talk, card)


def _card_of(talk: Talk, attached: Attachment | None) -> Draft | None:
    """The card that the message in hand became, by its file or by its words."""
    session = talk.session
    chat_id, message_id = talk.heard.chat_id, talk.heard.message_id or 0
    if attached is None:
        return draft_rows.of_message(session, chat_id, message_id)
    piece = attachment.of_message(session, chat_id, message_id)
    return draft_rows.find(session, piece.draft_id) if piece is not None and piece.draft_id else None


def _leaves(talk: Talk, activity_id: int) -> bool:
    """Whether what is registered may still lose a file: not once it is signed."""
    try:
        attachment.check_changeable(talk.session, activity_id, talk.member)
    except Rejected:
        return False
    return True


def _key(talk: Talk) -> str:
    return talk.heard.album or f"message {talk.heard.message_id}"
