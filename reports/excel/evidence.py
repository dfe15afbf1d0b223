"""The workbook's sheet of evidence, one row a file or location: each column with what stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.tables.evidence import EvidenceKind
from reports.excel.parts import activities
from reports.quarterly.content import ActivityPart, FilePart, LinePart, Report, UnitPart
from reports.texts import headings, sheets
from reports.workbook import ColumnFormat, ReadColumn


@dataclass(frozen=True)
class EvidenceRow:
    unit: UnitPart
    line: LinePart
    activity: ActivityPart
    file: FilePart


_Column = ReadColumn[EvidenceRow]


def _hash_of(row: EvidenceRow) -> str | None:
    """Return the hash or "Sin archivo"; None for a location, which has no file."""
    file = row.file
    return None if file.kind == EvidenceKind.LOCATION else file.sha256 or headings.NO_FILE


EVIDENCE = (
    _Column(sheets.ACTIVITY, ColumnFormat.PLAIN, 10, value=lambda row: row.activity.id),
    _Column(sheets.UNIT, width=22, value=lambda row: row.unit.name),
    _Column(sheets.LINE, ColumnFormat.PLAIN, 7, value=lambda row: row.line.number),
    _Column(sheets.TO, ColumnFormat.DAY, 11.5, value=lambda row: row.activity.ends_on),
    _Column(sheets.KIND, width=13, value=lambda row: sheets.KINDS[EvidenceKind(row.file.kind)]),
    _Column(sheets.NAME, width=30, value=lambda row: row.file.name),
    _Column(sheets.MEDIA_TYPE, width=18, value=lambda row: row.file.media_type),
    _Column(sheets.BYTES, ColumnFormat.NUMBER, 12, value=lambda row: row.file.bytes),
    _Column(sheets.SHOWN_IN_REPORT, width=11, value=lambda row: row.file.shown),
    _Column(sheets.LATITUDE, ColumnFormat.PLACE, 11, value=lambda row: row.file.latitude),
    _Column(sheets.LONGITUDE, ColumnFormat.PLACE, 11, value=lambda row: row.file.longitude),
    _Column(sheets.SHA256, width=68, value=_hash_of),
)


def files(report: Report) -> Iterator[EvidenceRow]:
    for unit, line, activity in activities(report):
        for file in activity.evidence:
            yield EvidenceRow(unit, line, activity, file)
