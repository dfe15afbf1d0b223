"""Changes or ends cards at the program's own initiative: joined files, corrections, expiry."""

from datetime import datetime, timedelta

from sqlmodel import Session

from handlers.activity_form.flow import registered
from handlers.chat import broadcast, drafts
from handlers.chat.context import TurnContext, context_for_person
from handlers.chat.conversations import NONE, Conversations
from handlers.texts.activities import capture as texts
from models.activities import reading as activities
from models.activities.correction import current_form
from models.calendar.calendar import calendar
from models.operations import retention
from models.people.draft_rights import may_hold
from models.reminders.preferences import FROM_HOUR, TO_HOUR
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.database import separately
from models.storage.draft import Draft
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
        drafts.show_in_place(context, draft)
    elif draft.registered_at is not None and draft.kind is DraftKind.ACTIVITY:
        _show_registered(context, draft)


def ask_again(session: Session, activity: Activity, now: datetime) -> None:
    """Have the message edited that said the activity was registered, while its number is still kept."""
    if activity.draft_id is not None and now - activity.registered_at < retention.KEPT:
        draft_rows.ask_for_card(session, activity.draft_id, now)


def expire(session: Session, now: datetime) -> None:
    """End drafts that were not touched for 14 days, during working hours, and tell each person once."""
    known = calendar(session)
    local = now.astimezone(known.zone)
    if not known.is_working_day(local.date()) or not FROM_HOUR <= local.hour < TO_HOUR:
        return
    ended: dict[tuple[int, int], list[Draft]] = {}
    for draft in draft_rows.untouched_since(session, now - KEPT_OPEN):
        with separately(session, f"Draft {draft.id} could not be ended"):
            draft.expired_at = now
            draft_rows.save(session, draft)
            ended.setdefault((draft.person_id, draft.chat_id), []).append(draft)
    for found in ended.values():
        with separately(session, f"The end of draft {found[0].id} could not be told"):
            context = talk_about(session, found[0], now, NONE)
            if context is not None:
                text = _expired(context, found)
                broadcast.tell(session, [found[0].chat_id], text, now)


def _expired(context: TurnContext, found: list[Draft]) -> str:
    """Return the message about the expired drafts; it quotes a single one if the person may still read it."""
    if len(found) > 1:
        return texts.several_expired(len(found))
    theirs = may_hold(context.session, found[0], context.member)
    return texts.expired(str(found[0].content.get("narrative") or "") if theirs else "")


def _show_registered(context: TurnContext, draft: Draft) -> None:
    """Edit the message of a registered activity, unless the person may no longer read it."""
    activity = activities.of_draft(context.session, draft.id)
    if activity is None or activity.id is None:
        return
    if not context.member.may(Action.READ_ACTIVITIES, activity.unit_id):
        return
    if activity.withdrawn_at is not None:
        context.change_card(draft.id, texts.withdrawn(activity.id), [])
        return
    text, keyboard = registered(context, activity.id, current_form(context.session, activity))
    context.change_card(draft.id, text, keyboard)
