"""Progress as JSON for scripts (docs/command-line.md#progress)."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.progress.status import LineStatus, ProgressStatus, TargetStatus, UnitStatus
from spanish.writing.formats import shown


def as_json(status: ProgressStatus) -> dict[str, Any]:
    """Return `{on, quarter, units: [{…, lines: [{…, targets: [{…}]}]}]}`.

    `exact`, `planned` and `due` are shares of the line's targets together, as reduced fractions such as
    "9/14", "0/1" or "1/1", so that they can be compared. A target's amounts are exact decimals as strings;
    its planned and due amounts may have no finite decimal ("203/3"), so they are fractions too.
    """
    return {
        "on": status.on.isoformat(),
        "quarter": status.quarter.key,
        "units": [_unit(unit) for unit in status.units],
    }


def share_fields(status: ProgressStatus | UnitStatus | LineStatus) -> dict[str, str]:
    """Return the fields that a programme, a unit and a line have in common."""
    return {
        "exact": _fraction(status.exact),
        "shown": shown(status.exact),
        "planned": _fraction(status.planned),
        "due": _fraction(status.due),
        "signal": status.signal.value,
    }


def _unit(unit: UnitStatus) -> dict[str, Any]:
    return {
        "key": unit.unit.key,
        "name": unit.unit.name,
        **share_fields(unit),
        "activities": unit.activities,
        "signed": unit.signed
        and {"at": unit.signed.at.isoformat(timespec="seconds"), "sha256": unit.signed.sha256},
        "lines": [_line(line) for line in unit.lines],
    }


def _line(line: LineStatus) -> dict[str, Any]:
    return {
        "number": line.line.number,
        "title": line.line.title,
        **share_fields(line),
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
    """Return the decimal without trailing zeros or exponent: "12.5"."""
    text = f"{Decimal(scaled).scaleb(-decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
