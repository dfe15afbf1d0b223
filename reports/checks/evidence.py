"""Finds evidence that is missing, or that belongs to two activities."""

from collections.abc import Iterator

from models.tables.evidence import EvidenceKind
from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.checks.statements import activities
from reports.quarterly.content import Report


def check(report: Report) -> Iterator[Finding]:
    """Yield files without a hash, which could not be fetched, and files that an earlier activity has too."""
    known: dict[str, CheckScope] = {}
    for place, activity in activities(report):
        told: set[str] = set()
        for file in activity.evidence:
            if file.sha256 is None:
                if file.kind != EvidenceKind.LOCATION:
                    yield place.found(FindingKind.EVIDENCE_MISSING, file=file.name, kind=file.kind)
                continue
            first = known.setdefault(file.sha256, place)
            if first.activity is not activity and file.sha256 not in told:
                told.add(file.sha256)
                yield place.found(
                    FindingKind.EVIDENCE_TWICE, file=file.name, kind=file.kind, other=first.as_other()
                )
