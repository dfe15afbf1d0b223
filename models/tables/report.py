"""Orders of reports from the chat, and the files of reports that were made."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.columns import Instant, by_value
from models.quarter import Quarter


class ReportFormat(StrEnum):
    WORD = "docx"
    PDF = "pdf"
    EXCEL = "xlsx"
    TRANSPARENCY = "pnt"  # the transparency platform's table, a workbook
    CSV = "csv"
    JSON = "json"
    PICTURE = "png"  # the bars of /avance, for the chat


class ReportOrder(SQLModel, table=True):
    """A report that somebody ordered by a format's button. `message_id` is the message with that button,
    which shows the order's state; empty for the summary at a quarter's end. `thread_id` is its forum topic.

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
    """The file of a report, named by the SHA-256 of its content. Those with `signed` are never deleted."""

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
