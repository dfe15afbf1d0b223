"""`/pendientes` over HTTP: who sees what, and which button completes each duty, down to «Todo listo»."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from handlers.texts import general, rejections
from models.storage import database
from models.tables.activity import Activity
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.people import Person
from models.tables.programme import Unit
from models.tables.review import Return
from models.tables.signature import Reopening
from models.tables.statement import Presentation
from tests.support.database.registered_activities import Claimed, line_of, store
from tests.support.files.photographs import drawn
from tests.support.phones.optional_fields import NONE_BUTTONS
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, MORNING, OLGA, PALOMA, TERE, Part, Stage

GROUP = -701
MAY = datetime(2024, 5, 7, 15, tzinfo=UTC)
EASTER = datetime(2024, 4, 2, 15, tzinfo=UTC)  # the quarter has ended and is still open
ANA_TOO = Part(101, "Ana Juárez", ANA.role, "transparencia")


async def owed(stage: Stage, phone: Phone, words: str = "") -> Message:
    await phone.send(f"/pendientes {words}".strip())
    return await phone.wait_for("Pendientes")


async def tap(stage: Stage, phone: Phone, *labels: str) -> Message:
    for label in labels:
        await phone.tap(label)
        await stage.settled()
    return await phone.last()


def show(stage: Stage, *numbers: int) -> None:
    """Attach evidence to those activities."""
    with database.transaction(stage.app.engine) as session:
        session.add_all(
            Evidence(activity_id=each, kind=EvidenceKind.PHOTO, received_at=MORNING) for each in numbers
        )


def on_plan(stage: Stage) -> None:
    """Register everything planned for the unit's three lines by the quarter's end, with evidence."""
    engine = stage.app.engine
    done = (
        store(engine, line=1, claimed=(Claimed(4), Claimed(3))),
        store(engine, line=2),
        store(engine, line=3, claimed=(Claimed(3),)),
    )
    show(stage, *done)


def present(stage: Stage) -> None:
    with database.transaction(stage.app.engine) as session:
        unit = session.exec(select(Unit.id).where(Unit.key == "juridica")).one() or 0
        session.add(Presentation(unit_id=unit, year=2024, quarter=1, text="El trimestre…", said_at=MORNING))


async def test_the_list_of_duties_shrinks_to_todo_listo(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    engine = stage.app.engine
    show(stage, store(engine, line=1, claimed=(Claimed(4), Claimed(3))), store(engine, line=2))
    bare = store(engine, line=2, claimed=(Claimed(0),), by=ANA.telegram_id)
    first = await owed(stage, ana)
    assert "1er trimestre 2024 · cierra el viernes 5 de abril (quedan 12 días hábiles)" in first.text
    assert "Faltan 2 de 5 cosas" in first.text and "De la persona titular: la presentación." in first.text
    assert "❗️ Línea 3 Proyectos de los instrumentos…: nada registrado en el trimestre" in first.text
    await tap(stage, ana, "1 · 💤 Sin movimiento")
    await ana.send("No hubo convocatoria.")
    await stage.settled()
    await tap(stage, ana, "✅")
    await ana.tap("🔄 Actualizar", first)
    second = await ana.wait_for("Falta 1 de 5 cosas")
    assert second.id == first.id and "Línea 3" not in second.text
    await ana.tap("1 · 📎 Ver cuáles", second)
    shown = await ana.wait_for(f"Actividad n.º {bare}")
    await ana.send_photo(drawn(), reply_to=shown.id)
    await stage.settled()
    await ana.tap("🔄 Actualizar", second)
    assert "Todo listo de su parte ✅" in (await ana.wait_for("De la persona titular")).text
    await owed(stage, diego)
    await tap(stage, diego, "1 · 📝 Presentación")
    await diego.send("En el trimestre se celebró una sesión.")
    await stage.settled()
    await tap(stage, diego, "✅ Guardar")
    last = await owed(stage, diego)
    assert "Todo listo ✅" in last.text and "cosa" not in last.text
    assert "Todo listo ✅" in (await owed(stage, ana)).text


async def test_registering_completes_the_duty_of_an_empty_line(stage: Stage) -> None:
    tere = await stage.enter(TERE)
    first = await owed(stage, tere)
    assert "🔷 Línea 1: El avance no depende de la Secretaría Ejecutiva" in first.text
    assert "Línea 1 " not in first.text.split("Faltan ")[1].split("De la persona")[0]
    asked = await tap(stage, tere, "1 · ➕ Registrar")
    assert "Línea 2" in asked.text
    await tap(stage, tere, "1 · ➕ Registrar")  # twice: the same capture is shown again
    assert (await tere.last()).text == asked.text
    await tap(stage, tere, "1", "Ayer")
    await tere.send("Se publicaron las obligaciones.")
    await stage.settled()
    card = await tap(stage, tere, *NONE_BUTTONS)
    assert "Por registrar" in card.text
    await tap(stage, tere, "✅ Registrar")
    await tere.tap("🔄 Actualizar", first)
    again = await tere.wait_for("Pendientes")
    assert "Línea 2 Obligaciones de transparencia: nada" not in again.text
    assert "1 actividad sin evidencia" in again.text


async def test_a_line_off_the_plan_is_explained_by_the_director(tmp_path: Path) -> None:
    """After the quarter, being behind and being off the plan are one duty of the director."""
    async with Stage(tmp_path, now=EASTER) as stage:
        ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
        on_plan(stage)
        shown = store(stage.app.engine, line=2, on=date(2024, 3, 14))
        show(stage, shown)
        page = await owed(stage, diego)
        assert "va en 50 % 🟢● conforme al plan y lo planeado es 25 %; falta la observación" in page.text
        assert "falta la firma" in page.text and "cierra el viernes 5 de abril (quedan 3 días" in page.text
        assert "1 observación, la presentación y la firma" not in page.text
        staff = await owed(stage, ana)
        assert "De la persona titular: la presentación, 1 observación y la firma." in staff.text
        await tap(stage, diego, "1 · 💬 Observación")
        await diego.send("Se adelantó el segundo documento.")
        await stage.settled()
        await tap(stage, diego, "✅ Guardar")
        await diego.tap("🔄 Actualizar", page)
        again = await diego.wait_for("Pendientes")
        assert "observación" not in again.text
        present(stage)
        signable = await owed(stage, diego)
        assert "Falta 1 de " in signable.text
        asked = await tap(stage, diego, "1 · 🖊 Firmar")
        assert "✅" in asked.keyboard()[0][0]
        await tap(stage, diego, asked.keyboard()[0][0])
        await diego.tap("🔄 Actualizar", signable)
        assert "El trimestre está firmado." in (await diego.wait_for("Todo listo ✅")).text


async def test_a_reopened_quarter_shows_its_end(tmp_path: Path) -> None:
    async with Stage(tmp_path, now=MAY) as stage:
        diego, paloma = await stage.enter(DIEGO), await stage.enter(PALOMA)
        assert "cerró el viernes 5 de abril" in (await owed(stage, diego, "T1")).text
        with database.transaction(stage.app.engine) as session:
            unit = session.exec(select(Unit.id).where(Unit.key == "juridica")).one() or 0
            facts: dict[str, Any] = {"reason": "Faltó una.", "until": date(2024, 5, 10), "reopened_at": MAY}
            session.add(Reopening(unit_id=unit, year=2024, quarter=1, **facts))
        assert "cierra el viernes 10 de mayo (quedan 2 días" in (await owed(stage, diego, "T1")).text
        assert "cerró el viernes 5 de abril" in (await owed(stage, paloma, "T1")).text
        await diego.send("/calendario T1")
        assert "se reabrió hasta el viernes 10 de mayo" in (await diego.wait_for("Calendario")).text


async def test_a_pending_quantity_can_be_settled_from_the_list(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    engine = stage.app.engine
    first = store(engine, line=1, claimed=(Claimed(1), Claimed(3, 2)), by=ANA.telegram_id)
    page = await owed(stage, ana)
    assert "1 cantidad todavía no cuenta" in page.text
    place = next(text for row in page.keyboard() for text in row if "Ya cuenta" in text)
    assert "¿Cuánto" in (await tap(stage, ana, place)).text or "2" in (await ana.last()).text
    await tap(stage, ana, "✖️ Cancelar")
    second = store(engine, line=1, claimed=(Claimed(1), Claimed(2, 1)), by=ANA.telegram_id)
    await ana.tap("🔄 Actualizar", page)
    page = await ana.wait_for("2 cantidades todavía no cuentan")
    await ana.tap(place, page)
    listed = await ana.wait_for("Todavía no cuentan")
    assert listed.id == page.id and f"n.º {first}" in listed.text and f"n.º {second}" in listed.text
    assert listed.keyboard()[:2] == [
        [f"☑️ Ya cuenta: 2 acuerdos (n.º {first})"],
        [f"☑️ Ya cuenta: 1 acuerdo (n.º {second})"],
    ]
    await tap(stage, ana, f"☑️ Ya cuenta: 1 acuerdo (n.º {second})", "Todo (1)", "Hoy", "✅ Registrar")
    await ana.tap("⬅️ Pendientes", listed)
    assert "1 cantidad todavía no cuenta" in (await ana.wait_for("Pendientes")).text


async def test_many_without_evidence_are_listed_by_pages(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    for day in range(1, 9):
        store(
            stage.app.engine, line=2, on=date(2024, 3, day), claimed=(Claimed(0),), narrative=f"Paso <{day}>"
        )
    page = await owed(stage, ana)
    place = next(text for row in page.keyboard() for text in row if "Ver cuáles" in text)
    assert "8 actividades sin evidencia" in page.text
    listed = await tap(stage, ana, place)
    assert listed.id == page.id and "Paso <1>" in listed.text and "Paso <7>" not in listed.text
    assert listed.keyboard()[0] == ["n.º 1 · 1 de marzo"] and ["Más ➡️"] in listed.keyboard()
    more = await tap(stage, ana, "Más ➡️")
    assert "Paso <7>" in more.text and "Paso <1>" not in more.text
    show(stage, 7, 8)
    line = line_of(stage.app.engine, "juridica", 2).id
    await ana.forge(f"due:e:{line}:2024-T1:6", more)  # that page is empty, so the first is shown
    assert "Paso <1>" in (await ana.wait_for("Sin evidencia")).text


async def test_a_returned_activity_is_corrected_from_the_list(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    number = store(stage.app.engine, by=ANA.telegram_id)
    with database.transaction(stage.app.engine) as session:
        by = session.exec(select(Person.id).where(Person.telegram_id == DIEGO.telegram_id)).one() or 0
        session.add(
            Return(activity_id=number, version=1, reason="Falta algo.", returned_by=by, returned_at=MORNING)
        )
    page = await owed(stage, ana)
    assert f"1. ❗️ actividad devuelta, por corregir: /actividad_{number}" in page.text
    card = await tap(stage, ana, "1 · ✏️ Corregir")
    assert f"n.º {number}" in card.text
    assert "actividad devuelta" in (await owed(stage, diego)).text


async def test_planning_sees_every_unit_and_its_duties(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    on_plan(stage)
    present(stage)
    page = await owed(stage, paloma)
    assert "Pendientes · SESAECH" in page.text and "✅ todo listo · Jurídica" in page.text
    assert "6 · Apoyo Administrativo" in page.text
    unit = await tap(stage, paloma, "Apoyo Administrativo")
    assert unit.id == page.id and "Pendientes · Unidad de Apoyo Administrativo" in unit.text
    assert "falta la presentación del trimestre" in unit.text
    assert ["1 · ➕ Registrar", "1 · 💤 Sin movimiento"] in unit.keyboard()
    later = await tap(stage, paloma, "T2")
    assert "Comienza el lunes 1 de abril." in later.text and "Todo listo" not in later.text
    assert "Comienza" in (await owed(stage, paloma, "T3")).text
    assert "Jurídica" in (await owed(stage, paloma, "dj")).text


async def test_people_who_only_read_have_no_buttons_to_complete_duties(stage: Stage) -> None:
    olga, tere = await stage.enter(OLGA), await stage.enter(TERE)
    store(stage.app.engine, line=2, narrative="Secreto.")
    for phone in (olga, tere):
        page = await owed(stage, phone, "juridica")
        assert "1 actividad sin evidencia" in page.text and "Secreto" not in page.text
        assert page.keyboard() == [["• T1", "T2", "T3", "T4"], ["🔄 Actualizar"]]
    assert "Pendientes · SESAECH" in (await owed(stage, olga)).text


async def test_a_person_with_several_units_chooses_one(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send(f"/start {stage.invite(ANA_TOO)}")
    await stage.settled()
    page = await owed(stage, ana)
    assert "Sus órganos administrativos" in page.text and "Faltan 6 de 6 cosas." in page.text
    assert "3 · Transparencia\n3 · Jurídica" in page.text  # without the directors' duties
    on_plan(stage)
    assert "✅ de su parte · Jurídica" in (await owed(stage, ana)).text
    assert page.keyboard()[0] == ["Transparencia", "Jurídica"]
    assert "Pendientes · Dirección Jurídica" in (await tap(stage, ana, "Jurídica")).text


async def test_groups_get_only_the_numbers_of_duties(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    stage.world.add_group(GROUP, "Grupo", [ANA.telegram_id])
    for _ in range(2):
        store(stage.app.engine, line=2, narrative="Secreto.")
    await ana.send("/pendientes", chat=GROUP)
    page = await ana.wait_for("Pendientes")
    assert page.keyboard() == [["• T1", "T2", "T3", "T4"], ["🔄 Actualizar"]]
    line = line_of(stage.app.engine, "juridica", 2).id
    await ana.forge(f"due:e:{line}:2024-T1:0", page)
    assert (await ana.answer()).text == general.PRIVATE_ONLY


FORGED = """
    due due: due:x due:u due:u:1 due:u:1:2024-T1 due:u:x:2024-T1:0 due:u:1:2024-T1:-1 due:u:1:2024-T9:0
    due:u:999:2024-T1:0 due:u:1:2031-T1:0 due:w due:w:x due:o:2024-T5 due:e:999:2024-T1:0
    due:u:99999999999:2024-T1:0 due:p:1:2024-T1:x reg reg:x cal cal:v cal:v:1 cal:v:999:2024-T1
    cal:v:0:9999-T4 cal:r:x cal:z calm calm:x calr calr:2024-13-01
