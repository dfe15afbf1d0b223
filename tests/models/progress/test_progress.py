"""Progress, plan and signal: the published quarter, several targets, and the sums of the database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from models.operations.migrating import migrate
from models.programme.view import LineView, TargetView, Terms, programmes
from models.progress.figures import percentage
from models.progress.origins import origins
from models.progress.progress import progress
from models.progress.signal import Signal
from models.progress.status import ProgressStatus, line_status, progress_status
from models.progress.tally import Tally, tally
from models.quarter import Quarter, as_of
from models.storage.database import connect
from models.tables.activity import Activity, ActivityKind, Entry, Settlement
from models.tables.programme import Adjustment, Line, Programme, ProgrammeUnit, Target, Unit
from tests.support.database.published import published, rows

T1 = Quarter(2024, 1)
MOMENT = datetime(2024, 3, 20, 15, tzinfo=UTC)
FIRST = date(2024, 1, 1)


def published_status(quarter: Quarter, today: str) -> ProgressStatus:
    programme, counts = published()
    return progress_status(
        programme, programme.units, counts, quarter, as_of(quarter, date.fromisoformat(today))
    )


def test_every_published_percentage_is_computed() -> None:
    standing = published_status(T1, "2024-03-31")
    lines = [line for unit in standing.units for line in unit.lines]
    assert len(lines) == 26
    for row, line in zip(rows(), lines, strict=True):
        if row["unit"] == "Unidad de Transparencia" and row["line"] == "1":
            assert percentage(line.exact) == percentage(Fraction(1, 8))  # the report has 6 % by mistake
        elif row["published"]:
            assert f"{percentage(line.exact)} %" == row["published"]


@pytest.mark.parametrize("asked_for", ["2024-T1", "2024-T2"])
def test_the_signals_as_of_2_april(asked_for: str) -> None:
    standing = published_status(Quarter.parse(asked_for), "2024-04-02")
    by_signal: dict[Signal, set[str]] = {signal: set() for signal in Signal}
    for unit in standing.units:
        for line in unit.lines:
            by_signal[line.signal].add(f"{unit.unit.key} {line.line.number}")
    assert by_signal[Signal.RED] == {"apoyo 2", "sistemas 1", "sistemas 2"}
    assert by_signal[Signal.YELLOW] == {"apoyo 4"}
    assert by_signal[Signal.DEMAND] == {"transparencia 1"}
    assert by_signal[Signal.MET] == {"archivo 3"}
    white = {"archivo 4", *(f"vinculacion {n}" for n in (1, 2, 3, 4, 6))}
    if asked_for == "2024-T1":
        assert by_signal[Signal.NOT_YET] == white
        assert by_signal[Signal.RUNNING] == set()
        assert len(by_signal[Signal.GREEN]) == 14
    else:
        assert by_signal[Signal.NOT_YET] == white


def test_a_unit_is_the_mean_of_its_lines_against_their_mean_plan() -> None:
    standing = published_status(T1, "2024-03-31")
    juridica = standing.units[-1]
    assert juridica.exact == (Fraction(18, 28) + Fraction(1, 4) + Fraction(3, 10)) / 3
    assert juridica.planned == juridica.due == Fraction(1, 4)
    assert juridica.signal is Signal.GREEN
    assert standing.exact == sum((unit.exact for unit in standing.units), Fraction(0)) / 6
    vinculacion = standing.units[3]
    assert vinculacion.exact == Fraction(1, 4) / 6


def test_informative_targets_are_never_part_of_the_percentage() -> None:
    line = published_status(T1, "2024-03-31").units[4].line(2)
    assert line is not None and len(line.targets) == 2
    assert line.exact == Fraction(25, 4000)
    assert line.planned == Fraction(1, 4)


def line_of(*targets: tuple[int, int], demand_driven: bool = False) -> LineView:
    """Return a line of 2024 with targets (amount, decimals)."""
    views = (
        TargetView(number, f"Medida {number}", decimals, None, False, (Terms(date.min, amount, None),))
        for number, (amount, decimals) in enumerate(targets, 1)
    )
    return LineView(1, 1, 1, "Línea", None, FIRST, date(2024, 12, 31), demand_driven, tuple(views))


def test_a_single_target_may_exceed_100_percent_and_several_are_capped() -> None:
    on = date(2024, 3, 31)
    alone = line_status(line_of((8, 0)), Tally({1: 9}), T1, on)
    assert (alone.exact, alone.signal) == (Fraction(9, 8), Signal.MET)
    both = line_status(line_of((8, 0), (8, 0)), Tally({1: 16}), T1, on)
    assert both.exact == Fraction(1, 2)
    # 16 of 8 and none of the other: half of what is planned, since each is capped at its own plan.
    assert both.signal is Signal.RED


def test_targets_of_different_decimals_add_up_as_real_amounts() -> None:
    standing = line_status(line_of((125, 1), (4, 0)), Tally({1: 25, 2: 1}), T1, date(2024, 3, 31))
    assert standing.exact == Fraction(35, 165)  # (2.5 + 1) ÷ (12.5 + 4)
    assert standing.planned == Fraction(1, 4)


def test_a_demand_driven_line_has_no_colour_until_it_is_met() -> None:
    line = line_of((40, 0), demand_driven=True)
    assert line_status(line, Tally(), T1, date(2024, 12, 31)).signal is Signal.DEMAND
    assert line_status(line, Tally({1: 40}), T1, date(2024, 3, 31)).signal is Signal.MET


def test_a_line_ahead_of_its_plan_is_green_before_anything_is_planned() -> None:
    line = line_of((1, 0), (1, 0))
    assert line_status(line, Tally({2: 1}), T1, date(2024, 3, 20)).signal is Signal.GREEN
    assert line_status(line, Tally(), T1, date(2024, 3, 20)).signal is Signal.NOT_YET


def test_during_the_quarter_nothing_is_due_yet() -> None:
    line = line_of((24, 0))
    assert line_status(line, Tally(), T1, date(2024, 3, 30)).signal is Signal.RUNNING
    assert line_status(line, Tally({1: 3}), T1, date(2024, 3, 31)).signal is Signal.RED


# The sums of the database.

TARGETS = (
    5  # of unit 1: lines 1 (targets 1, 2) and 2 (target 3); of unit 2: line 3 (target 4); target 5: of 2025
)


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for all examples of a property test; each rolls back what it stored."""
    path: Path = tmp_path_factory.mktemp("progress") / "avance.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    with Session(engine) as session, session.begin():
        _programmes(session)
    yield engine
    engine.dispose()


