"""Opening amounts: what an agency that begins within a year had already counted.

Each is one activity of kind OPENING with one entry and no author, stored once with the programme. A later
file with another amount corrects it, one without it withdraws it.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.programme.format import Opening, scaled
from models.storage import audit
from models.tables.activity import Activity, ActivityKind, Entry, Revision
from models.tables.programme import Line, Target


def keep_opening(
    session: Session, line: Line, target: Target, given: Opening | None, now: datetime, actor: str
) -> None:
    """Register, correct or withdraw a target's opening amount, so that it is what the file gives."""
    before = target.opening
    if (Opening.model_validate(before) if before else None) == given:
        return
    target.opening = said = given.model_dump(mode="json") if given else None
    found = _find(session, target)
    if found is None and given is not None:
        activity = _register(session, line, target, given, now)
    elif found is None:
        return  # it was withdrawn before, and the file no longer has it
    elif given is None:
        activity = found[0]
        activity.withdrawn_at, activity.withdrawal_reason = now, "no longer in the programme file"
    else:
        activity = _correct(session, *found, target, given, now)
    action = "open" if found is None else "withdraw" if given is None else "correct"
    audit.record(session, now, actor, action, f"activity:{activity.id}", before, said)


def _find(session: Session, target: Target) -> tuple[Activity, Entry] | None:
    return session.exec(
        select(Activity, Entry)
        .join(Entry, col(Entry.activity_id) == col(Activity.id))
        .where(Activity.kind == ActivityKind.OPENING, Entry.target_id == target.id)
        .where(col(Activity.withdrawn_at).is_(None))
    ).one_or_none()


def _register(session: Session, line: Line, target: Target, given: Opening, now: datetime) -> Activity:
    assert line.id is not None and target.id is not None
    activity = Activity(
        unit_id=line.unit_id,
        line_id=line.id,
        kind=ActivityKind.OPENING,
        starts_on=given.on,
        ends_on=given.on,
        narrative=given.source,
        registered_at=now,
        said_at=now,
    )
    session.add(activity)
    session.flush()
    assert activity.id is not None
    quantity = scaled(given.counted, target.decimals)
    session.add(Entry(activity_id=activity.id, target_id=target.id, quantity=quantity))
    return activity


def _correct(
    session: Session, activity: Activity, entry: Entry, target: Target, given: Opening, now: datetime
) -> Activity:
    assert activity.id is not None
    session.add(
        Revision(
            activity_id=activity.id,
            version=activity.version,
            content=_content(activity, entry),
            reason="another opening amount in the programme file",
            replaced_at=now,
        )
    )
    activity.version += 1
    activity.starts_on = activity.ends_on = given.on
    activity.narrative = given.source
    entry.quantity = scaled(given.counted, target.decimals)
    return activity


def _content(activity: Activity, entry: Entry) -> dict[str, Any]:
    return {
        "starts_on": activity.starts_on.isoformat(),
        "ends_on": activity.ends_on.isoformat(),
        "narrative": activity.narrative,
        "claims": [{"target_id": entry.target_id, "quantity": entry.quantity, "pending": entry.pending}],
    }
