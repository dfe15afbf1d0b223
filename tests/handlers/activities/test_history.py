"""The history of one activity: versions, settlements, evidence, withdrawal."""

from tests.bot.evidence.evidence_stage import fetched
from tests.support.database.registered_activities import Claimed, store
from tests.support.files.photographs import drawn
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, Stage


async def tap_through(phone: Phone, *labels: str) -> None:
    for label in labels:
        await phone.tap(label)
        await phone.wait_for(lambda message: True)


async def show(phone: Phone, number: int) -> None:
    await phone.send(f"/actividad_{number}")
    await phone.wait_for(f"Actividad n.º {number}")


async def test_the_history_lists_every_event_latest_first(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    number = store(stage.app.engine, line=1, by=ANA.telegram_id, claimed=(Claimed(1), Claimed(4, 3)))
    await show(ana, number)
    shown = await ana.last()
    await ana.send_photo(drawn(61), reply_to=shown.id)
    await fetched(stage)
    stage.world.advance(60)
    await show(diego, number)
    await tap_through(diego, "✏️ Corregir", "Día", "Ayer", "✅ Guardar corrección")
    stage.world.advance(60)
    await show(ana, number)
    await tap_through(ana, "☑️ Ya cuenta", "2", "Hoy", "✅ Registrar")
    stage.world.advance(60)
    await show(ana, number)
    await tap_through(ana, "↩️ Quitar lo que ya contaba", "↩️ 2 acuerdos")
    stage.world.advance(60)
    await show(ana, number)
    await tap_through(ana, "✏️ Corregir", "Evidencia", "🗑 Foto 1", "⬅️ Atrás", "✅ Guardar corrección")
    stage.world.advance(60)
    await show(diego, number)
    await tap_through(diego, "🗑 Retirar", "Duplicada")
    await show(diego, number)
    await diego.tap("🕘 Historia")
    first = await diego.wait_for("Historia de la n.º")
    heads = [block.splitlines()[0] for block in first.text.split("\n\n")[1:]]
    assert heads == [
        "🗑 Retirada: Duplicada",
        "✏️ Versión 3",
        "📎 Evidencia quitada: 1 foto",
        "↩️ Se quitó: 2 acuerdos, desde el 20 de marzo",
        "☑️ Ya cuenta: 2 acuerdos, desde el 20 de marzo",
    ]
    assert "Diego Director el 20 de marzo, 09:0" in first.text
    await diego.tap("Antes")
    second = await diego.wait_for("Registrada")
    assert "miércoles 13 de marzo → martes 19 de marzo" in second.text
    assert "📎 Evidencia nueva: 1 foto" in second.text
    assert "Ana Juárez el 20 de marzo, 08:30\n1 · " in second.text
    await diego.tap("⬅️ Después")
    await diego.wait_for("Retirada: Duplicada")
    await diego.tap("⬅️ A la actividad")
    await diego.wait_for("Actividad n.º")


async def test_a_page_that_does_not_exist_is_a_stale_button(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    number = store(stage.app.engine, by=ANA.telegram_id)
    await show(ana, number)
    shown = await ana.last()
    for page in ("1", "-1", "x", "99999999999"):
        await ana.forge(f"hist:{number}:{page}:u:0:0:2024:0", shown)
        assert "ya no está vigente" in (await ana.answer()).text
