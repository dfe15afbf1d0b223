"""What forgetting a person costs grows as what is stored: a fixed part, and the same for each text."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from models.operations import forgetting
from models.programme_changes.importing import ensure_loaded
from models.storage import audit, database
from models.tables.people import Person
from tests.support.database.registered_activities import MOMENT, store

NAME = "María Guadalupe Ñúñez Zavala"
NOW = datetime(2024, 3, 25, 16, tzinfo=UTC)
FEW, MANY = 5, 20


class Counted:
    """How many statements are executed, and how many values are looked through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements = self.values = 0
        looked = forgetting._without

        def without(*arguments: object) -> object:
            self.values += 1
            return looked(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(forgetting, "_without", without)

    def note(self, *_: object) -> None:
        self.statements += 1


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


def cost(engine: Engine, person_id: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Return the statements and the values looked through while the person is forgotten; nothing is kept."""
    with monkeypatch.context() as patch, Session(engine) as session:
        counted = Counted(patch)
        event.listen(engine, "before_cursor_execute", counted.note)
        forgetting.forget(session, person_id, None, NOW)
        event.remove(engine, "before_cursor_execute", counted.note)
        session.rollback()
    return counted.statements, counted.values


@pytest.mark.parametrize("named", [True, False])
def test_statements_and_values_grow_no_faster_than_what_is_stored(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    person_id = a_person(engine)
    none = cost(engine, person_id, monkeypatch)
    more(engine, FEW, named)
    few = cost(engine, person_id, monkeypatch)
    more(engine, MANY - FEW, named)
    many = cost(engine, person_id, monkeypatch)
    for nothing, some, lots in zip(none, few, many, strict=True):
        assert (lots - nothing) <= MANY / FEW * (some - nothing) + MANY
    if not named:
        assert many[0] - none[0] < MANY  # what does not name them is read, and not written
