"""Every text that a report in pages must contain, to be found in each format."""

from collections.abc import Iterator

from reports.quarterly.content import Figure, LinePart, Report
from tests.reports.samples.sample import activities


def texts_of(report: Report) -> Iterator[str]:
    """Yield every text that a report in pages must show."""
    institution = report.institution
    yield from (institution.name, report.title, report.heading, *report.opening)
    yield from filter(None, (institution.governing_body, institution.motto, report.draft_note))
    yield from (
        *institution.mission,
        *institution.vision,
        *institution.structure,
        *institution.privacy_notice,
    )
    yield from (part for principle in institution.principles for part in principle)
    for unit in report.units:
        yield from (unit.name, *unit.presentation, *unit.strategy)
        yield from filter(None, (unit.objective,))
        for line in unit.lines:
            yield from _texts_of_line(line)


def _texts_of_line(line: LinePart) -> Iterator[str]:
    yield from (line.title, line.goal, f"{line.starts_on:%d/%m/%Y}", f"{line.ends_on:%d/%m/%Y}")
    yield from filter(None, (line.description, line.standstill, line.closing, line.observation))
    for activity in line.activities:
        yield from activity.paragraphs
        yield from (group.caption for group in activity.groups)
    for table in line.tables:
        yield table.caption
        yield from (cell for row in (table.head, *table.rows, table.total or ()) for cell in row)


def figures_of(report: Report) -> Iterator[Figure]:
    for _, _, activity in activities(report):
        for group in activity.groups:
            yield from group.figures
