"""What people registered between two instants, whatever the day on which it counts."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, cast, func, select
from sqlmodel import Session, col

from models.progress.tally import Tally
from models.tables.activity import Activity, ActivityKind, Entry, Settlement
from models.tables.programme import Line


def registered_between(
    session: Session, programme_id: int, first: datetime, last: datetime, unit_id: int | None = None
) -> Tally:
    """Return the quantities and activities registered from the first instant to before the last.

    A settled quantity is that of its settlement. Withdrawn activities do not count. The quantities of rates
    are summed, too, which means nothing: they are for callers to leave out.
    """
    session.flush()
    within = (
        col(Line.programme_id) == programme_id,
        col(Activity.withdrawn_at).is_(None),
        col(Activity.kind) != ActivityKind.OPENING,
        *([col(Line.unit_id) == unit_id] if unit_id is not None else []),
    )
    new = col(Activity.registered_at) >= first, col(Activity.registered_at) < last
    settled = (
        col(Settlement.undone_at).is_(None),
        col(Settlement.registered_at) >= first,
        col(Settlement.registered_at) < last,
    )
    of_lines = select().join_from(Line, Activity, col(Activity.line_id) == col(Line.id)).where(*within)
    of_entries = of_lines.join(Entry, col(Entry.activity_id) == col(Activity.id)).group_by(
        col(Entry.target_id)
    )
    found = Tally()
    connection = session.connection()
    quantities = of_entries.where(*new).add_columns(
        col(Entry.target_id),
        _whole(col(Entry.quantity) - col(Entry.pending)),
        _whole(col(Entry.pending)),
    )
    for target_id, counted, pending in connection.execute(quantities):
        found.counted[target_id], found.pending[target_id] = counted, pending
    came = of_entries.join(Settlement, col(Settlement.entry_id) == col(Entry.id)).where(*settled)
    for target_id, counted in connection.execute(
        came.add_columns(col(Entry.target_id), _whole(col(Settlement.quantity)))
    ):
        found.counted[target_id] = found.counted.get(target_id, 0) + counted
    activities = of_lines.where(*new).group_by(col(Activity.line_id))
    rows = connection.execute(activities.add_columns(col(Activity.line_id), func.count()))
    found.activities.update((line_id, number) for line_id, number in rows)
    return found


def _whole(amount: Any) -> Any:
    """Return a sum as an integer on both databases; PostgreSQL's sum of BIGINT is numeric."""
    return cast(func.sum(amount), BigInteger)
