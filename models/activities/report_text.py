"""The text that the report prints of an activity, where none was stored when it was registered."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from models.quarter import Quarter
from models.rights import Member
from models.storage import audit
from models.tables.activity import Activity, ActivityKind, Entry


def without_text(session: Session, unit_id: int, quarter: Quarter) -> list[Activity]:
    """Return the standing activities of a unit's quarter that have no text for the report."""
    return [each for each in current_activities(session, unit_id, quarter) if each.report_text is None]


def current_activities(session: Session, unit_id: int, quarter: Quarter) -> Sequence[Activity]:
    """Return the standing activities of a unit's quarter, in the report's order."""
    session.flush()
    return session.exec(
        select(Activity)
        .where(
            Activity.unit_id == unit_id,
            col(Activity.ends_on).between(quarter.first_day, quarter.last_day),
            Activity.kind == ActivityKind.ACTIVITY,
            col(Activity.withdrawn_at).is_(None),
        )
        .order_by(col(Activity.line_id), col(Activity.ends_on), col(Activity.id))
    ).all()


def quantities(session: Session, activity_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return what activities claim, above nothing, scaled; by the numbers of activity and target."""
    rows = session.exec(
        select(Entry).where(col(Entry.activity_id).in_(activity_ids), col(Entry.quantity) > 0)
    ).all()
    return {(row.activity_id, row.target_id): row.quantity for row in rows}


def store(session: Session, activity: Activity, text: str, member: Member, now: datetime) -> None:
    """Store the text that was made of the activity's narrative; audited. Its version stays."""
    activity.report_text = text
    session.add(activity)
    actor = audit.person(member.person_id)
    audit.record(
        session, now, actor, "word", f"activity:{activity.id}", {"report_text": None}, {"report_text": text}
    )
