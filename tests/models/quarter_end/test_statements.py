"""The statement in force: the newest, until it is taken back or overridden."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.errors import Rejected
from models.quarter import Quarter
from models.quarter_end import statements
from models.quarter_end.statements import Statement, Stating
from models.storage.database import transaction
from models.tables.activity import Activity, Entry, Settlement
from models.tables.chat.draft import DraftKind
from models.tables.statement import NoActivityStatement, Observation, Presentation
from tests.models.activities.reviewing import (
    ANA,
    DELIA,
    DIEGO,
    NOW,
    PALOMA,
    TODAY,
    activity,
    draft,
    juridica,
    person,
    prepare,
    refusal,
)

T1 = Quarter(2024, 1)
KINDS: list[type[Statement]] = [NoActivityStatement, Observation, Presentation]


def owner(session: Session, kind: type[Statement], line: int = 2) -> int:
    unit = juridica(session)
    placed = unit.line(line)
    assert placed is not None
    return unit.id if kind is Presentation else placed.id


def say(session: Session, kind: type[Statement], text: str, based_on_id: int = 0, by: int = DIEGO) -> None:
    wanted = Stating(owner_id=owner(session, kind), quarter=T1.key, based_on_id=based_on_id, text=text)
    begun = draft(session, DraftKind.OBSERVATION, by)
    statements.state(session, kind, wanted, person(session, by), TODAY, NOW, begun)


def stands(session: Session, kind: type[Statement], quarter: Quarter = T1) -> str:
    return statements.words(statements.current_statement(session, kind, owner(session, kind), quarter))


@pytest.mark.parametrize("kind", KINDS)
def test_the_newest_statement_is_in_force_and_earlier_ones_are_kept(
    engine: Engine, kind: type[Statement]
) -> None:
    prepare(engine)
    with transaction(engine) as session:
        assert refusal(lambda: say(session, kind, "")) == "nothing_stands"
        for based_on_id, text in enumerate(("Primero", "Segundo", "", "Tercero")):
            say(session, kind, text, based_on_id=0 if text == "Tercero" else based_on_id)
            assert stands(session, kind) == text
        assert stands(session, kind, T1.next) == ""
        assert len(session.exec(select(kind)).all()) == 4


def test_drafts_of_earlier_versions_are_read() -> None:
    assert Stating.model_validate({"owner_id": 1, "quarter": "2024-T1", "stood": 7}).based_on_id == 7
    stored = Stating(owner_id=1, quarter="2024-T1", based_on_id=7).model_dump(mode="json")
    assert Stating.model_validate(stored).based_on_id == 7


@pytest.mark.parametrize("kind", KINDS)
def test_one_of_several_concurrent_statements_is_stored(engine: Engine, kind: type[Statement]) -> None:
    prepare(engine)
    people = [DIEGO, DELIA, PALOMA]
    together = Barrier(len(people))

    def attempt(by: int) -> str:
        together.wait()
        try:
            with transaction(engine) as session:
                say(session, kind, f"De la persona {by}", by=by)
        except Rejected as refused:
            return refused.reason
        return "done"

    with ThreadPoolExecutor(len(people)) as threads:
        assert sorted(threads.map(attempt, people)) == ["done", "stated_meanwhile", "stated_meanwhile"]
    with transaction(engine) as session:
        assert len(session.exec(select(kind)).all()) == 1


@pytest.mark.parametrize(
    ("kind", "limit"), [(NoActivityStatement, 300), (Observation, 1_500), (Presentation, 4_000)]
)
def test_the_limits_of_statements(engine: Engine, kind: type[Statement], limit: int) -> None:
    prepare(engine)
    with transaction(engine) as session:
        assert refusal(lambda: say(session, kind, "x" * (limit + 1))) == "statement_too_long"
        assert refusal(lambda: say(session, kind, "¿?…")) == "statement_unreadable"
        say(session, kind, "x" * limit)
        assert len(stands(session, kind)) == limit


def test_staff_may_state_sin_movimiento_only(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        assert refusal(lambda: say(session, Observation, "Por mi cuenta", by=ANA)) == "not_allowed"
        assert refusal(lambda: say(session, Presentation, "Por mi cuenta", by=ANA)) == "not_allowed"
        say(session, NoActivityStatement, "Depende de terceros", by=ANA)
        to_come = Stating(
            owner_id=owner(session, NoActivityStatement), quarter=T1.next.key, text="Ya se ve venir"
        )
        ana = person(session, ANA)
        assert (
            refusal(lambda: statements.state(session, NoActivityStatement, to_come, ana, TODAY, NOW))
            == "quarter_to_come"
        )


def test_a_counted_quantity_overrides_sin_movimiento(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        say(session, NoActivityStatement, "Depende de terceros")
        line_id = owner(session, NoActivityStatement)
        for ends_on, quantity, pending in (
            (date(2024, 2, 1), 0, 0),  # a step
            (date(2024, 2, 1), 3, 3),  # all of it waits to count
            (date(2024, 4, 1), 1, 0),  # of the next quarter
        ):
            activity(session, 2, ends_on, quantity, pending)
        activity(session, 1)
        assert stands(session, NoActivityStatement) == "Depende de terceros"
        done = activity(session, 2, date(2024, 3, 31), quantity=3, pending=2)
        assert stands(session, NoActivityStatement) == "" and statements.counting_lines(
            session, [line_id], T1
        )
        session.get_one(Activity, done.id).withdrawn_at = NOW
        assert stands(session, NoActivityStatement) == "Depende de terceros"


def test_a_settlement_overrides_sin_movimiento_in_its_quarter(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        say(session, NoActivityStatement, "Depende de terceros")
        waiting = activity(session, 2, date(2024, 1, 10), quantity=2, pending=2)
        entry = session.exec(select(Entry).where(Entry.activity_id == waiting.id)).one()
        settled = Settlement(
            entry_id=entry.id or 0, quantity=1, counts_on=date(2024, 4, 1), registered_at=NOW, said_at=NOW
        )
        session.add(settled)
        assert stands(session, NoActivityStatement) == "Depende de terceros"
        settled.counts_on = date(2024, 3, 31)
        assert stands(session, NoActivityStatement) == ""
        settled.undone_at = NOW
        assert stands(session, NoActivityStatement) == "Depende de terceros"
