"""Targets whose amounts do not add up, with long titles and keys: captured, shown, signed and reported."""

import csv
import io
import json
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import openpyxl
import pytest
from sqlmodel import select

from models.programme.view import programmes
from models.quarter import Quarter
from models.storage import database
from models.tables.activity import Activity, Entry, Settlement
from models.tables.people import Person, Role
from tests.support.database.signed_quarter import signed, unit_of
from tests.support.phones.optional_fields import answer_optional
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import PALOMA, Part, Stage

PROGRAMME = Path(__file__).parents[2] / "data" / "rates.yaml"
ZONE = ZoneInfo("America/Mexico_City")
KEY = "ventanilla-unica-de-tramites-y-licencias-de-construccion"
VERO = Part(701, "Vero Ventanilla", Role.STAFF, KEY)
DANI = Part(702, "Dani Directora", Role.DIRECTOR, KEY)
T1 = Quarter(2024, 1)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Stage]:
    (tmp_path / "programme.yaml").write_text(PROGRAMME.read_text(encoding="utf-8"), encoding="utf-8")
    async with Stage(tmp_path, now=datetime(2024, 3, 20, 9, tzinfo=ZONE)) as stage:
        yield stage


async def card(phone: Phone, line: str, quantities: list[str], day: str) -> Message:
    """Step by step, up to the card."""
    await phone.send("/registrar")
    await phone.wait_for("¿A qué línea")
    await phone.tap(f"{line} · ")
    for quantity in quantities:
        await phone.wait_for("¿Qué ")  # «¿Qué cantidad…?», «¿Qué valor se midió…?»
        await phone.send(quantity)
    await phone.wait_for("¿Qué día")
    await phone.send(day)
    await phone.wait_for("qué se hizo")
    await phone.send("Se midió lo del mes en la ventanilla.")
    await answer_optional(phone)
    return await phone.wait_for("Por registrar")


async def register(phone: Phone, line: str, quantities: list[str], day: str) -> Message:
    shown = await card(phone, line, quantities, day)
    await phone.tap("✅ Registrar")
    await phone.wait_for("Registrada")
    return shown


def store(stage: Stage, line: int, on: date, *quantities: int, pending: int = 0) -> int:
    """One activity with that quantity, scaled, of each target; its number."""
    now = stage.app.clock.now()
    with database.transaction(stage.app.engine) as session:
        placed = next(each for each in programmes(session).years[2024].units if each.key == KEY).line(line)
        assert placed is not None
        activity = Activity(
            unit_id=placed.unit_id,
            line_id=placed.id,
            starts_on=on,
            ends_on=on,
            narrative="Se midió lo del mes en la ventanilla.",
            registered_at=now,
            said_at=now,
        )
        session.add(activity)
        session.flush()
        assert activity.id is not None
        for target, quantity in zip(placed.targets, quantities, strict=True):
            entry = Entry(activity_id=activity.id, target_id=target.id, quantity=quantity, pending=pending)
            session.add(entry)
        return activity.id


async def ask(phone: Phone, text: str) -> str:
    await phone.send(text)
    return (await phone.wait_for(lambda message: True)).text


async def origin(phone: Phone) -> str:
    await phone.tap("¿De dónde sale?")
    return (await phone.wait_for(lambda message: True)).text


