"""The output of commands: JSON for scripts, and the same as aligned text.

docs/command-line.md describes the JSON.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bot.terminal import escaped
from models.activities.fields import shape_of
from models.activities.listing import Listed
from models.clean_text import isolated, without_direction


def as_text(shape: Any) -> str:
    """Return the JSON text to be printed."""
    return json.dumps(shape, ensure_ascii=False, indent=2)


def aligned(rows: Sequence[Sequence[str]], gap: int = 2) -> str:
    """Return rows of cells as text, each column as wide as its widest cell, without bidi reordering."""
    if not rows:
        return ""
    rows = [[without_direction(escaped(cell)).replace("\n", "\\n") for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = (
        "".join(isolated(cell) + " " * (widths[column] + gap - len(cell)) for column, cell in enumerate(row))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def activities_shape(found: Sequence[Listed]) -> dict[str, Any]:
    return {"activities": [_activity(each) for each in found]}


def _activity(each: Listed) -> dict[str, Any]:
    activity = each.activity
    return {
        "id": activity.id,
        "unit": each.unit,
        "line": each.line,
        **shape_of(activity),
        "entries": [
            {"measure": entry.measure, "quantity": _exact(entry.quantity), "pending": _exact(entry.pending)}
            for entry in each.entries
        ],
        "documents": list(each.documents),
        "evidence": [
            {"sha256": file.sha256, "kind": file.kind.value, "bytes": file.bytes} for file in each.evidence
        ],
        "registered_by": each.registered_by,
        "registered_at": activity.registered_at.isoformat(timespec="seconds"),
        "version": activity.version,
        "withdrawn": activity.withdrawn_at is not None,
    }


def _exact(amount: Decimal) -> str:
    """Return 12.5 as "12.5", never "12.50"."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def activities_text(shape: dict[str, Any]) -> str:
    """Return one line for each activity."""
    rows = [
        (
            str(each["id"]),
            each["ends_on"],
            f"{each['unit']} {each['line']}",
            " + ".join(_entry_text(entry) for entry in each["entries"]),
            "withdrawn" if each["withdrawn"] else "",
            _shortened(each["narrative"]),
        )
        for each in shape["activities"]
    ]
    return aligned(rows) if rows else "No activities."


def _entry_text(entry: dict[str, str]) -> str:
    pending = f" ({entry['pending']} pending)" if entry["pending"] != "0" else ""
    return f"{entry['quantity']} {entry['measure']}{pending}"


def _shortened(text: str, width: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"


def progress_text(shape: dict[str, Any]) -> str:
    """Return a line for each unit, and below it one for each line of action."""
    blocks = [f"{shape['quarter']}, as of {shape['on']}"]
    for unit in shape["units"]:
        head = f"{unit['key']} · {isolated(unit['name'])} · {unit['shown']} · {unit['signal']}"
        rows = [
            (
                "  " + str(line["number"]),
                _shortened(line["title"], 44),
                line["shown"],
                f"planned {float(Fraction(line['planned'])):.0%}",
                line["signal"],
                " + ".join(_target_text(target) for target in line["targets"]),
            )
            for line in unit["lines"]
        ]
        blocks.append(f"{head}\n{aligned(rows)}")
    return "\n\n".join(blocks)


def _target_text(target: dict[str, str]) -> str:
    pending = f" ({target['pending']} pending)" if target["pending"] != "0" else ""
    return f"{target['counted']} of {target['amount']} {target['measure']}{pending}"
