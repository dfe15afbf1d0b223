"""Checks what must agree within a programme file: yields all errors and warnings, each with its path.

The checks read the plain tree instead of the validated model, field by field, and skip missing or invalid
values, which the format's own checks report. So one wrong field never hides another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from models.combine import Combine, plan_fault
from models.programme.field_types import Amount, Day, Decimals, GivenCombine, Plan, Quantity, Year, Zone
from models.programme.format import PLACEHOLDERS, Indicator, scaled
from models.programme_file.problem import ProblemSeverity
from models.programme_file.sentences import Fact, Sentence, said
from models.programme_file.tree import Path

_T = TypeVar("_T")
_AMOUNT: TypeAdapter[Decimal] = TypeAdapter(Amount)
_COMBINE: TypeAdapter[Combine] = TypeAdapter(GivenCombine)
_DAY: TypeAdapter[date] = TypeAdapter(Day)
_DECIMALS: TypeAdapter[int] = TypeAdapter(Decimals)
_PLAN: TypeAdapter[tuple[Decimal | None, ...]] = TypeAdapter(Plan)
_QUANTITY: TypeAdapter[Decimal] = TypeAdapter(Quantity)
_YEAR: TypeAdapter[int] = TypeAdapter(Year)
_ZONE: TypeAdapter[str] = TypeAdapter(Zone)
# Mexican zones at the border that keep the daylight saving of the United States.
_BORDER = {
    *("America/Tijuana", "America/Ensenada", "America/Santa_Isabel", "Mexico/BajaNorte"),
    *("America/Ciudad_Juarez", "America/Ojinaga", "America/Matamoros"),
}


@dataclass(frozen=True)
class ProgrammeFinding:
    """One sentence about the value at `path`, or about the key itself if `of_key`."""

    path: Path
    sentence: Sentence
    severity: ProblemSeverity = ProblemSeverity.ERROR
    of_key: bool = False


def check(root: Any) -> Iterator[ProgrammeFinding]:
    """Yield what is wrong in a programme's plain tree. Rules: docs/programme-file.md#errors-and-warnings."""
    year = _sound(_YEAR, _get(root, "year"))
    units = list(_items(root, "units", ()))
    yield from _repeated(units, "key", "key_twice")
    yield from _shared_aliases(units)
    for path, unit in units:
        lines = list(_items(unit, "lines", path))
        yield from _repeated(lines, "number", "line_twice")
        for line_path, line in lines:
            yield from _check_line(line_path, line, f"{_get(unit, 'key')} {_get(line, 'number')}", year)
    yield from _missing_indicators(units)
    yield from _check_zone(_get(_get(root, "calendar"), "timezone"), year)
    yield from _check_placeholders(_get(root, "institution"))


def _check_placeholders(institution: Any) -> Iterator[ProgrammeFinding]:
    """A placeholder that nothing fills would be printed as it stands."""
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for field in ("report_title", "report_opening"):
        text = _get(institution, field)
        for name in re.findall(r"\{([^{}]*)\}", text) if isinstance(text, str) else ():
            if name not in PLACEHOLDERS:
                sentence = said("placeholder_unknown", given=f"{{{name[:40]}}}", known=known)
                yield ProgrammeFinding(("institution", field), sentence)


def _check_zone(name: Any, year: int | None) -> Iterator[ProgrammeFinding]:
    """Warn of a zone with daylight saving, except at Mexico's border, and of one that is not a place."""
    zone = _sound(_ZONE, name)
    if zone is None:
        return
    path: Path = ("calendar", "timezone")
    if year and zone not in _BORDER and _has_summer_time(zone, year):
        yield ProgrammeFinding(path, said("summer_time", zone=zone, year=year), ProblemSeverity.WARNING)
    elif "/" not in zone or zone.startswith(("Etc/", "SystemV/")):
        yield ProgrammeFinding(path, said("zone_of_no_place", zone=zone), ProblemSeverity.WARNING)


