"""`/calendario` over HTTP: what it shows, and what planning changes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from handlers.texts import rejections
from models.storage import audit, database
from models.tables.agenda import CloseMove, DayOff
from models.tables.audit import Audit
from models.tables.people import Person
from tests.support.phones.phone import Message, Phone
from tests.support.phones.replies import tap
from tests.support.phones.stage import ANA, DIEGO, PALOMA, Stage

JANUARY = datetime(2025, 1, 7, 15, tzinfo=UTC)


async def ask(phone: Phone, said: str = "/calendario", wanted: str = "Calendario") -> Message:
    await phone.send(said)
    return await phone.wait_for(wanted)


def deeds(stage: Stage) -> list[tuple[str, str]]:
    with database.transaction(stage.app.engine) as session:
        assert audit.verify(session).broken_at is None
        rows = session.exec(select(Audit).order_by(Audit.seq)).all()  # type: ignore[arg-type]
        return [
            (each.action, each.subject) for each in rows if "day" in each.action or "close" in each.action
        ]


async def test_everybody_sees_the_close_line_ends_and_days_off(stage: Stage) -> None:
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    mine = await ask(ana)
    for words in (
        "Calendario · Dirección Jurídica\n1er trimestre 2024",
        "Termina el domingo 31 de marzo",
        "La captura cierra el viernes 5 de abril (quedan 12 días hábiles)",
        "31 de diciembre: líneas 1, 2 y 3",
        "miércoles 1 de mayo: Día del Trabajo",
        "viernes 10 de mayo\n",
        "martes 1 de octubre: Cambio del Poder Ejecutivo Federal",
    ):
        assert words in mine.text
    assert mine.keyboard() == [["• T1", "T2", "T3", "T4"]]
    third = await tap(ana, "T3", "3er trimestre")
    assert third.id == mine.id and "cierra el martes 8 de octubre" in third.text
    whole = await ask(paloma)
    assert "31 de marzo: 1 línea (Archivo)" in whole.text and "31 de diciembre: 20 líneas" in whole.text
    assert "Unidad de Transparencia" in (await ask(paloma, "/calendario transparencia T2")).text


async def test_in_january_the_last_quarter_is_shown_until_its_close(tmp_path: Path) -> None:
    async with Stage(tmp_path, now=JANUARY) as stage:
        ana = await stage.enter(ANA)
        page = await ask(ana)
        assert "4to trimestre 2024" in page.text and "Terminó el martes 31 de diciembre de 2024" in page.text
        assert "cierra el miércoles 8 de enero (queda 1 día hábil)" in page.text
        assert "Terminan las líneas" not in page.text
        stage.world.advance(86400)
        assert "cierra hoy, al terminar el día" in (await ask(ana)).text
        stage.world.advance(86400)
        assert "cerró el miércoles 8 de enero" in (await ask(ana)).text


async def test_planning_moves_a_close_and_the_others_see_it_at_once(stage: Stage) -> None:
    paloma, ana = await stage.enter(PALOMA), await stage.enter(ANA)
    shown = await ask(ana)
    await ask(paloma)
    asked = await tap(paloma, "📆 Mover el cierre", "¿A qué día pasa?")
    assert asked.keyboard()[:2] == [["lun 8 abr", "mar 9 abr"], ["mié 10 abr", "vie 12 abr"]]
    for text, reason in (
        ("ayer", "close_in_past"),
        ("30 de marzo", "close_out_of_range"),
        ("2 de julio", "close_out_of_range"),
        ("5 de abril", "close_unchanged"),
        ("6 de abril", "close_on_day_off"),
        ("del 8 al 9 de abril", "one_day_only"),
        ("nunca", "day_unreadable"),
    ):
        sentence = rejections.SENTENCES[reason].partition("{")[0]
        await ask(paloma, text, sentence)
    await tap(paloma, "mié 10 abr", "¿Por qué motivo?")
    await ask(paloma, "…", "Escriba con palabras el motivo")
    card = await ask(paloma, "Semana <de> Pascua", "pasa del viernes 5 de abril al miércoles 10 de abril")
    assert "Motivo: Semana <de> Pascua" in card.text and deeds(stage) == []
    await tap(paloma, "✅ Guardar", "Cierre movido")
    stage.world.advance(60)
    told = await ana.wait_for("Planeación movió el cierre del 1er trimestre 2024")
    assert "ahora es el miércoles 10 de abril (antes, el viernes 5 de abril)" in told.text
    assert told.keyboard() == [["📅 Ver el calendario"]]
    await ana.tap("📅 Ver el calendario", told)
    await ana.wait_for("La captura cierra el miércoles 10 de abril")
    await ana.tap("T2", shown)
    await ana.wait_for("2do trimestre")
    again = await tap(ana, "T1", "La captura cierra el miércoles 10 de abril (quedan 15 días hábiles)")
    assert again.id == shown.id and "Planeación movió el cierre: Semana <de> Pascua" in again.text
    assert "cierra el miércoles 10 de abril" in (await ask(ana, "/pendientes", "Pendientes")).text
    assert deeds(stage) == [("move close", "quarter:2024-T1")]
    await paloma.forge(card.rows[0][0].data or "", card)
    assert "no se registró otra vez" in (await paloma.answer()).text
    with database.transaction(stage.app.engine) as session:
        (row,) = session.exec(select(CloseMove)).all()
        by = session.exec(select(Person.id).where(Person.telegram_id == PALOMA.telegram_id)).one()
        assert (row.closes_on.isoformat(), row.made_by) == ("2024-04-10", by)


async def test_days_off_are_added_and_taken_away(stage: Stage) -> None:
    paloma, ana = await stage.enter(PALOMA), await stage.enter(ANA)
    page = await ask(paloma)
    assert "➖" not in str(page.keyboard())
    await tap(paloma, "➕ Añadir día inhábil", "¿Qué día?")
    for text, reason in (
        ("19 de marzo", "day_off_in_past"),
        ("10 de mayo", "already_day_off"),
        ("del 30 al 31 de marzo", "already_day_off"),
        ("del 1 de abril al 2 de mayo", "too_many_days_off"),
        ("1 de abril de 2027", "day_off_too_far"),
        ("del 9 al 8 de abril", "days_out_of_order"),
    ):
        await ask(paloma, text, rejections.SENTENCES[reason].partition("{")[0])
    await ask(paloma, "del 28 de marzo al 2 de abril", "¿Por qué motivo?")
    card = await ask(paloma, "Semana Santa", "pasa del viernes 5 de abril al martes 9 de abril")
    assert "Días inhábiles: del 28 de marzo al 2 de abril" in card.text
    await tap(paloma, "✅ Guardar", "Añadido")
    seen = await ask(ana)
    assert "cierra el martes 9 de abril (quedan 10 días hábiles)" in seen.text
    assert "jueves 28 de marzo: Semana Santa" in seen.text
    with database.transaction(stage.app.engine) as session:
        assert len(session.exec(select(DayOff)).all()) == 4  # not the weekend
    await ask(paloma)
    choice = await tap(paloma, "➖ Quitar día inhábil", "¿Cuál vuelve a ser hábil?")
    assert choice.keyboard()[:2] == [["jue 28 mar", "vie 29 mar"], ["lun 1 abr", "mar 2 abr"]]
    card = await tap(paloma, "mar 2 abr", "Vuelve a ser día hábil")
    assert "pasa del martes 9 de abril al lunes 8 de abril" in card.text
    await tap(paloma, "✅ Guardar", "Quitado")
    await paloma.tap("mar 2 abr", choice)
    assert (await paloma.answer()).text == rejections.SENTENCES["already_working_day"]
    assert "cierra el lunes 8 de abril" in (await ask(ana)).text
    assert [action for action, _ in deeds(stage)] == ["add day off", "remove day off"]


async def test_a_close_on_a_day_off_is_pointed_out(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await ask(paloma)
    await tap(paloma, "📆 Mover el cierre", "¿A qué día pasa?")
    await tap(paloma, "mar 9 abr", "¿Por qué motivo?")
    await ask(paloma, "Puente", "Motivo: Puente")
    await tap(paloma, "✅ Guardar", "Cierre movido")
    await ask(paloma)
    await tap(paloma, "➕ Añadir día inhábil", "¿Qué día?")
    await ask(paloma, "9 de abril", "¿Por qué motivo?")
    await ask(paloma, "Desinfección", "⚠️ El cierre del 1er trimestre 2024 queda en día inhábil")


@pytest.mark.parametrize("button", ["calm:2024-T1", "cala", "calr:2024-04-01", "cal:r:2024-T1"])
async def test_only_planning_changes_the_calendar(stage: Stage, button: str) -> None:
    diego = await stage.enter(DIEGO)
    page = await ask(diego)
    await diego.forge(button, page)
    assert (await diego.answer()).text == rejections.SENTENCES["not_allowed"]


async def test_a_button_tapped_twice_opens_one_draft_and_cancelling_changes_nothing(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    page = await ask(paloma)
    await tap(paloma, "📆 Mover el cierre", "¿A qué día pasa?")
    await tap(paloma, "mar 9 abr", "¿Por qué motivo?")
    await paloma.tap("📆 Mover el cierre", page)
    await paloma.wait_for("¿Por qué motivo?")
    await tap(paloma, "✖️ Cancelar", "No se cambió nada")
    assert deeds(stage) == []
