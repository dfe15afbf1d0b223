"""The national transparency platform's table of indicators: to be pasted, or in the platform's own file."""

from pathlib import Path

from reports.own_template import UnusableTemplate
from reports.quarterly.content import Report
from reports.transparency import template
from reports.transparency.cells import WrongWord, rows
from reports.transparency.format import format_of
from reports.workbook import Column, Workbook


def render(report: Report, downloaded: Path | None = None) -> bytes:
    """Return a workbook with a head and a row for each indicator, or the `downloaded` file filled in.

    Days are texts, as the platform expects. Raises `UnusableTemplate`, also for a word that is not in the
    platform's catalogue.
    """
    if downloaded is not None:
        return template.fill(report, downloaded)
    form = format_of(report.quarter.year)
    book = Workbook(report.title, report.institution.name, report.dated_at, report.heading)
    columns = tuple(Column(each.head, each.shown_as, each.width) for each in form.columns)
    try:
        book.add_table(form.sheet, columns, rows(report, form, form.columns))
    except WrongWord as error:
        raise UnusableTemplate(f"the platform would refuse the table: {error}") from error
    return book.content()
