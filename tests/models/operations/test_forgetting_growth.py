"""What forgetting a person costs grows as what is stored: a fixed part, and the same for each text."""

import sys
from datetime import UTC, datetime
from types import FrameType

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.operations import forgetting
from models.programme_changes.importing import ensure_loaded
from models.storage import audit, database
from models.tables.people import Person
from tests.support.database.registered_activities import MOMENT, store
from tests.support.phones.batch_handler import counted

NAME = "María Guadalupe Ñúñez Zavala"
NOW = datetime(2024, 3, 25, 16, tzinfo=UTC)
FEW, MANY = 5, 20  # activities that are added
SLACK = 1.2  # times, and calls


def a_person(engine: Engine) -> int:
    """Store the programme and a person; return their number."""
    with database.transaction(engine) as session:
        ensure_loaded(session, None, MOMENT)
        person = Person(name=NAME, telegram_id=778_899_001, joined_at=MOMENT)
        session.add(person)
        session.flush()
        assert person.id is not None
        return person.id


def more(engine: Engine, activities: int, named: bool) -> None:
    """Store and audit so many further activities, whose texts name the person if `named`."""
    for _ in range(activities):
        said = f"{NAME} asistió." if named else "Se hizo."
        activity = store(engine, narrative=said)
        with database.transaction(engine) as session:
            audit.record(session, MOMENT, "person:1", "note", f"activity:{activity}", None, {"said": said})


def cost(engine: Engine, person_id: int) -> tuple[int, int]:
    """Return the statements and the calls of functions while the person is forgotten; nothing is kept."""
    calls = 0

    def note(_frame: FrameType, what: str, _argument: object) -> None:
        nonlocal calls
        calls += what in ("call", "c_call")

    with Session(engine) as session, counted(engine) as statements:
        sys.setprofile(note)
        try:
            forgetting.forget(session, person_id, None, NOW)
        finally:
            sys.setprofile(None)
        session.rollback()
    return len(statements), calls


@pytest.mark.parametrize("named", [True, False])
def test_statements_and_calls_grow_no_faster_than_what_is_stored(engine: Engine, named: bool) -> None:
    person_id = a_person(engine)
    more(engine, 1, named)
    cost(engine, person_id)  # what is done once only, such as compiling statements
    one = cost(engine, person_id)
    more(engine, FEW, named)
    few = cost(engine, person_id)
    more(engine, MANY, named)
    many = cost(engine, person_id)
    for before, some, lots in zip(one, few, many, strict=True):
        assert (lots - some) / MANY <= SLACK * (some - before) / FEW + SLACK
    if not named:
        assert many[0] - one[0] < MANY  # what does not name them is read, and not written
