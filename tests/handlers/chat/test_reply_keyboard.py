"""The three buttons below the chat: who has which, what they do, and how they are taken away."""

import pytest

from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Part, Stage

CAPTURES = [["📝 Registrar", "📋 Me falta", "📊 Avance"]]
READS = [["📋 Lo que falta", "📊 Avance", "📅 Calendario"]]


async def keys(stage: Stage, phone: Phone) -> list[list[str]]:
    """The buttons below the person's chat now."""
    await stage.settled()
    await phone.look()
    shown = [event["keys"] for event in phone.events if event["kind"] == "keys"]
    return list(shown[-1]) if shown else []


@pytest.mark.parametrize(
    "part, expected", [(ANA, CAPTURES), (DIEGO, CAPTURES), (PALOMA, CAPTURES), (OLGA, READS)]
)
async def test_they_are_there_from_the_first_message(
    stage: Stage, part: Part, expected: list[list[str]]
) -> None:
    phone = await stage.enter(part)
    assert await keys(stage, phone) == expected
    for label in expected[0]:
        await phone.send(label)
        said = await phone.wait_for(lambda message: True)
        assert "No conozco" not in said.text and "Recibí" not in said.text


async def test_a_button_is_a_command_also_while_something_is_asked(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("📝 Registrar")
    await ana.wait_for("¿A qué línea")
    await ana.send("📊 Avance")
    await ana.wait_for("Dirección Jurídica")
    await ana.send("📋 Me falta")
    await ana.wait_for("Pendientes")
    await ana.send("📝 Registrar")
    assert "sin terminar" in (await ana.wait_for("¿A qué línea")).text


async def test_the_person_takes_them_away_and_gets_them_back(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/settings")
    await ana.wait_for("ajustes")
    await ana.tap("⌨️ Quitar")
    await ana.wait_for("quité los botones")
    assert await keys(stage, ana) == []
    await ana.send("/start")  # a later greeting does not bring them back
    await ana.wait_for("Su acceso")
    assert await keys(stage, ana) == []
    await ana.send("quiero poner el teclado")
    await ana.wait_for("ajustes")
    await ana.tap("⌨️ Poner")
    await ana.wait_for("los tres botones")
    assert await keys(stage, ana) == CAPTURES
