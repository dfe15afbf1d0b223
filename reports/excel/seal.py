"""The workbook's sheet of the seal, which `reports.annex_reading` reads back by its headings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.tables.evidence import EvidenceKind
from reports.cell_texts import CellTexts, hash_of_cells, texts_of
from reports.excel.parts import local
from reports.legible import legible
from reports.quarterly.content import COPY, Report
from reports.texts import headings, sheets
from reports.workbook import ColumnFormat, ReadColumn, Value, cut
from spanish.writing import days


@dataclass(frozen=True)
class SealRow:
    """`what` is a file, a signature, the audit chain's last entry, a count, a code or a sheet.

    `sha256` may be "Sin archivo"; a count and a code have none.
    """

    block: str
    what: str
    sha256: str | None
    unit: str | None = None
    line: int | None = None
    activity: int | None = None
    bytes: int | None = None


_Column = ReadColumn[SealRow]

SEAL = (
    _Column(sheets.BLOCK, width=21, value=lambda row: row.block),
    _Column(sheets.UNIT, width=22, value=lambda row: row.unit),
    _Column(sheets.LINE, ColumnFormat.PLAIN, 7, value=lambda row: row.line),
    _Column(sheets.ACTIVITY, ColumnFormat.PLAIN, 10, value=lambda row: row.activity),
    _Column(sheets.WHAT, width=34, value=lambda row: row.what),
    _Column(sheets.BYTES, ColumnFormat.NUMBER, 12, value=lambda row: row.bytes),
    _Column(sheets.SHA256, width=68, value=lambda row: row.sha256),
)


def seals(report: Report) -> Iterator[SealRow]:
    """Yield the files, the units' signatures, the chain's last entry, the files' number and the code."""
    for file in report.seal.files:
        what = file.name or _kind(file.kind)
        sha256 = file.sha256 or headings.NO_FILE
        yield SealRow(headings.FILES, what, sha256, file.unit, file.line, file.activity, file.bytes)
    for unit in report.units:
        if unit.signature is not None:
            signed = unit.signature
            day = days.day(local(report, signed.signed_at), 0)
            who = sheets.signature(signed.signed_by, signed.in_place_of, day)
            yield SealRow(headings.SIGNATURES, who, signed.sha256, unit.name)
    yield SealRow(headings.CHAIN, sheets.chain(report.seal.entries), report.seal.head)
    missing = sum(each.sha256 is None for each in report.seal.files)
    yield SealRow(headings.COUNT, headings.counted_files(len(report.seal.files), missing), None)
    if report.code is not None:
        yield SealRow(sheets.CODE, report.code, None)


def sheet_hashes(written: Mapping[str, CellTexts], annex: Sequence[Sequence[Value]]) -> Iterator[SealRow]:
    """Yield for each sheet how many rows it has and the hash of what is in them; last of the annex so far."""
    for name, cells in written.items():
        rows = len({row for row, _ in cells})
        yield SealRow(sheets.SHEETS, sheets.counted_rows(name, rows), hash_of_cells(cells))
    printed = [[cut(legible(each)) if isinstance(each, str) else each for each in row] for row in annex]
    about = sheets.counted_rows(sheets.SEAL, len(annex))
    yield SealRow(sheets.SHEETS, about, hash_of_cells(texts_of(printed)))


def _kind(kind: str) -> str:
    return headings.PRINTED_COPY if kind == COPY else sheets.KINDS[EvidenceKind(kind)]
