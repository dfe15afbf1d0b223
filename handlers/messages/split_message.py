"""Several activities in one message: a card each, and one tap that registers all complete ones.

The cards are ordinary drafts. Each knows its siblings by number: «all:12» is the group of draft 12, and what
is still open is read when it is tapped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.activities import correction
from handlers.activity_form import apply_text, cards, registered, report_text
from handlers.activity_form.cards import KEPT_OPEN
from handlers.activity_form.steps import DAYS, UNIT
from handlers.chat import bursts, drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.keyboards import button
from handlers.messages import room
from handlers.reading import readings as reading
from handlers.reading.units import capturable_units
from handlers.texts.activities import edited_message as revision_texts
from handlers.texts.activities import split_message as texts
from handlers.updates.callback_data import CallbackData
from models.activities import reading as activities
from models.activities import registration
from models.errors import Rejected
from models.evidence import attachment
from models.evidence.attachment import Attachment, Sent
from models.people.draft_rights import may_hold
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.forms import ActivityForm, NarrativePart
from models.tables.chat.draft import DraftKind
from spanish.reading import several


@dataclass(frozen=True)
class RegisterAll(CallbackData, verb="all"):
    """Register every complete card that the message became."""

    draft_id: int  # one draft of the group


def parts_of(context: TurnContext, begun: ActivityForm, text: str) -> tuple[several.TextPart, ...]:
    """Return the activities that the text describes on lines of their own; empty if it is one."""
    lines = [(unit, line) for unit in capturable_units(context, begun) for line in unit.lines]
    return reading.split(context, text, lines, apply_text.history_of(context, lines))


def begin(
    context: TurnContext,
    parts: Sequence[several.TextPart],
    attached: Attachment | None,
    sent: Sent,
) -> None:
    """Begin a card for each and a button for all. Files of the message stay with the first."""
    session = context.session
    message_id = context.incoming.message_id or 0
    contents = [_content(context, each) for each in parts]
    waits = room.waits(context, len(parts))
    begun = [drafts.begin(context, DraftKind.ACTIVITY, each, waits) for each in contents]
    siblings = tuple(each.id for each in begun)
    draft_rows.note_message(session, context.incoming.chat_id, message_id, siblings[0])
    if attached is not None:
        attachment.attach(session, attached, sent, context.now, draft_id=siblings[0])
    for draft, content, part in zip(begun, contents, parts, strict=True):
        told = (NarrativePart(message_id=message_id, text=part.text),)
        drafts.keep(context, draft, content.model_copy(update={"siblings": siblings, "parts": told}))
        draft_rows.save(session, draft)
        drafts.show(context, draft, edit=False)
    if waits:
        return  # each is shown when there is room
    ready = sum(cards.is_ready(context, each) for each in begun)
    text = texts.several(len(begun), ready, with_file=attached is not None)
    context.say(text, [[button(texts.register_all(len(begun)), RegisterAll(siblings[0]))]])


def register_all(context: TurnContext, data: RegisterAll) -> None:
    """✅: register every complete card of the group in this transaction.

    A second tap finds nothing left. Cards with an open question, or of a closed quarter, stay open and are
    named. Raises `Rejected` if none is left.
    """
    session = context.session
    draft = draft_rows.find(session, data.draft_id)
    if draft is None:
        raise Rejected("stale_button")
    if draft.person_id != context.member.person_id:
        raise Rejected("not_yours")
    group = [found for each in _siblings(context, draft) if (found := draft_rows.find(session, each))]
    still = [each for each in group if draft_rows.is_open(each) and each.waits_since is None]
    still = [each for each in still if may_hold(session, each, context.member)]
    if not still:
        raise Rejected(
            "already_registered" if any(each.registered_at for each in group) else "already_cancelled"
        )
    ready = [each for each in still if cards.is_ready(context, each)]
    if not ready:
        raise Rejected("group_incomplete")
    numbers = [_register(context, each) for each in ready]
    left = len(still) - len(ready)
    again = [[button(texts.register_all(left), RegisterAll(draft.id))]] if left else []
    context.edit(texts.registered_all(numbers, left), again)
    room.show_next(context)


def follow(context: TurnContext, draft: Draft, text: str) -> None:
    """Update the cards of an edited message, as long as it has as many parts as before."""
    group = [found for each in _siblings(context, draft) if (found := draft_rows.find(context.session, each))]
    begun = ActivityForm(direct=True)
    parts = parts_of(context, begun, text)
    if len(parts) != len(group):
        if bursts.is_first(context, f"not followed:{context.incoming.message_id}"):
            context.say(texts.NOT_FOLLOWED)
        return
    for each, part in zip(group, parts, strict=True):
        _reword(context, each, NarrativePart(message_id=context.incoming.message_id or 0, text=part.text))


def _reword(context: TurnContext, draft: Draft, message: NarrativePart) -> None:
    """Replace one card's part of the message; what was added to the card since stays."""
    drafts.check_held(context, draft)
    content: ActivityForm = drafts.read(context, draft)
    told = tuple(message if each.message_id == message.message_id else each for each in content.parts)
    if told == content.parts:
        return
    whole = "\n".join(each.text for each in told)
    if draft_rows.is_open(draft):
        changed = apply_text.retell(context, content, whole)
        drafts.keep(context, draft, changed.model_copy(update={"parts": told}))
        draft_rows.save(context.session, draft)
        drafts.refresh(context, draft)
    elif draft.registered_at is not None:
        _offer_correction(context, draft, whole)


def _content(context: TurnContext, part: several.TextPart) -> ActivityForm:
    """Return the content of one part; a day named in an earlier part applies to it too."""
    placed = context.programmes.line(part.line_id)
    unit_id = placed[1].id if placed else None
    begun = ActivityForm(direct=True, unit_id=unit_id).answering(UNIT)
    content = apply_text.begin(context, begun, part.text)
    if part.days is None:
        return content
    return content.answering(DAYS, starts_on=part.days[0], ends_on=part.days[1])


def _siblings(context: TurnContext, draft: Draft) -> tuple[int, ...]:
    content = drafts.read(context, draft)
    if not isinstance(content, ActivityForm) or not content.siblings:
        raise Rejected("stale_button")
    return content.siblings


def _register(context: TurnContext, draft: Draft) -> int:
    content = report_text.settled(context, drafts.read(context, draft))
    number = registration.register(
        context.session, draft, content, context.member, context.today, context.now
    )
    context.change_card(draft.id, *registered.message(context, number, content))
    registered.ask_for_end(context, draft.id, number)
    return number


def _offer_correction(context: TurnContext, draft: Draft, text: str) -> None:
    """Offer a correction of the registered part with the changed words."""
    activity = activities.of_draft(context.session, draft.id)
    if activity is None or activity.id is None:
        return
    number = activity.id
    for open_already in drafts.recent_cards(context, context.now - KEPT_OPEN):
        if open_already.content.get("activity_id") == number:
            content: ActivityForm = drafts.read(context, open_already)
            again = apply_text.retell(context, content.model_copy(update={"direct": True}), text)
            drafts.keep(context, open_already, again)
            draft_rows.save(context.session, open_already)
            drafts.refresh(context, open_already)
            return
    now = correction.content_of(context, number)
    changed = apply_text.retell(context, now.model_copy(update={"direct": True}), text)
    if changed.facts() != now.facts():
        correction.begin_with(context, number, changed, revision_texts.offered(number))


CONVERSATION = Conversation(callbacks=(Callback(RegisterAll, Action.CAPTURE, register_all),))
