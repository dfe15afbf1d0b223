"""Summing sentences of lines: proposed by the program, confirmed by a director or planning.

A summary holds as long as the line's activities are those of which it was said, in the same versions.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.calendar import closing
from models.errors import Rejected
from models.quarter import Quarter
from models.quarter_end.statements import find_line
from models.rights import Action, Member
from models.storage import audit
from models.tables.activity import Activity, ActivityKind
from models.tables.summary import LineSummary

Versions = list[list[int]]  # [number, version] of each activity, by number


def summaries(session: Session, line_ids: Sequence[int], quarter: Quarter) -> dict[int, LineSummary]:
    """Return the summaries that hold, by line."""
    session.flush()
    rows = session.exec(
        select(LineSummary)
        .where(
            col(LineSummary.line_id).in_(line_ids),
            LineSummary.year == quarter.year,
            LineSummary.quarter == quarter.number,
        )
        .order_by(col(LineSummary.id))
    ).all()
    newest = {row.line_id: row for row in rows}
    return {
        line_id: row
        for line_id, row in newest.items()
        if row.text and row.activities == versions(session, line_id, quarter)
    }


def versions(session: Session, line_id: int, quarter: Quarter) -> Versions:
    """Return which activities of the line end in the quarter, and their versions."""
    rows = session.execute(
        select(Activity.id, Activity.version)
        .where(
            Activity.line_id == line_id,
            col(Activity.ends_on).between(quarter.first_day, quarter.last_day),
            Activity.kind == ActivityKind.ACTIVITY,
            col(Activity.withdrawn_at).is_(None),
        )
        .order_by(col(Activity.id))
    ).all()
    return [[number or 0, version] for number, version in rows]


def say(
    session: Session, line_id: int, quarter: Quarter, text: str, member: Member, today: date, now: datetime
) -> None:
    """Have the line's activities told together after this sentence, or apart if it is empty; audited.

    Raises `Rejected`: "stale_button", "not_allowed", "quarter_to_come", "signed_already".
    """
    unit, _ = find_line(session, line_id, quarter)
    member.require(Action.STATE, unit.id)
    if today < quarter.first_day:
        raise Rejected("quarter_to_come", quarter=quarter)
    if closing.signed(session, unit.id, quarter) is not None:
        raise Rejected("signed_already", unit_id=unit.id, quarter=quarter)
    before = summaries(session, [line_id], quarter).get(line_id)
    session.add(
        LineSummary(
            line_id=line_id,
            year=quarter.year,
            quarter=quarter.number,
            text=text,
            activities=versions(session, line_id, quarter),
            said_by=member.person_id,
            said_at=now,
        )
    )
    session.flush()
    audit.record(
        session,
        now,
        audit.person(member.person_id),
        "summarise",
        f"line:{line_id}",
        {"quarter": quarter.key, "text": before.text} if before else None,
        {"quarter": quarter.key, "text": text} if text else None,
    )