def _programmes(session: Session) -> None:
    for number, year in ((1, 2024), (2, 2025)):
        session.add(Programme(id=number, year=year, institution={}, calendar={}, loaded_at=MOMENT))
    session.add_all(Unit(id=number, key=f"u{number}", name=f"Unidad {number}") for number in (1, 2))
    session.flush()
    for programme, unit in ((1, 1), (1, 2), (2, 1)):
        session.add(ProgrammeUnit(programme_id=programme, unit_id=unit, position=unit))
    for number, (programme, unit) in enumerate(((1, 1), (1, 1), (1, 2), (2, 1)), 1):
        session.add(
            Line(
                id=number,
                programme_id=programme,
                unit_id=unit,
                number=number,
                title=f"Línea {number}",
                starts_on=FIRST,
                ends_on=date(2024, 12, 31),
            )
        )
    session.flush()
    for number, line in enumerate((1, 1, 2, 3, 4), 1):
        session.add(
            Target(
                id=number, line_id=line, position=number, measure=f"Medida {number}", amount=10, decimals=0
            )
        )


History = list[dict[str, Any]]
LINE_OF = {1: 1, 2: 1, 3: 2, 4: 3, 5: 4}
UNIT_OF = {1: 1, 2: 1, 3: 2, 4: 1}
days = st.integers(0, 20).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Activities with entries: some pending, settled, undone or withdrawn."""
    found = []
    for _ in range(draw(st.integers(0, 8))):
        line = draw(st.integers(1, 4))
        targets = [target for target, of in LINE_OF.items() if of == line]
        entries = []
        for target in draw(st.lists(st.sampled_from(targets), min_size=1, unique=True)):
            quantity = draw(st.integers(0, 9))
            pending = draw(st.integers(0, quantity))
            settled = []
            left = pending
            while left and draw(st.booleans()):
                part = draw(st.integers(1, left))
                undone = draw(st.booleans())
                settled.append((part, draw(days), undone))
                left -= 0 if undone else part
            entries.append((target, quantity, pending, settled))
        found.append(
            {
                "line": line,
                "ends_on": draw(days),
                "withdrawn": draw(st.integers(0, 3)) == 0,
                "opening": draw(st.integers(0, 3)) == 0,
                "entries": entries,
            }
        )
    return found


def store(session: Session, history: History) -> None:
    for each in history:
        activity = Activity(
            unit_id=UNIT_OF[each["line"]],
            line_id=each["line"],
            kind=ActivityKind.OPENING if each["opening"] else ActivityKind.ACTIVITY,
            starts_on=FIRST,
            ends_on=each["ends_on"],
            narrative="Se hizo.",
            registered_at=MOMENT,
            said_at=MOMENT,
            withdrawn_at=MOMENT if each["withdrawn"] else None,
        )
        session.add(activity)
        session.flush()
        for target, quantity, pending, settled in each["entries"]:
            entry = Entry(activity_id=activity.id or 0, target_id=target, quantity=quantity, pending=pending)
            session.add(entry)
            session.flush()
            for part, counts_on, undone in settled:
                session.add(
                    Settlement(
                        entry_id=entry.id or 0,
                        quantity=part,
                        counts_on=counts_on,
                        registered_at=MOMENT,
                        said_at=MOMENT,
                        undone_at=MOMENT if undone else None,
                    )
                )


def _oracle(history: History, lines: set[int], on: date) -> Tally:
    """Compute the same by plain loops."""
    result = Tally()
    for each in history:
        if each["withdrawn"] or each["ends_on"] > on or each["line"] not in lines:
            continue
        if not each["opening"]:
            result.activities[each["line"]] = result.activities.get(each["line"], 0) + 1
        for target, quantity, pending, settled in each["entries"]:
            came = sum(part for part, counts_on, undone in settled if counts_on <= on and not undone)
            result.counted[target] = result.counted.get(target, 0) + quantity - pending + came
            result.pending[target] = result.pending.get(target, 0) + pending - came
    return result


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories(), days)
def test_the_query_adds_up_as_plain_loops_do(sqlite: Engine, history: History, on: date) -> None:
    with Session(sqlite) as session:
        store(session, history)
        assert tally(session, 1, on) == _oracle(history, {1, 2, 3}, on)
        assert tally(session, 1, on, unit_id=1) == _oracle(history, {1, 2}, on)
        assert tally(session, 2, on) == _oracle(history, {4}, on)
        session.rollback()


def test_both_engines_add_up_the_same(engine: Engine) -> None:
    history: History = [
        {
            "line": line,
            "ends_on": FIRST + timedelta(days=line),
            "withdrawn": line == 3,
            "opening": line == 2,
            "entries": [(target, 5, 3, [(1, FIRST + timedelta(days=9), False), (1, FIRST, True)])],
        }
        for target, line in LINE_OF.items()
    ]
    with Session(engine) as session, session.begin():
        _programmes(session)
        store(session, history)
    with Session(engine) as session:
        for day in (1, 2, 8, 9):
            on = FIRST + timedelta(days=day)
            assert tally(session, 1, on) == _oracle(history, {1, 2, 3}, on)
            assert tally(session, 1, on, unit_id=1) == _oracle(history, {1, 2}, on)
        line = programmes(session).years[2024].units[0].lines[0]
        assert [each.counted for each in origins(session, line, on).origins] == [3, 3]


def test_an_adjustment_changes_only_later_amounts(sqlite: Engine) -> None:
    with Session(sqlite) as session:
        store(
            session,
            [
                {
                    "line": 2,
                    "ends_on": date(2024, 1, 15),
                    "withdrawn": False,
                    "opening": False,
                    "entries": [(3, 5, 0, [])],
                }
            ],
        )
        session.add(
            Adjustment(
                target_id=3,
                adjusted_on=date(2024, 5, 2),
                amount=20,
                reason="Convenio",
                made_at=MOMENT,
            )
        )
        session.get_one(Programme, 1).revision += 1
        session.flush()
        programme = programmes(session).years[2024]
        first, second = (
            progress(session, programme, quarter, date(2024, 5, 2)).units[0].lines[1].exact
            for quarter in (T1, T1.next)
        )
        assert (first, second) == (Fraction(1, 2), Fraction(1, 4))
        session.rollback()
