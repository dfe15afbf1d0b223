"""The entries that add up to a line's figure, and those left out with the reason."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Date, bindparam, cast, func, select
from sqlmodel import Session, col

from models.combine import Combine
from models.programme.view import LineView, TargetView
from models.progress.combining import registered_values
from models.tables.activity import Activity, ActivityKind, Entry, Settlement
from models.tables.programme import Target


class LeftOut(StrEnum):
    """Why an entry, or a part of it, is not in the figure."""

    PENDING = "pending"  # counts only after what the target's `counts_when` says
    LATER = "later"  # its last day is after the requested day
    WITHDRAWN = "withdrawn"
    INFORMATIVE = "informative"  # its target is shown but never part of the percentage
    STEP = "step"  # registered with quantity 0: a step on the way
    SUPERSEDED = "superseded"  # of a rate whose last value is the figure: a later value stands


@dataclass(frozen=True)
class Origin:
    """One entry of an activity; `counted` and `left_out` are scaled by the target's `decimals`."""

    activity_id: int
    target: TargetView
    ends_on: date
    narrative: str
    opening: bool
    counted: int
    left_out: int
    reason: LeftOut | None  # None: all of it counts


@dataclass(frozen=True)
class OriginsPage:
    origins: tuple[Origin, ...]
    number: int  # from 1
    pages: int  # at least 1


def origins(session: Session, line: LineView, on: date, page: int = 1, size: int = 10) -> OriginsPage:
    """Return a page of the line's entries, ordered by day, as they count at the end of `on`.

    The `counted` of all pages, combined as each target says, make the tally of the line's targets,
    informative ones aside. A page number past the last gives the last.
    """
    targets = {target.id: target for target in line.targets}
    session.flush()
    connection = session.connection()
    values: dict[str, Any] = {"line": line.id}
    total: int = connection.execute(_COUNT, values).scalar_one()
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    rows = connection.execute(_ROWS, {**values, "on": on, "size": size, "offset": (page - 1) * size})
    latest = [each.id for each in line.targets if each.in_force(on).combine is Combine.LATEST]
    found = registered_values(session, latest, on)
    superseded = {each.entry_id for target in latest for each in found[target][:-1]}
    return OriginsPage(tuple(_origin(row, targets, on, superseded) for row in rows), page, pages)


def settled_by_day(
    session: Session, line: LineView, on: date
) -> dict[tuple[int, int], list[tuple[date, int]]]:
    """Return settled quantities up to `on`, as (day, quantity), by activity and target."""
    rows = session.execute(
        select(
            col(Entry.activity_id),
            col(Entry.target_id),
            col(Settlement.counts_on),
            col(Settlement.quantity),
        )
        .join_from(Settlement, Entry, col(Entry.id) == col(Settlement.entry_id))
        .join(Target, col(Target.id) == col(Entry.target_id))
        .where(
            col(Target.line_id) == line.id,
            col(Settlement.undone_at).is_(None),
            col(Settlement.counts_on) <= on,
        )
        .order_by(col(Settlement.counts_on), col(Settlement.id))
    ).all()
    found: defaultdict[tuple[int, int], list[tuple[date, int]]] = defaultdict(list)
    for activity_id, target_id, day, quantity in rows:
        found[activity_id, target_id].append((day, quantity))
    return found


def _origin(row: Any, targets: dict[int, TargetView], on: date, superseded: set[int]) -> Origin:
    target = targets[row.target_id]
    counted = row.quantity - row.pending + (row.settled or 0)
    reason = None
    if row.withdrawn_at is not None:
        reason = LeftOut.WITHDRAWN
    elif row.ends_on > on:
        reason = LeftOut.LATER
    elif target.informative:
        reason = LeftOut.INFORMATIVE
    elif row.quantity == 0:
        reason = LeftOut.STEP
    elif row.entry_id in superseded:
        return _made(row, target, 0, counted, LeftOut.SUPERSEDED)
    elif counted < row.quantity:
        reason = LeftOut.PENDING
    if reason not in (None, LeftOut.PENDING):
        counted = 0
    return _made(row, target, counted, row.quantity - counted, reason)


def _made(row: Any, target: TargetView, counted: int, left_out: int, reason: LeftOut | None) -> Origin:
    return Origin(
        activity_id=row.activity_id,
        target=target,
        ends_on=row.ends_on,
        narrative=row.narrative,
        opening=row.kind == ActivityKind.OPENING,
        counted=counted,
        left_out=left_out,
        reason=reason,
    )


_SETTLED = (
    select(cast(func.sum(col(Settlement.quantity)), BigInteger))
    .where(
        col(Settlement.entry_id) == col(Entry.id),
        col(Settlement.undone_at).is_(None),
        col(Settlement.counts_on) <= bindparam("on", type_=Date),
    )
    .scalar_subquery()
)
_OF_LINE = (
    select()
    .join_from(Activity, Entry, col(Entry.activity_id) == col(Activity.id))
    .join(Target, col(Target.id) == col(Entry.target_id))
    .where(
        col(Activity.line_id) == bindparam("line"),
        col(Target.line_id) == bindparam("line"),  # a correction may have left an empty entry on another line
    )
)
_COUNT = _OF_LINE.add_columns(func.count())
_ROWS = (
    _OF_LINE.add_columns(
        col(Entry.id).label("entry_id"),
        col(Entry.activity_id),
        col(Entry.target_id),
        col(Entry.quantity),
        col(Entry.pending),
        col(Activity.ends_on),
        col(Activity.narrative),
        col(Activity.kind),
        col(Activity.withdrawn_at),
        _SETTLED.label("settled"),
    )
    .order_by(col(Activity.ends_on), col(Activity.id), col(Entry.id))
    .limit(bindparam("size"))
    .offset(bindparam("offset"))
)
