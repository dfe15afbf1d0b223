"""One activity with everything that belongs to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.activities import returning
from models.activities.reading import ActivityView, with_entries
from models.evidence import attachment
from models.evidence.attachment import Gathered
from models.tables.activity import Activity, DocumentNumber, Revision, Settlement
from models.tables.people import Person
from models.tables.review import Return


@dataclass(frozen=True)
class Deed:
    """Who did something and when; `name` is empty if no person did."""

    name: str | None
    at: datetime


@dataclass(frozen=True)
class GivenBack:
    """An open return, and who made it when."""

    row: Return
    deed: Deed


@dataclass(frozen=True)
class Detail:
    """An activity's detail. `settled` are the settlements in force by entry, `corrected` the last correction.

    `unreviewed`: a director of the unit registered it, and planning has not approved it yet.
    """

    view: ActivityView
    settled: dict[int, tuple[Settlement, ...]]
    documents: tuple[str, ...]
    evidence: Gathered
    registered: Deed
    corrected: Deed | None = None
    withdrawn: Deed | None = None
    returned: GivenBack | None = None
    unreviewed: bool = False

    @property
    def activity(self) -> Activity:
        return self.view.activity


def detail(session: Session, activity: Activity) -> Detail:
    """Return the activity's detail, in a fixed number of queries."""
    session.flush()
    (view,) = with_entries(session, [activity])
    last = session.exec(
        select(Revision)
        .where(Revision.activity_id == activity.id)
        .order_by(col(Revision.version).desc())
        .limit(1)
    ).first()
    given = returning.open_return(session, activity.id or 0)
    people = [activity.registered_by, activity.withdrawn_by]
    people += [last.replaced_by if last else None, given.returned_by if given else None]
    known = names(session, people)

    def deed(person_id: int | None, at: datetime | None) -> Deed | None:
        return Deed(known.get(person_id), at) if at else None

    return Detail(
        view=view,
        settled=settled(session, view),
        documents=tuple(documents(session, activity.id or 0)),
        evidence=attachment.gathered(session, activity_id=activity.id),
        registered=Deed(known.get(activity.registered_by), activity.registered_at),
        corrected=deed(last.replaced_by, last.replaced_at) if last else None,
        withdrawn=deed(activity.withdrawn_by, activity.withdrawn_at),
        returned=GivenBack(given, Deed(known.get(given.returned_by), given.returned_at)) if given else None,
        unreviewed=bool(returning.unreviewed(session, [activity])),
    )


def settled(session: Session, view: ActivityView) -> dict[int, tuple[Settlement, ...]]:
    """Return the settlements in force, by entry, in order of the day from which they count."""
    found: defaultdict[int, list[Settlement]] = defaultdict(list)
    for each in session.exec(
        select(Settlement)
        .where(
            col(Settlement.entry_id).in_([entry.id for entry in view.entries]),
            col(Settlement.undone_at).is_(None),
        )
        .order_by(col(Settlement.counts_on), col(Settlement.id))
    ).all():
        found[each.entry_id].append(each)
    return {entry_id: tuple(parts) for entry_id, parts in found.items()}


def documents(session: Session, activity_id: int) -> list[str]:
    """Return the document numbers, in the order given."""
    return list(
        session.exec(
            select(DocumentNumber.number)
            .where(DocumentNumber.activity_id == activity_id)
            .order_by(col(DocumentNumber.id))
        ).all()
    )


def names(session: Session, person_ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return the names of those people."""
    wanted = {each for each in person_ids if each is not None}
    rows = session.execute(select(Person.id, Person.name).where(col(Person.id).in_(wanted)))
    return {row.id: row.name for row in rows}