def _has_summer_time(zone: str, year: int) -> bool:
    offsets = {datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in range(1, 13)}
    return len(offsets) > 1


def _check_line(path: Path, line: Any, name: str, year: int | None) -> Iterator[ProgrammeFinding]:
    starts_on, ends_on = _sound(_DAY, _get(line, "starts_on")), _sound(_DAY, _get(line, "ends_on"))
    days = (starts_on, ends_on) if starts_on and ends_on else None
    if days and days[0] > days[1]:
        yield ProgrammeFinding((*path, "ends_on"), said("ends_before_start", **_dated(days)))
        days = None
    if days and year and (days[0].year != year or days[1].year != year):
        key = "dates_far_outside" if days[0].year > year or days[1].year < year else "dates_outside"
        sentence = said(key, line=name, year=year, **_dated(days))
        yield ProgrammeFinding((*path, "starts_on"), sentence, ProblemSeverity.WARNING)
        days = None
    yield from _check_force(path, line, year)
    targets = list(_items(line, "targets", path))
    yield from _repeated(targets, "measure", "measure_twice")
    yield from _repeated_words(targets)
    if targets and all(_get(target, "informative") is True for _, target in targets):
        yield ProgrammeFinding((*path, "targets"), said("only_informative"))
    for target_path, target in targets:
        yield from _check_target(target_path, target, year)
        if days and year:
            yield from _check_plan_days(target_path, target, name, days, year)


def _check_force(path: Path, line: Any, year: int | None) -> Iterator[ProgrammeFinding]:
    given = [(name, _sound(_DAY, _get(line, name))) for name in ("in_force_from", "in_force_until")]
    for name, day in given:
        if day and year and day.year != year:
            yield ProgrammeFinding((*path, name), said("force_outside", day=str(day), year=year))
    since, until = given[0][1], given[1][1]
    if since and until and since > until:
        yield ProgrammeFinding(
            (*path, "in_force_until"), said("force_ends_early", since=str(since), until=str(until))
        )


def _check_target(path: Path, target: Any, year: int | None) -> Iterator[ProgrammeFinding]:
    decimals = _sound(_DECIMALS, _get(target, "decimals", 0))
    amount = _sound(_AMOUNT, _get(target, "amount"))
    plan = _sound(_PLAN, _get(target, "plan"))
    if amount is not None:
        yield from _check_decimals((*path, "amount"), amount, decimals)
    if plan is not None:
        for index, entry in enumerate(plan):
            if entry is not None:
                yield from _check_decimals((*path, "plan", index), entry, decimals)
        yield from _check_plan((*path, "plan"), plan, amount, _get(target, "combine"))
    opening = _get(target, "opening")
    on, counted = _sound(_DAY, _get(opening, "on")), _sound(_QUANTITY, _get(opening, "counted"))
    if on and year and on.year != year:
        yield ProgrammeFinding((*path, "opening", "on"), said("opening_outside", on=str(on), year=year))
    if counted is not None:
        yield from _check_decimals((*path, "opening", "counted"), counted, decimals)


def _check_decimals(path: Path, amount: Decimal, decimals: int | None) -> Iterator[ProgrammeFinding]:
    if decimals is None:
        return
    try:
        scaled(amount, decimals)
    except ValueError:
        needed = max(0, -int(amount.normalize().as_tuple().exponent))
        yield ProgrammeFinding(
            path, said("too_many_decimals", given=f"{amount:f}", decimals=decimals, needed=needed)
        )


def _check_plan(
    path: Path, plan: tuple[Decimal | None, ...], amount: Decimal | None, combine: Any
) -> Iterator[ProgrammeFinding]:
    if len(plan) not in (4, 12):
        yield ProgrammeFinding(path, said("plan_length", length=len(plan)))
        return
    how = _sound(_COMBINE, combine) or (Combine.SUM if combine is None else None)
    fault = plan_fault(how, plan, amount) if how is not None and amount is not None else None
    if fault is not None:
        key, total = fault
        yield ProgrammeFinding(path, said(key, total=f"{total:f}", amount=f"{amount:f}"))


