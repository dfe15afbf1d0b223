"""Changes or ends cards at the program's own initiative: joined files, corrections, expiry."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from handlers.activity_form import closed, registered
from handlers.activity_form.buttons import Revive
from handlers.activity_form.flow import target_steps
from handlers.activity_form.steps import BELONGS, DAYS, LINE, NARRATIVE, OPTIONAL, UNIT
from handlers.chat import broadcast, drafts
from handlers.chat.context import TurnContext, context_for_person
from handlers.chat.conversations import NONE, Conversations
from handlers.chat.keyboards import Keyboard, button
from handlers.texts.activities import capture as texts
from handlers.texts.activities import opened
from models.activities import reading as activities
from models.activities.correction import current_form
from models.calendar import closing
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.evidence import attachment
from models.operations import retention
from models.people.draft_rights import activity_of, may_hold
from models.quarter import Quarter
from models.reminders.preferences import FROM_HOUR, TO_HOUR
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage import outbox
from models.storage.database import separately
from models.storage.draft import Draft
from models.storage.forms import ActivityForm, RegisteredFacts
from models.storage.outbox import OutgoingCall
from models.tables.activity import Activity
from models.tables.chat.draft import DraftKind

KEPT_OPEN = timedelta(days=14)


def talk_about(
    session: Session, draft: Draft, now: datetime, conversations: Conversations
) -> TurnContext | None:
    """Return a context for the draft's person, or None if they cannot be reached."""
    return context_for_person(session, draft.person_id, draft.chat_id, now, conversations)


def show_due(session: Session, now: datetime, conversations: Conversations) -> datetime | None:
    """Edit the cards that files joined; return when the next one is due, or None.

    A card that cannot be shown is skipped and logged.
    """
    for draft in draft_rows.due_cards(session, now):
        with separately(session, f"The card of draft {draft.id} could not be noted as shown"):
            draft.card_due_at = None
            draft_rows.save(session, draft)
        with separately(session, f"The card of draft {draft.id} could not be shown"):
            _show(session, draft, now, conversations)
    return draft_rows.next_card_due(session)


def _show(session: Session, draft: Draft, now: datetime, conversations: Conversations) -> None:
    context = talk_about(session, draft, now, conversations)
    if context is None:
        return
    if draft_rows.is_open(draft) and not may_hold(session, draft, context.member):
        context.change_card(draft.id, texts.NO_LONGER_YOURS, [])
    elif draft_rows.is_open(draft):
        _show_open(context, draft)
    elif draft.registered_at is not None and draft.kind is DraftKind.ACTIVITY:
        _show_registered(context, draft)


def _show_open(context: TurnContext, draft: Draft) -> None:
    """Edit the card, or move it below the album that joined it, so that it is not far above."""
    shown = outbox.shown_as(context.session, draft.id)
    joined = draft.content.get("joined", ())
    newest = attachment.newest_of_albums(context.session, draft.id, joined) if joined else None
    if shown is None or newest is None or newest < shown:
        drafts.show_in_place(context, draft)
        return
    drafts.show(context, draft, edit=False)
    payload = {"chat_id": draft.chat_id, "message_id": shown}
    outbox.enqueue(context.session, OutgoingCall(draft.chat_id, "deleteMessage", payload, at=context.now))


def ask_again(session: Session, activity: Activity, now: datetime) -> None:
    """Have the message edited that said the activity was registered, while its number is still kept."""
    if activity.draft_id is not None and now - activity.registered_at < retention.KEPT:
        draft_rows.ask_for_card(session, activity.draft_id, now)


def expire(session: Session, now: datetime) -> None:
    """End drafts that were not touched for 14 days, during working hours, and tell each person once.

    Not while the quarter that they are about still takes captures.
    """
    known = calendar(session)
    local = now.astimezone(known.zone)
    if not known.is_working_day(local.date()) or not FROM_HOUR <= local.hour < TO_HOUR:
        return
    ended: dict[tuple[int, int], list[Draft]] = {}
    for draft in draft_rows.untouched_since(session, now - KEPT_OPEN):
        if may_be_finished(session, draft, now):
            continue
        with separately(session, f"Draft {draft.id} could not be ended"):
            draft.expired_at = now
            draft_rows.save(session, draft)
            ended.setdefault((draft.person_id, draft.chat_id), []).append(draft)
    for found in ended.values():
        with separately(session, f"The end of draft {found[0].id} could not be told"):
            context = talk_about(session, found[0], now, NONE)
            if context is not None:
                text, keyboard = _expired(context, found)
                broadcast.tell(session, [found[0].chat_id], text, now, keyboard)


