"""Who took part: whether the registered parts add up, and whether the narrative says the same."""

import re
from collections.abc import Iterator

from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.checks.statements import activities
from reports.quarterly.content import People, Report
from spanish.writing.folding import fold
from spanish.writing.number_words import in_digits

SECTORS = ("private_sector", "civil_society", "academia", "public_servants")
_N = r"(?<![\w.,/$-])(\d{1,3}(?:,\d{3})+|\d{1,7})(?![.,]\d|%)"
_WOMEN = re.compile(rf"{_N} mujer(?:es)?\b")
_MEN = re.compile(rf"{_N} hombres?\b")
_WHO = r"(?:personas?|participantes?|asistentes?)\b"
_TOTAL = re.compile(
    rf"\b(?:participacion|asistencia|presencia) de (?:un total de )?{_N} {_WHO}|"
    rf"\b(?:participaron|asistieron|acudieron) (?:un total de )?{_N} {_WHO}|"
    rf"{_N} (?:asistentes|participantes)\b|"
    rf"{_N} personas(?=[,:;(]? (?:de (?:ell[oa]s|las cuales),? )?\(?(?:son )?\d+ (?:mujer|hombre))"
)


def check(report: Report) -> Iterator[Finding]:
    for place, activity in activities(report):
        yield from _added_up(place, activity.people)
        yield from _told(place, activity.people, in_digits(fold(activity.narrative)))


def _added_up(place: CheckScope, people: People) -> Iterator[Finding]:
    """Women and men, and the sectors: both are the whole where all are given, and never more."""
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


def _told(place: CheckScope, people: People, text: str) -> Iterator[Finding]:
    """One number that agrees, or their sum, vouches for the others: there may have been several events."""
    for who, pattern, registered in (
        ("women", _WOMEN, people.women),
        ("men", _MEN, people.men),
        ("participants", _TOTAL, people.participants),
    ):
        told = [int("".join(found).replace(",", "")) for found in map(_groups, pattern.finditer(text))]
        if told and registered is not None and registered not in {*told, sum(told), sum(set(told))}:
            yield place.found(FindingKind.PEOPLE_TOLD, who=who, told=max(told), registered=registered)


def _groups(found: re.Match[str]) -> list[str]:
    return [each for each in found.groups() if each]
