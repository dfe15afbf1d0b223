"""Captions and edits that tell nothing done, over HTTP: held back like a text, and no file is lost."""

from datetime import date

from sqlmodel import select

from models.storage import database
from models.tables.activity import Activity
from models.tables.evidence import Evidence
from tests.handlers.messages.test_amending import ARIEL
from tests.support.database.registered_activities import Claimed, store
from tests.support.files.photographs import drawn
from tests.support.phones.stage import ANA, Stage

PLAN = "mañana vamos a dar 2 asesorías archivísticas"
DONE = "ayer dimos 2 asesorías archivísticas"


async def test_a_photograph_of_a_plan_is_kept_and_asked_about(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    await ariel.send_photo(drawn(61), caption=PLAN)
    await ariel.wait_for("¿Ya se hizo, o es un plan?")
    await ariel.tap("🗓 Es un plan")
    await ariel.wait_for("Queda como plan")
    await ariel.wait_for("¿De qué actividad es?")
    await ariel.send(DONE)
    card = await ariel.wait_for("Por registrar")
    assert "1 foto" in card.text and "Qué: 2 asesorías" in card.text and PLAN not in card.text
    await ariel.tap("✅ Registrar")
    await ariel.wait_for("Registrada")
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Evidence.activity_id)).all() == [1]


async def test_a_photograph_sent_later_leaves_a_plan_a_plan(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    await ariel.send(PLAN)
    await ariel.wait_for("¿Ya se hizo, o es un plan?")
    await ariel.send_photo(drawn(61))
    asked = await ariel.wait_for("1 foto")
    assert ["🗓 Es un plan"] in asked.keyboard()


async def test_a_caption_of_thanks_is_no_activity(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    await ariel.send_photo(drawn(61), caption="muchas gracias")
    await ariel.wait_for("¿De qué actividad es?")


async def test_an_edit_to_a_plan_holds_the_card_back(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    sent = await ariel.send(DONE)
    card = await ariel.wait_for("Por registrar")
    await ariel.edit(sent, PLAN)
    asked = await ariel.wait_for("¿Ya se hizo, o es un plan?")
    assert asked.id == card.id
    await ariel.edit(sent, DONE)
    assert "Qué: 2 asesorías" in (await ariel.wait_for("Por registrar")).text


async def test_an_edit_to_a_total_asks_for_the_quantity(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    sent = await ariel.send(DONE)
    await ariel.wait_for("Por registrar")
    await ariel.edit(sent, "ya llevamos 18 asesorías archivísticas")
    await ariel.wait_for("¿Son 18 nuevos, o es el total?")
    await ariel.tap("18 nuevos")
    await ariel.wait_for("Qué: 18 asesorías")
    await ariel.edit(sent, "ya llevamos 18 asesorías archivísticas, dice Ariel")
    card = await ariel.wait_for("dice Ariel")
    assert "Qué: 18 asesorías" in card.text  # the same number is not asked again


async def test_a_photograph_of_what_now_counts_goes_to_its_activity(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    on = date(2024, 2, 15)
    number = store(
        stage.app.engine, "juridica", 1, on, by=ANA.telegram_id, claimed=(Claimed(1), Claimed(2, 2))
    )
    await ana.send_photo(drawn(61), caption="ya se publicaron los 2 acuerdos del 15 de febrero")
    asked = await ana.wait_for("¿Es lo que estaba pendiente?")
    assert asked.keyboard()[0] == [f"☑️ Ya cuenta: 2 acuerdos (n.º {number})"]
    await ana.tap("☑️ Ya cuenta")
    await ana.wait_for("¿desde qué día cuenta?")
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Evidence.activity_id)).all() == [number]
        assert len(session.exec(select(Activity.id)).all()) == 1
