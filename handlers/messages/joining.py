"""Files that joined a card by time alone, and whose words come later.

A file without words joins the only card touched a moment ago. An album is several messages in any order with
its words on any of them, and a caption may be written afterwards. When words come, such files are taken out
of the card with the rest of their album and become an activity of their own.
"""

from handlers.activity_form import acts
from handlers.activity_form.steps import DOUBT, MORE
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.flows import CARD
from handlers.messages import new_card
from models.errors import Rejected
from models.evidence import attachment
from models.evidence.attachment import Attachment
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from models.tables.evidence import Evidence


def note(context: TurnContext, draft: Draft) -> None:
    """Note that the current file joined that draft by time alone. The draft is not saved here."""
    joined = [*draft.content.get("joined", ()), _key(context)]
    draft.content = {**draft.content, "joined": list(dict.fromkeys(joined))}


def joined_unasked(context: TurnContext) -> Evidence | None:
    """Return the first file of the message's album, or its own, if it joined a card by time alone."""
    session = context.session
    incoming = context.incoming
    if incoming.reply_to is not None and incoming.edited_at is None:
        return None  # a reply names its card
    if incoming.album is not None:
        piece = attachment.of_album(session, incoming.chat_id, incoming.album)
    else:
        piece = attachment.of_message(session, incoming.chat_id, incoming.message_id or 0)
    home = draft_rows.find(session, piece.draft_id) if piece is not None and piece.draft_id else None
    if home is None or _key(context) not in home.content.get("joined", ()) or awaits_words(home):
        return None
    return piece


def take_file(context: TurnContext, draft: Draft, attached: Attachment | None) -> None:
    """Attach the current message's file to the draft; a report that may be a question is one then."""
    if attached is None:
        return
    attachment.attach(context.session, attached, new_card.sent(context), context.now, draft_id=draft.id)
    if draft.step == DOUBT:
        content = drafts.read(context, draft)
        if acts.is_answered_by_file(context, content):
            drafts.keep(context, draft, content.answering(DOUBT))


def awaits_words(draft: Draft | None) -> bool:
    """Return whether a guided capture asks something, so that files and their words belong to it."""
    if draft is None or draft.kind is not DraftKind.ACTIVITY or draft.content.get("direct"):
        return False
    return draft.step not in (CARD, MORE)


def begin_apart(context: TurnContext, piece: Evidence, text: str, attached: Attachment | None) -> None:
    """Begin a card for the words with all their files, and show the card they left again."""
    session = context.session
    home = draft_rows.find(session, piece.draft_id or 0)
    new_card.begin(context, text, attached)
    card = _card_of(context, attached)
    if home is None or card is None or card.id == home.id:
        return
    if piece.activity_id is not None and not _leaves(context, piece.activity_id):
        return
    attachment.take_out(session, piece, card.id, context.member, context.now)
    home.content = {
        **home.content,
        "joined": [each for each in home.content["joined"] if each != _key(context)],
    }
    draft_rows.save(session, home)
    drafts.refresh(context, home)
    if draft_rows.is_open(card):
        drafts.show_in_place(context, card)


def _card_of(context: TurnContext, attached: Attachment | None) -> Draft | None:
    """Return the card that the current message became, by its file or its words."""
    session = context.session
    chat_id, message_id = context.incoming.chat_id, context.incoming.message_id or 0
    if attached is None:
        return draft_rows.of_message(session, chat_id, message_id)
    piece = attachment.of_message(session, chat_id, message_id)
    return draft_rows.find(session, piece.draft_id) if piece is not None and piece.draft_id else None


def _leaves(context: TurnContext, activity_id: int) -> bool:
    """Return whether a registered activity may still lose a file: not once it is signed."""
    try:
        attachment.check_changeable(context.session, activity_id, context.member)
    except Rejected:
        return False
    return True


def _key(context: TurnContext) -> str:
    return context.incoming.album or f"message {context.incoming.message_id}"