async def test_the_last_value_by_its_day_is_the_figure(office: Stage) -> None:
    vero = await office.enter(VERO)
    assert "todavía sin valor (meta: 90 %)" in await ask(vero, "/avance 1")
    await vero.send("/registrar")
    await vero.wait_for("¿A qué línea")
    await vero.tap("1 · ")
    asked = await vero.wait_for("¿Qué valor se midió (%)?")
    assert "no se suma a los anteriores" in asked.text and asked.keyboard()[0] == ["0"]
    await vero.send("/cancelar")
    await vero.wait_for("cancelada")
    first = await register(vero, "1", ["82"], "31 de enero")
    assert "82 % (queda en 82 %, el último valor; la meta es 90 %)" in first.text
    await register(vero, "1", ["87.5"], "29 de febrero")
    earlier = await register(vero, "1", ["70"], "10 de febrero")
    assert "70 % (queda en 87.5 %, el último valor; la meta es 90 %)" in earlier.text
    page = await ask(vero, "/avance 1")
    assert (
        "97 %, conforme al plan (89 %) 🟢●" in page
    )  # 87.5 ÷ 90, against a level of 80 in the first quarter
    assert "último valor: 87.5 % (meta: 90 %)" in page
    assert "Planeado al cierre: 80 · ya debía estar: 0" in page
    entries = [line for line in (await origin(vero)).splitlines() if "n.º" in line]
    assert [line[0] for line in entries] == ["↪", "↪", "✔"]
    assert entries[1].endswith("no cuenta, hay un valor posterior") and "87.5 %" in entries[2]


async def test_the_mean_of_the_values_is_the_figure(office: Stage) -> None:
    vero = await office.enter(VERO)
    await register(vero, "2", ["8.5"], "10 de febrero")
    second = await register(vero, "2", ["9.1"], "10 de marzo")
    assert "9.1 puntos (queda en 8.8 puntos, el promedio; la meta es 9 puntos)" in second.text
    page = await ask(vero, "/avance 2")
    assert "98 %, conforme al plan (100 %) 🟢●" in page and "promedio de 8.8 puntos (meta: 9 puntos)" in page
    assert "8.8 ÷ 9 ≈ 97.78 %" in await origin(vero)


async def test_a_rate_beside_a_sum_is_never_added_to_it(office: Stage) -> None:
    vero = await office.enter(VERO)
    shown = await register(vero, "4", ["12", "75"], "10 de marzo")
    assert "12 inspecciones (llevan 0 de 40) · 75 porcentaje a tiempo (queda en 75" in shown.text
    assert "12 de 40 inspecciones · promedio de 75 porcentaje a tiempo" in await ask(vero, "/avance")
    await ask(vero, "/avance 4")
    assert "(12 ÷ 40 + 75 ÷ 80) ÷ 2 ≈ 61.88 %" in await origin(vero)


async def test_a_rate_is_met_once_its_last_period_has_ended(office: Stage) -> None:
    vero = await office.enter(VERO)
    store(office, 1, date(2024, 3, 15), 925)
    assert "103 %, conforme al plan (89 %) 🟢●" in await ask(vero, "/avance 1")
    await office.move_to(datetime(2024, 12, 31, 12, tzinfo=ZONE))
    assert "103 %, meta cumplida ✅" in await ask(vero, "/avance 1")
    store(office, 1, date(2024, 12, 30), 600)
    assert "67 %, atrasada (plan: 100 %) 🔴■" in await ask(vero, "/avance 1")  # it fell again


async def test_what_waits_and_what_is_withdrawn_is_no_value(office: Stage) -> None:
    vero = await office.enter(VERO)
    store(office, 1, date(2024, 1, 31), 800)
    waiting = store(office, 1, date(2024, 2, 29), 850, pending=850)
    gone = store(office, 1, date(2024, 3, 15), 990)
    with database.transaction(office.app.engine) as session:
        session.get_one(Activity, gone).withdrawn_at = office.app.clock.now()
    assert "último valor: 80 % (meta: 90 %)" in await ask(vero, "/avance 1")
    with database.transaction(office.app.engine) as session:
        entry = session.exec(select(Entry).where(Entry.activity_id == waiting)).one()
        now = office.app.clock.now()
        assert entry.id is not None
        session.add(
            Settlement(
                entry_id=entry.id, quantity=850, counts_on=date(2024, 3, 19), registered_at=now, said_at=now
            )
        )
    assert "último valor: 85 % (meta: 90 %)" in await ask(vero, "/avance 1")


