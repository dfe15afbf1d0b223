"""Captures with lost files, absences, forwards and bursts.

Faults of single files: `tests/bot/evidence/test_evidence_files.py`.
"""

from sqlmodel import col, select

from models.storage import database
from models.tables.activity import Activity
from models.tables.chat.draft import DraftRow
from models.tables.evidence import Evidence
from tests.support.files.photographs import drawn
from tests.support.phones.stage import ANA, DIEGO, Stage

TOLD = "Ayer se celebró la primera sesión del Órgano de Gobierno: 1 acta y 4 acuerdos, 4 por publicar"
GROUP = -500


def pieces(stage: Stage) -> list[Evidence]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Evidence).order_by(col(Evidence.id))).all())


def activities(stage: Stage) -> list[Activity]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Activity).order_by(col(Activity.id))).all())


def drafts(stage: Stage) -> list[DraftRow]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(DraftRow).order_by(col(DraftRow.id))).all())


def album(size: int = 10) -> list[bytes]:
    return [drawn(60 + number) for number in range(size)]


async def test_an_album_with_two_missing_photos_is_registered(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send_album(album(), TOLD, arrive=8)
    await ana.wait_for("8 fotos")
    await ana.tap("✅ Registrar")
    assert "8 fotos" in (await ana.wait_for("Registrada")).text
    assert len(pieces(stage)) == 8
    assert len(activities(stage)) == 1


async def test_a_card_can_be_confirmed_while_its_album_arrives(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send_album(album(), TOLD, arrive=3)
    await ana.wait_for("3 fotos")
    await ana.tap("✅ Registrar")
    done = await ana.wait_for("Registrada")
    await ana.arrive()
    said = await ana.wait_for(lambda message: message.id == done.id and "10 fotos" in message.text)
    assert said.keyboard() == done.keyboard()
    await stage.settled()
    assert len([each for each in await ana.messages() if each.from_bot and each.id > done.id]) == 0
    assert {each.activity_id for each in pieces(stage)} == {1}
    assert len(drafts(stage)) == 1


async def test_an_album_in_parts_without_words_is_asked_about_once(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send_album(album(4), arrive=1)
    asked = await ana.wait_for("¿De qué actividad")
    await ana.arrive()
    said = await ana.wait_for("4 fotos")
    assert said.id == asked.id
    await ana.send(TOLD)
    assert "4 fotos" in (await ana.wait_for("Por registrar")).text
    assert len(drafts(stage)) == 1


async def test_an_album_of_a_cancelled_card_is_dropped(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send_album(album(4), TOLD, arrive=2)
    await ana.wait_for("2 fotos")
    await ana.tap("✖️ Cancelar")
    await ana.wait_for("cancelada")
    await ana.arrive()
    await stage.settled()
    assert len(drafts(stage)) == 1
    assert activities(stage) == []


async def test_a_forwarded_message_is_dated_by_its_first_sending(stage: Stage) -> None:
    """«Ayer» was written in the group two days before it is forwarded."""
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    stage.world.add_group(GROUP, "Jurídica", [DIEGO.telegram_id, ANA.telegram_id])
    told = await diego.send(TOLD, chat=GROUP)
    pictures = await diego.send_album(album(2), chat=GROUP)
    stage.world.advance(2 * 86400)
    await ana.forward([told])
    card = await ana.wait_for("Por registrar")
    assert "martes 19 de marzo" in card.text
    await ana.forward(pictures)
    assert "2 fotos" in (await ana.wait_for("2 fotos")).text
    assert not any(each.from_bot for each in await diego.messages() if each.chat == GROUP)


async def test_twenty_messages_sent_during_an_absence_are_all_handled(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await stage.settled()
    await stage.stop_bot()
    for number in range(18):
        await ana.send(f"Hoy se presentó la propuesta número {number + 1} de lineamientos internos")
        stage.world.advance(200)
    await ana.send_photo(drawn(70))
    await ana.send("Gracias")
    await stage.start_bot()
    await stage.settled()
    cards = drafts(stage)
    told, asked = cards[:18], cards[18:]
    assert [each.content["narrative"].split()[6] for each in told] == [str(each + 1) for each in range(18)]
    assert not any(each.content["parent"] for each in told), "more than three minutes lie between them"
    (piece,) = pieces(stage)
    assert [each.id for each in asked] == [piece.draft_id]
    assert "Toque un botón" in (await ana.last()).text
    shown = {each.text.split("»")[0] for each in await ana.messages() if each.from_bot and each.rows}
    assert len(shown) == 20  # the thanks are answered with what is open


async def test_a_burst_is_stored_and_shown_in_order_after_a_restart(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    await stage.settled()
    before = len(await ana.messages())
    for number in range(40):
        await ana.send(f"Hoy se presentó la propuesta número {number + 1} de lineamientos internos")
    await diego.send(TOLD)
    await diego.wait_for("Por registrar")
    await stage.settled()
    said = [each for each in (await ana.messages())[before:] if each.from_bot]
    assert len(said) == 21
    assert "queda guardado" in said[-1].text
    await stage.stop_bot()
    stage.world.advance(600)
    await stage.start_bot()
    told = await ana.wait_for("20 sin terminar")
    await stage.settled()
    assert (await ana.last()).id == told.id, "one line in place of twenty cards"
    await ana.tap("📋 Ver", told)
    listed = await ana.wait_for("más en espera")
    assert len(listed.rows) == 20
    await ana.tap("📝 Captura", listed)
    shown = await ana.wait_for("lineamientos internos")
    await ana.tap("✖️ Cancelar", shown)
    next_one = await ana.wait_for("Esta estaba en espera")
    assert "propuesta número 21 " in next_one.text


async def test_a_card_expires_after_the_close_of_its_quarter_and_is_told_once(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    card = await ana.wait_for("Por registrar")
    stage.world.advance(20 * 86400 + 60)  # past the close of the quarter
    await ana.wait_for("caducó")
    await ana.tap("✅ Registrar", card)
    await ana.wait_for("aquí está otra vez")
    assert activities(stage) == []
