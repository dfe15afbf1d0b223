"""The history of one activity: versions, settlements, evidence, withdrawal."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from models.activities.correction import current_form
from models.activities.detail import names
from models.storage.forms import ActivityForm
from models.tables.activity import Activity, Entry, Revision, Settlement
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.review import Return, Review


class HistoryEvent(StrEnum):
    """Kinds of event, in the order in which simultaneous ones are listed."""

    REGISTERED = "registered"
    ADDED = "added"  # evidence
    REMOVED = "removed"  # evidence
    REVIEWED = "reviewed"  # planning approved a director's own activity
    RETURNED = "returned"  # to its author
    KEPT = "kept"  # the return was withdrawn
    CORRECTED = "corrected"
    SETTLED = "settled"
    TAKEN_BACK = "taken back"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Event:
    """One event; `by` is a person's number, `name` their name.

    `before` and `after` are the versions around a correction, `version` the number of the later one.
    """

    what: HistoryEvent
    at: datetime
    by: int | None
    name: str | None = None
    version: int = 1
    before: ActivityForm | None = None
    after: ActivityForm | None = None
    settlement: Settlement | None = None
    target_id: int | None = None
    pieces: Counter[EvidenceKind] = field(default_factory=Counter)
    reason: str | None = None
    step: str | None = None  # the field that a return says is wrong


def history(session: Session, activity: Activity) -> list[Event]:
    """Return all events, latest first."""
    session.flush()
    events = [
        *_versions(session, activity),
        *_settlements(session, activity),
        *_evidence(session, activity),
        *_reviews(session, activity),
    ]
    if activity.withdrawn_at is not None:
        events.append(
            Event(
                HistoryEvent.WITHDRAWN,
                activity.withdrawn_at,
                activity.withdrawn_by,
                reason=activity.withdrawal_reason,
            )
        )
    order = list(HistoryEvent)
    events.sort(key=lambda event: (event.at, order.index(event.what)), reverse=True)
    known = names(session, (event.by for event in events))
    return [Event(**{**vars(event), "name": known.get(event.by)}) for event in events]


def _versions(session: Session, activity: Activity) -> list[Event]:
    """Return the registration, and each correction."""
    revisions = session.exec(
        select(Revision).where(Revision.activity_id == activity.id).order_by(col(Revision.version))
    ).all()
    versions = [_filled(each.content) for each in revisions] + [current_form(session, activity)]
    first = Event(HistoryEvent.REGISTERED, activity.registered_at, activity.registered_by, after=versions[0])
    return [
        first,
        *(
            Event(
                HistoryEvent.CORRECTED,
                revision.replaced_at,
                revision.replaced_by,
                version=revision.version + 1,
                before=before,
                after=after,
            )
            for revision, before, after in zip(revisions, versions, versions[1:], strict=False)
        ),
    ]


def _filled(content: dict[str, Any]) -> ActivityForm:
    return ActivityForm.model_validate({name: value for name, value in content.items() if name != "evidence"})


def _settlements(session: Session, activity: Activity) -> list[Event]:
    found = session.exec(
        select(Settlement, Entry.target_id)
        .join(Entry, col(Entry.id) == col(Settlement.entry_id))
        .where(Entry.activity_id == activity.id)
    ).all()
    events = []
    for settlement, target_id in found:
        about: dict[str, Any] = {"settlement": settlement, "target_id": target_id}
        events.append(
            Event(HistoryEvent.SETTLED, settlement.registered_at, settlement.registered_by, **about)
        )
        if settlement.undone_at is not None:
            events.append(Event(HistoryEvent.TAKEN_BACK, settlement.undone_at, settlement.undone_by, **about))
    return events


def _reviews(session: Session, activity: Activity) -> list[Event]:
    reviews = session.exec(select(Review).where(Review.activity_id == activity.id)).all()
    events = [
        Event(HistoryEvent.REVIEWED, each.reviewed_at, each.reviewed_by, version=each.version)
        for each in reviews
    ]
    for given in session.exec(select(Return).where(Return.activity_id == activity.id)).all():
        about: dict[str, Any] = {"reason": given.reason, "step": given.field}
        events.append(Event(HistoryEvent.RETURNED, given.returned_at, given.returned_by, **about))
        if given.settled_at is not None and given.taken_back_by is not None:
            events.append(Event(HistoryEvent.KEPT, given.settled_at, given.taken_back_by))
    return events


def _evidence(session: Session, activity: Activity) -> list[Event]:
    """Return evidence added after registration, and removed; one event per person and minute."""
    added: defaultdict[tuple[Any, ...], list[Evidence]] = defaultdict(list)
    removed: defaultdict[tuple[Any, ...], list[Evidence]] = defaultdict(list)
    for piece in session.exec(
        select(Evidence).where(Evidence.activity_id == activity.id).order_by(col(Evidence.id))
    ).all():
        if piece.refused_at is not None:
            continue
        if piece.received_at > activity.registered_at:
            added[piece.added_by, piece.received_at.replace(second=0, microsecond=0)].append(piece)
        if piece.removed_at is not None and piece.removed_at > activity.registered_at:
            removed[piece.removed_by, piece.removed_at].append(piece)
    return [
        *(
            _gathered(HistoryEvent.ADDED, pieces[-1].received_at, pieces[0].added_by, pieces)
            for pieces in added.values()
        ),
        *(
            _gathered(HistoryEvent.REMOVED, pieces[0].removed_at or activity.registered_at, by, pieces)
            for (by, _), pieces in removed.items()
        ),
    ]


def _gathered(what: HistoryEvent, at: datetime, by: int | None, pieces: Sequence[Evidence]) -> Event:
    return Event(what, at, by, pieces=Counter(each.kind for each in pieces))
