"""Finds possible duplicates of an activity about to be registered. Rules: docs/rules.md#activity.

Twins are activities of the same line and day with the same quantity or document number. `named_already` finds
activities of any line and day that have one of its document numbers.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, exists, or_, select, tuple_
from sqlmodel import Session, col

from models.storage.forms import ActivityForm
from models.tables.activity import Activity, ActivityKind, DocumentNumber, Entry
from models.tables.people import Person

SHOWN = 3


@dataclass(frozen=True)
class Twin:
    """The number of an activity in force, and the name of who registered it, if anybody."""

    activity_id: int
    registered_by: str | None


@dataclass(frozen=True)
class Named:
    """A document number, and the activity in force that names it."""

    number: str
    activity_id: int
    unit_id: int


def named_already(session: Session, form: ActivityForm) -> list[Named]:
    """Return the latest other activity for each document number that one has; at most `SHOWN`."""
    if not form.documents:
        return []
    session.flush()
    values = {"documents": form.documents, "itself": form.activity_id or 0}
    found = [Named(*row) for row in session.connection().execute(_NAMED, values)]
    latest = {each.number: each for each in sorted(found, key=lambda each: each.activity_id)}
    return [latest[number] for number in form.documents if number in latest][:SHOWN]


def twins(session: Session, form: ActivityForm) -> list[Twin]:
    """Return at most `SHOWN` twins, latest first."""
    quantities = [(claim.target_id, claim.quantity) for claim in form.claims if claim.quantity]
    if form.line_id is None or form.ends_on is None or not (quantities or form.documents):
        return []
    values = {
        "line": form.line_id,
        "day": form.ends_on,
        "itself": form.activity_id or 0,
        "quantities": quantities,
        "documents": form.documents,
    }
    session.flush()
    return [Twin(number, name) for number, name in session.connection().execute(_TWINS, values)]


_SAME_QUANTITY = exists().where(
    col(Entry.activity_id) == col(Activity.id),
    tuple_(col(Entry.target_id), col(Entry.quantity)).in_(bindparam("quantities", expanding=True)),
)
_SAME_DOCUMENT = exists().where(
    col(DocumentNumber.activity_id) == col(Activity.id),
    col(DocumentNumber.number).in_(bindparam("documents", expanding=True)),
)
_TWINS: Any = (
    select(col(Activity.id), col(Person.name))
    .outerjoin_from(Activity, Person, col(Person.id) == col(Activity.registered_by))
    .where(
        col(Activity.line_id) == bindparam("line"),
        col(Activity.ends_on) == bindparam("day"),
        col(Activity.withdrawn_at).is_(None),
        col(Activity.kind) == ActivityKind.ACTIVITY,
        col(Activity.id) != bindparam("itself"),
        or_(_SAME_QUANTITY, _SAME_DOCUMENT),
    )
    .order_by(col(Activity.id).desc())
    .limit(SHOWN)
)
# Numbers are looked up by their index; few activities share one.
_NAMED: Any = (
    select(col(DocumentNumber.number), col(Activity.id), col(Activity.unit_id))
    .join_from(DocumentNumber, Activity, col(Activity.id) == col(DocumentNumber.activity_id))
    .where(
        col(DocumentNumber.number).in_(bindparam("documents", expanding=True)),
        col(Activity.withdrawn_at).is_(None),
        col(Activity.kind) == ActivityKind.ACTIVITY,
        col(Activity.id) != bindparam("itself"),
    )
    .order_by(col(Activity.id).desc())
    .limit(20)
)
