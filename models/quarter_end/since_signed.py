"""Changes since a unit signed its quarter that would alter its figures."""

from collections import Counter
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.quarter import Quarter
from models.tables.activity import Activity, ActivityKind, Entry, Revision, Settlement
from models.tables.programme import Adjustment, Line, Target


class Since(StrEnum):
    """Kinds of change."""

    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    REGISTERED = "registered"
    SETTLED = "settled"  # a pending quantity was settled, or a settlement was undone
    ADJUSTED = "adjusted"  # a target


def changes_after_signature(
    session: Session, unit_id: int, quarter: Quarter, signed_at: datetime
) -> Counter[Since]:
    """Return how many changes of each kind were made since then to what counts up to the quarter's end."""
    first, last = date(quarter.year, 1, 1), quarter.last_day
    session.flush()
    mine = (
        Activity.unit_id == unit_id,
        col(Activity.ends_on).between(first, last),
        Activity.kind == ActivityKind.ACTIVITY,
    )
    revisions = (
        select(func.count())
        .select_from(Revision)
        .join(Activity, col(Activity.id) == col(Revision.activity_id))
        .where(*mine, col(Revision.replaced_at) > signed_at)
    )
    activities = select(func.count()).select_from(Activity).where(*mine)
    settlements = (
        select(func.count())
        .select_from(Settlement)
        .join(Entry, col(Entry.id) == col(Settlement.entry_id))
        .join(Activity, col(Activity.id) == col(Entry.activity_id))
        .where(*mine, col(Settlement.counts_on) <= last, _touched(signed_at))
    )
    adjustments = _adjustments(unit_id).where(
        col(Adjustment.adjusted_on).between(first, last), col(Adjustment.made_at) > signed_at
    )
    counted: dict[Since, Any] = {
        Since.CORRECTED: revisions,
        Since.WITHDRAWN: activities.where(col(Activity.withdrawn_at) > signed_at),
        Since.REGISTERED: activities.where(
            col(Activity.registered_at) > signed_at, col(Activity.withdrawn_at).is_(None)
        ),
        Since.SETTLED: settlements,
        Since.ADJUSTED: adjustments,
    }
    return Counter({kind: number for kind, query in counted.items() if (number := session.exec(query).one())})


def _adjustments(unit_id: int) -> SelectOfScalar[int]:
    """Return a query for the number of adjustments of the unit's targets."""
    return (
        select(func.count())
        .select_from(Adjustment)
        .join(Target, col(Target.id) == col(Adjustment.target_id))
        .join(Line, col(Line.id) == col(Target.line_id))
        .where(Line.unit_id == unit_id)
    )


def _touched(signed_at: datetime) -> ColumnElement[bool]:
    return or_(col(Settlement.registered_at) > signed_at, col(Settlement.undone_at) > signed_at)