async def test_another_word_for_a_measure_is_read_as_the_measure(office: Stage) -> None:
    vero = await office.enter(VERO)
    await vero.send("Ayer se entregaron 14 fichas en la orientación en ventanilla")
    shown = await vero.wait_for("Por registrar")
    assert "14 asesorías (llevan 0 de 400)" in shown.text


async def receive(phone: Phone, label: str) -> bytes:
    await phone.send("/informe")
    await phone.wait_for("¿En qué formato lo quiere?")
    await phone.tap(label)
    message = await phone.wait_for(lambda message: message.media is not None)
    return await phone.fetch(message)


async def first_quarter(stage: Stage) -> Phone:
    """Values of three months, and the director in April."""
    dani = await stage.enter(DANI)
    for month, rate, mean in ((1, 820, 850), (2, 875, 910), (3, 860, 890)):
        store(stage, 1, date(2024, month, 20), rate)
        store(stage, 2, date(2024, month, 20), mean)
    store(stage, 4, date(2024, 3, 20), 12, 750)
    await stage.move_to(datetime(2024, 4, 2, 9, tzinfo=ZONE))
    await stage.settled()
    return dani


async def test_the_report_says_a_last_value_and_a_mean(office: Stage) -> None:
    dani = await first_quarter(office)
    document = docx.Document(io.BytesIO(await receive(dani, "📄 Word")))
    text = "\n".join(each.text for each in document.paragraphs)
    assert "Informe Primer Trimestre del Instituto" in text
    assert "se tiene un avance del 96\u00a0%: último valor: 86 % (meta: 90 %)." in text
    assert "se tiene un avance del 98\u00a0%: promedio de 8.83 puntos (meta: 9 puntos)." in text
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["%: programado", "80", "85", "90", "90", "90"] in cells
    assert ["%: último valor", "86", "–", "–", "–", "86"] in cells
    assert ["Trimestre", "70", "75"] in cells  # the months' levels do not add up either


async def test_the_data_say_how_amounts_combine(office: Stage) -> None:
    dani = await first_quarter(office)
    shape = json.loads(await receive(dani, "JSON"))
    targets = [target for line in shape["units"][0]["lines"] for target in line["targets"]]
    assert [(each["counted"], each["combine"]) for each in targets] == [
        ("86", "latest"), ("8.83", "average"), ("0", "sum"), ("12", "sum"), ("75", "average"),
    ]  # fmt: skip
    assert targets[0]["by_quarter"] == ["80/1", "85/1", "90/1", "90/1"]
    table = list(csv.DictReader(io.StringIO((await receive(dani, "CSV")).decode("utf-8-sig"))))
    assert [each["se_combina"] for each in table][:3] == ["último valor", "promedio", "suma"]
    assert [each["realizado"] for each in table][:2] == ["86", "8.83"]
    book = openpyxl.load_workbook(io.BytesIO(await receive(dani, "📊 Excel")))
    head, *rows = [[cell.value for cell in row] for row in book["Avance"].iter_rows()]
    at = next(place for place, row in enumerate([head, *rows]) if "Se combina" in row)
    columns, found = [head, *rows][at], [head, *rows][at + 1]
    assert found[columns.index("Se combina")] == "Último valor" and found[columns.index("Realizado")] == 86
    platform = openpyxl.load_workbook(io.BytesIO(await receive(dani, "🏛 Tabla PNT")))
    said = {cell.value for row in platform.active.iter_rows() for cell in row}
    assert "Último valor registrado (%) / Meta programada (%) x 100" in said
    assert "No especificada" in said and "96 %" in said


async def test_what_is_signed_keeps_how_it_was_combined(office: Stage) -> None:
    dani = await first_quarter(office)
    with database.transaction(office.app.engine) as session:
        assert session.exec(select(Person).where(Person.telegram_id == DANI.telegram_id)).one()
        signed(session, DANI.telegram_id, unit_of(session, KEY), T1, office.app.clock.now())
    store(office, 1, date(2024, 3, 30), 500)
    page = await ask(dani, "/avance 1 T1")
    assert "último valor: 86 % (meta: 90 %)" in page and "hoy sería 56 %" in page
    entries = [line[0] for line in (await origin(dani)).splitlines() if "n.º" in line]
    assert entries == ["↪", "↪", "✔"]


