"""Properties of all duties: the same moment gives the same ones, and completing one removes it."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from models.operations.migrating import migrate
from models.quarter import Quarter
from models.quarter_end.duties import Duty, DutyKind, done
from models.storage.database import connect
from models.tables.activity import Entry
from models.tables.review import Return
from tests.models.quarter_end.owing import MOMENT, Unit, load, noon, tried


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('duties') / 'avance.db'}")
    migrate(engine)
    load(engine)
    yield engine
    engine.dispose()


def statements_of(engine: Engine, unit: Unit) -> list[str]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    unit.duties("2024-03-31")
    event.remove(engine, "before_cursor_execute", note)
    return seen


def test_duties_need_few_queries_however_much_is_registered(quick: Engine) -> None:
    with tried(quick) as unit:
        unit.register(1, "2024-02-10", 1, pending=1)
        few = statements_of(quick, unit)
        for day in range(1, 28):
            unit.register(1, f"2024-02-{day:02}", 1, pending=1, evidence=False)
        assert len(statements_of(quick, unit)) == len(few) <= 12


registrations = st.tuples(
    st.sampled_from((1, 2, 3, 4)),
    st.dates(MOMENT.date(), MOMENT.date().replace(month=5)).map(str),
    st.integers(0, 5),
    st.booleans(),  # half of it pending
    st.booleans(),  # with evidence
    st.booleans(),  # given back
)
worlds = st.tuples(
    st.lists(registrations, max_size=6),
    st.sets(st.sampled_from((1, 3, 4)), max_size=2),  # stood still
    st.sets(st.sampled_from((1, 2, 4)), max_size=2),  # explained
    st.booleans(),  # presented
)
instants = st.sampled_from(("2024-01-10", "2024-03-20", "2024-03-31", "2024-04-03", "2024-04-14"))
World = tuple[list[tuple[int, str, int, bool, bool, bool]], set[int], set[int], bool]


def build(unit: Unit, world: World) -> None:
    registered, still, explained, presented = world
    for line, on, quantity, halved, evidence, given_back in registered:
        activity = unit.register(line, on, quantity, quantity // 2 if halved else 0, evidence)
        if given_back:
            unit.give_back(activity)
    for line in still:
        unit.still(line)
    for line in explained:
        unit.observe(line)
    if presented:
        unit.present()


def mend(unit: Unit, duty: Duty) -> None:
    """Complete the duty as its button would; empty lines and those that end soon by a statement."""
    numbers = {line.id: line.number for line in unit.view.lines}
    line = numbers.get(duty.line_id or 0, 0)
    match duty.kind:
        case DutyKind.NOTHING_REGISTERED:
            unit.still(line)
        case DutyKind.UNEXPLAINED_DEVIATION | DutyKind.BEHIND | DutyKind.ENDS_SOON:
            unit.observe(line)
        case DutyKind.NO_PRESENTATION:
            unit.present()
        case DutyKind.NOT_SIGNED:
            unit.sign()
        case DutyKind.NO_EVIDENCE:
            unit.show(duty.activity_id or 0)
        case DutyKind.RETURNED:
            for row in returns_of(unit.session, duty.activity_id or 0):
                row.settled_at = MOMENT
            unit.session.flush()
        case DutyKind.PENDING_QUANTITY:
            entry = unit.session.get_one(Entry, duty.entry_id)
            unit.settle(duty.entry_id or 0, entry.pending)


def returns_of(session: Session, activity_id: int) -> list[Return]:
    return list(session.exec(select(Return).where(Return.activity_id == activity_id)).all())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds, instants)
def test_the_same_instant_gives_the_same_duties(quick: Engine, world: World, at: str) -> None:
    with tried(quick) as unit:
        build(unit, world)
        first = unit.duties(at)
        unit.session.expire_all()
        assert unit.duties(at) == first
        assert len(set(first)) == len(first)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds, instants, st.data())
def test_completing_a_duty_removes_it_and_statements_bring_no_other(
    quick: Engine, world: World, at: str, data: st.DataObject
) -> None:
    with tried(quick) as unit:
        build(unit, world)
        before = unit.duties(at)
        duty = data.draw(st.sampled_from(before)) if before else None
        if duty is None:
            return
        mend(unit, duty)
        after = unit.duties(at)
        assert duty not in after
        if duty.kind not in (DutyKind.PENDING_QUANTITY, DutyKind.NO_EVIDENCE):
            assert set(after) < set(before)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(worlds, instants)
def test_completing_every_duty_leaves_none(quick: Engine, world: World, at: str) -> None:
    with tried(quick) as unit:
        build(unit, world)
        for _ in range(60):
            owed = [each for each in unit.duties(at) if each.kind is not DutyKind.NOT_SIGNED]
            if not owed:
                break
            mend(unit, owed[0])
        assert {each.kind for each in unit.duties(at)} <= {DutyKind.NOT_SIGNED}
        unit.sign()
        assert done(unit.session, unit.view, Quarter(2024, 1), noon(at))
