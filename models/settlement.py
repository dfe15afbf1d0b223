"""«Ya cuenta»: what was pending comes to count. Each rule raises `Rejected` with what is wrong."""

from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import audit
from models.activity import Activity, Entry, Settlement
from models.draft import Draft, save
from models.errors import Rejected
from models.filled import Settling
from models.rights import Action, Member


def pending_of(session: Session, entry: Entry) -> int:
    """What of the entry still waits to count, scaled."""
    settled = session.exec(
        select(func.coalesce(func.sum(Settlement.quantity), 0)).where(
            Settlement.entry_id == entry.id, col(Settlement.undone_at).is_(None)
        )
    ).one()
    return entry.pending - int(settled)


def find_entry(session: Session, entry_id: int, member: Member) -> tuple[Entry, Activity]:
    """An entry of a standing activity in a unit where the person may capture."""
    entry = session.get(Entry, entry_id)
    activity = session.get(Activity, entry.activity_id) if entry else None
    if entry is None or activity is None:
        raise Rejected("stale_button")
    member.require(Action.CAPTURE, activity.unit_id)
    if activity.withdrawn_at is not None:
        raise Rejected("activity_withdrawn")
    return entry, activity


def check_settlement(
    session: Session, entry: Entry, activity: Activity, filled: Settling, today: date
) -> None:
    """Not more than what is pending, not before the activity's last day, not in the future."""
    left = pending_of(session, entry)
    if left <= 0:
        raise Rejected("nothing_pending")
    if filled.quantity is not None and not 0 < filled.quantity <= left:
        raise Rejected("more_than_pending")
    if filled.counts_on is not None and filled.counts_on > today:
        raise Rejected("day_in_future")
    if filled.counts_on is not None and filled.counts_on < activity.ends_on:
        raise Rejected("settled_before_activity")


def settle(
    session: Session, draft: Draft, filled: Settling, member: Member, today: date, now: datetime
) -> Settlement:
    """«Ya cuenta»: the quantity counts from that day on; the rest stays pending."""
    entry, activity = find_entry(session, filled.entry_id, member)
    if filled.quantity is None or filled.counts_on is None:
        raise Rejected("draft_incomplete")
    check_settlement(session, entry, activity, filled, today)
    settlement = Settlement(
        entry_id=filled.entry_id,
        draft_id=draft.id,
        quantity=filled.quantity,
        counts_on=filled.counts_on,
        registered_by=member.person_id,
        registered_at=now,
        said_at=draft.said_at,
    )
    session.add(settlement)
    draft.registered_at = now
    save(session, draft)
    after = filled.model_dump(mode="json", exclude={"answered"})
    audit.record(
        session, now, audit.person(member.person_id), "settle", f"activity:{activity.id}", None, after
    )
    return settlement