async def test_long_titles_and_keys_go_into_every_format(office: Stage) -> None:
    dani = await first_quarter(office)
    for label in ("📄 Word", "📕 PDF", "📊 Excel", "🏛 Tabla PNT", "CSV", "JSON"):
        assert len(await receive(dani, label)) > 1000, label


async def test_a_target_combines_otherwise_from_a_day_on_and_with_a_reason(office: Stage) -> None:
    """400 asesorías as a sum in the first quarter, as the last value from April on."""
    paloma = await office.enter(PALOMA)
    store(office, 3, date(2024, 2, 10), 30)
    store(office, 3, date(2024, 3, 10), 50)
    text = PROGRAMME.read_text(encoding="utf-8").replace("amount: 400,", "amount: 400, combine: latest,")
    await paloma.send_file("programa.yaml", text.encode())
    await paloma.wait_for("¿Es el programa anual o evidencia?")
    await paloma.tap("📘 Es el programa anual")
    await paloma.wait_for("¿Desde qué día valen los ajustes")
    await paloma.send("1 de abril")
    await paloma.wait_for("¿Por qué se ajusta?")
    await paloma.send("Se mide lo que hay en espera")
    await paloma.wait_for("¿Con qué oficio")
    await paloma.tap("Sin oficio")
    shown = await paloma.wait_for("Esto cambiaría")
    assert "🎯 Ventanilla de Licencias 3 · Asesorías: se combina suma → último valor" in shown.text
    await paloma.tap("✅ Aplicar", shown)
    await paloma.wait_for("Aplicado")
    await office.move_to(datetime(2024, 4, 20, 9, tzinfo=ZONE))
    assert "80 de 400" in await ask(paloma, "/avance ventanilla 3 T1")
    assert "último valor: 50 asesorías (meta: 400 asesorías)" in await ask(paloma, "/avance ventanilla 3 T2")
    page = await ask(paloma, "/programa ventanilla 3")
    assert "Programada: 400 (sin plan propio: por igual en cada trimestre)" in page
    assert "Ajustada desde el 1 de abril: 400 (último valor; todo el año)" in page


async def test_a_rate_is_adjusted_with_the_level_of_each_quarter(office: Stage) -> None:
    paloma = await office.enter(PALOMA)
    page = await ask(paloma, "/programa ventanilla 1")
    assert "Programada: 90 (último valor; niveles: 80, 85, 90, 90)" in page
    await paloma.tap("🎯 Ajustar %")
    await paloma.wait_for("¿Cuál es la nueva cantidad?")
    await paloma.send("92")
    await paloma.wait_for("¿Qué nivel va en cada trimestre para llegar a 92?")
    for levels in ("23, 23, 23, 23", "95, 92, 92, 92"):
        await paloma.send(levels)
        await paloma.wait_for("ninguna pasa de 92 y la última es 92")
    await paloma.send("80, 85, 90, 92")
    await paloma.wait_for("¿Desde qué día vale?")
    await paloma.tap("Desde el inicio del año")
    await paloma.wait_for("¿Por qué se ajusta?")
    await paloma.send("Acuerdo 4 de la segunda sesión")
    await paloma.wait_for("¿Con qué oficio")
    await paloma.tap("Sin oficio")
    card = await paloma.wait_for("La meta original se conserva")
    assert "Ahora: 92 (último valor; niveles: 80, 85, 90, 92)" in card.text
    await paloma.tap("✅ Ajustar")
    await paloma.wait_for("Ajustada")
    assert "último" in await ask(paloma, "/programa ventanilla 1")
