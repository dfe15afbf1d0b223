"""A programme of another kind of agency, from its import to its report: kilometres, pesos and percentages."""

import io
import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import pytest

from models.tables.people import Role
from tests.support.phones.optional_fields import answer_optional
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import PALOMA, Part, Stage

PROGRAMME = Path(__file__).parents[2] / "data" / "another-institution.yaml"
ZONE = ZoneInfo("America/Mexico_City")
VICTOR = Part(801, "Víctor Vialidades", Role.STAFF, "vialidades")
TINA = Part(802, "Tina Tesorera", Role.DIRECTOR, "tesoreria")
LICHA = Part(803, "Licha Licencias", Role.STAFF, "licencias")
PACO = Part(804, "Paco Parques", Role.STAFF, "parques")


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[Stage]:
    text = PROGRAMME.read_text(encoding="utf-8")
    text = text.replace("institution:\n", "institution:\n  second_factor: false\n", 1)
    (tmp_path / "programme.yaml").write_text(text, encoding="utf-8")
    async with Stage(tmp_path, now=datetime(2025, 3, 19, 9, tzinfo=ZONE)) as stage:
        yield stage


async def register(phone: Phone, line: int, quantity: str, narrative: str) -> Message:
    """Step by step; the card that is registered."""
    await phone.send("/registrar")
    await phone.wait_for("¿A qué línea")
    await phone.tap(f"{line} · ")
    await phone.wait_for("¿Qué cantidad")
    await phone.send(quantity)
    await phone.wait_for("¿Qué día")
    await phone.tap("Ayer")
    await phone.wait_for("qué se hizo")
    await phone.send(narrative)
    await answer_optional(phone)
    card = await phone.wait_for("Por registrar")
    await phone.tap("✅ Registrar")
    await phone.wait_for("Registrada")
    return card


async def progress(phone: Phone, words: str) -> str:
    await phone.send(f"/avance {words}")
    return (await phone.wait_for("preliminar")).text


async def test_decimals_pesos_and_percentages_from_the_card_to_the_report(city: Stage) -> None:
    victor, tina, licha, paco, paloma = [
        await city.enter(part) for part in (VICTOR, TINA, LICHA, PACO, PALOMA)
    ]
    card = await register(victor, 1, "2.25", "Se terminó el tramo de la avenida Juárez.")
    assert "2.25 kilómetros (llevan 0 de 12.75)" in card.text
    await register(victor, 2, "1,850.5", "Se bachearon las calles del centro.")
    card = await register(tina, 1, "612,430.75", "Ingresaron los derechos del mes.")
    assert "612,430.75 pesos (llevan 0 de 2,500,000.5)" in card.text
    card = await register(licha, 3, "87.5", "Se midió el tiempo de atención de las solicitudes.")
    assert "87.5 %" in card.text
    await paco.send("Ayer se impartieron 3 talleres de huertos familiares en la colonia Las Flores")
    card = await paco.wait_for("Por registrar")
    assert "3 talleres (llevan 0 de 24)" in card.text
    await paco.tap("✅ Registrar")
    await paco.wait_for("Registrada")
    page = await progress(victor, "vialidades")
    assert "2.25 de 12.75 kilómetros" in page and "1,850.5 de 8,500 metros cuadrados" in page
    assert "612,430.75 de 2,500,000.5 pesos" in await progress(tina, "tesorería")
    await city.move_to(datetime(2025, 4, 2, 9, tzinfo=ZONE))
    await city.settled()
    document = docx.Document(io.BytesIO(await receive(paloma, "📄 Word")))
    text = "\n".join(each.text for each in document.paragraphs)
    assert "Informe Primer Trimestre del IMDUS" in text
    assert "Se terminó el tramo de la avenida Juárez." in text
    shape = json.loads(await receive(paloma, "JSON"))
    counted = {
        (unit["key"], line["number"], target["measure"]): target["counted"]
        for unit in shape["units"]
        for line in unit["lines"]
        for target in line["targets"]
        if target["counted"] != "0"
    }
    assert counted == {
        ("vialidades", 1, "Kilómetros"): "2.25",
        ("vialidades", 2, "Metros cuadrados"): "1850.5",
        ("parques", 3, "Talleres"): "3",
        ("tesoreria", 1, "Pesos"): "612430.75",
        ("licencias", 3, "%"): "87.5",
    }


async def receive(phone: Phone, label: str) -> bytes:
    await phone.send("/informe")
    await phone.wait_for("¿En qué formato lo quiere?")
    await phone.tap(label)
    message = await phone.wait_for(lambda message: message.media is not None)
    return await phone.fetch(message)
