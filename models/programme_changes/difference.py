"""Compares two programmes: one readable sentence for each change. Pure."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile
from typing import Any, TypeVar

from pydantic import BaseModel

from models.combine import Combine
from models.programme.format import GivenLine, GivenTarget, GivenUnit, Opening, ProgrammeFile

_Part = TypeVar("_Part", GivenUnit, GivenLine, GivenTarget)
_SHOWN_LENGTH = 60
TERMS = ("amount", "plan", "combine")


class ChangeKind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class ProgrammeChange:
    """One change. `unit`, `line` and `measure` tell which part changes; `field` is empty for a whole part.

    The field "terms" is a target's amount, plan and way to combine: they change only by an adjustment.
    The field "order" is the order of the units in the programme, or of the targets in a line.
    """

    kind: ChangeKind
    unit: str | None = None
    line: int | None = None
    measure: str | None = None
    field: str | None = None
    before: Any = None
    after: Any = None

    @property
    def adjusts(self) -> bool:
        """Return whether it changes a target's amount or plan, and so needs a reason."""
        return self.field == "terms"

    @property
    def name(self) -> str:
        """Return the name of the part that changes, like "juridica 1 · Actas"."""
        name = " ".join(str(part) for part in (self.unit, self.line) if part is not None) or "programme"
        return f"{name} · {self.measure}" if self.measure is not None else name

    @property
    def target_key(self) -> tuple[str, int, str]:
        """Return the key of the target that changes, as `models.programme_changes.rows` uses it."""
        assert self.unit is not None and self.line is not None and self.measure is not None
        return self.unit, self.line, self.measure.casefold()

    def __str__(self) -> str:
        if self.kind is not ChangeKind.CHANGED:
            part = self.after if self.kind is ChangeKind.ADDED else self.before
            return f"{self.name}: {self.kind}, {_described(part)}"
        if self.field == "terms":
            return f"{self.name}: {_terms_described(self.before, self.after)}"
        return f"{self.name}: {self.field} {' → '.join(_contrasted(self.before, self.after))}"


def compare(before: ProgrammeFile | None, after: ProgrammeFile) -> Iterator[ProgrammeChange]:
    """Yield every change from one to the other, each part before the parts in it."""
    if before is None:
        yield ProgrammeChange(ChangeKind.ADDED, after=after)
        return
    whole = ProgrammeChange(ChangeKind.CHANGED)
    yield from _changed_fields(before.institution, after.institution, whole, set(), "institution.")
    yield from _changed_fields(before.calendar, after.calendar, whole, set(), "calendar.")
    yield from _changed_order(before.units, after.units, _unit_key, whole)
    for old, new in _paired(before.units, after.units, _unit_key):
        if old is None or new is None:
            yield _whole(old, new, unit=(new or old).key)  # type: ignore[union-attr]
        else:
            yield from _compare_units(old, new)


def _compare_units(before: GivenUnit, after: GivenUnit) -> Iterator[ProgrammeChange]:
    yield from _changed_fields(before, after, ProgrammeChange(ChangeKind.CHANGED, after.key), {"lines"})
    for old, new in _paired(before.lines, after.lines, _line_key):
        if old is None or new is None:
            yield _whole(old, new, unit=after.key, line=(new or old).number)  # type: ignore[union-attr]
        else:
            yield from _compare_lines(after.key, old, new)


def _compare_lines(unit: str, before: GivenLine, after: GivenLine) -> Iterator[ProgrammeChange]:
    line = ProgrammeChange(ChangeKind.CHANGED, unit, after.number)
    yield from _changed_fields(before, after, line, {"targets"})
    yield from _changed_order(before.targets, after.targets, target_key, line)
    for old, new in _paired(before.targets, after.targets, target_key):
        if old is None or new is None:
            measure = (new or old).measure  # type: ignore[union-attr]
            yield _whole(old, new, unit=unit, line=after.number, measure=measure)
        else:
            target = ProgrammeChange(ChangeKind.CHANGED, unit, after.number, old.measure)
            yield from _changed_fields(old, new, target, set(TERMS))
            terms = [tuple(getattr(each, name) for name in TERMS) for each in (old, new)]
            if terms[0] != terms[1]:
                yield replace(target, field="terms", before=terms[0], after=terms[1])


