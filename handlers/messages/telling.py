"""A text that stands alone: a filled card, several of them, the last activity again, or nothing to register.

Nothing is registered here: every card waits for its tap.
"""

from handlers.activity_form import retelling
from handlers.activity_form.steps import BELONGS, UNIT
from handlers.chat import drafts
from handlers.chat.talk import Talk
from handlers.messages import grouping, repeating, room
from handlers.reading import questions
from handlers.reading.units import capturable_units
from handlers.texts import general
from models.errors import Rejected
from models.evidence import attachment
from models.evidence.attachment import Attachment, Sent
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.filled import Filled, Part
from models.tables.draft import DraftKind
from spanish.reading.courtesy import is_courtesy
from spanish.reading.question import Question


def begin(
    talk: Talk,
    text: str,
    attached: Attachment | None,
    parent: Draft | None = None,
    asked: Question | None = None,
) -> None:
    """What becomes of a text. Soon after another (`parent`) it is first asked whether it is a part of it.

    `asked` is the question as which it may be read, too.
    """
    units = capturable_units(talk)
    if not units:
        raise Rejected("no_programme", year=talk.today.year)
    if attached is None and is_courtesy(text):
        talk.say(general.NOTHING_AWAITED)
        return
    begun = Filled(direct=True)
    if len(units) == 1:
        begun = begun.answering(UNIT, unit_id=units[0].id)
    doubtful = asked is not None and not asked.sure and attached is None
    parts = () if doubtful else grouping.parts_of(talk, begun, text)
    if parts:
        grouping.begin(talk, parts, attached, sent(talk))
    elif asked is not None and asked.sure and attached is None:
        questions.answer(talk, asked)
    elif (again := repeating.again(talk, text)) is not None:
        open_card(talk, again, None, attached)
    elif doubtful:
        content = retelling.begin(talk, begun, text).model_copy(update={"doubtful": True})
        open_card(talk, content, text, attached)
    else:
        _begin_card(talk, retelling.begin(talk, begun, text), text, attached, parent)


def _begin_card(
    talk: Talk,
    content: Filled,
    text: str,
    attached: Attachment | None,
    parent: Draft | None,
) -> None:
    """One card, unless nothing was told; a part of its parent, perhaps."""
    if parent is None and attached is None and _says_nothing(content, text):
        talk.say(general.NOTHING_AWAITED)
        return
    if parent is not None:
        content = content.forgetting(BELONGS).model_copy(update={"parent": parent.id})
    open_card(talk, content, text, attached)


def open_card(talk: Talk, content: Filled, text: str | None, attached: Attachment | None) -> Draft:
    """A new draft at its first open question or its card; `text` is what it follows when it is edited."""
    draft = drafts.begin(talk, DraftKind.ACTIVITY, content, room.waits(talk))
    if text is not None:
        content = content.model_copy(update={"parts": (part_of(talk, draft, text),)})
        drafts.keep(talk, draft, content)
        draft_rows.save(talk.session, draft)
    if attached is not None:
        attachment.attach(talk.session, attached, sent(talk), talk.now, draft_id=draft.id)
    drafts.show(talk, draft, edit=False)
    return draft


def part_of(talk: Talk, draft: Draft, text: str) -> Part:
    """The message as part of that draft, remembered for when it is edited."""
    message_id = talk.heard.message_id or 0
    draft_rows.note_message(talk.session, talk.heard.chat_id, message_id, draft.id)
    return Part(message_id=message_id, text=text)


def sent(talk: Talk) -> Sent:
    """The message in hand, as an attachment remembers it."""
    heard = talk.heard
    return Sent(heard.chat_id, heard.message_id or 0, heard.album, heard.text, talk.member.person_id)


def _says_nothing(content: Filled, text: str) -> bool:
    """A word or two of which nothing is understood: nothing that was done."""
    return content.line_id is None and len(text.split()) < 3 and not content.documents
