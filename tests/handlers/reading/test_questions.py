"""Plain questions over HTTP: each is answered like the command that it stands for."""

import csv
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from sqlmodel import func, select

from handlers.texts import general
from models.storage import database
from models.tables.activity import Activity
from models.tables.chat.draft import DraftRow
from tests.support.database.registered_activities import Claimed, store
from tests.support.files.photographs import drawn
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, SAUL, Stage

DATA = Path(__file__).parents[2] / "data"
GROUP = -700


async def asked(phone: Phone, text: str) -> Message:
    await phone.send(text)
    return await phone.wait_for(lambda message: True)


@pytest.mark.parametrize(
    "question, command",
    [
        ("¿cómo va jurídica?", "/avance juridica"),
        ("como ba la direccion juridica", "/avance juridica"),
        ("avance de sistemas del segundo trimestre", "/avance sistemas T2"),
        ("qué le falta a archivo", "/pendientes archivo"),
        ("cuándo cierra el trimestre", "/calendario"),
        ("cómo va comunicación social", "/avance comunicacion social"),
        ("mándame el informe del primer trimestre", "/informe T1"),
    ],
)
async def test_a_question_is_answered_as_its_command(stage: Stage, question: str, command: str) -> None:
    paloma = await stage.enter(PALOMA)
    by_command = await asked(paloma, command)
    await stage.settled()
    answered = await asked(paloma, question)
    assert (answered.text, answered.keyboard()) == (by_command.text, by_command.keyboard())


async def test_a_question_about_one_thing_is_answered_with_its_lines(stage: Stage) -> None:
    store(stage.app.engine, "juridica", 1, date(2024, 3, 5), claimed=(Claimed(2), Claimed(3, pending=1)))
    ana = await stage.enter(ANA)
    answer = await asked(ana, "cuántas actas llevamos")
    assert "Línea 1" in answer.text
    assert "Actas: 2 de 16" in answer.text
    answer = await asked(ana, "¿Cuántos cursos llevamos?")  # two other units have such a line
    assert "Apoyo Administrativo" in answer.text and "Transparencia" in answer.text
    assert "0 de 4 cursos" in answer.text
    await ana.tap("Transparencia · 3")
    assert "Línea 3" in (await ana.wait_for("Unidad de Transparencia")).text


async def test_the_question_who_has_not_reported_is_answered(stage: Stage) -> None:
    diego, olga = await stage.enter(DIEGO), await stage.enter(OLGA)
    store(stage.app.engine, "juridica", 2)
    for phone in (diego, olga):
        answer = await asked(phone, "¿Quién no ha reportado?")
        silent = next(line for line in answer.text.splitlines() if "Sin nada registrado" in line)
        assert "Archivo" in silent and "Jurídica" not in silent
        assert "Jurídica" in answer.text
        assert "Cierra el 5 de abril" in answer.text
    await diego.tap("Archivo")
    await diego.wait_for("Pendientes")


async def test_observers_get_answers_and_examples(stage: Stage) -> None:
    olga = await stage.enter(OLGA)
    assert "Dirección Jurídica" in (await asked(olga, "como va juridica")).text
    assert "No sé" not in (await asked(olga, "informe de marzo")).text
    said = await asked(olga, "¿A qué hora abre el banco?")
    assert "¿Cómo va Apoyo Administrativo?" in said.text
    await olga.send("Ayer dimos 2 asesorías")
    await olga.wait_for(general.ONLY_READS)


async def test_an_ambiguous_text_is_asked_back(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    doubt = await asked(ana, "avance del estatuto")
    assert doubt.keyboard() == [["✅ Registrar actividad"], ["❓ Es una pregunta"], ["✖️ Cancelar"]]
    await ana.tap("❓ Es una pregunta")
    assert "No reconozco «estatuto»" in (await ana.wait_for("No reconozco")).text
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(DraftRow.cancelled_at)).one() is not None
    await asked(ana, "avance del estatuto")
    await ana.tap("✅ Registrar actividad")
    told = await ana.wait_for(lambda message: bool(message.rows))
    assert "avance del estatuto" in told.text


