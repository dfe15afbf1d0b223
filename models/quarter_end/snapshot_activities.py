"""The activities of a snapshot, with their documents and evidence."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.activities import report_pictures
from models.activities.fields import shape_of
from models.programme.format import unscaled
from models.programme.view import TargetView, UnitView
from models.quarter import Quarter
from models.tables.activity import Activity, ActivityKind, DocumentNumber, Entry, Settlement
from models.tables.evidence import Evidence
from models.tables.programme import Target

FILE = (
    "kind",
    "sha256",
    "copy_sha256",
    "name",
    "media_type",
    "bytes",
    "caption",
    "latitude",
    "longitude",
)


def activities_of(
    session: Session, unit: UnitView, quarter: Quarter, on: date
) -> dict[int, list[dict[str, Any]]]:
    """Return the activities that end in the quarter by `on`, by line, in order of last day, in few queries.

    Withdrawn ones are left out.
    """
    session.flush()
    found = session.exec(
        select(Activity)
        .where(
            Activity.unit_id == unit.id,
            col(Activity.line_id).in_([line.id for line in unit.lines]),
            col(Activity.ends_on).between(quarter.first_day, on),
            Activity.kind == ActivityKind.ACTIVITY,
            col(Activity.withdrawn_at).is_(None),
        )
        .order_by(col(Activity.ends_on), col(Activity.id))
    ).all()
    ids = [each.id or 0 for each in found]
    targets = {target.id: target for line in unit.lines for target in line.targets}
    entries = _entries(session, ids, targets, on)
    documents, evidence = _documents(session, ids), _evidence(session, ids)
    lines: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for each in found:
        number = each.id or 0
        lines[each.line_id].append(
            {
                "id": number,
                "version": each.version,
                **shape_of(each),
                "registered_by": each.registered_by,
                "registered_at": each.registered_at.isoformat(timespec="seconds"),
                "entries": entries[number],
                "documents": documents[number],
                "evidence": evidence[number],
            }
        )
    return lines


Listed = defaultdict[int, list[Any]]


def _entries(session: Session, ids: Sequence[int], targets: dict[int, TargetView], on: date) -> Listed:
    """Return entries by activity, with what is pending on that day, without entries on other lines."""
    settled = (
        select(func.coalesce(func.sum(col(Settlement.quantity)), 0))
        .where(
            col(Settlement.entry_id) == col(Entry.id),
            col(Settlement.undone_at).is_(None),
            col(Settlement.counts_on) <= on,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Entry, settled)
        .join(Activity, col(Activity.id) == col(Entry.activity_id))
        .join(Target, col(Target.id) == col(Entry.target_id))
        .where(col(Entry.activity_id).in_(ids), col(Target.line_id) == col(Activity.line_id))
        .order_by(col(Entry.id))
    )
    found: Listed = defaultdict(list)
    for entry, counted in rows:
        target = targets[entry.target_id]
        found[entry.activity_id].append(
            {
                "target": target.id,
                "measure": target.measure,
                "quantity": f"{unscaled(entry.quantity, target.decimals):f}",
                "pending": f"{unscaled(entry.pending - int(counted), target.decimals):f}",
            }
        )
    return found


def _documents(session: Session, ids: Sequence[int]) -> Listed:
    found: Listed = defaultdict(list)
    for row in session.exec(
        select(DocumentNumber)
        .where(col(DocumentNumber.activity_id).in_(ids))
        .order_by(col(DocumentNumber.id))
    ).all():
        found[row.activity_id].append(row.number)
    return found


def _evidence(session: Session, ids: Sequence[int]) -> Listed:
    """Return valid evidence by activity, in order of arrival; files not fetched yet have no hash.

    Pictures tell whether and where the report shows them: `in_report`.
    """
    printed = {
        each.evidence_id: {
            "place": place,
            "shown": each.shown,
            "reason": each.reason.value if each.reason else None,
            "caption": each.caption,
        }
        for place, each in enumerate(report_pictures.of_activities(session, ids))
    }
    found: Listed = defaultdict(list)
    for row in session.exec(
        select(Evidence)
        .where(
            col(Evidence.activity_id).in_(ids),
            col(Evidence.removed_at).is_(None),
            col(Evidence.refused_at).is_(None),
        )
        .order_by(col(Evidence.id))
    ).all():
        said = {name: getattr(row, name) for name in FILE}
        if row.id in printed:
            said["in_report"] = printed[row.id]
        found[row.activity_id or 0].append(said)
    return found
