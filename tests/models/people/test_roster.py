"""Suspending people, letting them in again, and changing their roles."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.errors import Rejected
from models.operations.migrating import migrate
from models.people import roster
from models.rights import member
from models.storage import audit
from models.storage.database import connect, transaction
from models.tables.audit import Audit
from models.tables.people import Membership, Person, Role
from models.tables.programme import Unit

NOW = datetime(2024, 3, 20, 15, tzinfo=UTC)
PLANNER, STAFF, SECOND_PLANNER = 1, 2, 3
_SAID = select(Audit).where(Audit.action != audit.WRITE)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """One person in planning (pair 1) and an enlace of Jurídica (pair 2)."""
    engine = connect(f"sqlite:///{tmp_path / 'test.db'}")
    migrate(engine)
    with transaction(engine) as session:
        session.add(Unit(id=1, key="juridica", name="Dirección Jurídica"))
        session.add(Unit(id=2, key="sistemas", name="Sistemas"))
        session.add(Person(id=PLANNER, name="Paula", telegram_id=101, joined_at=NOW))
        session.add(Person(id=STAFF, name="Ana", telegram_id=102, joined_at=NOW))
        session.flush()
        session.add(Membership(id=1, person_id=PLANNER, role=Role.PLANNING, granted_at=NOW))
        session.add(Membership(id=2, person_id=STAFF, role=Role.STAFF, unit_id=1, granted_at=NOW))
    yield engine
    engine.dispose()


def add_second_planner(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(Person(id=SECOND_PLANNER, name="Pilar", telegram_id=103, joined_at=NOW))
        session.flush()
        session.add(Membership(id=3, person_id=SECOND_PLANNER, role=Role.PLANNING, granted_at=NOW))


def test_a_suspended_person_has_no_access_until_let_in_again(engine: Engine) -> None:
    with transaction(engine) as session:
        roster.suspend(session, STAFF, by=PLANNER, now=NOW)
        assert member(session, 102) is None
    with transaction(engine) as session:
        roster.reactivate(session, STAFF, by=PLANNER, now=NOW)
        assert member(session, 102) is not None
    with transaction(engine) as session:
        told = [(row.actor, row.action, row.subject) for row in session.exec(_SAID)]
    assert told == [("person:1", "suspend", "person:2"), ("person:1", "reactivate", "person:2")]


def test_suspending_twice_is_stale(engine: Engine) -> None:
    with transaction(engine) as session:
        with pytest.raises(Rejected, match="stale_button"):
            roster.reactivate(session, STAFF, by=PLANNER, now=NOW)
        roster.suspend(session, STAFF, by=PLANNER, now=NOW)
        with pytest.raises(Rejected, match="stale_button"):
            roster.suspend(session, STAFF, by=PLANNER, now=NOW)
        roster.remove_pair(session, 2, by=PLANNER, now=NOW)
        with pytest.raises(Rejected, match="stale_button"):
            roster.remove_pair(session, 2, by=PLANNER, now=NOW)


def test_a_person_cannot_suspend_themselves(engine: Engine) -> None:
    add_second_planner(engine)
    with transaction(engine) as session, pytest.raises(Rejected, match="not_yourself"):
        roster.suspend(session, PLANNER, by=PLANNER, now=NOW)


def test_the_last_person_in_planning_cannot_be_removed(engine: Engine) -> None:
    add_second_planner(engine)
    with transaction(engine) as session:
        roster.suspend(session, SECOND_PLANNER, by=PLANNER, now=NOW)
        with pytest.raises(Rejected, match="last_planning"):
            roster.suspend(session, PLANNER, by=SECOND_PLANNER, now=NOW)
        with pytest.raises(Rejected, match="last_planning"):
            roster.remove_pair(session, 1, by=PLANNER, now=NOW)
        with pytest.raises(Rejected, match="last_planning"):
            roster.change_pair(session, 1, Role.OBSERVER, None, by=PLANNER, now=NOW)
        roster.reactivate(session, SECOND_PLANNER, by=PLANNER, now=NOW)
        roster.change_pair(session, 1, Role.OBSERVER, None, by=PLANNER, now=NOW)
        planner = member(session, 101)
        assert planner is not None and planner.pairs == ((Role.OBSERVER, None),)


def test_changing_a_pair_is_audited_with_old_and_new_value(engine: Engine) -> None:
    with transaction(engine) as session:
        roster.change_pair(session, 2, Role.DIRECTOR, 2, by=PLANNER, now=NOW)
        ana = member(session, 102)
        assert ana is not None and ana.pairs == ((Role.DIRECTOR, 2),)
    with transaction(engine) as session:
        row = session.exec(_SAID).one()
    assert row.before == {"role": "staff", "unit": "juridica"}
    assert row.after == {"role": "director", "unit": "sistemas"}


def test_a_pair_cannot_become_one_that_the_person_has(engine: Engine) -> None:
    with transaction(engine) as session, pytest.raises(Rejected, match="already_so"):
        roster.change_pair(session, 2, Role.STAFF, 1, by=PLANNER, now=NOW)
