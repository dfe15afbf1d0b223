"""A message is understood once: the result is kept before and during the turn."""

from typing import Any

import pytest
from sqlalchemy import Engine

from handlers import turn
from handlers.reading import readings
from models.storage import database
from models.storage.unit_of_work import work_of
from models.tables.chat.draft import DraftRow
from models.tables.people import Role
from spanish.reading.activity import Understood, understand
from tests.support.phones.batch_handler import Desk

TEXT = "Ayer dimos 2 asesorías jurídicas a 14 personas en el auditorio"
STAFF, PLANNING = 6, 7


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of texts that the real reader understands, in order."""
    found: list[str] = []

    def noted(text: str, *arguments: Any) -> Understood:
        found.append(text)
        return understand(text, *arguments)

    monkeypatch.setattr(readings, "understand_activity", noted)
    return found


@pytest.fixture
def desk(engine: Engine) -> Desk:
    desk = Desk(engine)
    desk.link(STAFF, Role.STAFF, "juridica")
    desk.link(PLANNING, Role.PLANNING)
    return desk


@pytest.mark.parametrize("person", [STAFF, PLANNING])
def test_a_message_is_understood_once(desk: Desk, read: list[str], person: int) -> None:
    desk.take(desk.message(person, TEXT))
    assert len(desk.rows(DraftRow)) == 1
    assert read == [TEXT]


@pytest.mark.parametrize("person", [STAFF, PLANNING])
def test_a_text_read_before_the_turn_is_not_read_again(desk: Desk, read: list[str], person: int) -> None:
    message = desk.message(person, TEXT)
    kept = readings.prepare(desk.engine, [message], desk.now)
    with database.transaction(desk.engine) as session:
        work_of(session).put(kept)
        turn.take(session, [message], desk.now)
    assert len(desk.rows(DraftRow)) == 1
    assert read == [TEXT]
