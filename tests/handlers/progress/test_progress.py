"""`/avance` over HTTP, with the real quarter: pages, editing in place, how figures are calculated."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.demo.first_quarter import first_quarter
from models.storage import database
from models.tables.activity import Activity
from tests.support.database.first_quarter_rows import noon, store_first_quarter
from tests.support.phones.replies import ask, tap
from tests.support.phones.stage import ANA, OLGA, PALOMA, TERE, Part, Stage

SCREEN = 32  # lines that fit on a phone, long ones not counted twice


@pytest.fixture
async def spring(tmp_path: Path) -> AsyncIterator[Stage]:
    """The running bot with the whole first quarter, on its last day."""
    async with Stage(tmp_path, now=noon("2024-03-31")) as stage:
        with database.transaction(stage.app.engine) as session:
            store_first_quarter(session)
        yield stage


async def test_avance_shows_a_units_lines_with_bar_signal_and_amounts(spring: Stage) -> None:
    ana = await spring.enter(ANA)
    answer = await ask(ana, "/avance")
    assert answer.text == (
        "Dirección Jurídica: 40 %, conforme al plan (25 %) 🟢●. "
        "Faltan 7 actas, 3 acuerdos y 10 documentos, 3 por publicar.\n"
        "1er trimestre 2024\n"
        "\n"
        "1 Documentos necesarios para las sesiones\n"
        "64 % 🟢● conforme al plan ▓▓▓▓▓░░░\n"
        "9 de 16 actas · 9 de 12 acuerdos (3 por publicar)\n"
        "2 Proyectos relativos a la normatividad…\n"
        "25 % 🟢● conforme al plan ▓▓░░░░░░\n"
        "1 de 4 documentos\n"
        "3 Proyectos de los instrumentos jurídicos\n"
        "30 % 🟢● conforme al plan ▓▓░░░░░░\n"
        "3 de 10 documentos\n"
        "\n"
        "Al 31 de marzo · 15 actividades · preliminar, sin firmar"
    )
    assert answer.keyboard() == [
        ["• T1", "T2", "T3", "T4"],
        ["1", "2", "3"],
        ["📊 Gráfica", "¿De dónde sale?"],
        ["🎨 Qué significa cada signo"],
    ]


async def test_avance_without_a_unit_shows_the_institution_in_six_lines(spring: Stage) -> None:
    olga = await spring.enter(OLGA)
    answer = await ask(olga, "/avance")
    head, rows, foot = answer.text.split("\n\n")
    assert head == (
        "SESAECH: 22 %, conforme al plan (23 %) 🟢●. "
        "Con retraso: Apoyo Administrativo y Sistemas Electrónicos y Plataforma Digital.\n1er trimestre 2024"
    )
    assert len(rows.splitlines()) == 6
    assert rows.splitlines()[-1] == "Jurídica: 40 % 🟢● conforme al plan ▓▓░░░░"
    number = sum(told.ends_on <= date(2024, 3, 31) for told in first_quarter().activities)
    assert foot == f"Al 31 de marzo · {number} actividades · preliminar: 0 de 6 firmadas"
    unit = await tap(olga, "Archivo")
    assert unit.id == answer.id and unit.text.startswith("Coordinación de Archivo: 36 %, ")
    origin = await tap(olga, "¿De dónde sale?")
    assert "3 · 15 ÷ 15 = 100 % · planeado 100 %" in origin.text
    assert "2 · 2 ÷ 7 ≈ 28.57 % · planeado 25 %" in origin.text


async def test_every_unit_fits_on_a_screen(spring: Stage) -> None:
    paloma = await spring.enter(PALOMA)
    for unit in ("apoyo", "transparencia", "archivo", "vinculación", "sistemas", "dj"):
        lines = (await ask(paloma, f"/avance {unit}")).text.splitlines()
        assert len(lines) <= SCREEN
        assert all(len(line) <= 60 or line.startswith("🔷") for line in lines[1:])


async def test_a_line_planned_for_later_says_so_and_is_white(spring: Stage) -> None:
    paloma = await spring.enter(PALOMA)
    answer = await ask(paloma, "/avance VINCULACION")
    assert "0 % ⚪○ planeada para después ░░░░░░░░\nMeta programada en el 3er y 4to trimestre" in answer.text
    assert "0 % ⚪○ planeada para después ░░░░░░░░\nMeta programada en el 3er trimestre" in answer.text
    assert "0 % ⚪○ planeada para después ░░░░░░░░\nMeta programada en el 4to trimestre" in answer.text
    line = await tap(paloma, "4")
    assert "Todavía no tiene nada planeado." in line.text
    assert "Meta programada en el 4to trimestre" in line.text


async def test_a_demand_driven_line_shows_the_institutions_note(spring: Stage) -> None:
    paloma = await spring.enter(PALOMA)
    answer = await ask(paloma, "/avance transparencia")
    assert "12.5 % 🔷" in answer.text
    assert "🔷 El avance no depende de la Secretaría Ejecutiva" in answer.text


async def test_quarter_buttons_edit_in_place_and_the_current_one_is_answered(spring: Stage) -> None:
    ana = await spring.enter(ANA)
    first = await ask(ana, "/avance")
    later = await tap(ana, "T3")
    assert later.id == first.id
    assert later.text.startswith("Dirección Jurídica: 40 %, en curso (plan: 75 %) 🔵▶.")
    assert "• T3" in later.keyboard()[0]
    await ana.tap("• T3")
    assert (await ana.answer()).text == "Es lo que está viendo."
    line = await tap(ana, "1")
    assert line.id == first.id and "Línea 1" in line.text and "• T3" in line.keyboard()[0]
    back = await tap(ana, "⬅️ Jurídica")
    assert back.id == first.id and back.text == later.text


async def test_a_line_shows_its_targets_and_how_its_figure_is_calculated(spring: Stage) -> None:
    ana = await spring.enter(ANA)
    line = await ask(ana, "/avance 1")
    assert "Actas: 9 de 16\nPlaneado al cierre: 4 · ya debía estar: 4" in line.text
    assert "3 por publicar: cuenta lo «publicado en el Periódico Oficial»" in line.text
    assert "Va conforme al plan" in line.text
    page = await tap(ana, "¿De dónde sale?")
    assert "(9 + 9) ÷ (16 + 12) ≈ 64.29 % → 64 %" in page.text
    assert "Actas, plan por trimestre: 4 · 4 · 4 · 4" in page.text
    assert "5 acuerdos · n.º 20: 2 por publicar" in page.text
    assert "«Primera Sesión Ordinaria del Órgano de Gobierno" in page.text
    pages = [page.text]
    while "Siguientes ➡️" in [button.text for button in page.buttons()]:
        page = await tap(ana, "Siguientes ➡️")
        pages.append(page.text)
    told = [each for each in first_quarter().activities if (each.unit, each.line) == ("juridica", 1)]
    entries = [claimed for each in told for claimed in each.entries.values() if claimed[0]]
    assert sum(text.count("✔️") + text.count("⏳") for text in pages) == len(entries)
    assert "página 3 de 3" in page.text


async def test_narratives_are_shown_only_to_those_who_may_read_them(spring: Stage) -> None:
    for part, reads in ((TERE, False), (OLGA, False), (PALOMA, True)):
        phone = await spring.enter(part)
        await ask(phone, "/avance juridica 2")
        page = await tap(phone, "¿De dónde sale?")
        assert "1 documento · n.º" in page.text
        assert ("«" in page.text) is reads


async def test_entries_that_do_not_count_say_why(spring: Stage) -> None:
    with database.transaction(spring.app.engine) as session:
        line = session.exec(select(Activity).where(Activity.id == 3)).one().line_id
        found = session.exec(
            select(Activity).where(Activity.line_id == line).order_by(col(Activity.id))
        ).all()
        found[0].withdrawn_at = noon("2024-03-30")
        found[-1].ends_on += timedelta(days=30)
    ana = await spring.enter(ANA)
    await ask(ana, "/avance 1")
    text = (await tap(ana, "¿De dónde sale?")).text
    for _ in range(2):
        text += (await tap(ana, "Siguientes ➡️")).text
    assert "✖️ 15 de enero · 1 acta · n.º 3: no cuenta, se retiró" in text
    assert "📅" in text and "no cuenta, es posterior a esta fecha" in text
    assert "(7 + 7) ÷ (16 + 12) = 50 %\n" in text


SENTENCES = (
    ("/avance direccion", "¿De qué órgano administrativo quiere ver el avance?", 3),
    ("/avance finanzas", "No reconozco «finanzas».", 7),
    ("/avance juridica finanzas", "No reconozco «finanzas».", 2),
    ("/avance <b>x</b>", "No reconozco «b x b».", 7),
    ("/avance 3", "¿La línea 3 de qué órgano administrativo?", 6),
    ("/avance 99", "Ningún órgano administrativo tiene línea 99.", 6),
    ("/avance juridica 9", "Dirección Jurídica no tiene línea 9. Estas son las que hay:", 3),
    ("/avance 2025", "No hay un programa de trabajo cargado para 2025; sí de 2024", 0),
    ("/avance T5", "Los trimestres van del 1 al 4.", 0),
    ("/avance 1 2", "Entendí dos números de línea distintos", 0),
    ("/avance dj febrero", "Febrero cae en el 1er trimestre.", 10),
    ("/avance " + "x" * 3000, "No reconozco «xxx", 7),
)


async def test_refusals_are_one_sentence_with_what_to_do(spring: Stage) -> None:
    paloma = await spring.enter(PALOMA)
    for question, answer, buttons in SENTENCES:
        message = await ask(paloma, question)
        assert answer in message.text
        assert len(list(message.buttons())) == buttons, question


async def test_choosing_the_unit_keeps_line_and_quarter(spring: Stage) -> None:
    paloma = await spring.enter(PALOMA)
    question = await ask(paloma, "/avance 2 T4")
    line = await tap(paloma, "Dirección Jurídica")
    assert line.id == question.id
    assert line.text.startswith("Dirección Jurídica · Línea 2") and "4to trimestre 2024" in line.text


async def test_a_person_with_two_units_sees_both(spring: Stage) -> None:
    ana = await spring.enter(ANA)
    second = Part(ANA.telegram_id, ANA.name, ANA.role, "archivo")
    await ask(ana, f"/start {spring.invite(second)}")
    answer = await ask(ana, "/avance")
    assert answer.text.startswith("Sus órganos administrativos · 1er trimestre 2024")
    assert answer.keyboard()[1:] == [["Archivo", "Jurídica"], ["Toda la institución"]]
    question = await ask(ana, "/avance 1")
    assert [button.text for button in question.buttons()] == ["Coordinación de Archivo", "Dirección Jurídica"]


FORGED = ("p", "p:", "p:zz", "p:u:1", "p:u:999:2024-T1", "p:l:x:2024-T1", "p:w:2024-T9", "p:w:2030-T1")


async def test_a_forged_button_is_answered_as_stale(spring: Stage) -> None:
    ana = await spring.enter(ANA)
    answer = await ask(ana, "/avance")
    for data in FORGED:
        await ana.forge(data, answer)
        assert "ya no está vigente" in (await ana.answer()).text, data


async def test_groups_get_figures_but_no_narratives(spring: Stage) -> None:
    ana = await spring.enter(ANA)
    spring.world.add_group(-700, "Jurídica", [ANA.telegram_id])
    await ana.send("/avance juridica 2", chat=-700)
    line = await ana.wait_for("Línea 2")
    await ana.tap("¿De dónde sale?", line)
    page = await ana.wait_for("1 ÷ 4 = 25 %")
    assert page.chat == -700 and "1 documento · n.º" in page.text and "«" not in page.text


async def test_a_command_to_another_bot_is_ignored(spring: Stage) -> None:
    ana = await spring.enter(ANA)
    spring.world.add_group(-700, "Jurídica", [ANA.telegram_id])
    await ana.send("/avance@some_other_bot juridica", chat=-700)
    await spring.settled()
    assert [each for each in await ana.messages() if each.chat == -700 and each.from_bot] == []
    await ana.send("/avance@Avance_Demo_Bot juridica", chat=-700)
    await ana.wait_for("Dirección Jurídica")
