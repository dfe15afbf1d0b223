"""`/programa`: pages, adjusting a target, the workbook."""

from datetime import UTC, datetime

from sqlmodel import select

from models.programme_changes.rows import stored
from models.programme_file.file import read
from models.storage import database
from models.storage.audit import verify
from models.tables.audit import Audit
from models.tables.programme import Adjustment
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, PALOMA, Stage


async def _line(paloma: Phone) -> None:
    await paloma.send("/programa juridica 1")
    await paloma.wait_for("Dirección Jurídica · Línea 1")


async def adjusted(paloma: Phone, amount: str, plan: str, since: str) -> None:
    """Adjust «Actas» of the first line, all steps."""
    await _line(paloma)
    await paloma.tap("🎯 Ajustar actas")
    await paloma.wait_for("¿Cuál es la nueva cantidad?")
    await paloma.send(amount)
    await paloma.wait_for("por trimestre")
    await paloma.send(plan)
    await paloma.wait_for("¿Desde qué día vale?")
    await paloma.send(since)
    await paloma.wait_for("¿Por qué se ajusta?")
    await paloma.send("Acuerdo 4 de la segunda sesión")
    await paloma.wait_for("¿Con qué oficio")
    await paloma.tap("Sin oficio")
    await paloma.wait_for("La meta original se conserva")
    await paloma.tap("✅ Ajustar")
    await paloma.wait_for("Ajustada")


async def test_the_programme_is_shown_by_unit_and_line(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/programa")
    whole = await paloma.wait_for("Programa 2024")
    assert "• Jurídica: 3 líneas, 4 metas" in whole.text
    await paloma.tap("Jurídica", whole)
    unit = await paloma.wait_for("1 Documentos necesarios para las sesiones")
    assert "16 actas · 12 acuerdos" in unit.text
    await paloma.tap("1", unit)
    line = await paloma.wait_for("Programada: 16 (plan: 4, 4, 4, 4)")
    assert line.keyboard()[:2] == [["🎯 Ajustar actas"], ["🎯 Ajustar acuerdos"]]
    await paloma.send("/programa 2031")
    await paloma.wait_for("2031")


async def test_an_adjustment_applies_from_its_day_on(stage: Stage) -> None:
    """8 of 16 actas on 31 March; from 1 March on the target is 20, planned 0 8 6 6."""
    store(stage.app.engine, "juridica", 1, claimed=(Claimed(8), Claimed(6)))
    paloma = await stage.enter(PALOMA)
    await adjusted(paloma, "20", "0, 8, 6, 6", "1 de mayo")
    await _line(paloma)
    line = await paloma.last()
    assert "Programada: 16 (plan: 4, 4, 4, 4)" in line.text
    assert "Ajustada desde el 1 de mayo: 20 (plan: 0, 8, 6, 6). Acuerdo 4 de la segunda" in line.text
    await stage.move_to(datetime(2024, 5, 2, 15, tzinfo=UTC))
    await paloma.send("/avance juridica 1 T1")
    assert "8 de 16" in (await paloma.wait_for("1er trimestre")).text
    await paloma.tap("T2")
    assert "8 de 20" in (await paloma.wait_for("2do trimestre")).text
    with database.transaction(stage.app.engine) as session:
        audit = session.exec(select(Audit).where(Audit.action == "adjust")).one()
        assert audit.actor == "person:1" and audit.before == {"amount": "16", "plan": ["4"] * 4}
        assert verify(session).broken_at is None


async def test_impossible_answers_are_refused_at_each_step(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await _line(paloma)
    await paloma.tap("🎯 Ajustar actas")
    await paloma.wait_for("¿Cuál es la nueva cantidad?")
    for said, answer in (
        ("0", "de más de 0"),
        ("12.5", "en enteros"),
        ("dos mil millones", "a 1,000,000,000"),
        ("las que se pueda", "No entendí la cantidad"),
    ):
        await paloma.send(said)
        await paloma.wait_for(answer)
    await paloma.send("18")
    await paloma.wait_for("por trimestre")
    for said, answer in (
        ("4 4 4", "Leí 3 cantidades"),
        ("4, 4, 4, 4", "El plan suma 16 y la meta es 18"),
        ("9, 9, 9, ?", "El plan suma 27 y la meta es 18"),
    ):
        await paloma.send(said)
        await paloma.wait_for(answer)
    await paloma.send("4 4 ? ?")
    await paloma.wait_for("¿Desde qué día vale?")
    await paloma.send("1 de marzo de 2023")
    await paloma.wait_for("Escriba un día de 2024")
    await paloma.tap("Desde hoy")
    await paloma.wait_for("¿Por qué se ajusta?")
    await paloma.send("/cancelar")
    await paloma.wait_for("No se ajustó nada")
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Adjustment)).all() == []


async def test_an_adjustment_without_changes_is_refused(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await _line(paloma)
    await paloma.tap("🎯 Ajustar actas")
    await paloma.wait_for("¿Cuál es la nueva cantidad?")
    for said in ("16", "4, 4, 4, 4", "1 de marzo", "Porque sí", "ST/1"):
        await paloma.send(said)
        await paloma.wait_for(lambda message: True)
    await paloma.tap("✅ Ajustar")
    assert "La meta ya es esa" in (await paloma.answer()).text


async def test_the_workbook_is_the_programme_as_stored(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/programa")
    await paloma.wait_for("Programa 2024")
    await paloma.tap("📤 Exportar a Excel")
    sent = await paloma.wait_for(lambda message: message.media is not None)
    assert sent.media is not None and sent.media.name == "programa-2024.xlsx"
    with database.transaction(stage.app.engine) as session:
        assert read(await paloma.fetch(sent)).programme == stored(session, 2024)


async def test_only_planning_changes_the_programme(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/programa")
    await ana.wait_for("no está disponible para su función")


async def test_the_example_of_a_plan_adds_up_to_its_target(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await _line(paloma)
    await paloma.tap("🎯 Ajustar acuerdos")
    await paloma.wait_for("¿Cuál es la nueva cantidad?")
    await paloma.send("12")
    assert "por ejemplo «3, 3, 3, 3»" in (await paloma.wait_for("por trimestre")).text
    await paloma.send("3 3 3")
    assert "Escriba por ejemplo «3, 3, 3, 3»" in (await paloma.wait_for("Leí 3 cantidades")).text
    await paloma.send("/cancelar")
