"""How a card shows what was understood of its text, over HTTP."""

import re

from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, PALOMA, Stage

LETTER = "SESAECH/DJ/012/2024"
CONVENIO = f"Ayer elaboramos 2 convenios de colaboración, oficio {LETTER}"


async def _register(phone: Phone, text: str) -> str:
    await phone.send(text)
    await phone.wait_for("Por registrar")
    await phone.tap("✅ Registrar")
    return (await phone.wait_for("Registrada")).text


async def test_the_words_that_were_understood_are_underlined(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(CONVENIO)
    card = await ana.wait_for("Por registrar")
    underlined = re.findall("<u>(.*?)</u>", card.html)
    assert underlined == ["Ayer", "2 convenios", LETTER]


async def test_a_document_number_that_is_used_already_is_pointed_out(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await _register(ana, CONVENIO)
    await ana.send(f"Quedó el proyecto de reforma al estatuto, oficio {LETTER}")
    card = await ana.wait_for("Por registrar")
    assert f"El oficio {LETTER} ya está en /actividad_1 de la Dirección Jurídica." in card.text


async def test_participants_that_do_not_add_up_are_noted_and_not_taken(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("Elaboramos 2 convenios con 9 personas (6 mujeres, 4 hombres)")
    card = await ana.wait_for("Por registrar")
    assert "no suman: 9 en total, 6 mujeres y 4 hombres" in card.text
    assert "Participantes: " not in card.text
    await ana.tap("Participantes")
    await ana.wait_for("¿Quiénes participaron?")
    await ana.send("10 (6 mujeres, 4 hombres)")
    mended = await ana.wait_for("Participantes: 10")
    assert "no suman" not in mended.text


async def test_a_step_is_a_card_of_one_tap(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("Estamos revisando las cláusulas del convenio con la UNACH")
    card = await ana.wait_for("Por registrar")
    assert "Qué: un paso que todavía no cuenta para la meta" in card.text


async def test_an_unclear_line_offers_the_three_likeliest(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("Se hizo lo que se había quedado de hacer")
    await paloma.wait_for("¿De qué órgano")
    await paloma.tap("Coordinación de Archivo")
    asked = await paloma.wait_for("línea de acción")
    rows = [row[0] for row in asked.keyboard()]
    assert rows[3] == "Otra línea…" and len(rows) == 5
    await paloma.tap("Otra línea…")
    every = await paloma.wait_for(lambda message: len(message.keyboard()) == 6)
    assert "Otra línea…" not in [row[0] for row in every.keyboard()]


async def test_a_registered_activity_improves_the_next_choice_of_line(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("Terminamos el zafarrancho del tianguis")
    await ana.wait_for("línea de acción")
    await ana.tap("2 · ")
    await ana.wait_for("Por registrar")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await ana.send("Terminamos otro zafarrancho en el tianguis")
    asked = await ana.wait_for("¿Qué cantidad")  # «otro» is no number that the reading is sure of
    assert "Línea 2" in asked.text
