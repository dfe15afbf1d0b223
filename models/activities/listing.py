"""Lists of activities with all their data, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, select

from models.activities.reading import with_entries
from models.quarter import Quarter
from models.tables.activity import Activity, DocumentNumber
from models.tables.evidence import Evidence
from models.tables.people import Person
from models.tables.programme import Line, Target, Unit


@dataclass(frozen=True)
class ListedEntry:
    """An entry in exact decimal amounts; `pending` is what does not count yet."""

    measure: str
    quantity: Decimal
    pending: Decimal


@dataclass(frozen=True)
class Listed:
    """An activity. `unit` is the unit's key, `line` the line's number, `registered_by` a person's name."""

    activity: Activity
    unit: str
    line: int
    entries: tuple[ListedEntry, ...]
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    registered_by: str | None


def listing(session: Session, unit_id: int | None = None, quarter: Quarter | None = None) -> list[Listed]:
    """Return activities in order of their last day, withdrawn ones too; `quarter` is that of the last day."""
    query = (
        select(Activity, Unit.key, Line.number, Person.name)
        .join(Unit, col(Unit.id) == col(Activity.unit_id))
        .join(Line, col(Line.id) == col(Activity.line_id))
        .outerjoin(Person, col(Person.id) == col(Activity.registered_by))
        .order_by(col(Activity.ends_on), col(Activity.id))
    )
    if unit_id is not None:
        query = query.where(Activity.unit_id == unit_id)
    if quarter is not None:
        query = query.where(col(Activity.ends_on).between(quarter.first_day, quarter.last_day))
    found = session.exec(query).all()
    entries = _entries(session, [activity for activity, *_ in found])
    documents = _documents(session)
    evidence = _evidence(session)
    return [
        Listed(
            activity,
            unit,
            line,
            entries[activity.id or 0],
            tuple(documents[activity.id or 0]),
            tuple(evidence[activity.id or 0]),
            name,
        )
        for activity, unit, line, name in found
    ]


def _entries(session: Session, activities: list[Activity]) -> dict[int, tuple[ListedEntry, ...]]:
    targets = {target.id: target for target in session.exec(select(Target)).all()}

    def listed(target_id: int, quantity: int, pending: int) -> ListedEntry:
        target = targets[target_id]
        return ListedEntry(
            target.measure,
            Decimal(quantity).scaleb(-target.decimals),
            Decimal(pending).scaleb(-target.decimals),
        )

    return {
        view.activity.id or 0: tuple(
            listed(each.target_id, each.quantity, each.pending) for each in view.entries
        )
        for view in with_entries(session, activities)
    }


def _documents(session: Session) -> dict[int, list[str]]:
    numbers = defaultdict(list)
    for row in session.exec(select(DocumentNumber).order_by(col(DocumentNumber.id))).all():
        numbers[row.activity_id].append(row.number)
    return numbers


def _evidence(session: Session) -> dict[int, list[Evidence]]:
    """Return the evidence by activity, without refused and removed pieces."""
    files = defaultdict(list)
    attached = select(Evidence).where(
        col(Evidence.activity_id).is_not(None),
        col(Evidence.refused_at).is_(None),
        col(Evidence.removed_at).is_(None),
    )
    for row in session.exec(attached.order_by(col(Evidence.id))).all():
        files[row.activity_id or 0].append(row)
    return files
