"""Iterates over the texts of a report that people wrote, with their place."""

from collections.abc import Iterator

from reports.checks.finding import CheckScope
from reports.quarterly.content import ActivityPart, Report


def texts(report: Report) -> Iterator[tuple[CheckScope, str, str]]:
    """Yield (place, kind, text) of each narrative, standstill, observation, presentation, also empty ones."""
    for unit in report.units:
        yield CheckScope(unit), "presentation", "\n".join(unit.presentation)
        for line in unit.lines:
            yield CheckScope(unit, line), "standstill", line.standstill or ""
            yield CheckScope(unit, line), "observation", line.observation or ""
            for activity in line.activities:
                yield CheckScope(unit, line, activity), "narrative", activity.narrative


def activities(report: Report) -> Iterator[tuple[CheckScope, ActivityPart]]:
    """Yield every activity with its place."""
    for unit in report.units:
        for line in unit.lines:
            for activity in line.activities:
                yield CheckScope(unit, line, activity), activity
