"""Finds lines without activity where something was planned, and days outside the year."""

from collections.abc import Iterator

from models.progress.signal import Signal
from models.quarter import Quarter
from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.quarterly.content import LinePart, Report


def check(report: Report) -> Iterator[Finding]:
    for unit in report.units:
        for line in unit.lines:
            place = CheckScope(unit, line)
            yield from _silent(place, line, report.quarter)
            yield from _dates(place, line, report.quarter)


def _silent(place: CheckScope, line: LinePart, quarter: Quarter) -> Iterator[Finding]:
    """Yield a finding for a line with nothing registered and no standstill, if something was planned for it
    or it has an observation.

    Lines that are met are accepted, and so are demand-driven ones, whose observation may be the institution's
    general one.
    """
    if line.activities or line.standstill or line.signal is Signal.MET or line.demand_driven:
        return
    targets = [each for each in line.targets if not each.informative]
    planned = next((each for each in targets if each.by_quarter[quarter.number - 1]), None)
    if planned is not None:
        yield place.found(FindingKind.NO_ACTIVITY, measure=planned.measure)
    elif line.observation:
        yield place.found(FindingKind.NO_ACTIVITY, measure=None)


def _dates(place: CheckScope, line: LinePart, quarter: Quarter) -> Iterator[Finding]:
    if {line.starts_on.year, line.ends_on.year} != {quarter.year}:
        days = {"starts": line.starts_on.isoformat(), "ends": line.ends_on.isoformat()}
        yield place.found(FindingKind.LINE_DATES, **days, year=quarter.year)
    for activity in line.activities:
        if activity.ends_on not in quarter or activity.starts_on.year != quarter.year:
            days = {"starts": activity.starts_on.isoformat(), "ends": activity.ends_on.isoformat()}
            yield CheckScope(place.unit, line, activity).found(
                FindingKind.ACTIVITY_DATES, **days, quarter=quarter.key
            )
