"""Pending quantities of which a text tells that they count now: «ya se publicaron los 2 acuerdos»."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.flows import Choice, StepQuestion
from handlers.reading import readings as reading
from handlers.texts.activities import activities as activity_texts
from handlers.texts.activities import awaited as texts
from handlers.texts.activities import capture
from models.activities import settlement
from models.activities.detail import documents
from models.activities.reading import EntryView
from models.errors import Rejected
from models.evidence import attachment
from models.programme.view import TargetView
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.forms import ActivityForm, Settling
from models.tables.activity import Activity
from models.tables.chat.draft import DraftKind
from spanish.reading.activity import Understood
from spanish.reading.dates.units import Days

ENTRY = "entry"  # begins the value of a choice, before the entry's number
NEW = "new"
_OFFERED = 4
_QUANTITY, _DAYS = "quantity", "days"  # steps of a settlement


@dataclass(frozen=True)
class Awaited:
    """What the text may mean: pending entries of a target, how much of it counts, and since when."""

    target: TargetView
    entries: tuple[tuple[Activity, EntryView], ...]
    quantity: int | None
    day: date | None


def find(context: TurnContext, content: ActivityForm) -> Awaited | None:
    """Return the pending entries that the text means; None if it tells something else or nothing is pending.

    By the day or document that it names, else those of that quantity, else the oldest.
    """
    placed = context.programmes.line(content.line_id) if content.line_id is not None else None
    if placed is None or not content.narrative or content.unread or content.activity_id is not None:
        return None
    _, unit, line = placed
    if not context.member.may(Action.CAPTURE, unit.id):
        return None
    for target in line.targets:
        days = reading.condition_met(context, content.narrative, target) if target.counts_when else None
        if days is None:
            continue
        read = reading.of_line(context, content.narrative, unit, line)
        counted = {each.target_id: each.quantity for each in read.said if each.quantity}
        entries = settlement.waiting(context.session, target.id)
        if not entries or set(counted) - {target.id}:
            return None
        chosen = _chosen(context, entries, days, read, counted.get(target.id))
        return Awaited(target, tuple(chosen[:_OFFERED]), counted.get(target.id), read.ends_on)
    return None


def _chosen(
    context: TurnContext,
    entries: Sequence[tuple[Activity, EntryView]],
    days: Sequence[Days],
    read: Understood,
    quantity: int | None,
) -> list[tuple[Activity, EntryView]]:
    named = [
        (activity, entry)
        for activity, entry in entries
        if any(first <= activity.ends_on and activity.starts_on <= last for first, last in days)
        or set(read.documents) & set(documents(context.session, activity.id or 0))
    ]
    of_quantity = [(activity, entry) for activity, entry in entries if entry.pending == quantity]
    return named or of_quantity or list(entries)


def ask(context: TurnContext, content: ActivityForm, found: Awaited) -> StepQuestion:
    """Return the question which of the entries counts now, or whether it is something new."""
    choices = [
        Choice(activity_texts.counts_now(activity, entry, found.target), f"{ENTRY}{entry.id}")
        for activity, entry in found.entries
    ]
    files = attachment.gathered(context.session, draft_id=content.draft_id)
    text = capture.about(content, files) + texts.which(found.entries, found.target)
    return StepQuestion(text, [*choices, Choice(texts.NEW, NEW)])


def settle(context: TurnContext, content: ActivityForm, found: Awaited, entry_id: int) -> None:
    """End the draft and begin the settlement of the entry; files of the draft go to its activity."""
    draft = draft_rows.find(context.session, content.draft_id)
    chosen = next((each for each in found.entries if each[1].id == entry_id), None)
    if draft is None or chosen is None:
        raise Rejected("stale_button")
    activity, entry = chosen
    drafts.check_room(context, DraftKind.SETTLEMENT)
    if attachment.gathered(context.session, draft_id=draft.id):
        attachment.give_to_activity(context.session, draft.id, activity, context.member, context.now)
    draft.cancelled_at = context.now
    draft_rows.save(context.session, draft)
    others = [each for each, other in found.entries if other.id != entry_id]
    context.edit(texts.goes_on(content.narrative or "", others), [])
    drafts.open_new(context, DraftKind.SETTLEMENT, _settling(found, activity, entry))


def _settling(found: Awaited, activity: Activity, entry: EntryView) -> Settling:
    """Return the settlement with the quantity and the day that the text names."""
    begun = Settling(entry_id=entry.id)
    if found.quantity is not None and found.quantity <= entry.pending:
        begun = begun.answering(_QUANTITY, quantity=found.quantity)
    if found.day is not None and found.day > activity.ends_on:
        begun = begun.answering(_DAYS, counts_on=found.day)
    return begun
