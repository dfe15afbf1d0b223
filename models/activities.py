"""Reading what was registered: pages of activities with their entries, newest first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.activity import Activity, ActivityKind, Entry, Settlement

_AT_ONCE = 1000  # SQLite takes about 32,000 values in one statement


@dataclass(frozen=True)
class EntryView:
    """An entry as it stands now; quantities scaled by the target's decimals."""

    id: int
    target_id: int
    quantity: int
    pending: int  # what still waits to count


@dataclass(frozen=True)
class ActivityView:
    activity: Activity
    entries: tuple[EntryView, ...]


def page(session: Session, unit_ids: Sequence[int], offset: int, size: int) -> list[ActivityView]:
    """Standing activities of those units, the latest registered first."""
    activities = session.exec(
        select(Activity)
        .where(
            col(Activity.unit_id).in_(unit_ids),
            col(Activity.withdrawn_at).is_(None),
            Activity.kind == ActivityKind.ACTIVITY,
        )
        .order_by(col(Activity.id).desc())
        .offset(offset)
        .limit(size)
    ).all()
    return with_entries(session, activities)


def with_entries(session: Session, activities: Sequence[Activity]) -> list[ActivityView]:
    """Those activities with their entries and what of them is pending now, in two look-ups a thousand."""
    entries: defaultdict[int, list[EntryView]] = defaultdict(list)
    for start in range(0, len(activities), _AT_ONCE):
        for entry, settled in _entries(session, [each.id for each in activities[start : start + _AT_ONCE]]):
            entries[entry.activity_id].append(_view(entry, settled))
    return [ActivityView(activity, tuple(entries[activity.id or 0])) for activity in activities]


def _entries(session: Session, ids: Sequence[int | None]) -> list[tuple[Entry, int]]:
    """Entries of those activities, each with what of it was settled."""
    entries = session.exec(select(Entry).where(col(Entry.activity_id).in_(ids)).order_by(col(Entry.id))).all()
    waiting = [entry.id for entry in entries if entry.pending]
    settled: dict[int, int] = {}
    if waiting:
        rows = session.execute(
            select(Settlement.entry_id, func.sum(Settlement.quantity))
            .where(col(Settlement.entry_id).in_(waiting), col(Settlement.undone_at).is_(None))
            .group_by(col(Settlement.entry_id))
        )
        settled = {entry_id: int(quantity) for entry_id, quantity in rows}
    return [(entry, settled.get(entry.id or 0, 0)) for entry in entries]


def _view(entry: Entry, settled: int) -> EntryView:
    assert entry.id is not None
    return EntryView(entry.id, entry.target_id, entry.quantity, entry.pending - settled)
