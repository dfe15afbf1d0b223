"""Reports that were ordered in the chat, and those that were made and are kept.

An order is stored before the report is made, so that a restart continues it. A report that was made is found
by its `fingerprint`: the hash of the signatures for a signed report, else of the whole content, so that a
draft is made again only if something changed. The file is in the evidence folder.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_
from sqlmodel import Session, col, select

from models.storage.unit_of_work import Left, work_of
from models.tables.report import MadeReport, ReportFormat, ReportOrder

DRAFTS_KEPT = timedelta(days=7)
SAME_TAP = timedelta(seconds=10)


DOCUMENTS = frozenset(ReportFormat) - {ReportFormat.PICTURE}
PICTURES = frozenset({ReportFormat.PICTURE})


_WAITS = (col(ReportOrder.done_at).is_(None), col(ReportOrder.failed_at).is_(None))


def waiting(
    session: Session, kinds: Collection[ReportFormat], limit: int = 1, but: Collection[int] = ()
) -> list[ReportOrder]:
    """Return open orders of those formats, oldest first, without those whose id is in `but`."""
    of_kind = col(ReportOrder.format).in_(kinds), col(ReportOrder.id).not_in(but)
    still = select(ReportOrder).where(*of_kind, *_WAITS).order_by(col(ReportOrder.id)).limit(limit)
    return list(session.exec(still).all())


def order(session: Session, wanted: ReportOrder) -> bool:
    """Store an order; return False if the same one waits or came just before."""
    same = select(ReportOrder.id).where(
        ReportOrder.chat_id == wanted.chat_id,
        ReportOrder.year == wanted.year,
        ReportOrder.quarter == wanted.quarter,
        ReportOrder.format == wanted.format,
        col(ReportOrder.unit_id).is_not_distinct_from(wanted.unit_id),
        or_(
            and_(*_WAITS),
            and_(
                col(ReportOrder.message_id) == wanted.message_id,
                col(ReportOrder.asked_at) > wanted.asked_at - SAME_TAP,
            ),
        ),
        col(ReportOrder.failed_at).is_(None),
    )
    if session.exec(same.limit(1)).first() is not None:
        return False
    session.add(wanted)
    session.flush()
    work_of(session).left.add(Left.PICTURE if wanted.format in PICTURES else Left.REPORT)
    return True


def made(session: Session, fingerprint: str, kind: ReportFormat) -> MadeReport | None:
    """Return the report made with that fingerprint, or None."""
    query = select(MadeReport).where(MadeReport.fingerprint == fingerprint, MadeReport.format == kind)
    return session.exec(query).first()


def sweep(session: Session, now: datetime) -> None:
    """Delete draft reports older than a week, and orders older than four."""
    session.execute(
        delete(MadeReport).where(
            col(MadeReport.signed).is_(False), col(MadeReport.made_at) < now - DRAFTS_KEPT
        )
    )
    session.execute(delete(ReportOrder).where(col(ReportOrder.asked_at) < now - 4 * DRAFTS_KEPT))


def named(session: Session, hashes: Sequence[str]) -> set[str]:
    """Return those of the hashes that are reports' files."""
    return set(session.exec(select(MadeReport.sha256).where(col(MadeReport.sha256).in_(hashes))).all())
