"""What counts up to a day, summed by the database in one query; another reads the values of rates.

The query starts from the programme's targets and reaches entries by `entry.target_id`, so its cost does not
depend on the activities of other programmes.
"""

from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Date,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlmodel import Session, col

from models.programme.view import programmes
from models.progress.combining import combined, registered_values
from models.tables.activity import Activity, ActivityKind, Entry, Settlement
from models.tables.programme import Line, Target


@dataclass(frozen=True)
class Tally:
    """Counted and pending amounts by target id, scaled by its `decimals`; activities' numbers by line id."""

    counted: dict[int, int] = field(default_factory=dict)
    pending: dict[int, int] = field(default_factory=dict)
    activities: dict[int, int] = field(default_factory=dict)


def tally(session: Session, programme_id: int, on: date, unit_id: int | None = None) -> Tally:
    """Return what counts of a programme, or of one unit in it, as of the end of a day.

    What is not pending counts from the activity's last day; what was pending, from its settlement's day.
    Withdrawn activities and undone settlements do not count. An opening amount counts, but not as an
    activity.
    """
    session.flush()
    values: dict[str, Any] = {"programme": programme_id, "on": on}
    statement = _OF_PROGRAMME
    if unit_id is not None:
        values["unit"] = unit_id
        statement = _OF_UNIT
    result = Tally()
    for kind, owner, quantity, pending in session.connection().execute(statement, values):
        if kind == _ACTIVITIES:
            result.activities[owner] = quantity
            continue
        result.counted[owner] = result.counted.get(owner, 0) + quantity
        result.pending[owner] = result.pending.get(owner, 0) + pending
    combine_rates(session, result, on)
    return result


def combine_rates(session: Session, sums: Tally, on: date, since: date | None = None) -> None:
    """Put the figures of targets that are no sum in place of their sums, of values from `since` to `on`."""
    rates = {
        target.id: target.in_force(on)
        for programme in programmes(session).years.values()
        for _, line in programme.lines()
        for target in line.targets
        if target.id in sums.counted and target.in_force(on).combine.is_rate
    }
    found = registered_values(session, rates, on, since)
    for target_id, terms in rates.items():
        sums.counted[target_id] = combined(terms, [each.quantity for each in found[target_id]])


def tally_between(
    session: Session, programme_id: int, first: date, last: date, unit_id: int | None = None
) -> Tally:
    """Return what came to count from the first day to the last: one tally less the one before.

    A rate has the figure of its own values of those days.
    """
    before = tally(session, programme_id, first - timedelta(days=1), unit_id)
    after = tally(session, programme_id, last, unit_id)
    between = Tally(*(_less(getattr(after, each.name), getattr(before, each.name)) for each in fields(Tally)))
    combine_rates(session, between, last, first)
    return between


def _less(after: dict[int, int], before: dict[int, int]) -> dict[int, int]:
    return {owner: number - before.get(owner, 0) for owner, number in after.items()}


_ENTRIES, _SETTLED, _ACTIVITIES = 0, 1, 2
_ON = bindparam("on", type_=Date)


def _statement(of_unit: bool) -> CompoundSelect[Any]:
    mine = col(Line.programme_id) == bindparam("programme")
    if of_unit:
        mine &= col(Line.unit_id) == bindparam("unit")
    stands = col(Activity.withdrawn_at).is_(None) & (col(Activity.ends_on) <= _ON)
    of_targets = (
        select()
        .select_from(Line)
        .join(Target, col(Target.line_id) == col(Line.id))
        .join(Entry, col(Entry.target_id) == col(Target.id))
        .join(Activity, col(Activity.id) == col(Entry.activity_id))
        .where(mine, stands)
        .group_by(col(Entry.target_id))
    )
    settlement = col(Settlement.undone_at).is_(None) & (col(Settlement.counts_on) <= _ON)
    return union_all(
        of_targets.add_columns(
            literal_column(str(_ENTRIES)),
            col(Entry.target_id),
            _whole(col(Entry.quantity) - col(Entry.pending)),
            _whole(col(Entry.pending)),
        ),
        of_targets.join(Settlement, col(Settlement.entry_id) == col(Entry.id))
        .where(settlement)
        .add_columns(
            literal_column(str(_SETTLED)),
            col(Entry.target_id),
            _whole(col(Settlement.quantity)),
            _whole(-col(Settlement.quantity)),
        ),
        _activities(mine & stands),
    )


def _activities(condition: Any) -> Any:
    return (
        select(
            literal_column(str(_ACTIVITIES)),
            col(Activity.line_id),
            func.count(),
            literal_column("0"),
        )
        .join_from(Line, Activity, col(Activity.line_id) == col(Line.id))
        .where(condition, col(Activity.kind) != ActivityKind.OPENING)
        .group_by(col(Activity.line_id))
    )


def _whole(amount: Any) -> Any:
    """Return a sum as an integer on both databases; PostgreSQL's sum of BIGINT is numeric."""
    return cast(func.sum(amount), BigInteger)


_OF_PROGRAMME = _statement(of_unit=False)
_OF_UNIT = _statement(of_unit=True)
