"""Settlements («ya cuenta»): pending quantities that begin to count. Rules: docs/rules.md#pending-quantities.

Functions raise `Rejected`, and nothing is changed then.
"""

from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.activities.reading import EntryView, find, with_entries
from models.calendar import closing
from models.errors import Rejected
from models.rights import Action, Member
from models.storage import audit
from models.storage.draft import Draft, save
from models.storage.forms import Settling
from models.tables.activity import Activity, Entry, Settlement


def pending_of(session: Session, entry: Entry) -> int:
    """Return how much of the entry is pending, scaled."""
    settled = session.exec(
        select(func.coalesce(func.sum(Settlement.quantity), 0)).where(
            Settlement.entry_id == entry.id, col(Settlement.undone_at).is_(None)
        )
    ).one()
    return entry.pending - int(settled)


def waiting(session: Session, target_id: int) -> list[tuple[Activity, EntryView]]:
    """Return the target's entries of which something is pending, earliest activity first."""
    session.flush()
    query = (
        select(Activity)
        .join(Entry, col(Entry.activity_id) == col(Activity.id))
        .where(Entry.target_id == target_id, Entry.pending > 0, col(Activity.withdrawn_at).is_(None))
        .order_by(col(Activity.ends_on), col(Activity.id))
    )
    found = with_entries(session, session.exec(query).all())
    return [
        (view.activity, entry)
        for view in found
        for entry in view.entries
        if entry.target_id == target_id and entry.pending > 0
    ]


def find_entry(session: Session, entry_id: int, member: Member) -> tuple[Entry, Activity]:
    """Return an entry and its activity, if the person may capture in its unit.

    Raises `Rejected`: "stale_button", "not_allowed", "activity_withdrawn".
    """
    entry = session.get(Entry, entry_id)
    activity = session.get(Activity, entry.activity_id) if entry else None
    if entry is None or activity is None:
        raise Rejected("stale_button")
    member.require(Action.CAPTURE, activity.unit_id)
    if activity.withdrawn_at is not None:
        raise Rejected("activity_withdrawn")
    return entry, activity


def check_settlement(session: Session, entry: Entry, activity: Activity, form: Settling, today: date) -> None:
    """Check: at most what is pending, not before the activity's last day, not in the future."""
    left = pending_of(session, entry)
    if left <= 0:
        raise Rejected("nothing_pending")
    if form.quantity is not None and not 0 < form.quantity <= left:
        raise Rejected("more_than_pending")
    if form.counts_on is not None and form.counts_on > today:
        raise Rejected("day_in_future")
    if form.counts_on is not None and form.counts_on < activity.ends_on:
        raise Rejected("settled_before_activity")


def settle(
    session: Session, draft: Draft, form: Settling, member: Member, today: date, now: datetime
) -> Settlement:
    """Store that the quantity counts from that day on; the rest stays pending."""
    entry, activity = find_entry(session, form.entry_id, member)
    if form.quantity is None or form.counts_on is None:
        raise Rejected("draft_incomplete")
    check_settlement(session, entry, activity, form, today)
    closing.check_open(session, activity.unit_id, form.counts_on, draft.said_at, now)
    settlement = Settlement(
        entry_id=form.entry_id,
        draft_id=draft.id,
        quantity=form.quantity,
        counts_on=form.counts_on,
        registered_by=member.person_id,
        registered_at=now,
        said_at=draft.said_at,
    )
    session.add(settlement)
    session.flush()
    draft.registered_at = now
    save(session, draft)
    after = form.model_dump(mode="json", exclude={"answered"})
    audit.record(
        session, now, audit.person(member.person_id), "settle", f"activity:{activity.id}", None, after
    )
    return settlement


def find_active(session: Session, settlement_id: int, member: Member) -> tuple[Settlement, Entry, Activity]:
    """Return a settlement in force that the person may take back, locked until the transaction ends.

    Raises `Rejected`: "activity_unknown", "not_yours_to_correct", "activity_withdrawn", "settlement_undone".
    """
    settlement = session.get(Settlement, settlement_id)
    entry = session.get(Entry, settlement.entry_id) if settlement else None
    if settlement is None or entry is None:
        raise Rejected("activity_unknown")
    activity = find(session, entry.activity_id, member)
    if not may_take_back(member, activity, settlement):
        raise Rejected("not_yours_to_correct")
    if activity.withdrawn_at is not None:
        raise Rejected("activity_withdrawn")
    session.refresh(settlement, with_for_update=True)
    if settlement.undone_at is not None:
        raise Rejected("settlement_undone")
    return settlement, entry, activity


def may_take_back(member: Member, activity: Activity, settlement: Settlement) -> bool:
    """Return whether the person made the settlement, is the unit's director, or planning."""
    return member.may(Action.CORRECT, activity.unit_id, settlement.registered_by)


def take_back(session: Session, settlement_id: int, member: Member, now: datetime) -> Settlement:
    """Make the quantity pending again. The settlement is kept; audited."""
    settlement, _, activity = find_active(session, settlement_id, member)
    closing.check_open(session, activity.unit_id, settlement.counts_on, now, now)
    settlement.undone_at, settlement.undone_by = now, member.person_id
    session.flush()
    before = {
        "entry_id": settlement.entry_id,
        "quantity": settlement.quantity,
        "counts_on": settlement.counts_on.isoformat(),
    }
    actor = audit.person(member.person_id)
    audit.record(session, now, actor, "take back", f"activity:{activity.id}", before, None)
    return settlement
