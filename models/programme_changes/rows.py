"""The rows of one year's programme by the keys that a file uses, and the file made from them."""

from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from models.programme.format import ProgrammeFile
from models.programme_changes.adjustment import exact_terms
from models.tables.programme import Line, Programme, ProgrammeUnit, Target, Unit

FIELDS = (  # of a line, except its indicator
    *("number", "title", "description", "goal", "starts_on", "ends_on", "demand_driven"),
    *("in_force_from", "in_force_until"),
)
LineKey = tuple[str, int]  # unit key and line number
TargetKey = tuple[str, int, str]  # and the measure, in lower case


@dataclass
class Rows:
    """One year's rows. Units are in the programme's order, targets in the line's."""

    programme: Programme
    units: dict[str, Unit] = field(default_factory=dict)
    placed: dict[str, ProgrammeUnit] = field(default_factory=dict)
    lines: dict[LineKey, Line] = field(default_factory=dict)
    targets: dict[TargetKey, Target] = field(default_factory=dict)

    def targets_of(self, line: LineKey) -> list[Target]:
        return [target for key, target in self.targets.items() if key[:2] == line]


def find_rows(session: Session, year: int) -> Rows | None:
    """Return the rows of that year's programme, or None if there is none."""
    programme = session.exec(select(Programme).where(Programme.year == year)).one_or_none()
    if programme is None:
        return None
    rows = Rows(programme)
    for unit, placed in session.exec(
        select(Unit, ProgrammeUnit)
        .join(ProgrammeUnit, col(ProgrammeUnit.unit_id) == col(Unit.id))
        .where(ProgrammeUnit.programme_id == programme.id)
        .order_by(col(ProgrammeUnit.position))
    ):
        rows.units[unit.key], rows.placed[unit.key] = unit, placed
    keys = {unit.id: key for key, unit in rows.units.items()}
    lines = select(Line).where(Line.programme_id == programme.id).order_by(col(Line.number))
    line_keys = {}
    for line in session.exec(lines):
        line_keys[line.id] = keys[line.unit_id], line.number
        rows.lines[line_keys[line.id]] = line
    targets = select(Target).join(Line, col(Line.id) == col(Target.line_id)).order_by(col(Target.position))
    for target in session.exec(targets.where(Line.programme_id == programme.id)):
        rows.targets[(*line_keys[target.line_id], target.measure.casefold())] = target
    return rows


def stored(session: Session, year: int) -> ProgrammeFile | None:
    """Return that year's programme as a file, with the original targets, or None if there is none."""
    rows = find_rows(session, year)
    if rows is None:
        return None
    return ProgrammeFile.model_validate(
        {
            "institution": rows.programme.institution,
            "year": year,
            "calendar": rows.programme.calendar,
            "units": [_unit_given(rows, key) for key in rows.units],
        }
    )


def _unit_given(rows: Rows, key: str) -> dict[str, object]:
    unit, placed = rows.units[key], rows.placed[key]
    return {
        "key": key,
        "name": unit.name,
        "aliases": unit.aliases,
        "objective": placed.objective,
        "strategy": placed.strategy,
        "lines": [_line_given(rows, each) for each in rows.lines if each[0] == key],
    }


def _line_given(rows: Rows, key: LineKey) -> dict[str, object]:
    line = rows.lines[key]
    own = line.model_dump(include={*FIELDS, "indicator"})
    return {**own, "targets": [_target_given(target) for target in rows.targets_of(key)]}


def _target_given(target: Target) -> dict[str, object]:
    own = target.model_dump(
        include={"measure", "aliases", "decimals", "counts_when", "informative", "opening"}
    )
    amount, plan, combine = exact_terms(target.amount, target.plan, target.combine, target.decimals)
    return {**own, "amount": amount, "plan": plan, "combine": combine}
