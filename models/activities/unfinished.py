"""Activities with pending quantities, and activities without evidence.

Counted by line in one statement each, and listed by pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, case, func
from sqlmodel import Session, col, select

from models.activities.reading import ActivityView, with_entries
from models.quarter import Quarter
from models.tables.activity import Activity, ActivityKind, Entry, Settlement
from models.tables.evidence import Evidence
from models.tables.programme import Target


@dataclass(frozen=True)
class Registered:
    """A line's activities that end in a quarter: how many, how many without evidence, the oldest of these."""

    number: int
    bare: int
    oldest: int | None


@dataclass(frozen=True)
class Waiting:
    """A line's entries with pending quantities: how many, and the oldest."""

    number: int
    oldest: int


_BARE = ~(
    select(col(Evidence.id))
    .where(
        col(Evidence.activity_id) == col(Activity.id),
        col(Evidence.refused_at).is_(None),
        col(Evidence.removed_at).is_(None),
    )
    .exists()
)
_OF_QUARTER = (
    col(Activity.line_id).in_(bindparam("lines", expanding=True)),
    col(Activity.ends_on).between(bindparam("first"), bindparam("last")),
    col(Activity.withdrawn_at).is_(None),
    col(Activity.kind) != ActivityKind.OPENING,
)
_REGISTERED = (
    select(
        col(Activity.line_id),
        func.count(),
        func.sum(case((_BARE, 1), else_=0)),
        func.min(case((_BARE, col(Activity.id)), else_=None)),
    )
    .where(*_OF_QUARTER)
    .group_by(col(Activity.line_id))
)
_SETTLED = func.coalesce(func.sum(col(Settlement.quantity)), 0)
_WAITING = (
    select(col(Target.line_id).label("line_id"), col(Entry.id).label("entry_id"))
    .join_from(Entry, Target, col(Target.id) == col(Entry.target_id))
    .join(Activity, col(Activity.id) == col(Entry.activity_id))
    .outerjoin(Settlement, (col(Settlement.entry_id) == col(Entry.id)) & col(Settlement.undone_at).is_(None))
    .where(
        col(Entry.target_id).in_(bindparam("targets", expanding=True)),
        col(Entry.pending) > 0,
        col(Activity.withdrawn_at).is_(None),
        col(Activity.ends_on) <= bindparam("on"),
    )
    .group_by(col(Target.line_id), col(Entry.id), col(Entry.pending))
    .having(col(Entry.pending) > _SETTLED)
    .subquery()
)
_WAITING_BY_LINE = select(_WAITING.c.line_id, func.count(), func.min(_WAITING.c.entry_id)).group_by(
    _WAITING.c.line_id
)


def registered(session: Session, line_ids: Sequence[int], quarter: Quarter) -> dict[int, Registered]:
    """Return the counts by line; lines without activities in the quarter are left out."""
    session.flush()
    rows = session.connection().execute(_REGISTERED, _values(line_ids, quarter))
    return {line_id: Registered(number, int(bare), oldest) for line_id, number, bare, oldest in rows}


def waiting(session: Session, target_ids: Sequence[int], on: date) -> dict[int, Waiting]:
    """Return the counts by line of entries on those targets, up to a day, that are pending now."""
    session.flush()
    rows = session.connection().execute(_WAITING_BY_LINE, {"targets": target_ids, "on": on})
    return {line_id: Waiting(number, oldest) for line_id, number, oldest in rows}


def without_evidence(
    session: Session, line_id: int, quarter: Quarter, offset: int, size: int
) -> list[ActivityView]:
    """Return the line's activities of the quarter without evidence, oldest day first."""
    session.flush()
    page = (
        select(Activity)
        .where(_BARE, *_OF_QUARTER)
        .order_by(col(Activity.ends_on), col(Activity.id))
        .offset(offset)
        .limit(size)
    )
    return with_entries(session, session.execute(page, _values([line_id], quarter)).scalars().all())


def awaiting(
    session: Session, target_ids: Sequence[int], on: date, offset: int, size: int
) -> list[ActivityView]:
    """Return the activities with pending quantities on those targets, oldest first."""
    session.flush()
    page = (
        select(Activity)
        .join(Entry, col(Entry.activity_id) == col(Activity.id))
        .join(_WAITING, _WAITING.c.entry_id == col(Entry.id))
        .distinct()
        .order_by(col(Activity.ends_on), col(Activity.id))
        .offset(offset)
        .limit(size)
    )
    values = {"targets": target_ids, "on": on}
    return with_entries(session, session.execute(page, values).scalars().all())


def _values(line_ids: Sequence[int], quarter: Quarter) -> dict[str, object]:
    return {"lines": line_ids, "first": quarter.first_day, "last": quarter.last_day}
