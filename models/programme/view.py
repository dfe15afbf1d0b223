"""Stored programmes as immutable values, cached until one of them changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.combine import Combine
from models.storage.unit_of_work import work_of
from models.tables.programme import Adjustment, Line, Programme, ProgrammeUnit, Target, Unit

DEFAULT_ZONE = "America/Mexico_City"
Plan = tuple[int | None, ...]  # 4 quarters or 12 months, scaled; None: not fixed yet


@dataclass(frozen=True)
class Terms:
    """What a target asks for from a day on; amount and plan are scaled."""

    since: date
    amount: int
    plan: Plan | None
    combine: Combine = Combine.SUM


@dataclass(frozen=True)
class TargetView:
    id: int
    measure: str
    decimals: int
    counts_when: str | None
    informative: bool
    terms: tuple[Terms, ...]  # the original first, then each adjustment in order of its day
    aliases: tuple[str, ...] = ()  # other words that people use for the measure

    def in_force(self, on: date) -> Terms:
        """Return the terms in force on that day."""
        return next((terms for terms in reversed(self.terms) if terms.since <= on), self.terms[0])


@dataclass(frozen=True)
class LineView:
    id: int
    unit_id: int
    number: int
    title: str
    description: str | None
    starts_on: date
    ends_on: date
    demand_driven: bool
    targets: tuple[TargetView, ...]
    in_force_from: date | None = None  # set if it was added during the year
    in_force_until: date | None = None  # set if it ended early
    goal: str | None = None  # in full words; without it reports make it of the targets

    def in_force(self, on: date) -> bool:
        """Return whether the line is part of that day's figures and accepts activities of that day."""
        return (self.in_force_from or on) <= on <= (self.in_force_until or on)

    @property
    def counting_targets(self) -> tuple[TargetView, ...]:
        """Return the targets that make up the percentage, without informative ones."""
        return tuple(target for target in self.targets if not target.informative)


@dataclass(frozen=True)
class UnitView:
    id: int
    key: str
    name: str
    aliases: tuple[str, ...]
    objective: str | None
    strategy: Any
    lines: tuple[LineView, ...]

    def line(self, number: int) -> LineView | None:
        return next((line for line in self.lines if line.number == number), None)

    def on(self, day: date) -> "UnitView":
        """The same with the lines in force on that day."""
        lines = tuple(line for line in self.lines if line.in_force(day))
        return self if len(lines) == len(self.lines) else replace(self, lines=lines)


UNSIGNED = ("second_factor", "privacy_notice_version")  # fields of the institution that no one signs


@dataclass(frozen=True)
class ProgrammeView:
    id: int
    year: int
    institution: dict[str, Any] = field(hash=False)
    calendar: dict[str, Any] = field(hash=False)
    units: tuple[UnitView, ...]
    second_factor: bool = True  # neither is in `institution`, which is part of what is signed
    privacy_version: str | None = None

    def unit(self, unit_id: int) -> UnitView | None:
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def on(self, day: date) -> "ProgrammeView":
        """The same with the lines in force on that day."""
        units = tuple(unit.on(day) for unit in self.units)
        return self if units == self.units else replace(self, units=units)

    def lines(self) -> Iterator[tuple[UnitView, LineView]]:
        return ((unit, line) for unit in self.units for line in unit.lines)


@dataclass(frozen=True)
class Programmes:
    """All programmes by year. An activity belongs to the programme of the year of its day."""

    years: dict[int, ProgrammeView] = field(hash=False)

    def of(self, day: date) -> ProgrammeView | None:
        return self.years.get(day.year)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of days, which is the newest programme's."""
        newest = self.newest()
        return ZoneInfo(newest.calendar.get("timezone", DEFAULT_ZONE) if newest else DEFAULT_ZONE)

    @property
    def second_factor(self) -> bool:
        """Return whether a PIN is asked for, by the newest programme; true if there is none."""
        newest = self.newest()
        return newest is None or newest.second_factor

    def newest(self) -> ProgrammeView | None:
        return self.years[max(self.years)] if self.years else None

    def line(self, line_id: int) -> tuple[ProgrammeView, UnitView, LineView] | None:
        return self._lines.get(line_id)

    @cached_property
    def _lines(self) -> dict[int, tuple[ProgrammeView, UnitView, LineView]]:
        """Return all lines of all years by id; a dict, since one card looks up a line seven times."""
        return {
            line.id: (programme, unit, line)
            for programme in self.years.values()
            for unit, line in programme.lines()
        }


_STAMP = select(col(Programme.id), col(Programme.revision)).order_by(col(Programme.id))
_kept: WeakKeyDictionary[Engine, tuple[tuple[Any, ...], Programmes]] = WeakKeyDictionary()


