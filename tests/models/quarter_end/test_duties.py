"""Duties: the rule of each as a table of cases on both engines, and properties of all."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.quarter import Quarter
from models.quarter_end.duties import DutyKind, done, telling
from models.tables.activity import ActivityKind, Entry
from models.tables.evidence import Evidence
from models.tables.people import Role
from tests.models.quarter_end.owing import MOMENT, Unit, load, noon, tried

SILENT_1, SILENT_4 = "nothing-registered 1", "nothing-registered 4"
PRESENT, SIGN = "no-presentation", "not-signed"
ENDS, ENDS_15 = "ends-soon 4 30", "ends-soon 4 15"
BEHIND_1, BEHIND_4 = "behind 1", "behind 4"
EXPLAIN_1, EXPLAIN_4 = "unexplained-deviation 1", "unexplained-deviation 4"


Step = Callable[[Unit], object]


@dataclass(frozen=True)
class Case:
    name: str
    happened: tuple[Step, ...]
    at: str
    owes: set[str]
    quarter: int = 1


def does(name: str, *values: object, **named: object) -> Step:
    """Return one of a unit's methods with its arguments."""
    return lambda unit: getattr(unit, name)(*values, **named)


def done_of(line: int, quantity: int) -> Step:
    return does("register", line, "2024-03-01", quantity)


def on_plan(unit: Unit) -> None:
    unit.register(1, "2024-02-10", 4)
    unit.register(4, "2024-02-10", 2)


def all_but_signed(unit: Unit) -> None:
    on_plan(unit)
    unit.present()


def returned(unit: Unit) -> None:
    unit.give_back(unit.register(1, "2024-02-10", 4))
    settled = unit.give_back(unit.register(4, "2024-02-10", 2))
    settled.settled_at = MOMENT


def reopened(unit: Unit) -> None:
    all_but_signed(unit)
    unit.reopen(unit.sign())


def short_of_plan(unit: Unit) -> None:
    unit.register(1, "2024-03-01", 1)
    unit.register(4, "2024-03-01", 2)
    unit.present()


def opened(unit: Unit) -> None:
    unit.register(1, "2024-01-01", 4, evidence=False, kind=ActivityKind.OPENING)


def pending(unit: Unit) -> None:
    unit.register(1, "2024-02-10", 4, pending=2)
    unit.register(4, "2024-02-10", 2)


def settled(unit: Unit) -> None:
    entry = unit.session.exec(select(Entry).where(Entry.pending == 2)).one()
    unit.settle(entry.id or 0, 2)


def withdrawn(unit: Unit) -> None:
    on_plan(unit)
    bare = unit.register(1, "2024-02-11", 1, pending=1, evidence=False)
    unit.give_back(bare)
    bare.withdrawn_at = MOMENT


def bare(unit: Unit) -> None:
    refused = unit.show(unit.register(1, "2024-02-10", 4, evidence=False).id or 0)
    removed = unit.show(unit.register(4, "2024-02-10", 2, evidence=False).id or 0)
    refused.refused_at = removed.removed_at = MOMENT


def elsewhere(unit: Unit) -> None:
    """Register all kinds of things in the other unit, and in another quarter."""
    other = replace(unit, key="archivo")
    other.present()
    other.give_back(other.register(1, "2024-02-10", 1, evidence=False))
    other.sign()
    on_plan(unit)
    unit.present(2)
    unit.give_back(unit.register(1, "2024-04-10", 4, evidence=False))
    unit.observe(1, 2)


