"""Handles a text of its own: a card, several cards, a repetition, or nothing to register.

Nothing is registered here; every card needs a tap.
"""

from handlers.activity_form import apply_text
from handlers.activity_form.steps import BELONGS, DOUBT, UNIT
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.flows import CARD
from handlers.messages import courtesies, repeat_last, room, split_message
from handlers.reading import questions
from handlers.reading.units import capturable_units
from handlers.texts import general
from models.errors import Rejected
from models.evidence import attachment
from models.evidence.attachment import Attachment, Sent
from models.storage import draft as draft_rows
from models.storage import occurrences
from models.storage.draft import Draft
from models.storage.forms import ActivityForm, NarrativePart
from models.storage.occurrences import Occurred
from models.tables.chat.draft import DraftKind
from spanish.reading.acts import Act
from spanish.reading.courtesy import is_courtesy
from spanish.reading.questions import Question


def begin(
    context: TurnContext,
    text: str,
    attached: Attachment | None,
    parent: Draft | None = None,
    asked: Question | None = None,
    ordered: bool = False,
) -> None:
    """Begin what the text describes. Soon after another card (`parent`), first ask whether it is part of it.

    `asked` is the question as which it may also be read; `ordered` that it came with `/registrar`.
    """
    units = capturable_units(context)
    if not units:
        raise Rejected("no_programme", year=context.today.year)
    if attached is None and is_courtesy(text):
        courtesies.answer(context, text)
        return
    begun = ActivityForm(direct=True)
    if len(units) == 1:
        begun = begun.answering(UNIT, unit_id=units[0].id)
    if ordered:
        begun = begun.answering(DOUBT)
    act = Act.TOLD if ordered else apply_text.act_of(context, begun.model_copy(update={"narrative": text}))
    doubtful = asked is not None and not asked.sure and attached is None
    parts = () if doubtful or act is not Act.TOLD else split_message.parts_of(context, begun, text)
    if parts:
        split_message.begin(context, parts, attached, sent(context))
    elif asked is not None and asked.sure and attached is None:
        questions.answer(context, asked)
    elif (again := repeat_last.again(context, text)) is not None:
        open_card(context, again, None, attached)
    elif doubtful:
        content = apply_text.begin(context, begun, text).model_copy(update={"doubtful": True})
        open_card(context, content, text, attached)
    elif act is Act.COURTESY and attached is None:
        courtesies.answer(context, text)
    else:
        content = apply_text.begin(context, begun, text)
        partly = act in (Act.TOLD, Act.NONE, Act.COURTESY) and not _is_of_another_line(parent, content)
        _begin_card(context, content, text, attached, parent if partly else None)


def _is_of_another_line(parent: Draft | None, content: ActivityForm) -> bool:
    """Return whether the text is plainly of another line than the card before it."""
    line_id = parent.content.get("line_id") if parent is not None else None
    return line_id is not None and content.line_id not in (None, line_id)


def _begin_card(
    context: TurnContext,
    content: ActivityForm,
    text: str,
    attached: Attachment | None,
    parent: Draft | None,
) -> None:
    """Begin one card, unless the text says nothing; ask whether it is a part of its parent."""
    if parent is None and attached is None and _says_nothing(content, text):
        context.say(general.NOTHING_AWAITED, courtesies.ways_on(context))
        return
    if parent is not None:
        content = content.forgetting(BELONGS).model_copy(update={"parent": parent.id})
    open_card(context, content, text, attached)


def open_card(
    context: TurnContext, content: ActivityForm, text: str | None, attached: Attachment | None
) -> Draft:
    """Begin a draft at its first open question or card; `text` is the message it follows when edited."""
    draft = drafts.begin(context, DraftKind.ACTIVITY, content, room.waits(context))
    if text is not None:
        content = content.model_copy(update={"parts": (part_of(context, draft, text),)})
        drafts.keep(context, draft, content)
        draft_rows.save(context.session, draft)
    if attached is not None:
        attachment.attach(context.session, attached, sent(context), context.now, draft_id=draft.id)
    drafts.show(context, draft, edit=False)
    if text is not None:
        read = "ready" if draft.step == CARD else "asked"
        occurrences.note(context.session, Occurred.CARD, read)
    return draft


def part_of(context: TurnContext, draft: Draft, text: str) -> NarrativePart:
    """Store the message as a part of that draft, for when it is edited."""
    message_id = context.incoming.message_id or 0
    draft_rows.note_message(context.session, context.incoming.chat_id, message_id, draft.id)
    return NarrativePart(message_id=message_id, text=text)


def sent(context: TurnContext) -> Sent:
    """Return the current message as an attachment remembers it."""
    incoming = context.incoming
    return Sent(
        incoming.chat_id, incoming.message_id or 0, incoming.album, incoming.text, context.member.person_id
    )


def _says_nothing(content: ActivityForm, text: str) -> bool:
    """Return whether the text has at most two words and nothing in it is understood."""
    return content.line_id is None and len(text.split()) < 3 and not content.documents
