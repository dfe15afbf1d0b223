"""Checks of a report: what contradicts what was registered, is missing, or is there twice.

`check(report)` checks the report alone, `check(report, rows)` also a table published elsewhere. Pure.
"""

from collections.abc import Sequence

from reports.checks import (
    amounts,
    enumerations,
    evidence,
    figures,
    letters,
    lines,
    people,
    percentages,
    spelling,
    unfinished,
    wording,
)
from reports.checks.comparison import compare
from reports.checks.finding import Finding, FindingKind, Severity
from reports.checks.published import PublishedLine, UnreadableTable, read
from reports.quarterly.content import Report

__all__ = [
    "Finding",
    "FindingKind",
    "PublishedLine",
    "Severity",
    "UnreadableTable",
    "check",
    "compare",
    "read",
]

_CHECKS = (
    lines.check,
    unfinished.check,
    amounts.check,
    spelling.check,
    wording.check,
    enumerations.check,
    percentages.check,
    people.check,
    figures.check,
    evidence.check,
    letters.check,
)


def check(report: Report, rows: Sequence[PublishedLine] | None = None) -> tuple[Finding, ...]:
    """Return all findings by unit and line; those on a whole line or unit come before those on activities."""
    found = [each for looks in _CHECKS for each in looks(report)]
    wrong = {(each.unit, each.line) for each in found if each.kind is FindingKind.LINE_DATES}
    if rows is not None:
        found += [
            each
            for each in compare(report, rows)
            # The same mistake in both is reported once.
            if each.kind is not FindingKind.PUBLISHED_OUTSIDE or (each.unit, each.line) not in wrong
        ]
    places = {unit.key: place for place, unit in enumerate(report.units)}
    order = {
        activity.id: place
        for unit in report.units
        for line in unit.lines
        for place, activity in enumerate(line.activities, 1)
    }
    return tuple(
        sorted(
            found,
            key=lambda each: (
                places.get(each.unit, len(places)),
                each.line or 0,
                order.get(each.activity or 0, 0),
            ),
        )
    )
