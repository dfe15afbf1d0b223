"""Changes a report after copies of its pictures were made again."""

import json
from collections.abc import Mapping
from dataclasses import replace

from reports.quarterly.content import FigureGroup, Report, UnitPart


def recopied(report: Report, others: Mapping[str, str]) -> Report:
    """Return the report with the hashes of copies replaced as in `others` (old hash to new hash)."""
    if not others:
        return report
    files = tuple(
        replace(each, sha256=others.get(each.sha256 or "", each.sha256)) for each in report.seal.files
    )
    units = tuple(_unit(each, others) for each in report.units)
    basis = report.basis and json.dumps(
        {**json.loads(report.basis), "recopied": dict(others)}, ensure_ascii=False
    )
    return replace(report, units=units, seal=replace(report.seal, files=files), basis=basis)


def _unit(unit: UnitPart, others: Mapping[str, str]) -> UnitPart:
    lines = tuple(
        replace(
            line,
            activities=tuple(
                replace(activity, groups=tuple(_group(group, others) for group in activity.groups))
                for activity in line.activities
            ),
        )
        for line in unit.lines
    )
    return replace(unit, lines=lines)


def _group(group: FigureGroup, others: Mapping[str, str]) -> FigureGroup:
    figures = tuple(
        replace(each, copy_sha256=others.get(each.copy_sha256, each.copy_sha256)) for each in group.figures
    )
    return replace(group, figures=figures)
