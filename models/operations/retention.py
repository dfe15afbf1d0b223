"""Deletes what is no longer needed.

Finished rows of inbox and outbox, and messages set aside, are deleted after thirty days; evidence that was
never registered, a day after its draft was cancelled, and thirty days after it expired, since an expired one
may come back. Evidence of an activity is kept, even if withdrawn or removed. Draft reports are deleted after
a week, signed ones are kept.

Personal data: rows of strangers are deleted after two days, updates that were set aside after ninety, the
text and chat of cancelled and expired cards after thirty, and the chats of people without a role after
thirty. docs/operating.md has the whole table.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, or_, select

from models.operations import report_order
from models.people.pin import ASKED_FOR
from models.storage import audit
from models.storage.database import separately
from models.tables.chat.draft import DraftMessage, DraftRow
from models.tables.chat.inbox import Inbox
from models.tables.chat.outbox import Outbox
from models.tables.evidence import Evidence
from models.tables.people import Membership, Stranger
from models.tables.pin import PinQuestion, Step
from models.tables.report import ReportOrder

KEPT = timedelta(days=30)
EVIDENCE_KEPT = timedelta(days=1)  # after its draft was cancelled; one that expired may come back
STRANGERS_KEPT = timedelta(days=2)
ASIDE_KEPT = timedelta(days=90)
NOBODY = 0  # replaces the id of a chat that is not needed any more; Telegram has no chat 0
AT_ONCE = 500  # hashes in one query


def sweep(session: Session, now: datetime) -> None:
    """Delete everything that is due at `now`; an error in one table does not affect the others."""
    before = now - KEPT
    steps: tuple[Callable[[], object], ...] = (
        lambda: session.execute(delete(Inbox).where(col(Inbox.handled_at) < before)),
        lambda: session.execute(delete(Outbox).where(col(Outbox.sent_at) < before)),
        lambda: session.execute(delete(Outbox).where(col(Outbox.dropped_at) < before)),
        lambda: session.execute(delete(Outbox).where(col(Outbox.aside_at) < before)),
        lambda: session.execute(delete(Inbox).where(col(Inbox.set_aside_at) < now - ASIDE_KEPT)),
        lambda: _drop_evidence(session, now),
        lambda: report_order.sweep(session, now),
        lambda: _forget_strangers(session, now - STRANGERS_KEPT),
        lambda: _forget_left_cards(session, before),
        lambda: _forget_chats_of_gone(session, before, now),
        lambda: _forget_questions(session, now - ASKED_FOR),
    )
    for step in steps:
        with separately(session, "Some of what is no longer needed could not be dropped"):
            step()


def _forget_questions(session: Session, before: datetime) -> None:
    """Clear questions for a PIN that was never typed."""
    session.execute(
        update(PinQuestion)
        .where(col(PinQuestion.asked_at) < before)
        .values(step=Step.NONE, act=None, salt=None, hash=None)
    )


def _forget_strangers(session: Session, before: datetime) -> None:
    """Delete accounts without an invitation that did not write since then."""
    session.execute(
        delete(Stranger).where(
            or_(col(Stranger.told_at).is_(None), col(Stranger.told_at) < before),
            or_(col(Stranger.failed_since).is_(None), col(Stranger.failed_since) < before),
        )
    )


def _forget_left_cards(session: Session, before: datetime) -> None:
    """Clear text and chat of cards that were cancelled or expired."""
    left = select(DraftRow.id).where(
        or_(col(DraftRow.cancelled_at) < before, col(DraftRow.expired_at) < before),
        col(DraftRow.chat_id) != NOBODY,
    )
    session.execute(delete(DraftMessage).where(col(DraftMessage.draft_id).in_(left)))
    session.execute(
        update(DraftRow)
        .where(col(DraftRow.id).in_(left))
        .values(content={}, chat_id=NOBODY)
        .execution_options(synchronize_session=False)
    )


def _forget_chats_of_gone(session: Session, before: datetime, now: datetime) -> None:
    """Remove the chat ids of people without a role since then from cards, messages, evidence and reports."""
    gone = (
        select(Membership.person_id)
        .group_by(col(Membership.person_id))
        .having(
            func.count() == func.count(col(Membership.ended_at)), func.max(col(Membership.ended_at)) < before
        )
    )
    cards = select(DraftRow.id).where(col(DraftRow.person_id).in_(gone), col(DraftRow.chat_id) != NOBODY)
    session.execute(delete(DraftMessage).where(col(DraftMessage.draft_id).in_(cards)))
    session.execute(
        update(DraftRow)
        .where(col(DraftRow.id).in_(cards))
        .values(chat_id=NOBODY)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(ReportOrder)
        .where(col(ReportOrder.person_id).in_(gone), col(ReportOrder.chat_id) != NOBODY)
        .values(chat_id=NOBODY, message_id=None)
        .execution_options(synchronize_session=False)
    )
    sent = select(Evidence).where(col(Evidence.added_by).in_(gone), col(Evidence.chat_id).is_not(None))
    for row in session.exec(sent).all():
        row.chat_id = row.message_id = None
        audit.record(session, now, "bot", "forget chat", f"evidence:{row.id}")


def _drop_evidence(session: Session, now: datetime) -> None:
    before = now - EVIDENCE_KEPT
    rows = session.exec(
        select(Evidence)
        .join(DraftRow, col(DraftRow.id) == col(Evidence.draft_id))
        .where(
            col(Evidence.activity_id).is_(None),
            col(DraftRow.merged_into).is_(None),
            col(DraftRow.registered_at).is_(None),
            or_(col(DraftRow.cancelled_at) < before, col(DraftRow.expired_at) < now - KEPT),
        )
    ).all()
    for row in rows:
        audit.record(session, now, "bot", "drop evidence", f"evidence:{row.id}", {"sha256": row.sha256})
        session.delete(row)
    session.flush()


def unnamed(session: Session, hashes: Sequence[str]) -> set[str]:
    """Return those of the hashes that no row names: as evidence, its copy, or a made report."""
    left = set(hashes)
    for place in range(0, len(hashes), AT_ONCE):
        asked = hashes[place : place + AT_ONCE]
        for column in (col(Evidence.sha256), col(Evidence.copy_sha256)):
            left.difference_update(session.exec(select(column).where(column.in_(asked))).all())
        left -= report_order.named(session, asked)
    return left
