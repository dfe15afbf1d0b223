"""Queries of activities: pages, and a single one that a person may read."""

import heapq
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.calendar import closing
from models.errors import Rejected
from models.quarter import Quarter
from models.rights import Action, Member
from models.tables.activity import Activity, ActivityKind, Entry, Settlement
from models.tables.programme import Target

_AT_ONCE = 1000  # SQLite takes about 32,000 values in one statement


@dataclass(frozen=True)
class EntryView:
    """An entry; quantities are scaled by the target's decimals."""

    id: int
    target_id: int
    quantity: int
    pending: int  # does not count yet


@dataclass(frozen=True)
class ActivityView:
    activity: Activity
    entries: tuple[EntryView, ...]


@dataclass(frozen=True)
class Wanted:
    """Which activities to list: of units, or a line; by an author; with their last day between two days.

    `periods`, if given, restricts them: each is a unit, and the first and last day that may be read.
    """

    unit_ids: tuple[int, ...]
    first_day: date
    last_day: date
    line_id: int | None = None
    author_id: int | None = None
    periods: tuple[tuple[int, date, date], ...] | None = None
    registered: tuple[datetime, datetime] | None = None  # from then on, and before


def page(session: Session, wanted: Wanted, offset: int, size: int) -> list[ActivityView]:
    """Return a page of activities, withdrawn ones too, latest day first.

    Each query reads one index (unit, line or author, each by day) backwards and stops at `offset` + `size`,
    so its cost does not depend on how much is stored. Several units are read one by one and merged.
    """
    session.flush()
    walks = [_walk(session, statement, offset + size) for statement in _statements(wanted)]
    merged = heapq.merge(*walks, reverse=True)
    ids = [number for _, number in islice(merged, offset, offset + size)]
    found = {
        activity.id: activity
        for activity in session.exec(select(Activity).where(col(Activity.id).in_(ids))).all()
    }
    return with_entries(session, [found[number] for number in ids])


def count(session: Session, wanted: Wanted) -> int:
    """Return how many activities those are, without withdrawn ones."""
    session.flush()
    not_withdrawn = col(Activity.withdrawn_at).is_(None)
    parts = [each.where(not_withdrawn).order_by(None).subquery() for each in _statements(wanted)]
    numbers = (session.execute(select(func.count()).select_from(each)).scalar_one() for each in parts)
    return sum(map(int, numbers))


def newest_of(session: Session, person_id: int, unit_ids: Collection[int]) -> int | None:
    """Return the number of the activity that the person registered last in those units, or in any where there
    are none; without withdrawn ones."""
    query = select(Activity.id).where(
        col(Activity.registered_by) == person_id,
        col(Activity.withdrawn_at).is_(None),
        col(Activity.kind) == ActivityKind.ACTIVITY,
    )
    if unit_ids:
        query = query.where(col(Activity.unit_id).in_(unit_ids))
    return session.exec(query.order_by(col(Activity.registered_at).desc()).limit(1)).first()


def find(session: Session, activity_id: int, member: Member) -> Activity:
    """Return the activity if the person may read it.

    Raises `Rejected("activity_unknown")`, whether it does not exist or is out of their reach.
    """
    activity = session.get(Activity, activity_id)
    if activity is None or activity.kind != ActivityKind.ACTIVITY or not _may_read(session, activity, member):
        raise Rejected("activity_unknown")
    return activity


def number_before(session: Session, activity_id: int, most: int) -> int:
    """Return how many activities, at most `most`, the author of that one had registered before it."""
    own = aliased(Activity)
    earlier = (
        select(own.id)
        .join_from(Activity, own, col(own.registered_by) == col(Activity.registered_by))
        .where(Activity.id == activity_id, col(own.id) < activity_id, own.kind == ActivityKind.ACTIVITY)
        .limit(most)
    )
    return len(session.exec(earlier).all())


def look_up(session: Session, activity_id: int) -> Activity | None:
    """Return the activity with that number, without checking rights, or None."""
    return session.get(Activity, activity_id)


def of_draft(session: Session, draft_id: int) -> Activity | None:
    """Return the activity that a draft became, or None."""
    return session.exec(select(Activity).where(col(Activity.draft_id) == draft_id)).first()


def registered_since(
    session: Session, person_id: int, unit_ids: Collection[int], since: datetime, limit: int
) -> list[Activity]:
    """Return what the person registered in those units since then, without withdrawn ones, newest first."""
    query = select(Activity).where(
        col(Activity.registered_by) == person_id,
        col(Activity.unit_id).in_(unit_ids),
        col(Activity.withdrawn_at).is_(None),
        col(Activity.registered_at) >= since,
    )
    return list(session.exec(query.order_by(col(Activity.id).desc()).limit(limit)).all())


