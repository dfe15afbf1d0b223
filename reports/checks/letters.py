"""Finds numbers of official letters that two activities have, or that have two prefixes in one series.

Prefixes are compared only within a line of action, since an office has separate series, each from 1 every
year, for letters that it sends itself and for those that the Secretary signs.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.checks.statements import activities
from reports.quarterly.content import Report

_PARTS = re.compile(r"(?P<prefix>.{1,200})[/-](?P<number>\d{1,9})[/-](?P<year>(?:20)?\d\d)")


class _Letter(NamedTuple):
    """A letter's number, in its parts; `number` is without leading zeros."""

    prefix: tuple[str, ...]
    number: int
    year: int


def check(report: Report) -> Iterator[Finding]:
    """Yield the findings across all units, each at the later of the two activities."""
    known: dict[str | _Letter, tuple[CheckScope, str]] = {}
    by_number: dict[tuple[int, int], list[tuple[_Letter, CheckScope, str]]] = {}
    for place, activity in activities(report):
        for document in dict.fromkeys(activity.documents):
            letter = _letter(document)
            first, written = known.setdefault(letter or document.casefold().strip(), (place, document))
            if first.activity is not activity:
                facts = {"document": document, "other_document": written, "other": first.as_other()}
                yield place.found(FindingKind.DOCUMENT_TWICE, **facts)
            if letter is None or (first, written) != (place, document):
                continue
            earlier = by_number.setdefault((letter.number, letter.year), [])
            for like, there, other in earlier:
                if there.line is place.line and _one_series(letter.prefix, like.prefix):
                    facts = {"document": document, "other_document": other, "other": there.as_other()}
                    yield place.found(FindingKind.PREFIX_MIXED, **facts)
            earlier.append((letter, place, document))


def _letter(document: str) -> _Letter | None:
    """Parse a number like SESAECH/ST/UAA/0030/2024; None for other forms."""
    found = _PARTS.fullmatch(document.strip())
    if found is None:
        return None
    prefix = tuple(part.casefold().strip() for part in re.split(r"[/-]", found["prefix"]))
    return _Letter(prefix, int(found["number"]), int(found["year"]) % 100)


def _one_series(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two prefixes differ only by parts left out: SESAECH/UAA and SESAECH/ST/UAA.

    If the first part (the institution) or the last (the office) differs, they are different series.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or (short[0], short[-1]) != (long[0], long[-1]):
        return False
    rest = iter(long)
    return all(part in rest for part in short)
