"""Reactions for sentences, coloured buttons, texts to copy, actions while something is made."""

import pytest

from local_telegram.world.traffic import Fault
from tests.support.files.photographs import drawn
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, Stage

TOLD = "Ayer sesionó el Órgano de Gobierno: 1 acta y 4 acuerdos, ninguno por publicar"


def reactions(phone: Phone) -> list[tuple[int, str]]:
    found = [event for event in phone.events if event["kind"] == "reaction"]
    return [(event["message_id"], event["emoji"]) for event in found]


def keys(stage: Stage, message: Message) -> dict[str, dict[str, object]]:
    """The message's buttons as the bot sent them, by label."""
    stored = stage.world.chats[message.chat].messages[message.id]
    return {key["text"]: key for row in stored["reply_markup"]["inline_keyboard"] for key in row}


async def test_a_photograph_that_joins_a_card_gets_a_reaction_and_no_sentence(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    await ana.wait_for("Por registrar")
    photo = await ana.send_photo(drawn())
    await ana.wait_for("1 foto")
    await stage.settled()
    await ana.look()
    assert reactions(ana) == [(photo.id, "👀")]
    assert [each.id for each in await ana.messages() if each.from_bot and each.id > photo.id] == []


async def test_the_card_moves_below_the_album_that_joins_it(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    above = await ana.wait_for("Por registrar")
    await stage.settled()
    sent = await ana.send_album([drawn(colour=each) for each in ("red", "green", "blue")])
    below = await ana.wait_for(lambda message: "3 fotos" in message.text)
    await stage.settled()
    await ana.look()
    cards = [each for each in await ana.messages() if "Por registrar" in each.text]
    assert [each.id for each in cards] == [below.id]
    assert below.id > sent[-1].id > above.id
    await ana.tap("✅ Registrar", below)
    await ana.wait_for("Registrada")


async def test_an_album_gets_one_reaction(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    await ana.wait_for("Por registrar")
    sent = await ana.send_album([drawn(colour=each) for each in ("red", "green", "blue")])
    await ana.wait_for("3 fotos")
    await stage.settled()
    await ana.look()
    assert reactions(ana) == [(sent[0].id, "👀")]


async def test_the_second_thanks_gets_only_a_reaction(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("gracias")
    await ana.wait_for("Con gusto")
    again = await ana.send("muchas gracias")
    await stage.settled()
    await ana.look()
    assert reactions(ana)[-1] == (again.id, "❤")
    assert not [each for each in await ana.messages() if each.from_bot and each.id > again.id]


@pytest.mark.parametrize("status", [400, 404])
async def test_where_reactions_are_unknown_the_sentence_is_said(stage: Stage, status: int) -> None:
    ana = await stage.enter(ANA)
    await ana.send("gracias")
    await ana.wait_for("Con gusto")
    await stage.settled()
    stage.world.faults.plan(Fault("setMessageReaction", status=status, description="Bad Request: no"))
    again = await ana.send("gracias")
    assert (await ana.wait_for("Con gusto")).reply_to == again.id
    await ana.send("/avance")
    await ana.wait_for("Dirección Jurídica")


async def test_what_registers_is_green_and_what_withdraws_is_red(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    card = await ana.wait_for("Por registrar")
    assert keys(stage, card)["✅ Registrar"]["style"] == "success"
    assert "style" not in keys(stage, card)["✖️ Cancelar"]
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await ana.send("/actividad_1")
    page = await ana.wait_for("n.º 1")
    assert keys(stage, page)["🗑 Retirar"]["style"] == "danger"


async def test_a_server_that_refuses_colours_gets_the_same_buttons_without(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    refused = "Bad Request: can't parse inline keyboard button: invalid button style specified"
    stage.world.faults.plan(Fault("sendMessage", status=400, description=refused))
    await ana.send(TOLD)
    card = await ana.wait_for("Por registrar")
    assert "style" not in keys(stage, card)["✅ Registrar"]
    await ana.tap("✅ Registrar", card)
    await ana.wait_for("Registrada")


async def test_the_text_to_be_corrected_can_be_copied(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(TOLD)
    await ana.wait_for("Por registrar")
    await ana.tap("Más")
    await ana.wait_for("¿Qué dato")
    await ana.tap("Qué se hizo")
    asked = await ana.wait_for("qué se hizo")
    assert keys(stage, asked)["📋 Copiar el texto de ahora"]["copy_text"] == {"text": TOLD}


async def test_a_long_text_is_copied_by_a_tap_on_it(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    long = "La línea va atrasada porque " + "la sesión se aplazó por causas ajenas al área, " * 8
    await diego.send("/observacion 1 T1")
    await diego.wait_for("bservación")
    await diego.send(long)
    await diego.wait_for(lambda message: "✅ Guardar" in str(message.keyboard()))
    await diego.tap("✅ Guardar")
    await stage.settled()
    await diego.send("/observacion 1 T1")
    asked = await diego.wait_for("copiarlo")
    assert f"<code>{long.strip()}</code>" in asked.html


async def test_a_report_is_announced_by_what_the_bot_is_doing(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await diego.send("/informe T1")
    await diego.wait_for("nforme")
    await diego.tap("📕 PDF")
    await diego.wait_for(lambda message: message.media is not None)
    assert "upload_document" in [event.get("action") for event in diego.events if event["kind"] == "action"]
