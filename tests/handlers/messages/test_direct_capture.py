"""Direct capture: one message or photograph, a filled card, one tap."""

from sqlmodel import col, select

from models.storage import database
from models.tables.activity import Activity, Entry
from models.tables.chat.draft import DraftRow
from models.tables.evidence import Evidence
from tests.support.files.photographs import drawn
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Stage

TOLD = "Ayer se celebró la primera sesión del Órgano de Gobierno: 1 acta y 4 acuerdos, 4 por publicar"


def stored(stage: Stage) -> list[Activity]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Activity).order_by(col(Activity.id))).all())


def evidence(stage: Stage) -> list[Evidence]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Evidence).order_by(col(Evidence.id))).all())


async def test_one_message_and_one_tap_register_an_activity(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    card = await ana.wait_for("Por registrar")
    for words in ("Línea 1", "1 acta", "4 acuerdos", "4 por publicar", "martes 19 de marzo"):
        assert words in card.text
    assert card.keyboard()[0] == ["✅ Registrar"]
    assert stored(stage) == []
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    (activity,) = stored(stage)
    assert activity.narrative == TOLD
    with database.transaction(stage.app.engine) as session:
        entries = session.exec(select(Entry)).all()
    assert sorted((each.quantity, each.pending) for each in entries) == [(1, 0), (4, 4)]


async def test_only_fields_that_were_not_understood_are_asked(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("Hoy, 2.5 documentos que nos habían encargado hace tiempo")
    asked = await ana.wait_for("línea de acción")
    assert "Hoy, 2.5 documentos" in asked.text
    await ana.tap("2 · ")
    await ana.wait_for("¿Qué cantidad")
    await ana.tap("1")
    card = await ana.wait_for("Por registrar")
    assert "miércoles 20 de marzo" in card.text
    assert card.keyboard() == [
        ["✅ Registrar"],
        ["Línea", "Documentos", "Día"],
        ["Participantes", "Evidencia", "Más…"],
        ["✖️ Cancelar"],
    ]


async def test_small_talk_begins_no_card(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    for words, said in (("Gracias", "A sus órdenes"), ("👍", "Enterado"), ("ok", "Enterado")):
        await ana.send(words)
        await ana.wait_for(said)
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(DraftRow)).all() == []


async def test_an_album_is_one_card_edited_once(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    before = len(await ana.messages())
    await ana.send_album([drawn(40 + number) for number in range(10)], caption=TOLD)
    await ana.wait_for("10 fotos")
    await stage.settled()
    said = [each for each in (await ana.messages())[before:] if each.from_bot]
    assert len(said) == 1
    edits = [each for each in ana._events if each["kind"] == "edited"]
    assert len(edits) <= 1
    await ana.tap("✅ Registrar")
    done = await ana.wait_for("Registrada")
    assert "10 fotos" in done.text
    (activity,) = stored(stage)
    assert {each.activity_id for each in evidence(stage)} == {activity.id}


async def test_photographs_after_the_text_join_its_card(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    await ana.wait_for("Por registrar")
    await ana.send_photo(drawn(61))
    card = await ana.wait_for("1 foto")
    assert "Por registrar" in card.text
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    assert len(evidence(stage)) == 1


async def test_photographs_sent_before_the_text_join_its_card(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send_photo(drawn(61))
    await ana.wait_for("¿De qué actividad")
    await ana.send(TOLD)
    card = await ana.wait_for("Por registrar")
    assert "1 foto" in card.text
    assert "· 4 acuerdos" in card.text


async def test_a_photograph_in_reply_to_a_registered_card_is_its_evidence(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    await ana.wait_for("Por registrar")
    await ana.tap("✅ Registrar")
    done = await ana.wait_for("Registrada")
    await ana.send_photo(drawn(61), reply_to=done.id)
    await ana.wait_for("es evidencia de la n.º 1")
    await ana.wait_for(lambda message: message.id == done.id and "1 foto" in message.text)
    (piece,) = evidence(stage)
    assert piece.activity_id == 1


async def test_a_text_soon_after_a_card_may_be_a_part_of_it(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("Ayer dimos respuesta a una demanda laboral")
    await ana.wait_for(lambda message: bool(message.rows))
    await ana.send(TOLD)
    asked = await ana.wait_for("¿Es parte de la")
    await ana.send("También se firmó la minuta por todos los integrantes presentes")
    again = await ana.wait_for(lambda message: "¿Es parte de la" in message.text and message.id != asked.id)
    assert "primera sesión del Órgano" in again.text  # one question of both texts
    await ana.tap("🆕 No, es otra")
    card = await ana.wait_for("Por registrar")
    assert "También se firmó la minuta" in card.text
    await ana.tap("✅ Registrar", card)
    await ana.wait_for("Registrada")
    assert stored(stage)[0].narrative.startswith(TOLD + "\nTambién")


async def test_a_text_ten_minutes_later_begins_another_card(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    first = await ana.wait_for("Por registrar")
    stage.world.advance(600 + 1)
    await ana.send(TOLD.replace("primera", "segunda"))
    second = await ana.wait_for("Por registrar")
    assert second.id != first.id
    await ana.send_photo(drawn(61))
    await ana.wait_for("1 foto")
    stage.world.advance(601)
    await ana.send_photo(drawn(62))
    asked = await ana.wait_for("¿De qué actividad")
    assert len([text for row in asked.keyboard() for text in row if text.startswith("📝")]) == 2
    await ana.send_photo(drawn(63))
    assert (await ana.wait_for("2 fotos")).id == asked.id
    await ana.tap(asked.keyboard()[1][0])
    assert "2 fotos" in (await ana.wait_for("Por registrar")).text


async def test_an_edited_message_changes_its_open_card(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    sent = await ana.send(TOLD)
    card = await ana.wait_for("· 4 acuerdos")
    await ana.edit(sent, TOLD.replace("4 acuerdos, 4", "5 acuerdos, 3"))
    changed = await ana.wait_for("5 acuerdos")
    assert changed.id == card.id
    assert "3 por publicar" in changed.text


async def test_editing_the_message_of_a_registered_activity_offers_a_correction(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    sent = await ana.send(TOLD)
    await ana.wait_for("Por registrar")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await ana.edit(sent, TOLD.replace("4 acuerdos, 4", "5 acuerdos, 3"))
    await ana.wait_for("¿La corrijo así?")
    assert stored(stage)[0].narrative == TOLD
    await ana.edit(sent, TOLD.replace("4 acuerdos, 4", "6 acuerdos, 3"))
    await ana.wait_for("6 acuerdos")
    await ana.tap("✅")
    await stage.settled()
    assert "6 acuerdos" in stored(stage)[0].narrative
    with database.transaction(stage.app.engine) as session:
        entries = session.exec(select(Entry)).all()
    assert sorted((each.quantity, each.pending) for each in entries) == [(1, 0), (6, 3)]


async def test_editing_a_command_does_nothing(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    sent = await ana.send("/avance juridca T1")
    await ana.wait_for("Jurídica")
    await stage.settled()
    before = len(await ana.messages())
    await ana.edit(sent, "/avance juridica T1")
    await stage.settled()
    assert len(await ana.messages()) == before


async def test_a_similar_registered_activity_is_pointed_out(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    for phone in (ana, diego):
        await phone.send(TOLD)
        card = await phone.wait_for("Por registrar")
        assert ("/actividad_1" in card.text) == (phone is diego)
        await phone.tap("✅ Registrar")
        await phone.wait_for("Registrada")
    assert "Ana" in card.text


async def test_observers_are_not_offered_a_capture(stage: Stage) -> None:
    olga = await stage.enter(OLGA)
    await olga.send(TOLD)
    await olga.wait_for("Recibí su mensaje")
    await olga.send_photo(drawn(61))
    await olga.wait_for("Recibí su mensaje")
    assert evidence(stage) == []


async def test_a_text_of_planning_is_captured_for_the_unit_of_its_line(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("Se realizaron 12 mantenimientos preventivos a equipos de cómputo")
    await paloma.wait_for(lambda message: "Por registrar" in message.text or "órgano" in message.text)


async def test_somebody_suspended_between_card_and_tap_is_told(stage: Stage) -> None:
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    await ana.send(TOLD)
    await ana.wait_for("Por registrar")
    await paloma.send("/personas")
    await paloma.wait_for("Ana")
    await paloma.tap("1 · Ana")
    await paloma.wait_for(lambda message: any("Suspender" in each.text for each in message.buttons()))
    await paloma.tap("⛔ Suspender")
    await paloma.wait_for("¿Suspender a")
    await paloma.tap("✅ Sí, suspender")
    await stage.settled()
    await ana.tap("✅ Registrar")
    assert "suspendido" in (await ana.answer()).text
    assert stored(stage) == []


async def test_the_message_of_a_registered_activity_is_edited_after_corrections(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    await ana.wait_for("Por registrar")
    await ana.tap("✅ Registrar")
    done = await ana.wait_for("Registrada")
    await ana.tap("✏️ Corregir")
    await ana.wait_for("Corregir la n.º 1")
    await ana.tap("Acuerdos")
    await ana.wait_for("¿Qué cantidad")
    await ana.tap("2")
    await ana.wait_for("pendiente")
    await ana.tap("Ninguno")
    await ana.wait_for("Corregir la n.º 1")
    await ana.tap("✅")
    await ana.wait_for(lambda message: message.id == done.id and "2 acuerdos" in message.text)
    await ana.send("/actividad_1")
    await ana.wait_for("n.º 1")
    await ana.tap("🗑 Retirar")
    await ana.wait_for("¿Por qué")
    await ana.tap("Duplicada")
    await ana.wait_for(lambda message: message.id == done.id and "fue retirada" in message.text)


async def test_rarely_changed_fields_are_behind_more(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    await ana.wait_for("Por registrar")
    await ana.tap("Más…")
    await ana.wait_for("¿Qué dato quiere cambiar?")
    await ana.tap("Lugar")
    await ana.wait_for("¿En qué lugar fue?")
    await ana.send("Sala de Presidentes")
    assert "Sala de Presidentes" in (await ana.wait_for("Por registrar")).text
    await ana.tap("Más…")
    await ana.wait_for("¿Qué dato quiere cambiar?")
    await ana.tap("⬅️ Atrás")
    await ana.wait_for("Por registrar")


async def test_a_photograph_can_be_removed_from_the_card(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send_album([drawn(60), drawn(61)], TOLD)
    await ana.wait_for("2 fotos")
    await ana.tap("Evidencia")
    await ana.wait_for("Toque una para quitarla")
    await ana.tap("🗑 Foto 1")
    await ana.wait_for("Evidencia: 1 foto")
    await ana.send_photo(drawn(62))
    await ana.wait_for("Evidencia: 2 fotos")
    await ana.tap("⬅️ Atrás")
    assert "2 fotos" in (await ana.wait_for("Por registrar")).text
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    assert len([each for each in evidence(stage) if each.removed_at is None]) == 2
