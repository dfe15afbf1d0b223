"""Reports that were asked for in the chat, and those that were made and are kept.

An order is a row before anything is made of it, so that a restart finds it. What was made is found again by
its `fingerprint`: of the signatures where the report is signed, which is served as it was, else of the whole
content, so that a draft is made again only if something changed. The file lies in the store of evidence.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, and_, delete, or_, text
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import Instant, by_value
from models.quarter import Quarter

DRAFTS_KEPT = timedelta(days=7)
SAME_TAP = timedelta(seconds=10)


class ReportFormat(StrEnum):
    WORD = "docx"
    PDF = "pdf"
    EXCEL = "xlsx"
    TRANSPARENCY = "pnt"  # the transparency platform's table, a workbook
    CSV = "csv"
    JSON = "json"
    PICTURE = "png"  # the bars of /avance, for the chat


BELLS = ("report_ordered", "picture_ordered")  # in `session.info`, by whether it is a picture
DOCUMENTS = frozenset(ReportFormat) - {ReportFormat.PICTURE}
PICTURES = frozenset({ReportFormat.PICTURE})


class ReportOrder(SQLModel, table=True):
    """Somebody tapped a format. `message_id` is the message whose button it was: it tells how it goes on.
    Empty where nobody tapped (the summary at a quarter's end). `thread_id` is that message's forum topic.

    Neither done nor failed: to be made.
    """

    __tablename__ = "report_order"
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter_in_range"),
        Index(
            "ix_report_order_open",
            "id",
            sqlite_where=text("done_at IS NULL AND failed_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND failed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    thread_id: int | None = Field(default=None, sa_type=BigInteger)
    year: int
    quarter: int
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    format: ReportFormat = Field(sa_type=by_value(ReportFormat))
    asked_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    failed_at: datetime | None = Field(default=None, sa_type=Instant)

    @property
    def of(self) -> Quarter:
        return Quarter(self.year, self.quarter)


class MadeReport(SQLModel, table=True):
    """A report's file, by the SHA-256 of its content. `signed` ones are kept for ever."""

    __tablename__ = "made_report"
    __table_args__ = (UniqueConstraint("fingerprint", "format"),)

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str
    format: ReportFormat = Field(sa_type=by_value(ReportFormat))
    year: int
    quarter: int
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    signed: bool
    sha256: str = Field(index=True)
    bytes: int = Field(sa_type=BigInteger)
    made_at: datetime = Field(sa_type=Instant)


_WAITS = (col(ReportOrder.done_at).is_(None), col(ReportOrder.failed_at).is_(None))


def waiting(
    session: Session, kinds: Collection[ReportFormat], limit: int = 1, but: Collection[int] = ()
) -> list[ReportOrder]:
    """The orders of those formats to be made, the oldest first, without those that are numbered in `but`."""
    of_kind = col(ReportOrder.format).in_(kinds), col(ReportOrder.id).not_in(but)
    still = select(ReportOrder).where(*of_kind, *_WAITS).order_by(col(ReportOrder.id)).limit(limit)
    return list(session.exec(still).all())


def order(session: Session, wanted: ReportOrder) -> bool:
    """Store an order; False where the same one waits or came just before: five taps make one report."""
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
    session.info[BELLS[wanted.format in PICTURES]] = True
    return True


def made(session: Session, fingerprint: str, kind: ReportFormat) -> MadeReport | None:
    """The file that was made of the same."""
    query = select(MadeReport).where(MadeReport.fingerprint == fingerprint, MadeReport.format == kind)
    return session.exec(query).first()


def sweep(session: Session, now: datetime) -> None:
    """Drafts go after a week; the next is made when it is asked for."""
    session.execute(
        delete(MadeReport).where(
            col(MadeReport.signed).is_(False), col(MadeReport.made_at) < now - DRAFTS_KEPT
        )
    )
    session.execute(delete(ReportOrder).where(col(ReportOrder.asked_at) < now - 4 * DRAFTS_KEPT))


def named(session: Session, hashes: Sequence[str]) -> set[str]:
    """Those of the hashes that are reports' files."""
    return set(session.exec(select(MadeReport.sha256).where(col(MadeReport.sha256).in_(hashes))).all())
