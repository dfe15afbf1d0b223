"""«Deshacer» and an expired card give back all that was sent: text, answers and photographs."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from handlers.activity_form import cards
from models.operations import retention
from models.storage import audit, database
from models.storage.unit_of_work import work_of
from models.tables.activity import Activity
from models.tables.chat.draft import DraftRow
from models.tables.evidence import Evidence
from models.tables.people import Role
from tests.support.phones.batch_handler import Desk

ANA = 101
TOLD = "Ayer se celebró la primera sesión del Órgano de Gobierno: 1 acta y 4 acuerdos, 4 por publicar"
AFTER_CLOSE = datetime(2024, 4, 22, 16, tzinfo=UTC)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    desk = Desk(engine)
    desk.link(ANA, Role.STAFF, "juridica")
    return desk


def begun(desk: Desk) -> str:
    """A card with text and four photographs; return the data of ✅."""
    desk.take(desk.message(ANA, TOLD))
    data = desk.button("✅ Registrar")
    for number in range(4):
        desk.take(desk.message(ANA, file=f"photo {number}"))
    return data


def expire(desk: Desk) -> list[str]:
    """Run the expiry; return what it says."""
    with database.transaction(desk.engine) as session:
        cards.expire(session, desk.now)
    desk.said = work_of(session).outbox
    return [each.payload["text"] for each in desk.said]


def test_undoing_gives_the_card_back_with_its_photographs(desk: Desk) -> None:
    desk.take(desk.tap(ANA, begun(desk)))
    (shown,) = desk.take(desk.tap(ANA, desk.button("↩️ Deshacer")))
    assert "n.º 1 quedó deshecha" in shown and "Por registrar" in shown
    assert "4 acuerdos" in shown and "4 fotos" in shown and "primera sesión del Órgano" in shown
    (undone,) = desk.rows(Activity)
    assert undone.withdrawn_at is not None
    (again,) = desk.take(desk.tap(ANA, desk.button("✅ Registrar")))
    assert "Registrada" in again and "n.º 2" in again
    assert {each.activity_id for each in desk.rows(Evidence)} == {2}
    with database.transaction(desk.engine) as session:
        assert audit.verify(session).broken_at is None


def test_an_edit_of_the_message_changes_the_card_that_was_given_back(desk: Desk) -> None:
    message = desk.message(ANA, "Ayer se levantó 1 acta de la sesión")
    desk.take(message)
    desk.take(desk.tap(ANA, desk.button("✅ Registrar")))
    desk.take(desk.tap(ANA, desk.button("↩️ Deshacer")))
    desk.take(desk.edit(message, "Ayer se levantaron 2 actas de la sesión"))
    open_again = desk.rows(DraftRow)[-1]
    assert open_again.registered_at is None and open_again.content["claims"][0]["quantity"] == 2


def test_no_card_expires_while_its_quarter_can_be_captured(desk: Desk) -> None:
    begun(desk)
    for moment in (datetime(2024, 4, 4, 16, tzinfo=UTC), datetime(2024, 4, 5, 16, tzinfo=UTC)):
        desk.now = moment
        assert expire(desk) == []
    desk.now = AFTER_CLOSE
    (said,) = expire(desk)
    assert "primera sesión del Órgano" in said and "4 fotos" in said and "caducó" in said


def test_an_expired_card_comes_back_with_one_tap(desk: Desk) -> None:
    begun(desk)
    desk.now = AFTER_CLOSE
    expire(desk)
    data = desk.button("↩️ Recuperarla")
    desk.wait(days=20)
    with database.transaction(desk.engine) as session:
        retention.sweep(session, desk.now)
    (shown,) = desk.take(desk.tap(ANA, data))
    assert "había caducado" in shown and "4 acuerdos" in shown and "4 fotos" in shown
    assert desk.button("✅ Registrar")


def test_a_button_of_an_expired_card_brings_it_back(desk: Desk) -> None:
    data = begun(desk)
    desk.now = AFTER_CLOSE
    expire(desk)
    (shown,) = desk.take(desk.tap(ANA, data))
    assert "había caducado" in shown and desk.rows(Activity) == []


def test_several_expired_cards_have_a_button_each(desk: Desk) -> None:
    begun(desk)
    desk.wait(hours=1)
    desk.take(desk.message(ANA, "Hoy se revisó el convenio con la SEMAHN y quedó listo"))
    desk.now = AFTER_CLOSE
    (said,) = expire(desk)
    assert "Caducaron 2" in said
    rows = desk.said[0].payload["reply_markup"]["inline_keyboard"]
    assert len(rows) == 2 and "SEMAHN" in str(rows)