@dataclass
class KeptProgrammes:
    """A part of the unit of work: the programmes read in the transaction, and whether one changed in it."""

    known: Programmes | None = None
    touched: bool = False

    def undone(self) -> None:
        if self.touched:
            self.known = None


def programmes(session: Session) -> Programmes:
    """Return all programmes: two short queries, and a full read only after a change.

    Cached for the transaction in the unit of work, and between transactions by the revisions.
    """
    work = work_of(session).part(KeptProgrammes)
    if work.known is not None:
        return work.known
    if work.touched:
        return _read(session)  # not committed yet, so only for this transaction
    engine = session.get_bind().engine
    stamp = tuple(session.connection().execute(_STAMP).all())
    kept = _kept.get(engine)
    if kept is None or kept[0] != stamp:
        kept = (stamp, _read(session))
        _kept[engine] = kept
    work.known = kept[1]
    return kept[1]


def touch(session: Session, programme: Programme) -> None:
    """Note that a programme changed, so that it is read again."""
    programme.revision += 1
    session.add(programme)
    work = work_of(session).part(KeptProgrammes)
    work.known, work.touched = None, True


def _read(session: Session) -> Programmes:
    years = {}
    for programme in session.exec(select(Programme).order_by(col(Programme.year))).all():
        assert programme.id is not None
        rows = session.exec(
            select(Unit, ProgrammeUnit)
            .join(ProgrammeUnit, col(ProgrammeUnit.unit_id) == col(Unit.id))
            .where(ProgrammeUnit.programme_id == programme.id)
            .order_by(col(ProgrammeUnit.position))
        ).all()
        lines = _read_lines(session, programme.id)
        years[programme.year] = ProgrammeView(
            id=programme.id,
            year=programme.year,
            institution={
                name: value for name, value in programme.institution.items() if name not in UNSIGNED
            },
            second_factor=programme.institution.get("second_factor", True),
            privacy_version=programme.institution.get("privacy_notice_version"),
            calendar=programme.calendar,
            units=tuple(
                UnitView(
                    id=unit.id or 0,
                    key=unit.key,
                    name=unit.name,
                    aliases=tuple(unit.aliases),
                    objective=placed.objective,
                    strategy=placed.strategy,
                    lines=tuple(line for line in lines if line.unit_id == unit.id),
                )
                for unit, placed in rows
            ),
        )
    return Programmes(years)


def _read_lines(session: Session, programme_id: int) -> list[LineView]:
    rows = session.exec(
        select(Line).where(Line.programme_id == programme_id).order_by(col(Line.unit_id), col(Line.number))
    ).all()
    adjustments: dict[int, list[Adjustment]] = {}
    for adjustment in session.exec(
        select(Adjustment)
        .join(Target, col(Target.id) == col(Adjustment.target_id))
        .join(Line, col(Line.id) == col(Target.line_id))
        .where(Line.programme_id == programme_id)
        .order_by(col(Adjustment.adjusted_on), col(Adjustment.id))
    ).all():
        adjustments.setdefault(adjustment.target_id, []).append(adjustment)
    targets: dict[int, list[TargetView]] = {}
    for target in session.exec(
        select(Target)
        .join(Line, col(Line.id) == col(Target.line_id))
        .where(Line.programme_id == programme_id)
        .order_by(col(Target.line_id), col(Target.position))
    ).all():
        view = _target_view(target, adjustments.get(target.id or 0, []))
        targets.setdefault(target.line_id, []).append(view)
    return [
        LineView(
            id=line.id or 0,
            unit_id=line.unit_id,
            number=line.number,
            title=line.title,
            description=line.description,
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            demand_driven=line.demand_driven,
            targets=tuple(targets.get(line.id or 0, ())),
            in_force_from=line.in_force_from,
            in_force_until=line.in_force_until,
            goal=line.goal,
        )
        for line in rows
    ]


def _target_view(target: Target, adjustments: list[Adjustment]) -> TargetView:
    terms = [Terms(date.min, target.amount, _plan(target.plan), target.combine)]
    terms += [Terms(each.adjusted_on, each.amount, _plan(each.plan), each.combine) for each in adjustments]
    return TargetView(
        id=target.id or 0,
        measure=target.measure,
        decimals=target.decimals,
        counts_when=target.counts_when,
        informative=target.informative,
        terms=tuple(terms),
        aliases=tuple(target.aliases),
    )


def _plan(stored: list[int | None] | None) -> Plan | None:
    return None if stored is None else tuple(stored)


def unit_name(session: Session, unit_id: int | None) -> str | None:
    """Return the unit's present name; None if there is no such unit."""
    unit = session.get(Unit, unit_id) if unit_id is not None else None
    return unit.name if unit else None


def revision_of(session: Session, year: int) -> int:
    """Return the revision of that year's programme, which rises with every change; 0 if there is none."""
    return session.exec(select(Programme.revision).where(Programme.year == year)).first() or 0