CASES = [
    Case("before the quarter nobody owes anything", (), "2023-12-31", set()),
    Case("silence, planned lines only", (), "2024-01-01", {SILENT_1, SILENT_4, PRESENT}),
    Case("a line's end comes near", (), "2024-03-16", {SILENT_1, SILENT_4, ENDS, PRESENT}),
    Case(
        "at the quarter's end what was due is behind and deviates",
        (),
        "2024-03-31",
        {SILENT_1, SILENT_4, ENDS_15, BEHIND_1, BEHIND_4, EXPLAIN_1, EXPLAIN_4, PRESENT, SIGN},
    ),
    Case("what was planned was done", (on_plan,), "2024-03-10", {PRESENT}),
    Case("nothing but the signature", (all_but_signed,), "2024-04-02", {SIGN}),
    Case("signed", (does("sign"),), "2024-04-02", set()),
    Case("reopened", (reopened,), "2024-04-02", {SIGN}),
    Case("signed again", (reopened, does("sign")), "2024-04-02", set()),
    Case("an empty presentation", (all_but_signed, does("present", text="")), "2024-03-10", {PRESENT}),
    Case(
        "a standstill answers silence, not what is to be explained",
        (does("still", 1), does("still", 4)),
        "2024-03-31",
        {ENDS_15, EXPLAIN_1, EXPLAIN_4, PRESENT, SIGN},
    ),
    Case(
        "a standstill taken back",
        (does("still", 1), does("still", 1, reason="")),
        "2024-01-10",
        {SILENT_1, SILENT_4, PRESENT},
    ),
    Case(
        "a standstill of another quarter",
        (does("still", 1, 2),),
        "2024-01-10",
        {SILENT_1, SILENT_4, PRESENT},
    ),
    Case(
        "an observation answers what figures ask for",
        (does("observe", 1), does("observe", 4)),
        "2024-03-31",
        {SILENT_1, SILENT_4, PRESENT, SIGN},
    ),
    Case(
        "an observation taken back",
        (all_but_signed, done_of(1, 2), does("observe", 1), does("observe", 1, text="")),
        "2024-03-10",
        {EXPLAIN_1},
    ),
    Case("ten points above the plan need no word", (all_but_signed, done_of(1, 1)), "2024-03-10", set()),
    Case("more than ten points do, at once", (all_but_signed, done_of(1, 2)), "2024-03-10", {EXPLAIN_1}),
    Case("below the plan only at the end", (short_of_plan,), "2024-03-14", set()),
    Case("below it at the end", (short_of_plan,), "2024-04-02", {BEHIND_1, EXPLAIN_1, SIGN}),
    Case(
        "behind within ten points",
        (done_of(1, 3), done_of(4, 2), does("present")),
        "2024-04-02",
        {BEHIND_1, SIGN},
    ),
    Case(
        "a line that is met owes nothing more",
        (done_of(4, 4), does("observe", 4, 2), does("present", 2), does("register", 1, "2024-04-10", 8)),
        "2024-04-10",
        set(),
        2,
    ),
    Case("the end in fifteen days", (on_plan,), "2024-03-31", {ENDS_15, PRESENT, SIGN}),
    Case("in seven", (on_plan,), "2024-04-08", {SILENT_1, SILENT_4, "ends-soon 4 7", PRESENT}, 2),
    Case("on the last day", (on_plan,), "2024-04-15", {SILENT_1, SILENT_4, "ends-soon 4 1", PRESENT}, 2),
    Case("after it", (on_plan,), "2024-04-16", {SILENT_1, SILENT_4, PRESENT}, 2),
    Case("the end is told in the quarter that runs", (on_plan,), "2024-04-08", {PRESENT, SIGN}),
    Case("returned, and one that was answered", (returned,), "2024-03-10", {"returned", PRESENT}),
    Case("waits to count", (pending,), "2024-03-10", {"pending-quantity 1", PRESENT}),
    Case(
        "settled after the quarter",
        (pending, settled),
        "2024-04-02",
        {BEHIND_1, EXPLAIN_1, PRESENT, SIGN},
    ),
    Case("withdrawn", (withdrawn,), "2024-03-10", {PRESENT}),
    Case("no evidence that stands", (bare,), "2024-03-10", {"no-evidence 1", "no-evidence 4", PRESENT}),
    Case("an opening amount is no activity", (opened,), "2024-03-10", {SILENT_1, SILENT_4, PRESENT}),
    Case("what others do, and other quarters", (elsewhere,), "2024-03-10", {PRESENT}),
]


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    load(engine)
    return engine


def test_duties_of_the_table_of_cases(loaded: Engine) -> None:
    for case in CASES:
        with tried(loaded) as unit:
            for step in case.happened:
                step(unit)
            assert unit.owes(case.at, case.quarter) == case.owes, case.name


def test_a_unit_or_a_year_without_a_programme_owes_nothing(loaded: Engine) -> None:
    with tried(loaded) as unit:
        assert unit.duties("2025-03-10") != ()
        assert done(unit.session, unit.view, Quarter(2025, 1), noon("2025-03-10"))
        assert done(unit.session, replace(unit.view, id=999), Quarter(2024, 1), noon("2024-03-10"))


def test_the_fields_of_a_duty(loaded: Engine) -> None:
    with tried(loaded) as unit:
        waiting = unit.register(1, "2024-02-10", 4, pending=2, evidence=False)
        unit.register(1, "2024-02-09", 1, pending=1, evidence=False)
        back = unit.register(1, "2024-02-11", 0)
        unit.give_back(back)
        unit.give_back(back)
        found = {each.kind: each for each in unit.duties("2024-03-31")}
        entry = unit.session.exec(select(Entry).where(Entry.activity_id == waiting.id)).one()
        assert found[DutyKind.PENDING_QUANTITY].entry_id == entry.id
        assert found[DutyKind.PENDING_QUANTITY].count == found[DutyKind.NO_EVIDENCE].count == 2
        assert found[DutyKind.NO_EVIDENCE].activity_id == waiting.id
        assert found[DutyKind.RETURNED].activity_id == back.id
        assert [each.kind for each in unit.duties("2024-03-31")].count(DutyKind.RETURNED) == 1
        assert {kind for kind, each in found.items() if each.blocking} == {
            DutyKind.RETURNED,
            DutyKind.NOTHING_REGISTERED,
            DutyKind.UNEXPLAINED_DEVIATION,
            DutyKind.NO_PRESENTATION,
        }
        assert {kind for kind, each in found.items() if each.owner is Role.DIRECTOR} == {
            DutyKind.UNEXPLAINED_DEVIATION,
            DutyKind.NO_PRESENTATION,
            DutyKind.NOT_SIGNED,
        }


def test_duties_are_ordered_by_urgency_without_repetitions(loaded: Engine) -> None:
    with tried(loaded) as unit:
        unit.give_back(unit.register(4, "2024-02-10", 0, evidence=False))
        found = unit.duties("2024-03-31")
        kinds = [each.kind for each in found]
        assert kinds == sorted(kinds, key=list(DutyKind).index) and kinds[0] is DutyKind.RETURNED
        assert kinds.count(DutyKind.BEHIND) == 2
        assert DutyKind.BEHIND not in [each.kind for each in telling(found)]


def test_evidence_is_counted_per_activity(loaded: Engine) -> None:
    with tried(loaded) as unit:
        number = unit.register(1, "2024-02-10", 4, evidence=False).id or 0
        for _ in range(3):
            unit.show(number)
        assert len(unit.session.exec(select(Evidence)).all()) == 3
        assert "no-evidence 1" not in unit.owes("2024-03-10")
