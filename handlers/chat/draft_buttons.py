"""Buttons of drafts: which draft a tap belongs to, choosing, going back, finishing, cancelling."""

from typing import Any

from handlers.chat import confirming, drafts
from handlers.chat.command_buttons import RunCommand
from handlers.chat.context import TurnContext
from handlers.chat.flows import (
    ACCEPT,
    ASIDE,
    BACK,
    CANCEL,
    CARD,
    CHOOSE,
    EDIT,
    TURN,
    DraftButton,
    Flow,
    NotAnAnswer,
    OpenCards,
)
from handlers.chat.keyboards import button
from handlers.texts import help as help_texts
from handlers.texts.activities import capture as texts
from handlers.texts.activities import open_question as question_texts
from handlers.texts.activities import opened
from models.bounds import OPEN_CARDS
from models.errors import Rejected
from models.operations import retention
from models.people.draft_rights import may_hold
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.forms import FormState


def press(context: TurnContext, data: DraftButton) -> None:
    """Handle a button of a draft: check its owner and revision, then apply it.

    Under a stale button the draft's open question replaces the message. A message that was sent twice because
    of a crash may be the newest one, so referring to the newest would not help.
    """
    draft = _pressed(context, data.draft_id)
    if not may_hold(context.session, draft, context.member):
        context.answer(texts.NO_LONGER_YOURS, alert=True)
        context.edit(texts.NO_LONGER_YOURS, draft_id=draft.id)
        return
    if draft.expired_at is not None:
        revive(context, draft)
        drafts.show(context, draft, edit=True, preface=texts.REVIVED)
        return
    if (draft.id, draft.revision) != (data.draft_id, data.revision):
        context.answer(texts.MOVED_ON)
        drafts.show(context, draft, edit=True)
        return
    _apply(context, draft, data)


def _apply(context: TurnContext, draft: Draft, data: DraftButton) -> None:
    """Do what the button of an open draft says. Raises `Rejected` if the draft has another step."""
    flow = drafts.flow_of(context, draft)
    content = drafts.read(context, draft)
    if data.operation == ACCEPT and draft.step == CARD:
        if draft.kind not in confirming.KINDS or confirming.confirmed(context):
            flow.finish(context, draft, content)
    elif data.operation == CANCEL:
        _cancel(context, draft)
    elif data.operation == TURN:
        drafts.show(context, draft, edit=True)
    else:
        _move(context, draft, data, flow, content)


def _move(context: TurnContext, draft: Draft, data: DraftButton, flow: Flow, content: Any) -> None:
    """Answer the step or go to another one, and show the draft."""
    operation, value = data.operation, data.value or ""
    if operation in (CHOOSE, ASIDE):
        chosen = _chosen(context, flow, draft, content, data)
        if chosen is None:
            return
        stays = draft.step if draft.step in flow.optional else None
        drafts.keep(context, draft, chosen)
        draft.step = stays or draft.step  # several may be taken off, one after the other
    elif operation == EDIT and value in (*flow.steps(context, content), *flow.optional):
        drafts.move_to(context, draft, value)
    elif operation == BACK:
        drafts.move_to(context, draft, drafts.step_before(flow, flow.steps(context, content), draft.step))
    else:
        raise Rejected("stale_button")
    draft_rows.save(context.session, draft)
    drafts.show(context, draft, edit=True)


def revive(context: TurnContext, draft: Draft) -> None:
    """Open an expired draft again, as it was. Raises `Rejected` if it is not kept any more, or not theirs."""
    if draft.person_id != context.member.person_id:
        raise Rejected("not_yours")
    if draft.expired_at is None:
        raise Rejected("stale_button")
    if draft.chat_id == retention.NOBODY or not draft.content:
        raise Rejected("draft_expired")
    drafts.check_held(context, draft)
    draft.expired_at, draft.waits_since = None, None
    draft.touched_at, draft.told_at = context.now, context.said_at
    draft_rows.save(context.session, draft)


def cancel_newest(context: TurnContext) -> None:
    """`/cancelar`: cancel the draft that was touched last, and say which that was."""
    draft = drafts.newest_open(context)
    if draft is None:
        context.say(texts.NOTHING_TO_CANCEL, [[button(help_texts.HELP, RunCommand("help"))]])
        return
    draft.cancelled_at = context.now
    draft_rows.save(context.session, draft)
    said = drafts.flow_of(context, draft).cancelled
    context.change_card(draft.id, said, [])
    person, chat = context.member.person_id, context.incoming.chat_id
    others = len(draft_rows.newest_open(context.session, person, chat, OPEN_CARDS))
    see = [[button(opened.SEE, OpenCards())]] if others else []
    context.say(opened.cancelled(said, draft, others), see)


def _chosen(
    context: TurnContext, flow: Flow, draft: Draft, content: Any, data: DraftButton
) -> FormState | None:
    """Return the content after the chosen button, or with the text that was set aside as the answer."""
    if data.operation == CHOOSE:
        return flow.choose(context, content, draft.step, data.value or "")
    if not content.aside:
        raise Rejected("stale_button")
    other = draft_rows.whole(context.session, content.aside_draft)
    if other is not None and other.person_id == draft.person_id and draft_rows.is_open(other):
        other.cancelled_at = context.now
        draft_rows.save(context.session, other)
        context.change_card(other.id, question_texts.TAKEN_AS_ANSWER, [])
    text = drafts.fitting_words(context, content.aside, flow.words.get(draft.step, len(content.aside)))
    answered = flow.write(context, content.model_copy(update={"aside": ""}), draft.step, text)
    if isinstance(answered, NotAnAnswer):
        raise answered.refusal
    return answered


def _pressed(context: TurnContext, draft_id: int) -> Draft:
    """Return the button's draft, or the one that it was merged into. Raises `Rejected`."""
    draft = draft_rows.whole(context.session, draft_id)
    if draft is None:
        raise Rejected("stale_button")
    if draft.person_id != context.member.person_id:
        raise Rejected("not_yours")
    if draft.registered_at:
        raise Rejected("already_registered")
    if draft.cancelled_at:
        raise Rejected("already_cancelled")
    return draft


def _cancel(context: TurnContext, draft: Draft) -> None:
    draft.cancelled_at = context.now
    draft_rows.save(context.session, draft)
    context.edit(opened.cancelled(drafts.flow_of(context, draft).cancelled, draft))
