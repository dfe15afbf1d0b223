"""«Lo mismo que la vez pasada»: the last activity of the line, with today's date, as a card."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from models.storage import database
from models.tables.activity import Activity, DocumentNumber
from spanish.reading.repetition import Repetition, read_repetition
from tests.handlers.messages.test_amending import ARIEL
from tests.spanish.test_question import PHRASES
from tests.support.database.registered_activities import Claimed, store
from tests.support.files.photographs import drawn
from tests.support.phones.stage import Stage

TOLD = "Ayer dimos 2 asesorías en materia archivística a 9 personas (6 mujeres), oficio SESAECH/CA/012/2024"


async def test_the_last_activity_is_offered_with_todays_date(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    await ariel.send_photo(drawn(61), caption=TOLD)
    await ariel.wait_for("Por registrar")
    await ariel.tap("✅ Registrar")
    await ariel.wait_for("Registrada")
    stage.world.advance(5 * 86400)
    await ariel.send("Lo mismo que la vez pasada")
    card = await ariel.wait_for("Por registrar")
    for words in ("Línea 2", "2 asesorías", "lunes 25 de marzo", "9 (6 mujeres, 3 hombres)", f"«{TOLD}»"):
        assert words in card.text
    assert "Oficios" not in card.text and "Evidencia" not in card.text.split("«")[0]
    await ariel.tap("✅ Registrar")
    await ariel.wait_for("Registrada")
    with database.transaction(stage.app.engine) as session:
        assert len(session.exec(select(Activity)).all()) == 2
        assert session.exec(select(DocumentNumber.activity_id)).all() == [1]


async def test_a_repetition_may_name_its_line_and_changes(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    store(stage.app.engine, "archivo", 2, date(2024, 3, 4), by=ARIEL.telegram_id, claimed=(Claimed(2),))
    store(stage.app.engine, "archivo", 5, date(2024, 3, 11), by=ARIEL.telegram_id, claimed=(Claimed(1),))
    await ariel.send("lo mismo que la vez pasada")
    assert "Línea 5" in (await ariel.wait_for("Por registrar")).text
    for again in ("otra asesoría igual que la anterior", "lo mismo que la vez pasada en la línea 2"):
        await ariel.send(again)
        assert "Línea 2" in (await ariel.wait_for("Por registrar")).text
    await ariel.send("lo mismo que la última vez de asesorías, pero fueron 4")
    card = await ariel.wait_for("Por registrar")
    assert "Línea 2" in card.text and "4 asesorías" in card.text
    with database.transaction(stage.app.engine) as session:
        assert len(session.exec(select(Activity)).all()) == 2


async def test_withdrawn_activities_and_those_of_others_are_not_repeated(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    store(stage.app.engine, "archivo", 2, date(2024, 3, 4))
    store(stage.app.engine, "juridica", 2, date(2024, 3, 5))
    await ariel.send("igual que la vez pasada")
    await ariel.wait_for("No encuentro una actividad anterior")
    number = store(stage.app.engine, "archivo", 3, date(2024, 3, 12), by=ARIEL.telegram_id)
    kept = store(stage.app.engine, "archivo", 2, date(2024, 3, 4), by=ARIEL.telegram_id)
    with database.transaction(stage.app.engine) as session:
        withdrawn = session.get_one(Activity, number)
        withdrawn.withdrawn_at = stage.app.clock.now()
        session.add(withdrawn)
    await ariel.send("igual que la vez pasada")
    assert "Línea 2" in (await ariel.wait_for("Por registrar")).text
    with database.transaction(stage.app.engine) as session:
        ids = session.exec(select(Activity.id).order_by(col(Activity.id).desc())).all()
    assert ids[0] == kept


@pytest.mark.parametrize(
    "text, found",
    [
        ("Lo mismo que la vez pasada", Repetition()),
        ("igual que la vez pasada.", Repetition()),
        ("lo mismo de ayer", Repetition(days_ago=1)),
        ("Hoy lo mismo que antier", Repetition(days_ago=2)),
        ("repite la última", Repetition()),
        ("otra asesoría igual que la anterior", Repetition(line="asesoria")),
        ("lo mismo que siempre pero con 12 personas", Repetition(change="12 personas")),
        ("se trató lo mismo que la vez pasada con el comité", None),
        ("dimos 2 asesorías", None),
        ("lo mismo", None),
    ],
)
def test_wordings_of_a_repetition(text: str, found: Repetition | None) -> None:
    assert read_repetition(text) == found


def test_no_real_phrase_is_taken_for_a_repetition() -> None:
    assert [text for _, text in PHRASES if read_repetition(text)] == []


@given(st.text(max_size=300))
def test_no_text_raises_an_error(text: str) -> None:
    read_repetition(text)


async def test_the_line_is_found_by_its_precedents(stage: Stage) -> None:
    """No line of the programme has the word; an activity of line 4 had it before."""
    ariel = await stage.enter(ARIEL)
    told = "Terminamos el zafarrancho del tianguis"
    for day in (4, 5, 6):
        store(stage.app.engine, "archivo", 4, date(2024, 3, day), by=ARIEL.telegram_id, narrative=told)
    store(stage.app.engine, "archivo", 2, date(2024, 3, 11), by=ARIEL.telegram_id)
    await ariel.send("lo mismo que la última vez de zafarrancho en el tianguis")
    card = await ariel.wait_for("Por registrar")
    assert "Línea 4" in card.text and f"«{told}»" in card.text
