"""Numbers of official letters: used by two activities, or of one series under two prefixes.

Prefixes are compared within a line of action: an office numbers what it sends itself and what goes out under
the Secretary's signature apart, and both begin with 1 each year.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.checks.statements import activities
from reports.quarterly.content import Report

_PARTS = re.compile(r"(?P<prefix>.{1,200})[/-](?P<number>\d{1,9})[/-](?P<year>(?:20)?\d\d)")


class _Letter(NamedTuple):
    """`prefix` by its parts; the number without the zeros before it."""

    prefix: tuple[str, ...]
    number: int
    year: int


def check(report: Report) -> Iterator[Finding]:
    """Across units; each told at the later activity."""
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
    """SESAECH/ST/UAA/0030/2024; None for what is written otherwise."""
    found = _PARTS.fullmatch(document.strip())
    if found is None:
        return None
    prefix = tuple(part.casefold().strip() for part in re.split(r"[/-]", found["prefix"]))
    return _Letter(prefix, int(found["number"]), int(found["year"]) % 100)


def _one_series(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """SESAECH/UAA and SESAECH/ST/UAA: the same but for parts left out in between.

    Numbers of another office (the last part differs) or institution (the first) are its own.
    """
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or (short[0], short[-1]) != (long[0], long[-1]):
        return False
    rest = iter(long)
    return all(part in rest for part in short)
