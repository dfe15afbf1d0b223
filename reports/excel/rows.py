"""Rows of the report's workbook, sheet by sheet; their columns are in `reports.excel`."""

from collections.abc import Iterator
from datetime import datetime

from models.programme_file.sheets import COMBINES
from models.tables.evidence import EvidenceKind
from reports.quarterly.content import (
    COPY,
    ActivityPart,
    FilePart,
    LinePart,
    Report,
    UnitPart,
)
from reports.texts import headings, sheets
from reports.workbook import Value
from spanish.writing import days

Row = tuple[Value, ...]


def unit_rows(report: Report) -> Iterator[Row]:
    for unit in report.units:
        activities = [each for line in unit.lines for each in line.activities]
        said = [each.people.participants for each in activities if each.people.participants is not None]
        yield (
            unit.name,
            unit.exact,
            sheets.percent(unit.shown),
            unit.planned,
            sheets.SIGNALS[unit.signal],
            len(activities),
            sum(said) if said else None,
            local(report, unit.signature.signed_at) if unit.signature else None,
        )


def evidence_rows(report: Report) -> Iterator[Row]:
    for unit, line, activity in activities(report):
        for file in activity.evidence:
            yield (
                activity.id,
                unit.name,
                line.number,
                activity.ends_on,
                sheets.KINDS[EvidenceKind(file.kind)],
                file.name,
                file.media_type,
                file.bytes,
                file.shown,
                file.latitude,
                file.longitude,
                _hash_of(file),
            )


def adjustment_rows(report: Report) -> Iterator[Row]:
    for unit, line in lines(report):
        for target in line.targets:
            before = target.programmed
            for adjustment in target.adjustments:
                yield (
                    unit.name,
                    line.number,
                    line.title,
                    target.measure,
                    adjustment.on,
                    before,
                    adjustment.amount,
                    adjustment.reason,
                    adjustment.letter,
                    COMBINES[adjustment.combine],
                )
                before = adjustment.amount


def seal_rows(report: Report) -> Iterator[Row]:
    """Yield the rows that `reports.verification` reads back: the block is in the first column, the hash in
    the last."""
    for file in report.seal.files:
        what = file.name or _kind(file.kind)
        sha256 = file.sha256 or headings.NO_FILE
        yield headings.FILES, file.unit, file.line, file.activity, what, file.bytes, sha256
    for unit in report.units:
        if unit.signature is not None:
            signed = unit.signature
            day = days.day(local(report, signed.signed_at), 0)
            who = sheets.signature(signed.signed_by, signed.in_place_of, day)
            yield headings.SIGNATURES, unit.name, None, None, who, None, signed.sha256
    yield headings.CHAIN, None, None, None, sheets.chain(report.seal.entries), None, report.seal.head


def _kind(kind: str) -> str:
    return headings.PRINTED_COPY if kind == COPY else sheets.KINDS[EvidenceKind(kind)]


def lines(report: Report) -> Iterator[tuple[UnitPart, LinePart]]:
    return ((unit, line) for unit in report.units for line in unit.lines)


def activities(report: Report) -> Iterator[tuple[UnitPart, LinePart, ActivityPart]]:
    return ((unit, line, each) for unit, line in lines(report) for each in line.activities)


def _hash_of(file: FilePart) -> str | None:
    """Return the hash or "Sin archivo"; None for a location, which has no file."""
    return None if file.kind == EvidenceKind.LOCATION else file.sha256 or headings.NO_FILE


def local(report: Report, moment: datetime) -> datetime:
    """Return the instant in the time zone of the report's date."""
    return moment.astimezone(report.dated_at.tzinfo)
