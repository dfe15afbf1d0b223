"""The changes of a programme file, one plain sentence each."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import Any

from pydantic import BaseModel

from models.combine import Combine
from models.programme.format import GivenLine, GivenTarget, GivenUnit, Opening, ProgrammeFile
from models.programme_changes.difference import ChangeKind, ProgrammeChange
from models.programme_file.sheets import (
    COMBINES,
    INSTITUTION_ROWS,
    LAST_ROWS,
    LINE_COLUMNS,
    NO,
    NOT_FIXED,
    TARGET_COLUMNS,
    UNIT_COLUMNS,
    YES,
)
from spanish.writing import days, formats

SHOWN = 60  # characters per value
NOTHING = "nada"
FIELDS = {
    **{".".join(row.path): row.title.lower() for row in (*INSTITUTION_ROWS, *LAST_ROWS)},
    **{
        column.path[0]: column.title.lower()
        for column in (*UNIT_COLUMNS, *LINE_COLUMNS, *TARGET_COLUMNS)
        if len(column.path) == 1
    },
    "indicator": "indicador",
    "opening": "apertura",
    "order": "orden",
    "calendar.holidays": "días inhábiles",
    "institution.principles": "principios",
    "institution.acronyms": "siglas",
    "institution.signatories": "firmas del informe",
    "institution.design": "diseño del informe",
}


def one(change: ProgrammeChange, names: Mapping[str, str]) -> str:
    """Return «Dirección Jurídica 1 · Actas: cantidad 16 → 18»; `names` are the units' by key."""
    part = _part(change, names)
    if change.kind is ChangeKind.ADDED:
        return f"➕ {part}: {_described(change.after)}"
    if change.kind is ChangeKind.REMOVED:
        return f"➖ {part}: se quita {_described(change.before)}"
    if change.field == "terms":
        pairs = zip(("cantidad", "plan", "se combina"), change.before, change.after, strict=True)
        said = ", ".join(f"{name} {_shown(old)} → {_shown(new)}" for name, old, new in pairs if old != new)
        return f"🎯 {part}: {said}"
    old, new = _contrasted(change.before, change.after)
    return f"✏️ {part}: {FIELDS.get(change.field or '', change.field)} {old} → {new}"


def every(changes: Sequence[ProgrammeChange], names: Mapping[str, str]) -> list[str]:
    return [one(change, names) for change in changes]


def _part(change: ProgrammeChange, names: Mapping[str, str]) -> str:
    if change.unit is None:
        return "Programa"
    number = "" if change.line is None else f" {change.line}"
    measure = "" if change.measure is None else f" · {change.measure}"
    return f"{names.get(change.unit, change.unit)}{number}{measure}"


def _described(part: Any) -> str:
    if isinstance(part, ProgrammeFile):
        return f"el programa de {part.year}: {len(part.units)} órganos, {_counted(part.units)}"
    if isinstance(part, GivenUnit):
        return f"«{part.name}», {_counted((part,))}"
    if isinstance(part, GivenLine):
        since = f", desde el {days.day(part.in_force_from)}" if part.in_force_from else ""
        return f"«{part.title}», {' + '.join(_described(target) for target in part.targets)}{since}"
    assert isinstance(part, GivenTarget)
    how = f" ({_shown(part.combine)})" if part.combine.is_rate else ""
    return f"{formats.number(part.amount)} {part.measure}{how}"


def _counted(units: Sequence[GivenUnit]) -> str:
    lines = [line for unit in units for line in unit.lines]
    targets = sum(len(line.targets) for line in lines)
    said = [f"{len(lines)} {'línea' if len(lines) == 1 else 'líneas'}"]
    return formats.joined([*said, f"{targets} {'meta' if targets == 1 else 'metas'}"])


def _contrasted(before: Any, after: Any) -> tuple[str, str]:
    """Return both values; of two long texts, the part from shortly before they differ."""
    if isinstance(before, str) and isinstance(after, str) and len(before) > SHOWN < len(after):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
        if same > SHOWN // 2:
            start = same - SHOWN // 4
            before, after = "…" + before[start:], "…" + after[start:]
    return _shown(before), _shown(after)


def _shown(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Combine):
        return COMBINES[value].lower()
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return days.day(value, 0)
    if isinstance(value, int | Decimal):
        return formats.number(value)
    if isinstance(value, Opening):
        return f"{formats.number(value.counted)} al {days.day(value.on)}"
    if isinstance(value, BaseModel):
        texts = [str(given) for given in value.model_dump(exclude_none=True).values()]
        return _shown("; ".join(texts))
    if isinstance(value, tuple):
        return "[" + ", ".join(NOT_FIXED if each is None else _shown(each) for each in value) + "]"
    return f"«{value if len(value) <= SHOWN else value[: SHOWN - 1] + '…'}»"
