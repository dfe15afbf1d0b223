"""Checks participants: whether the registered parts add up, and whether the narrative agrees."""

from collections.abc import Iterator

from models.tables.activity import AttendanceFacts
from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.checks.statements import activities
from reports.quarterly.content import Report
from spanish.reading.participants import numbers_told
from spanish.writing.people import SECTORS


def check(report: Report) -> Iterator[Finding]:
    for place, activity in activities(report):
        yield from _added_up(place, activity.people)
        yield from _told(place, activity.people, activity.narrative)


def _added_up(place: CheckScope, people: AttendanceFacts) -> Iterator[Finding]:
    """Yield a finding if women and men, or the sectors, exceed the total, or are complete but differ."""
    if people.participants is None:
        return
    sectors = [getattr(people, name) for name in SECTORS]
    for what, parts in (("sex", [people.women, people.men]), ("sector", sectors)):
        given = [part for part in parts if part is not None]
        total = sum(given)
        if total > people.participants or (len(given) == len(parts) and total != people.participants):
            yield place.found(
                FindingKind.PEOPLE_DIFFER, by=what, parts=parts, sum=total, total=people.participants
            )


def _told(place: CheckScope, people: AttendanceFacts, text: str) -> Iterator[Finding]:
    """Yield a finding if neither a number in the text nor their sum agrees; there may be several events."""
    for who, told in numbers_told(text).items():
        registered: int | None = getattr(people, who)
        if told and registered is not None and registered not in {*told, sum(told), sum(set(told))}:
            yield place.found(FindingKind.PEOPLE_TOLD, who=who, told=max(told), registered=registered)