def _check_plan_days(
    path: Path, target: Any, name: str, days: tuple[date, date], year: int
) -> Iterator[ProgrammeFinding]:
    plan = _sound(_PLAN, _get(target, "plan"))
    if plan is None or len(plan) not in (4, 12):
        return
    months = 12 // len(plan)
    first, last = ((day.month - 1) // months for day in days)
    outside = [index for index, entry in enumerate(plan) if entry and not first <= index <= last]
    if outside:
        key = "plan_outside_months" if months == 1 else "plan_outside_quarters"
        listed = ", ".join(str(index + 1) for index in outside)
        sentence = said(key, line=name, periods=listed, **_dated(days))
        yield ProgrammeFinding((*path, "plan"), sentence, ProblemSeverity.WARNING)


def _dated(days: tuple[date, date]) -> dict[str, Fact]:
    return {"starts_on": str(days[0]), "ends_on": str(days[1])}


def _repeated(items: list[tuple[Path, Any]], field: str, key: str) -> Iterator[ProgrammeFinding]:
    seen = set()
    for path, item in items:
        value = _get(item, field)
        if not isinstance(value, str | int):
            continue
        folded = " ".join(value.split()).casefold() if isinstance(value, str) else value
        if folded in seen:
            yield ProgrammeFinding((*path, field), said(key, value=value))
        seen.add(folded)


def _repeated_words(targets: list[tuple[Path, Any]]) -> Iterator[ProgrammeFinding]:
    """Another word for a measure names one target of the line, and is not the measure itself."""
    measures = [measure for _, target in targets if isinstance(measure := _get(target, "measure"), str)]
    seen = {" ".join(each.split()).casefold() for each in measures}
    for path, target in targets:
        for alias_path, alias in _items(target, "aliases", path):
            if not isinstance(alias, str):
                continue
            folded = " ".join(alias.split()).casefold()
            if folded in seen:
                yield ProgrammeFinding(alias_path, said("word_twice", value=alias[:60]))
            seen.add(folded)


def _shared_aliases(units: list[tuple[Path, Any]]) -> Iterator[ProgrammeFinding]:
    owners: dict[str, Any] = {}
    for path, unit in units:
        key = _get(unit, "key")
        for alias_path, alias in _items(unit, "aliases", path):
            if isinstance(alias, str) and owners.setdefault(alias.casefold(), key) != key:
                first = str(owners[alias.casefold()])
                sentence = said("alias_shared", alias=alias, first=first, second=str(key))
                yield ProgrammeFinding(alias_path, sentence, ProblemSeverity.WARNING)


def _missing_indicators(units: list[tuple[Path, Any]]) -> Iterator[ProgrammeFinding]:
    missing: dict[str, list[str]] = {}
    for path, unit in units:
        for _, line in _items(unit, "lines", path):
            if any(_get(_get(line, "indicator"), field) is None for field in Indicator.model_fields):
                missing.setdefault(str(_get(unit, "key")), []).append(str(_get(line, "number")))
    if missing:
        listed = "; ".join(f"{key} {', '.join(numbers)}" for key, numbers in missing.items())
        yield ProgrammeFinding(("units",), said("indicators_missing", lines=listed), ProblemSeverity.WARNING)


def _items(parent: Any, field: str, path: Path) -> Iterator[tuple[Path, Any]]:
    children = _get(parent, field)
    if isinstance(children, list):
        yield from (((*path, field, index), child) for index, child in enumerate(children))


def _get(mapping: Any, field: str, default: Any = None) -> Any:
    return mapping.get(field, default) if isinstance(mapping, dict) else None


def _sound(kind: TypeAdapter[_T], value: Any) -> _T | None:
    try:
        return None if value is None else kind.validate_python(value)
    except ValidationError:
        return None
