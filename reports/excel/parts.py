"""The lines and activities of a report with what they belong to, and instants in the report's time zone."""

from collections.abc import Iterator
from datetime import datetime

from reports.quarterly.content import ActivityPart, LinePart, Report, UnitPart


def lines(report: Report) -> Iterator[tuple[UnitPart, LinePart]]:
    return ((unit, line) for unit in report.units for line in unit.lines)


def activities(report: Report) -> Iterator[tuple[UnitPart, LinePart, ActivityPart]]:
    return ((unit, line, each) for unit, line in lines(report) for each in line.activities)


def local(report: Report, moment: datetime) -> datetime:
    """Return the instant in the time zone of the report's date."""
    return moment.astimezone(report.dated_at.tzinfo)
