"""How many people took part in the activities of a period."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.tables.activity import Activity, ActivityKind


@dataclass(frozen=True)
class Attended:
    """Sums over the activities that say how many took part."""

    activities: int
    participants: int
    women: int
    men: int
    unspecified: int  # participants of whom it is not said whether women or men


def attendance(
    session: Session, unit_ids: Collection[int], first: date, last: date, line_ids: Collection[int] = ()
) -> Attended:
    """Return the sums of what ended within those days and was not withdrawn, on those lines or all."""
    session.flush()
    told = func.coalesce(col(Activity.women), 0) + func.coalesce(col(Activity.men), 0)
    query = select(
        func.count(),
        func.coalesce(func.sum(col(Activity.participants)), 0),
        func.coalesce(func.sum(col(Activity.women)), 0),
        func.coalesce(func.sum(col(Activity.men)), 0),
        func.coalesce(func.sum(col(Activity.participants) - told), 0),
    ).where(
        col(Activity.unit_id).in_(unit_ids),
        col(Activity.ends_on).between(first, last),
        col(Activity.withdrawn_at).is_(None),
        col(Activity.kind) == ActivityKind.ACTIVITY,
        col(Activity.participants).is_not(None),
    )
    if line_ids:
        query = query.where(col(Activity.line_id).in_(line_ids))
    return Attended(*(int(each) for each in session.execute(query).one()))


def together(parts: Iterable[Attended]) -> Attended:
    """Return the sums of several."""
    found = list(parts)
    return Attended(*(sum(getattr(each, one.name) for each in found) for one in fields(Attended)))
