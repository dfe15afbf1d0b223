"""Writes a programme file into the rows: adds and updates those it has, removes those it no longer has.

Amounts and plans of stored targets are not changed here, since they change only by adjustments. The import
checks before that no line or target with activities is removed.
"""

from datetime import datetime
from typing import Any

from pydantic_core import to_jsonable_python
from sqlmodel import Session, SQLModel, select

from models.programme.format import (
    GivenLine,
    GivenTarget,
    GivenUnit,
    ProgrammeFile,
    scaled,
    unscaled,
)
from models.programme_changes.adjustment import scaled_terms
from models.programme_changes.opening import keep_opening
from models.programme_changes.rows import Rows, find_rows
from models.tables.programme import Adjustment, Line, Programme, ProgrammeUnit, Target, Unit


def write_rows(session: Session, file: ProgrammeFile, now: datetime, actor: str) -> Rows:
    """Add, update and remove the rows of the file's year; return them. Audits only opening amounts."""
    rows = find_rows(session, file.year)
    rows = rows or Rows(Programme(year=file.year, institution={}, calendar={}, loaded_at=now))
    rows.programme.institution = file.institution.model_dump(mode="json")
    rows.programme.calendar = file.calendar.model_dump(mode="json")
    _keep(session, rows.programme)
    _remove_the_rest(session, file, rows)
    for position, unit in enumerate(file.units):
        _write_unit(session, rows, unit, position)
        for line in unit.lines:
            _write_line(session, rows, unit.key, line, now, actor)
    session.flush()
    return rows


def _write_unit(session: Session, rows: Rows, given: GivenUnit, position: int) -> None:
    unit = session.exec(select(Unit).where(Unit.key == given.key)).one_or_none()
    unit = unit or Unit(key=given.key, name=given.name)
    unit.name, unit.aliases = given.name, list(given.aliases)
    _keep(session, unit)
    programme_id, unit_id = _kept(rows.programme), _kept(unit)
    placed = rows.placed.get(given.key)
    placed = placed or ProgrammeUnit(programme_id=programme_id, unit_id=unit_id, position=position)
    placed.position, placed.objective = position, given.objective
    placed.strategy = to_jsonable_python(given.strategy)
    _keep(session, placed)
    rows.units[given.key], rows.placed[given.key] = unit, placed


def _write_line(session: Session, rows: Rows, unit: str, given: GivenLine, now: datetime, actor: str) -> None:
    values = given.model_dump(exclude={"targets", "indicator"})
    indicator = given.indicator.model_dump(mode="json") if given.indicator else None
    line = rows.lines.get((unit, given.number))
    programme_id, unit_id = _kept(rows.programme), _kept(rows.units[unit])
    line = line or Line(programme_id=programme_id, unit_id=unit_id, **values)
    _fill(line, {**values, "indicator": indicator})
    _keep(session, line)
    rows.lines[unit, given.number] = line
    for position, target in enumerate(given.targets):
        key = (unit, given.number, target.measure.casefold())
        rows.targets[key] = _write_target(session, rows.targets.get(key), line, target, position)
        keep_opening(session, line, rows.targets[key], target.opening, now, actor)


def _write_target(
    session: Session, target: Target | None, line: Line, given: GivenTarget, position: int
) -> Target:
    values = given.model_dump(include={"measure", "decimals", "counts_when", "informative"})
    values["aliases"] = list(given.aliases)
    if target is None:
        amount, plan = scaled_terms(given)
        target = Target(line_id=_kept(line), position=position, amount=amount, plan=plan, **values)
        target.combine = given.combine
    elif target.decimals != given.decimals:
        old, new = target.decimals, given.decimals
        target.amount = scaled(unscaled(target.amount, old), new)
        if target.plan is not None:
            target.plan = [None if each is None else scaled(unscaled(each, old), new) for each in target.plan]
    _fill(target, {**values, "position": position})
    _keep(session, target)
    return target


def _remove_the_rest(session: Session, file: ProgrammeFile, rows: Rows) -> None:
    lines = {(unit.key, line.number): line for unit in file.units for line in unit.lines}
    measures = {(*key, target.measure.casefold()) for key, line in lines.items() for target in line.targets}
    for target_key in rows.targets.keys() - measures:
        target = rows.targets.pop(target_key)
        for each in session.exec(select(Adjustment).where(Adjustment.target_id == target.id)):
            session.delete(each)
        session.flush()
        session.delete(target)
    session.flush()
    for line_key in rows.lines.keys() - lines.keys():
        session.delete(rows.lines.pop(line_key))
    session.flush()
    for unit_key in rows.placed.keys() - {unit.key for unit in file.units}:
        session.delete(rows.placed.pop(unit_key))
        rows.units.pop(unit_key)
    session.flush()


def _fill(row: SQLModel, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _keep(session: Session, row: SQLModel) -> None:
    session.add(row)
    session.flush()


def _kept(row: Programme | Unit | Line) -> int:
    assert row.id is not None
    return row.id