def _expired(context: TurnContext, found: list[Draft]) -> tuple[str, Keyboard]:
    """Return the message about the expired drafts, with a button for each that the person may still hold."""
    theirs = [each for each in found if may_hold(context.session, each, context.member)]
    if len(found) > 1:
        keyboard = [[button(opened.name(each), Revive(each.id))] for each in theirs]
        return texts.several_expired(len(found)), keyboard
    if not theirs:
        return texts.expired("", attachment.NOTHING), []
    files = attachment.gathered(context.session, draft_id=found[0].id)
    text = texts.expired(str(found[0].content.get("narrative") or ""), files)
    return text, [[button(texts.REVIVE, Revive(found[0].id))]]


def is_ready(context: TurnContext, draft: Draft) -> bool:
    """Return whether one tap registers the card: every question answered, the day in an open quarter."""
    content: ActivityForm = drafts.read(context, draft)
    asked = drafts.flow_of(context, draft).steps(context, content)
    if content.unit_id is None or content.ends_on is None or not set(asked) <= set(content.answered):
        return False
    return closed.refusal(context, draft.id, content.unit_id, content.ends_on) is None


def may_be_finished(session: Session, draft: Draft, now: datetime) -> bool:
    """Return whether the quarter that the draft is about can still be captured; False if it is about none."""
    quarter, unit_id = _about(session, draft)
    if quarter is None:
        return False
    if unit_id is None:
        return now < calendar(session).late_cards_until(quarter)
    try:
        closing.check_open(session, unit_id, quarter.last_day, draft.said_at, now)
    except Rejected:
        return False
    return True


def _about(session: Session, draft: Draft) -> tuple[Quarter | None, int | None]:
    """Return the quarter and the unit that the draft is about, as far as known."""
    content, said_on = draft.content, draft.said_at.astimezone(calendar(session).zone).date()
    if draft.kind is DraftKind.ACTIVITY:
        day = date.fromisoformat(content["ends_on"]) if content.get("ends_on") else said_on
        return Quarter.of(day), content.get("unit_id")
    if draft.kind in (DraftKind.STANDSTILL, DraftKind.OBSERVATION, DraftKind.PRESENTATION):
        return Quarter.parse(content["quarter"]), None
    if draft.kind in (DraftKind.CORRECTION, DraftKind.SETTLEMENT, DraftKind.WITHDRAWAL, DraftKind.RETURN):
        activity = activity_of(session, draft)
        if activity is not None and activity.withdrawn_at is None:
            return Quarter.of(activity.ends_on), activity.unit_id
    return None, None


def give_back(context: TurnContext, activity: Activity, waits: bool) -> Draft | None:
    """Begin the card of an activity that was just undone once more: its text, answers and files.

    Return None if the draft that it began with is not kept any more.
    """
    session = context.session
    first = draft_rows.find(session, activity.draft_id) if activity.draft_id is not None else None
    if first is None or not first.content:
        return None
    begun: ActivityForm = drafts.read(context, first)
    now = current_form(session, activity)
    facts = {name: getattr(now, name) for name in RegisteredFacts.model_fields}
    content = begun.model_copy(update={**facts, "siblings": (), "parent": None, "joined": ()})
    for step in (BELONGS, UNIT, LINE, *target_steps(context, content), DAYS, NARRATIVE, *OPTIONAL):
        content = content.answering(step)
    draft = drafts.begin(context, DraftKind.ACTIVITY, content, waits, said_at=activity.said_at)
    draft_rows.move_messages(session, first.id, draft.id)
    attachment.take_back(session, activity.id or 0, draft.id, context.member, context.now)
    first.card_due_at = None
    draft_rows.save(session, first)
    return draft


def _show_registered(context: TurnContext, draft: Draft) -> None:
    """Edit the message of a registered activity, unless the person may no longer read it."""
    activity = activities.of_draft(context.session, draft.id)
    if activity is None or activity.id is None:
        return
    if not context.member.may(Action.READ_ACTIVITIES, activity.unit_id):
        return
    if activity.withdrawn_at is not None:
        if activity.withdrawal_reason:  # else the message says already that it was undone
            context.change_card(draft.id, texts.withdrawn(activity.id), [])
        return
    content = current_form(context.session, activity)
    context.change_card(draft.id, *registered.message(context, activity.id, content))
    registered.ask_for_end(context, draft.id, activity.id)