def _may_read(session: Session, activity: Activity, member: Member) -> bool:
    """Return whether the person may read the activity; observers may once its quarter is signed."""
    if member.may(Action.READ_ACTIVITIES, activity.unit_id):
        return True
    if not member.may(Action.READ_ACTIVITIES, activity.unit_id, signed=True):
        return False
    return closing.signed(session, activity.unit_id, Quarter.of(activity.ends_on)) is not None


def find_correctable(session: Session, activity_id: int, member: Member) -> Activity:
    """Return the activity, locked until the transaction ends, if the person may correct it.

    Raises `Rejected` as `find`, "not_yours_to_correct", "activity_withdrawn".
    """
    activity = find(session, activity_id, member)
    if not member.may(Action.CORRECT, activity.unit_id, activity.registered_by):
        raise Rejected("not_yours_to_correct")
    session.refresh(activity, with_for_update=True)
    if activity.withdrawn_at is not None:
        raise Rejected("activity_withdrawn")
    return activity


_KEYS = (
    select(col(Activity.ends_on), col(Activity.id))
    .where(Activity.kind == ActivityKind.ACTIVITY)
    .order_by(col(Activity.ends_on).desc(), col(Activity.id).desc())
)


def _statements(wanted: Wanted) -> list[Any]:
    """One statement for each index walk."""
    if wanted.registered is None:
        return _walks(wanted)
    since, before = wanted.registered
    within = col(Activity.registered_at) >= since, col(Activity.registered_at) < before
    return [each.where(*within) for each in _walks(wanted)]


def _walks(wanted: Wanted) -> list[Any]:
    """Each by one index. `+ 0` keeps a condition from choosing another index."""
    if wanted.periods is not None:
        return [_of_period(wanted, *each) for each in wanted.periods]
    days = _KEYS.where(col(Activity.ends_on).between(wanted.first_day, wanted.last_day))
    within = (col(Activity.unit_id) + 0).in_(wanted.unit_ids)
    if wanted.line_id is not None:
        of_line = days.where(col(Activity.line_id) == wanted.line_id, within)
        if wanted.author_id is None:
            return [of_line]
        return [of_line.where(col(Activity.registered_by) + 0 == wanted.author_id)]
    if wanted.author_id is not None:
        return [days.where(col(Activity.registered_by) == wanted.author_id, within)]
    return [days.where(col(Activity.unit_id) == each) for each in wanted.unit_ids]


def _of_period(wanted: Wanted, unit_id: int, first: date, last: date) -> Any:
    """Return the statement for the wanted activities of a unit between two days."""
    within = max(first, wanted.first_day), min(last, wanted.last_day)
    found = _KEYS.where(col(Activity.unit_id) == unit_id, col(Activity.ends_on).between(*within))
    if wanted.line_id is not None:
        found = found.where(col(Activity.line_id) + 0 == wanted.line_id)
    if wanted.author_id is not None:
        found = found.where(col(Activity.registered_by) + 0 == wanted.author_id)
    return found


def _walk(session: Session, statement: Any, length: int) -> list[tuple[date, int]]:
    rows = session.connection().execute(statement.limit(length))
    return [(ends_on, number) for ends_on, number in rows]


def with_entries(session: Session, activities: Sequence[Activity]) -> list[ActivityView]:
    """Return the activities with their entries and pending quantities, in two queries per thousand."""
    entries: defaultdict[int, list[EntryView]] = defaultdict(list)
    for start in range(0, len(activities), _AT_ONCE):
        for entry, settled in _entries(session, [each.id for each in activities[start : start + _AT_ONCE]]):
            entries[entry.activity_id].append(_view(entry, settled))
    return [ActivityView(activity, tuple(entries[activity.id or 0])) for activity in activities]


def _entries(session: Session, ids: Sequence[int | None]) -> list[tuple[Entry, int]]:
    """Return the entries of those activities on their present lines, each with its settled quantity.

    Entries on other lines are left out: a correction to another line leaves an empty one if an undone
    settlement refers to it.
    """
    entries = session.exec(
        select(Entry)
        .join(Target, col(Target.id) == col(Entry.target_id))
        .join(Activity, col(Activity.id) == col(Entry.activity_id))
        .where(col(Entry.activity_id).in_(ids), col(Target.line_id) == col(Activity.line_id))
        .order_by(col(Entry.id))
    ).all()
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
