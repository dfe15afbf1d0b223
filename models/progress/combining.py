"""The figure of a target by what was registered of it: the only place that combines quantities.

Rules: docs/rules.md#how-quantities-combine.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import BigInteger, Date, bindparam, cast, func, select
from sqlmodel import Session, col

from models.combine import Combine
from models.programme.view import TargetView, Terms
from models.tables.activity import Activity, Entry, Settlement


@dataclass(frozen=True)
class Value:
    """What an entry counts for by a day, scaled by its target's `decimals`."""

    entry_id: int
    day: date  # the activity's last
    quantity: int


def combined(terms: Terms, quantities: Sequence[int]) -> int:
    """Return the figure of what was counted, in order of its days; 0 for nothing.

    A mean is rounded half up to the target's decimals, but never up to the amount that is asked for.
    """
    if not quantities:
        return 0
    match terms.combine:
        case Combine.SUM:
            return sum(quantities)
        case Combine.LATEST:
            return quantities[-1]
        case Combine.AVERAGE:
            mean = Fraction(sum(quantities), len(quantities))
            rounded = (mean + Fraction(1, 2)).__floor__()
            return rounded - 1 if mean < terms.amount <= rounded else rounded


def registered_values(
    session: Session, targets: Collection[int], on: date, since: date | None = None
) -> dict[int, list[Value]]:
    """Return the values of each target at the end of a day, by the activity's last day, then as registered.

    With `since` only those of activities that end on that day or later. Steps, and what still waits to
    count, are no values.
    """
    found: defaultdict[int, list[Value]] = defaultdict(list)
    if targets:
        session.flush()
        rows = session.connection().execute(
            _VALUES, {"targets": list(targets), "on": on, "since": since or date.min}
        )
        for target_id, entry_id, day, quantity in rows:
            if quantity > 0:
                found[target_id].append(Value(entry_id or 0, day, quantity))
    return found


def figure_with(session: Session, target: TargetView, on: date, day: date, quantity: int) -> int:
    """Return a target's figure at the end of `on` once another quantity counts on `day`."""
    known = registered_values(session, [target.id], on)[target.id]
    place = sum(each.day <= day for each in known)
    quantities = [each.quantity for each in known]
    if quantity > 0:
        quantities.insert(place, quantity)
    return combined(target.in_force(on), quantities)


_ON = bindparam("on", type_=Date)
_SETTLED = (
    select(cast(func.coalesce(func.sum(col(Settlement.quantity)), 0), BigInteger))
    .where(
        col(Settlement.entry_id) == col(Entry.id),
        col(Settlement.undone_at).is_(None),
        col(Settlement.counts_on) <= _ON,
    )
    .scalar_subquery()
)
_VALUES = (
    select(
        col(Entry.target_id),
        col(Entry.id),
        col(Activity.ends_on),
        col(Entry.quantity) - col(Entry.pending) + _SETTLED,
    )
    .join_from(Entry, Activity, col(Activity.id) == col(Entry.activity_id))
    .where(
        col(Entry.target_id).in_(bindparam("targets", expanding=True)),
        col(Activity.withdrawn_at).is_(None),
        col(Activity.ends_on).between(bindparam("since", type_=Date), _ON),
    )
    .order_by(col(Activity.ends_on), col(Activity.id), col(Entry.id))
)