"""


async def test_forged_buttons_are_answered_as_stale(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    page = await owed(stage, paloma)
    for data in FORGED.split():
        await paloma.forge(data, page)
        assert (await paloma.answer()).text == rejections.SENTENCES["stale_button"], data
    await paloma.forge("due:=", page)
    assert (await paloma.answer()).text == "Es lo que está viendo."
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Activity)).all() == []


async def test_other_units_narratives_cannot_be_opened(stage: Stage) -> None:
    tere = await stage.enter(TERE)
    for _ in range(2):
        store(stage.app.engine, line=2, narrative="Secreto.")
    page = await owed(stage, tere, "juridica")
    line = line_of(stage.app.engine, "juridica", 2).id
    for data in (f"due:e:{line}:2024-T1:0", f"due:p:{line}:2024-T1:0", f"reg:{line}"):
        await tere.forge(data, page)
        assert (await tere.answer()).text == rejections.SENTENCES["not_allowed"]


@pytest.mark.parametrize(("words", "answer"), [("xyzzy", "No reconozco"), ("2031", "No hay un programa")])
async def test_missing_years_units_and_quarters_are_refused(stage: Stage, words: str, answer: str) -> None:
    ana = await stage.enter(ANA)
    for command in ("/pendientes", "/calendario"):
        await ana.send(f"{command} {words}")
        await ana.wait_for(answer)