def target_key(target: GivenTarget) -> Hashable:
    """Return what identifies a target in its line: its measure, ignoring case."""
    return target.measure.casefold()


def _unit_key(unit: GivenUnit) -> Hashable:
    return unit.key


def _line_key(line: GivenLine) -> Hashable:
    return line.number


def _paired(
    before: Sequence[_Part], after: Sequence[_Part], key: Callable[[_Part], Hashable]
) -> Iterator[tuple[_Part | None, _Part | None]]:
    old, new = {key(part): part for part in before}, {key(part): part for part in after}
    yield from ((old[each], new.get(each)) for each in old)
    yield from ((None, new[each]) for each in new if each not in old)


def _changed_fields(
    before: BaseModel, after: BaseModel, part: ProgrammeChange, without: set[str], prefix: str = ""
) -> Iterator[ProgrammeChange]:
    for name in type(after).model_fields:
        old, new = getattr(before, name), getattr(after, name)
        if name not in without and old != new:
            yield replace(part, field=prefix + name, before=old, after=new)


def _changed_order(
    before: Sequence[_Part], after: Sequence[_Part], key: Callable[[_Part], Hashable], part: ProgrammeChange
) -> Iterator[ProgrammeChange]:
    old, new = [key(each) for each in before], [key(each) for each in after]
    if [each for each in old if each in new] != [each for each in new if each in old]:
        yield replace(part, field="order", before=tuple(old), after=tuple(new))


def _whole(old: BaseModel | None, new: BaseModel | None, **where: Any) -> ProgrammeChange:
    return ProgrammeChange(
        ChangeKind.ADDED if old is None else ChangeKind.REMOVED, **where, before=old, after=new
    )


def _described(part: Any) -> str:
    if isinstance(part, ProgrammeFile):
        return f"{part.year}, {len(part.units)} units, {_count(part.units)}"
    if isinstance(part, GivenUnit):
        return f"«{part.name}», {_count((part,))}"
    if isinstance(part, GivenLine):
        since = f", in force from {part.in_force_from}" if part.in_force_from else ""
        return f"«{part.title}», {' + '.join(_described(target) for target in part.targets)}{since}"
    how = f" ({part.combine})" if part.combine.is_rate else ""
    return f"{part.amount:f} {part.measure}{how}"


def _count(units: Sequence[GivenUnit]) -> str:
    lines = [line for unit in units for line in unit.lines]
    return f"{len(lines)} lines, {sum(len(line.targets) for line in lines)} targets"


def _terms_described(before: Any, after: Any) -> str:
    pairs = zip(TERMS, before, after, strict=True)
    return ", ".join(f"{name} {_shown(old)} → {_shown(new)}" for name, old, new in pairs if old != new)


def _contrasted(before: Any, after: Any) -> tuple[str, str]:
    """Return both as text; two long texts from a little before their first difference."""
    if isinstance(before, str) and isinstance(after, str) and len(before) > _SHOWN_LENGTH < len(after):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
        if same > _SHOWN_LENGTH // 2:
            start = same - _SHOWN_LENGTH // 4
            before, after = "…" + before[start:], "…" + after[start:]
    return _shown(before), _shown(after)


def _shown(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, Opening):
        return f"{value.counted:f} on {value.on}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, BaseModel):
        value = value.model_dump_json(exclude_none=True)
    if isinstance(value, tuple):
        return "[" + ", ".join(_shown(each) for each in value) + "]"
    if isinstance(value, Combine):
        return value.value
    if isinstance(value, str):
        return f"«{value if len(value) <= _SHOWN_LENGTH else value[: _SHOWN_LENGTH - 1] + '…'}»"
    return str(value)
