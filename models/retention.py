"""What is no longer needed is not kept.

Rows of inbox and outbox that are done, and messages that stepped aside, go after thirty days, evidence of
what was never registered a day after its draft was cancelled or expired. Evidence of an activity stays, also
when the activity was withdrawn or the piece taken off it. Draft reports go after a week, signed ones stay.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, or_, select

from models import audit, report_order
from models.draft import DraftRow
from models.evidence import Evidence
from models.inbox import Inbox
from models.outbox import Outbox

KEPT = timedelta(days=30)
EVIDENCE_KEPT = timedelta(days=1)  # after its draft ended
AT_ONCE = 500  # hashes in one question to the database


def sweep(session: Session, now: datetime) -> None:
    """Drop what was handled, sent or given up before that."""
    before = now - KEPT
    session.execute(delete(Inbox).where(col(Inbox.handled_at) < before))
    session.execute(delete(Outbox).where(col(Outbox.sent_at) < before))
    session.execute(delete(Outbox).where(col(Outbox.dropped_at) < before))
    session.execute(delete(Outbox).where(col(Outbox.aside_at) < before))
    _drop_evidence(session, now)
    report_order.sweep(session, now)


def _drop_evidence(session: Session, now: datetime) -> None:
    before = now - EVIDENCE_KEPT
    rows = session.exec(
        select(Evidence)
        .join(DraftRow, col(DraftRow.id) == col(Evidence.draft_id))
        .where(
            col(Evidence.activity_id).is_(None),
            col(DraftRow.merged_into).is_(None),
            col(DraftRow.registered_at).is_(None),
            or_(col(DraftRow.cancelled_at) < before, col(DraftRow.expired_at) < before),
        )
    ).all()
    for row in rows:
        audit.record(session, now, "bot", "drop evidence", f"evidence:{row.id}", {"sha256": row.sha256})
        session.delete(row)
    session.flush()


def unnamed(session: Session, hashes: Sequence[str]) -> set[str]:
    """Those of the hashes that no row names: as evidence, as its copy, or as a report that was made."""
    left = set(hashes)
    for place in range(0, len(hashes), AT_ONCE):
        asked = hashes[place : place + AT_ONCE]
        for column in (col(Evidence.sha256), col(Evidence.copy_sha256)):
            left.difference_update(session.exec(select(column).where(column.in_(asked))).all())
        left -= report_order.named(session, asked)
    return left