async def test_a_question_leaves_the_open_one_open(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    await ana.tap("1 · ")
    await ana.wait_for("¿Qué cantidad")
    for question in ("¿cómo va sistemas?", "cómo va sistemas"):
        assert "Dirección de Sistemas" in (await asked(ana, question)).text
    await ana.send("3")
    await ana.wait_for("¿Qué cantidad de acuerdos")


async def test_plain_questions_in_groups_are_ignored(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    stage.world.add_group(GROUP, "Jurídica", [DIEGO.telegram_id])
    await diego.send("¿cómo va jurídica?", chat=GROUP)
    await stage.settled()
    assert [each for each in await diego.messages() if each.chat == GROUP and each.from_bot] == []
    await diego.send("/avance juridica", chat=GROUP)
    await diego.wait_for("Dirección Jurídica")


async def test_an_unanswerable_question_is_answered_with_examples(stage: Stage) -> None:
    saul = await stage.enter(SAUL)
    answer = await asked(saul, "¿Dónde queda la bodega?")
    assert "no sé contestarla" in answer.text
    assert "¿Qué le falta a Archivo?" in answer.text
    assert [button.data for row in answer.rows for button in row] == ["cmd:help"]


async def test_nothing_is_registered_without_a_tap(stage: Stage) -> None:
    """For every real phrase and every row of the table, from somebody who may register everywhere."""
    paloma = await stage.enter(PALOMA)
    for name in ("phrases.csv", "questions.csv"):
        for row in csv.DictReader(StringIO((DATA / name).read_text(encoding="utf-8"))):
            stage.world.advance(240)
            await paloma.send(row["text"])
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(func.count()).select_from(Activity)).one() == 0
        assert session.exec(select(func.count()).select_from(DraftRow)).one() > 100


async def test_a_question_may_be_the_text_that_an_open_step_waits_for(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await diego.send("/presentacion juridica")
    await diego.wait_for("Presentación")
    draft = await asked(diego, "¿Por qué va atrasada jurídica? Porque el Órgano de Gobierno no ha sesionado")
    assert "no ha sesionado" in draft.text


async def test_editing_a_question_does_nothing(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("Hoy 1 acta de la primera sesión")
    await ana.wait_for("Por registrar")
    sent = await ana.send("¿cómo va juridca?")
    await ana.wait_for("Dirección Jurídica")
    await stage.settled()
    before = len(await ana.messages())
    await ana.edit(sent, "¿cómo va jurídica?")
    await stage.settled()
    assert len(await ana.messages()) == before


async def test_the_caption_of_a_photograph_is_no_question(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await asked(ana, "avance del estatuto")
    await ana.send_photo(drawn(61))
    told = await ana.wait_for(lambda message: "1 foto" in message.text)
    assert "Es una pregunta" not in str(told.keyboard())


@pytest.mark.parametrize("said", ["este trimestre", "en el trimestre actual"])
async def test_this_quarter_is_the_one_being_closed_until_its_close(tmp_path: Path, said: str) -> None:
    async with Stage(tmp_path, now=datetime(2024, 4, 2, 15, tzinfo=UTC)) as stage:
        diego = await stage.enter(DIEGO)
        store(stage.app.engine, "juridica", 1, on=date(2024, 3, 13), claimed=(Claimed(2), Claimed(0)))
        closing = (await asked(diego, f"¿cuántas actas hubo {said}?")).text
        assert "1er trimestre" in closing and "2do trimestre" not in closing, closing
        stage.world.advance(7 * 24 * 3600)  # the quarter closed on 5 April
        assert "2do trimestre" in (await asked(diego, f"¿cuántas actas hubo {said}?")).text
