"""The report as an Excel workbook, with tables to be filtered and added up.

The first sheet describes the workbook; each other sheet is one table with a header row.
"""

from collections.abc import Iterator

from reports.excel.activities import ACTIVITIES, PARTICIPANTS, activity_entries, attended
from reports.excel.adjustments import ADJUSTMENTS, adjustments
from reports.excel.evidence import EVIDENCE, files
from reports.excel.progress import PROGRESS, targets
from reports.excel.seal import SEAL, seals, sheet_hashes
from reports.excel.units import UNITS, units
from reports.quarterly.content import Report
from reports.texts import headings, sheets
from reports.workbook import ColumnFormat, Value, Workbook, rows_of


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
    book.add_table(sheets.EVIDENCE, EVIDENCE, rows_of(EVIDENCE, files(report)), fixed=1)
    book.add_table(sheets.ADJUSTMENTS, ADJUSTMENTS, rows_of(ADJUSTMENTS, adjustments(report)), fixed=2)
    annex = list(rows_of(SEAL, seals(report)))
    hashed = rows_of(SEAL, sheet_hashes(book.written, annex))
    book.add_table(sheets.SEAL, SEAL, [*annex, *hashed], fixed=1)
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
    book.write_rows(sheet, row + 2, UNITS, rows_of(UNITS, units(report)))


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
    if report.code is not None:
        yield sheets.CODE, report.code, ColumnFormat.TEXT
    yield sheets.HOW, sheets.HOW_COMPUTED, ColumnFormat.TEXT
    if report.institution.privacy_notice:
        yield sheets.PRIVACY, "\n".join(report.institution.privacy_notice), ColumnFormat.TEXT
