"""The report as open data: a table (CSV) and the whole report (JSON). Fields: docs/open-data.md.

It has no names of people or files, and no locations of evidence; participants are counts. Texts are as they
were typed.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.programme_file.sheets import COMBINES
from reports.legible import legible
from reports.quarterly.content import (
    ActivityPart,
    LinePart,
    Report,
    Seal,
    SealedFile,
    SignaturePart,
    TargetPart,
    UnitPart,
)
from reports.texts import open_data as texts
from reports.texts import sheets

DECIMALS = 6  # of shares and computed amounts in the table; the JSON has exact fractions
VERSION = 1  # of the JSON's format; raised when the meaning of a field changes


def as_csv(report: Report) -> bytes:
    """Return the table with one row per target: RFC 4180, UTF-8 with BOM, which Excel needs for accents."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(table_rows(report))
    return text.getvalue().encode("utf-8-sig")


def as_json(report: Report) -> bytes:
    """Return the report without pictures and the institution's texts; fields are as on the command line."""
    shape = _shape(report)
    text = json.dumps({**shape, "sha256": content_hash(shape)}, ensure_ascii=False, indent=2)
    # A lone surrogate, which UTF-8 cannot encode, is written as JSON's escape.
    return text.encode("utf-8", errors="backslashreplace") + b"\n"


