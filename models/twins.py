"""Activities like one about to be registered: same line and day, same quantity or document number."""

from dataclasses import dataclass

from sqlalchemy import and_, exists, or_
from sqlmodel import Session, col, select

from models.activity import Activity, ActivityKind, DocumentNumber, Entry
from models.filled import Filled
from models.people import Person

SHOWN = 3


@dataclass(frozen=True)
class Twin:
    """A standing activity's number, and the name of who registered it, where somebody did."""

    activity_id: int
    registered_by: str | None


def twins(session: Session, filled: Filled) -> list[Twin]:
    """At most three, the latest first. Source: the design's section 4, "Activity"."""
    quantities = [
        and_(col(Entry.target_id) == claim.target_id, col(Entry.quantity) == claim.quantity)
        for claim in filled.claims
        if claim.quantity
    ]
    if filled.line_id is None or filled.ends_on is None or not (quantities or filled.documents):
        return []
    same = []
    if quantities:
        same.append(exists().where(col(Entry.activity_id) == col(Activity.id), or_(*quantities)))
    if filled.documents:
        mine = col(DocumentNumber.activity_id) == col(Activity.id)
        same.append(exists().where(mine, col(DocumentNumber.number).in_(filled.documents)))
    found = session.exec(
        select(Activity.id, Person.name)
        .outerjoin(Person, col(Person.id) == col(Activity.registered_by))
        .where(
            col(Activity.line_id) == filled.line_id,
            col(Activity.ends_on) == filled.ends_on,
            col(Activity.withdrawn_at).is_(None),
            col(Activity.kind) == ActivityKind.ACTIVITY,
            col(Activity.id) != (filled.activity_id or 0),
            or_(*same),
        )
        .order_by(col(Activity.id).desc())
        .limit(SHOWN)
    ).all()
    return [Twin(number, name) for number, name in found if number is not None]
