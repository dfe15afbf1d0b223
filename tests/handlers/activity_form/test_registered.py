"""The message after ✅: what the activity moved, and only what can still be done."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.tables.people import Role
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.optional_fields import answer_optional
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, Part, Stage

DATA = Path(__file__).parents[2] / "data"
DIEGA = Part(901, "Diega Dosis", Role.STAFF, "epidemiologia")
PILI = Part(902, "Pili Promoción", Role.STAFF, "promocion")
VERO = Part(903, "Vero Ventanilla", Role.STAFF, "ventanilla-unica-de-tramites-y-licencias-de-construccion")


async def register(phone: Phone, text: str) -> Message:
    await phone.send(text)
    await phone.wait_for("Por registrar")
    await phone.tap("✅ Registrar")
    return await phone.wait_for("Registrada")


async def step_by_step(phone: Phone, line: int, *quantities: str) -> Message:
    await phone.send("/registrar")
    await phone.wait_for("¿A qué línea")
    await phone.tap(f"{line} · ")
    for quantity in quantities:
        await phone.wait_for("¿Qué ")
        await phone.send(quantity)
    await phone.wait_for("¿Qué día")
    await phone.tap("Ayer")
    await phone.wait_for("qué se hizo")
    await phone.send("Se hizo lo previsto para el mes.")
    await answer_optional(phone)
    await phone.wait_for("Por registrar")
    await phone.tap("✅ Registrar")
    return await phone.wait_for("Registrada")


async def test_it_says_what_it_moved(stage: Stage) -> None:
    store(stage.app.engine, line=1, claimed=(Claimed(8), Claimed(8, 2)))
    ana = await stage.enter(ANA)
    done = await register(ana, "Ayer sesionó el Comité Consultivo: 1 acta y 4 acuerdos, 2 por publicar")
    assert done.text.splitlines()[1] == "📈 Actas 9 de 16 · Acuerdos 8 de 12 · línea 1: 50 → 61 %"


async def test_what_can_be_done_is_explained_twice_and_no_more(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    explained = []
    for day in ("lunes", "martes", "miércoles"):
        stage.world.advance(240)
        done = await register(
            ana, f"El {day} sesionó el Comité Consultivo: 1 acta y 4 acuerdos, 2 por publicar"
        )
        explained.append("responda a este mensaje" in done.text)
        assert done.keyboard() == [["↩️ Deshacer", "✏️ Corregir"]]
        assert done.text.splitlines()[-1].startswith("/actividad_")
    assert explained == [True, True, False]


async def test_after_ten_minutes_it_offers_no_undoing(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    done = await register(ana, "Ayer sesionó el Comité Consultivo: 1 acta y 4 acuerdos, 2 por publicar")
    assert "Puede deshacerla durante diez minutos." in done.text
    await stage.move_to(stage.world.now().replace(minute=30))
    later = await ana.wait_for(lambda message: message.id == done.id and "deshacerla" not in message.text)
    assert later.keyboard() == [["✏️ Corregir"]]
    assert later.text.splitlines()[1] == done.text.splitlines()[1]


@pytest.fixture
async def district(tmp_path: Path) -> AsyncIterator[Stage]:
    text = (DATA / "health-district.yaml").read_text(encoding="utf-8")
    (tmp_path / "programme.yaml").write_text(text, encoding="utf-8")
    async with Stage(tmp_path, now=datetime(2024, 5, 15, 15, tzinfo=UTC)) as stage:
        yield stage


async def test_another_agency_reads_its_own_measures(district: Stage) -> None:
    diega, pili = await district.enter(DIEGA), await district.enter(PILI)
    done = await step_by_step(diega, 1, "3600")
    assert done.text.splitlines()[1] == "📈 Dosis aplicadas 3,600 de 12,000 · línea 1: 0 → 30 %"
    done = await step_by_step(pili, 2, "0", "0")
    assert done.text.splitlines()[1] == "📈 línea 2: 0 %"  # a step moves nothing


async def test_a_rate_says_its_new_value(tmp_path: Path) -> None:
    text = (DATA / "rates.yaml").read_text(encoding="utf-8")
    (tmp_path / "programme.yaml").write_text(text, encoding="utf-8")
    async with Stage(tmp_path, now=datetime(2024, 3, 20, 15, tzinfo=UTC)) as stage:
        vero = await stage.enter(VERO)
        await step_by_step(vero, 1, "87.5")
        done = await step_by_step(vero, 1, "60")
        moved = done.text.splitlines()[1]
        assert "último valor: 60 %" in moved and moved.endswith("línea 1: 97 → 67 %")