def content_hash(shape: dict[str, Any]) -> str:
    """Return the SHA-256 of a JSON's content without its field `sha256`, however it is indented."""
    kept = {name: value for name, value in shape.items() if name != "sha256"}
    text = json.dumps(kept, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def counts(shape: dict[str, Any]) -> dict[str, int]:
    """Return how many of each the JSON has: units, lines, activities, files, files without a hash."""
    lines = [line for unit in shape["units"] for line in unit["lines"]]
    files = shape["seal"]["files"]
    return {
        "units": len(shape["units"]),
        "lines": len(lines),
        "activities": sum(len(line["activities"]) for line in lines),
        "files": len(files),
        "without_hash": sum(each["sha256"] is None for each in files),
    }


def table_rows(report: Report) -> list[list[str]]:
    """Return the table's rows with its head, each cell as the CSV has it."""
    targets = _targets(report)
    return [list(COLUMNS), *([legible(value(each)) for value in COLUMNS.values()] for each in targets)]


@dataclass(frozen=True)
class _TargetRow:
    """The data of a row of the table."""

    report: Report
    unit: UnitPart
    line: LinePart
    target: TargetPart


def _targets(report: Report) -> Iterator[_TargetRow]:
    for unit in report.units:
        for line in unit.lines:
            for target in line.targets:
                yield _TargetRow(report, unit, line, target)


def _shape(report: Report) -> dict[str, Any]:
    shape = {
        "version": VERSION,
        "license": report.institution.data_license,
        "institution": {"name": report.institution.name, "short_name": report.institution.short_name},
        "title": report.title,
        "heading": report.heading,
        "quarter": report.quarter.key,
        "whole": report.whole,
        "on": report.on.isoformat(),
        "draft": report.draft,
        "draft_note": report.draft_note,
        "dated_at": report.dated_at.isoformat(timespec="seconds"),
        **_status(report),
        "units": [_unit(each) for each in report.units],
        "code": report.code,
        "seal": _seal(report.seal),
    }
    return {**shape, "counted": counts(shape)}


def _status(part: Report | UnitPart | LinePart) -> dict[str, str]:
    return {
        "exact": _fraction(part.exact),
        "planned": _fraction(part.planned),
        "exact_decimal": _rounded(part.exact),
        "planned_decimal": _rounded(part.planned),
        "shown": _shown(part.shown),
        "signal": part.signal.value,
    }


def _unit(unit: UnitPart) -> dict[str, Any]:
    return {
        "key": unit.key,
        "name": unit.name,
        "objective": unit.objective,
        "strategy": list(unit.strategy),
        "presentation": list(unit.presentation),
        **_status(unit),
        "signature": _signature(unit.signature),
        "lines": [_line(each) for each in unit.lines],
    }


def _signature(signature: SignaturePart | None) -> dict[str, str] | None:
    if signature is None:
        return None
    return {"signed_at": signature.signed_at.isoformat(timespec="seconds"), "sha256": signature.sha256}


def _line(line: LinePart) -> dict[str, Any]:
    return {
        "number": line.number,
        "title": line.title,
        "description": line.description,
        "goal": line.goal,
        "starts_on": line.starts_on.isoformat(),
        "ends_on": line.ends_on.isoformat(),
        "demand_driven": line.demand_driven,
        **_status(line),
        "due": _fraction(line.due),
        "standstill": line.standstill,
        "summary": line.summary,
        "closing": line.closing,
        "observation": line.observation,
        "indicator": line.indicator,
        "targets": [_target(each) for each in line.targets],
        "activities": [_activity(each) for each in line.activities],
    }


def _target(target: TargetPart) -> dict[str, Any]:
    return {
        "measure": target.measure,
        "informative": target.informative,
        "counts_when": target.counts_when,
        "combine": target.combine.value,
        "programmed": _exact(target.programmed),
        "amount": _exact(target.amount),
        "counted": _exact(target.counted),
        "pending": _exact(target.pending),
        "planned": _fraction(target.planned),
        "by_quarter": [_fraction(each) for each in target.by_quarter],
        "adjustments": [
            {
                "on": each.on.isoformat(),
                "amount": _exact(each.amount),
                "reason": each.reason,
                "letter": each.letter,
                "combine": each.combine.value,
            }
            for each in target.adjustments
        ],
    }


def _activity(activity: ActivityPart) -> dict[str, Any]:
    return {
        "id": activity.id,
        "version": activity.version,
        "starts_on": activity.starts_on.isoformat(),
        "ends_on": activity.ends_on.isoformat(),
        "narrative": activity.narrative,
        "report_text": activity.text,
        **activity.optional.model_dump(mode="json"),
        **vars(activity.people),
        "entries": [
            {"measure": each.measure, "quantity": _exact(each.quantity), "pending": _exact(each.pending)}
            for each in activity.entries
        ],
        "documents": list(activity.documents),
        "evidence": [
            {"kind": each.kind, "sha256": each.sha256, "bytes": each.bytes, "shown": each.shown}
            for each in activity.evidence
        ],
    }


def _seal(seal: Seal) -> dict[str, Any]:
    """Return the seal, which `reports.verification` reads back."""
    return {
        "files": [_sealed(each) for each in seal.files],
        "chain": {"entries": seal.entries, "head": seal.head},
    }


def _sealed(file: SealedFile) -> dict[str, Any]:
    return {
        "unit": file.unit,
        "line": file.line,
        "activity": file.activity,
        "kind": file.kind,
        "bytes": file.bytes,
        "sha256": file.sha256,
    }


def _exact(amount: Decimal) -> str:
    """Return 12.5 as "12.5", never "12.50" or "1.25E+1"."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fraction(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"


def _rounded(value: Fraction) -> str:
    """Return the value rounded half up to six decimals."""
    millionths = (value * 10**DECIMALS + Fraction(1, 2)).__floor__()
    return _exact(Decimal(millionths).scaleb(-DECIMALS))


def _shown(figure: str) -> str:
    """Return the figure like "12.5 %", as in `progress --json`."""
    return f"{figure} %"


def _yes(true: bool) -> str:
    return texts.YES if true else texts.NO


def _planned(place: int) -> Callable[[_TargetRow], str]:
    """Return what reads the plan of a quarter, of which the first is 0."""
    return lambda row: _rounded(row.target.by_quarter[place])


# The table's columns in order, each with what stands in it.
COLUMNS: dict[str, Callable[[_TargetRow], str]] = {
    texts.YEAR: lambda row: str(row.report.quarter.year),
    texts.QUARTER: lambda row: row.report.quarter.key,
    texts.STANDS_AT: lambda row: row.report.on.isoformat(),
    texts.UNIT_KEY: lambda row: row.unit.key,
    texts.UNIT: lambda row: row.unit.name,
    texts.LINE: lambda row: str(row.line.number),
    texts.TITLE: lambda row: row.line.title,
    texts.STARTS: lambda row: row.line.starts_on.isoformat(),
    texts.ENDS: lambda row: row.line.ends_on.isoformat(),
    texts.MEASURE: lambda row: row.target.measure,
    texts.COUNTS: lambda row: _yes(not row.target.informative),
    texts.COUNTS_WHEN: lambda row: row.target.counts_when or "",
    texts.PROGRAMMED: lambda row: _exact(row.target.programmed),
    texts.AMOUNT: lambda row: _exact(row.target.amount),
    texts.COUNTED: lambda row: _exact(row.target.counted),
    texts.PENDING: lambda row: _exact(row.target.pending),
    texts.PLANNED: lambda row: _rounded(row.target.planned),
    **{title: _planned(place) for place, title in enumerate(texts.PLAN)},
    texts.LINE_SHARE: lambda row: _rounded(row.line.exact),
    texts.SHOWN: lambda row: _shown(row.line.shown),
    texts.LINE_PLANNED: lambda row: _rounded(row.line.planned),
    texts.SIGNAL: lambda row: sheets.SIGNALS[row.line.signal],
    texts.SENTENCE: lambda row: row.line.closing or "",
    texts.OBSERVATION: lambda row: row.line.observation or "",
    texts.ACTIVITIES: lambda row: str(len(row.line.activities)),
    texts.SIGNED: lambda row: _yes(row.unit.signature is not None),
    texts.COMBINE: lambda row: COMBINES[row.target.combine].lower(),
}
