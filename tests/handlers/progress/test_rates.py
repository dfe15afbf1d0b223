"""Targets whose amounts do not add up, with long titles and keys: captured, shown and reported."""

import csv
import io
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.phone import Message, Phone
from tests.stage import OLGA, Part, Stage
from models.tables.people import Role

PROGRAMME = Path(__file__).parents[2] / "data" / "rates.yaml"
ZONE = ZoneInfo("America/Mexico_City")
KEY = "ventanilla-unica-de-tramites-y-licencias-de-construccion"
VERO = Part(701, "Vero Ventanilla", Role.STAFF, KEY)
DANI = Part(702, "Dani Directora", Role.DIRECTOR, KEY)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Stage]:
    (tmp_path / "programme.yaml").write_text(PROGRAMME.read_text(encoding="utf-8"), encoding="utf-8")
    async with Stage(tmp_path, now=datetime(2024, 3, 20, 9, tzinfo=ZONE)) as stage:
        yield stage


async def register(phone: Phone, line: str, quantities: list[str], day: str) -> Message:
    """Step by step, up to the card."""
    await phone.send("/registrar")
    await phone.wait_for("¿A qué línea")
    await phone.tap(f"{line} · ")
    for quantity in quantities:
        await phone.wait_for("¿Qué cantidad")
        await phone.send(quantity)
    await phone.wait_for("¿Qué día")
    await phone.send(day)
    await phone.wait_for("qué se hizo")
    await phone.send("Se midió lo del mes en la ventanilla.")
    await phone.wait_for("¿Quiénes participaron")
    await phone.tap("Sin participantes")
    for without in ("Sin lugar", "Sin oficio", "Listo", "Sin evidencia"):
        asked = await phone.wait_for(lambda message: True)
        print("..", asked.keyboard())
        if "Por registrar" in asked.text:
            break
        await phone.tap(asked.keyboard()[0][0])
    print("==", asked.text, asked.keyboard())
    return asked


async def test_look(office: Stage) -> None:
    vero = await office.enter(VERO)
    await register(vero, "1", ["82"], "31 de enero")
    await vero.tap("✅ Registrar")
    await vero.wait_for("Registrada")
    await register(vero, "1", ["87.5"], "29 de febrero")
    await vero.tap("✅ Registrar")
    await vero.wait_for("Registrada")
    await register(vero, "1", ["70"], "10 de febrero")
    await vero.tap("✅ Registrar")
    await vero.wait_for("Registrada")
    await register(vero, "2", ["8.5"], "10 de febrero")
    await vero.tap("✅ Registrar")
    await vero.wait_for("Registrada")
    await register(vero, "2", ["9.1"], "10 de marzo")
    await vero.tap("✅ Registrar")
    await vero.wait_for("Registrada")
    await register(vero, "4", ["12", "75"], "10 de marzo")
    await vero.tap("✅ Registrar")
    await vero.wait_for("Registrada")
    for what in ["/avance", "/avance 1", "/avance 2", "/avance 4"]:
        await vero.send(what)
        m = await vero.wait_for(lambda m: True)
        print("==", m.text, m.keyboard())
        await vero.tap("¿De dónde sale?")
        m = await vero.wait_for(lambda m: True)
        print("==", m.text, m.keyboard())
