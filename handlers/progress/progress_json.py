"""Progress in the shape that scripts rely on (docs/command-line.md#progress)."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.progress.status import LineStatus, ProgressStatus, TargetStatus, UnitStatus
from spanish.writing.formats import shown


def as_json(standing: ProgressStatus) -> dict[str, Any]:
    """`{on, quarter, units: [{…, lines: [{…, targets: [{…}]}]}]}`.

    `exact`, `planned` and `due` are shares of the line's targets together, always reduced fractions like
    "9/14", "0/1" or "1/1", so that they compare. A target's amounts are exact decimals as texts; its planned
    and due may be none ("203/3" maintenances), so they are fractions too.
    """
    return {
        "on": standing.on.isoformat(),
        "quarter": standing.quarter.key,
        "units": [_unit(unit) for unit in standing.units],
    }


def _unit(unit: UnitStatus) -> dict[str, Any]:
    return {
        "key": unit.unit.key,
        "name": unit.unit.name,
        "exact": _fraction(unit.exact),
        "shown": shown(unit.exact),
        "planned": _fraction(unit.planned),
        "due": _fraction(unit.due),
        "signal": unit.signal.value,
        "activities": unit.activities,
        "signed": unit.signed
        and {"at": unit.signed.at.isoformat(timespec="seconds"), "sha256": unit.signed.sha256},
        "lines": [_line(line) for line in unit.lines],
    }


def _line(line: LineStatus) -> dict[str, Any]:
    return {
        "number": line.line.number,
        "title": line.line.title,
        "exact": _fraction(line.exact),
        "shown": shown(line.exact),
        "planned": _fraction(line.planned),
        "due": _fraction(line.due),
        "signal": line.signal.value,
        "activities": line.activities,
        "targets": [_target(each) for each in line.targets],
    }


def _target(each: TargetStatus) -> dict[str, Any]:
    scale = 10**each.target.decimals
    return {
        "measure": each.target.measure,
        "amount": _decimal(each.amount, each.target.decimals),
        "counted": _decimal(each.counted, each.target.decimals),
        "pending": _decimal(each.pending, each.target.decimals),
        "planned": _fraction(each.planned / scale),
        "due": _fraction(each.due / scale),
        "informative": each.target.informative,
        "combine": each.combine.value,
    }


def _fraction(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"


def _decimal(scaled: int, decimals: int) -> str:
    """12.5 as "12.5", never "12.50" nor "1E+1"."""
    text = f"{Decimal(scaled).scaleb(-decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
