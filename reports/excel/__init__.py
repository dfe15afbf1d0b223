"""The report as an Excel workbook, with tables to be filtered and added up.

The first sheet describes the workbook; each other sheet is one table with a header row.
"""

from collections.abc import Iterator

from reports import excel_rows as rows
from reports.excel_activities import ACTIVITIES, PARTICIPANTS, activity_entries, attended
from reports.excel_progress import PROGRESS, targets
from reports.quarterly.content import Report
from reports.texts import headings, sheets
from reports.workbook import Column, ColumnFormat, Value, Workbook, rows_of

_UNIT = Column(sheets.UNIT, width=22)
_LINE = Column(sheets.LINE, ColumnFormat.PLAIN, 7)
_TITLE = Column(sheets.TITLE, width=28)
_ACTIVITY = Column(sheets.ACTIVITY, ColumnFormat.PLAIN, 10)
_TO = Column(sheets.TO, ColumnFormat.DAY, 11.5)
_HASH = Column(sheets.SHA256, width=68)

EVIDENCE = (
    _ACTIVITY,
    _UNIT,
    _LINE,
    _TO,
    Column(sheets.KIND, width=13),
    Column(sheets.NAME, width=30),
    Column(sheets.MEDIA_TYPE, width=18),
    Column(sheets.BYTES, ColumnFormat.NUMBER, 12),
    Column(sheets.SHOWN_IN_REPORT, width=11),
    Column(sheets.LATITUDE, ColumnFormat.PLACE, 11),
    Column(sheets.LONGITUDE, ColumnFormat.PLACE, 11),
    _HASH,
)
ADJUSTMENTS = (
    _UNIT,
    _LINE,
    _TITLE,
    Column(sheets.MEASURE, width=16),
    Column(sheets.DAY, ColumnFormat.DAY, 11.5),
    Column(sheets.BEFORE, ColumnFormat.NUMBER, 12),
    Column(sheets.AFTER, ColumnFormat.NUMBER, 12),
    Column(sheets.REASON, width=60),
    Column(sheets.LETTER, width=24),
    Column(sheets.COMBINE, width=13),
)
SEAL = (
    Column(sheets.BLOCK, width=21),
    _UNIT,
    _LINE,
    _ACTIVITY,
    Column(sheets.WHAT, width=34),
    Column(sheets.BYTES, ColumnFormat.NUMBER, 12),
    _HASH,
)
UNITS = (
    Column(sheets.UNIT, width=46),
    Column(sheets.PROGRESS, ColumnFormat.SHARE, 16),
    Column(sheets.SHOWN, width=16),
    Column(sheets.PLANNED_SHARE, ColumnFormat.SHARE, 12),
    Column(sheets.SIGNAL, width=24),
    Column(sheets.ACTIVITIES, ColumnFormat.NUMBER, 12),
    Column(sheets.PEOPLE, ColumnFormat.NUMBER, 14),
    Column(sheets.SIGNED, ColumnFormat.MOMENT, 17),
)


def render(report: Report) -> bytes:
    """Return the workbook: a summary, progress, activities, participants, evidence, adjustments, seal."""
    book = Workbook(
        report.title,
        report.institution.name,
        report.dated_at,
        f"{report.institution.short_name} · {report.heading}",
    )
    _write_summary(book, report)
    book.add_table(sheets.PROGRESS, PROGRESS, rows_of(PROGRESS, targets(report)), fixed=3)
    book.add_table(sheets.ACTIVITIES, ACTIVITIES, rows_of(ACTIVITIES, activity_entries(report)), fixed=1)
    book.add_table(sheets.PARTICIPANTS, PARTICIPANTS, rows_of(PARTICIPANTS, attended(report)), fixed=1)
    book.add_table(sheets.EVIDENCE, EVIDENCE, rows.evidence_rows(report), fixed=1)
    book.add_table(sheets.ADJUSTMENTS, ADJUSTMENTS, rows.adjustment_rows(report), fixed=2)
    book.add_table(sheets.SEAL, SEAL, rows.seal_rows(report), fixed=1)
    return book.content()


def _write_summary(book: Workbook, report: Report) -> None:
    sheet = book.sheet(sheets.SUMMARY, [column.width for column in UNITS])
    last = len(UNITS) - 1
    book.write_across(sheet, 0, 0, last, report.title, bold=True)
    row = 1
    for row, (label, value, kind) in enumerate(_summary(report), 1):
        book.write(sheet, row, 0, label, bold=True)
        if isinstance(value, str):
            book.write_across(sheet, row, 1, last, value)
        else:
            book.write(sheet, row, 1, value, kind)
    book.write_rows(sheet, row + 2, UNITS, rows.unit_rows(report))


def _summary(report: Report) -> Iterator[tuple[str, Value, ColumnFormat]]:
    yield sheets.INSTITUTION, report.institution.name, ColumnFormat.TEXT
    yield sheets.QUARTER, report.heading, ColumnFormat.TEXT
    yield (
        sheets.STATE,
        (report.draft_note or headings.DRAFT) if report.draft else sheets.SIGNED,
        ColumnFormat.TEXT,
    )
    yield sheets.STANDS_AT, report.on, ColumnFormat.DAY
    yield sheets.DATED, report.dated_at, ColumnFormat.MOMENT
    yield sheets.PROGRESS, report.exact, ColumnFormat.SHARE
    yield sheets.SHOWN, sheets.percent(report.shown), ColumnFormat.TEXT
    yield sheets.PLANNED_SHARE, report.planned, ColumnFormat.SHARE
    yield sheets.SIGNAL, sheets.SIGNALS[report.signal], ColumnFormat.TEXT
    yield sheets.HOW, sheets.HOW_COMPUTED, ColumnFormat.TEXT
    if report.institution.privacy_notice:
        yield sheets.PRIVACY, "\n".join(report.institution.privacy_notice), ColumnFormat.TEXT
