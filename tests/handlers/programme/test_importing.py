"""A programme file sent to the bot is read by another process, compared, and applied after ✅ Aplicar."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from handlers.texts.programme.problems import SENTENCES
from models.programme.view import programmes
from models.programme_file.sentences import ENGLISH
from models.storage import database
from models.storage.audit import verify
from models.tables.audit import Audit
from models.tables.programme import Adjustment
from tests.bot.evidence.evidence_stage import until
from tests.support.database.registered_activities import store
from tests.support.files.workbooks import bomb, edited, hungry, with_cell, with_part, with_password, workbook
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, PALOMA, Stage, without_pins

YAML = without_pins()
BOOK = workbook(YAML)


async def sent(phone: Phone, content: bytes, name: str = "programa.xlsx") -> Message:
    """Send the file and choose that it is the programme; return the answer."""
    await phone.send_file(name, content)
    await phone.wait_for("¿Es el programa anual o evidencia?")
    await phone.tap("📘 Es el programa anual")
    return await phone.wait_for(lambda message: "Estoy leyendo" not in message.text)


def test_every_problem_has_a_sentence_in_both_languages() -> None:
    assert SENTENCES.keys() == ENGLISH.keys()


async def test_the_same_programme_changes_nothing(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    assert "nada cambiaría" in (await sent(paloma, BOOK)).text
    assert "nada cambiaría" in (await sent(paloma, YAML.encode(), "programa.yaml")).text


async def test_a_changed_text_is_applied_only_after_the_tap(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    card = await sent(paloma, with_cell(BOOK, "Unidades", "B7", "Jurídica"))
    assert "✏️ Jurídica: nombre «Dirección Jurídica» → «Jurídica»" in card.text
    assert "Avisos, que no impiden importarlo" in card.text and card.keyboard()[0] == ["✅ Aplicar"]
    with database.transaction(stage.app.engine) as session:
        assert programmes(session).years[2024].units[-1].name == "Dirección Jurídica"
    await paloma.tap("✅ Aplicar", card)
    assert "un cambio en el programa de 2024" in (await paloma.wait_for("Aplicado")).text
    with database.transaction(stage.app.engine) as session:
        assert programmes(session).years[2024].units[-1].name == "Jurídica"
        change = session.exec(select(Audit).where(Audit.action == "change")).one()
        whole = session.exec(select(Audit).where(Audit.action == "import")).one()
        assert whole.after == {"file": "programa.xlsx", "changes": 1, "draft": 1}
        assert change.actor == whole.actor == "person:1" and verify(session).broken_at is None


async def test_an_amount_asks_for_the_day_the_reason_and_the_letter(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    amount = re.sub(r"amount: 16(\s+measure: Actas)\s+plan: .*", r"amount: 18\1", YAML)
    assert amount != YAML
    asked = await sent(paloma, amount.encode(), "programa.yml")
    assert "¿Desde qué día valen los ajustes" in asked.text
    await paloma.send("1 de marzo de 2025")
    await paloma.wait_for("Escriba un día de 2024")
    await paloma.send("1 de marzo")
    await paloma.wait_for("¿Por qué se ajusta?")
    await paloma.send("???")
    await paloma.wait_for("Escriba con palabras por qué se ajusta")
    await paloma.send("Acuerdo 4 de la segunda sesión")
    await paloma.wait_for("¿Con qué oficio")
    await paloma.send("SESAECH/ST/9/2024")
    card = await paloma.wait_for("Esto cambiaría")
    assert "🎯 Dirección Jurídica 1 · Actas: cantidad 16 → 18, plan [4, 4, 4, 4] → nada" in card.text
    assert "Desde: 1 de marzo de 2024" in card.text and "Oficio: SESAECH/ST/9/2024" in card.text
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Adjustment)).all() == []
    await paloma.tap("✅ Aplicar", card)
    await paloma.wait_for("Aplicado")
    with database.transaction(stage.app.engine) as session:
        adjustment = session.exec(select(Adjustment)).one()
        assert (adjustment.adjusted_on, adjustment.amount) == (date(2024, 3, 1), 18)
        assert (adjustment.reason, adjustment.letter) == (
            "Acuerdo 4 de la segunda sesión",
            "SESAECH/ST/9/2024",
        )
        assert adjustment.made_by == 1


async def test_all_errors_are_shown_with_their_cells(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    spoilt = with_cell(with_cell(BOOK, "Metas", "D7", -3), "Líneas", "C3", None)
    said = (await sent(paloma, spoilt)).text
    assert "no puede importarse: tiene" in said
    assert "❌ Metas!D7: la cantidad debe ser mayor que 0, no -3" in said
    assert "❌ Líneas!C3: esta celda no puede quedar vacía" in said
    await paloma.send("/registrar")
    await paloma.wait_for("¿De qué")


async def test_many_errors_come_as_a_file_too(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)

    def empty(book) -> None:  # type: ignore[no-untyped-def]
        for row in range(2, 28):
            book["Líneas"].cell(row, 3).value = None

    said = await sent(paloma, edited(BOOK, empty))
    assert "tiene 26 errores" in said.text and "… y 16 más, en el archivo adjunto" in said.text
    listed = await paloma.wait_for(lambda message: message.media is not None)
    assert (await paloma.fetch(listed)).decode().count("esta celda no puede quedar vacía") == 26


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (with_part(BOOK, "xl/vbaProject.bin", b"Attribute"), "el libro tiene macros: guárdelo como .xlsx"),
        (bomb(BOOK), "el libro sería demasiado grande para un programa"),
        (with_cell(BOOK, "Metas", "D7", "=2+2"), "Metas!D7: aquí hay una fórmula: escriba su valor"),
        (edited(BOOK, lambda book: book.remove(book["Metas"])), "al libro le falta la hoja «Metas»"),
        (with_cell(BOOK, "Metas", "D1", "Monto"), "el encabezado no es el esperado: falta «Cantidad»"),
        (BOOK[:5000], "no es un libro de Excel, o está dañado"),
        (with_password(), "el libro tiene contraseña: guárdelo sin ella"),
        (b"PK\3\4" + bytes(6_000_000), "el archivo tiene 6,000,004 bytes"),
    ],
    ids=["macro", "bomb", "formula", "sheet", "header", "broken", "password", "large"],
)
async def test_a_file_that_is_no_programme_is_refused_in_one_sentence(
    stage: Stage, content: bytes, says: str
) -> None:
    paloma = await stage.enter(PALOMA)
    assert says in (await sent(paloma, content)).text


async def test_a_file_that_kills_its_reader_does_not_stop_the_bot(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    assert "no se pudo leer el archivo" in (await sent(paloma, hungry(BOOK))).text
    await paloma.send("/programa")
    await paloma.wait_for("Programa")


async def test_a_workbook_chosen_as_evidence_begins_a_card(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send_file("lista de asistencia.xlsx", BOOK, "Hoy 1 acta de la primera sesión")
    await paloma.wait_for("¿Es el programa anual o evidencia?")
    await paloma.tap("📎 Es evidencia")
    card = await paloma.wait_for("Por registrar")
    assert "Evidencia: 1 documento" in card.text
    await until(stage, lambda rows: [each.fetched_at is not None for each in rows] == [True])


async def test_workbooks_from_others_are_evidence(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send_file("programa.xlsx", BOOK)
    assert "programa anual" not in (await ana.wait_for(lambda message: True)).text


async def test_a_programme_changed_in_the_meantime_is_compared_again_before_applying(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    card = await sent(paloma, with_cell(BOOK, "Unidades", "B7", "Jurídica"))
    other = await sent(paloma, with_cell(BOOK, "Unidades", "B6", "Sistemas"))
    await paloma.tap("✅ Aplicar", other)
    await paloma.wait_for("Aplicado")
    await paloma.tap("✅ Aplicar", card)
    again = await paloma.wait_for("El programa cambió mientras tanto")
    assert again.text.count("✏️") == 2
    await paloma.tap("✅ Aplicar", again)
    await paloma.wait_for("2 cambios")


async def test_a_line_missing_in_the_file_ends_on_the_answered_day(stage: Stage) -> None:
    store(stage.app.engine, "juridica", 2, date(2024, 3, 13))
    paloma = await stage.enter(PALOMA)

    def remove(book) -> None:  # type: ignore[no-untyped-def]
        for sheet in ("Metas", "Líneas"):
            found = [row for row in book[sheet].iter_rows(min_row=2) if row[0].value == "juridica"]
            for row in [row for row in found if row[1].value == 2][::-1]:
                book[sheet].delete_rows(row[0].row)

    await sent(paloma, edited(BOOK, remove))
    await paloma.tap("Todo el año")
    assert "tiene 1 actividades registradas" in (await paloma.answer()).text
    await paloma.send("1 de abril")
    card = await paloma.wait_for("Esto cambiaría")
    assert "vigente hasta nada → 31 de marzo de 2024" in card.text
    await paloma.tap("✅ Aplicar", card)
    await paloma.wait_for("Aplicado")
    await paloma.send("/avance juridica")
    assert "\n2 " in (await paloma.wait_for("Dirección Jurídica")).text
    await stage.move_to(datetime(2024, 5, 2, 15, tzinfo=UTC))
    await paloma.send("/avance juridica")
    assert "\n2 " not in (await paloma.wait_for("2do trimestre")).text
    await paloma.tap("T1")
    assert "\n2 " in (await paloma.wait_for("1er trimestre")).text


async def test_a_restart_while_it_is_read_loses_nothing(tmp_path: Path, postgres_url: str) -> None:
    async with Stage(tmp_path, postgres_url) as stage:
        paloma = await stage.enter(PALOMA)
        await paloma.send_file("programa.xlsx", with_cell(BOOK, "Unidades", "B7", "Jurídica"))
        await paloma.wait_for("¿Es el programa anual")
        await stage.stop_bot()
        await stage.start_bot()
        await paloma.tap("📘 Es el programa anual")
        card = await paloma.wait_for("Esto cambiaría")
        await paloma.tap("✅ Aplicar", card)
        await paloma.wait_for("Aplicado")
