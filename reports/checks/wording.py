"""Finds texts of activities that read like a chat: relative days, greetings, emoji, misspellings."""

from collections.abc import Iterator

from reports.checks.finding import Finding, FindingKind
from reports.checks.statements import activities
from reports.quarterly.content import Report
from spanish.rewording.sentence import House, house_of, remains


def check(report: Report) -> Iterator[Finding]:
    """Yield a finding for each activity whose text a reader would still change."""
    writes = house(report)
    for place, activity in activities(report):
        if left := remains(activity.text, writes):
            yield place.found(FindingKind.WORDING, left={kind.value: words for kind, words in left.items()})


def house(report: Report) -> House:
    """Return how the report's agency writes."""
    names = (unit.name for unit in report.units)
    titles = (line.title for unit in report.units for line in unit.lines)
    return house_of(report.institution.impersonal, *names, *titles)
