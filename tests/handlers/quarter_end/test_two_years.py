"""December and January: two years' programmes are open, and an activity's day chooses between them."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from models.programme.view import programmes
from models.programme_changes import importing as programme_import
from models.programme_file.file import BUNDLED, read
from models.storage import database
from models.tables.activity import Activity
from tests.support.phones.optional_fields import answer_optional
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, Stage

YAML_2025 = BUNDLED.read_text(encoding="utf-8").replace("2024-", "2025-").replace("year: 2024", "year: 2025")
DECEMBER = datetime(2024, 12, 20, 15, tzinfo=UTC)
JANUARY = datetime(2025, 1, 3, 15, tzinfo=UTC)  # the last quarter closes on 8 January


def load_next_year(stage: Stage) -> None:
    programme = read(YAML_2025.replace("Documentos necesarios para", "Papeles para")).programme
    assert programme is not None
    with database.transaction(stage.app.engine) as session:
        programme_import.apply(session, programme, now=DECEMBER, actor="command line")


@pytest.fixture
async def january(tmp_path: Path) -> AsyncIterator[Stage]:
    """The running bot on 3 January 2025, with both programmes."""
    async with Stage(tmp_path, now=JANUARY) as stage:
        load_next_year(stage)
        yield stage


def placed(stage: Stage) -> list[tuple[int, int, date]]:
    """Return the year and number of each activity's line, and its day."""
    with database.transaction(stage.app.engine) as session:
        known = programmes(session)
        rows = session.exec(select(Activity)).all()
        found = [(known.line(each.line_id), each.ends_on) for each in rows]
        return [(line[0].year, line[2].number, day) for line, day in found if line]


async def registered(phone: Phone) -> Message:
    await phone.tap("✅ Registrar")
    return await phone.wait_for("Registrada")


async def test_next_years_programme_comes_in_december_and_changes_nothing_before_january(
    tmp_path: Path,
) -> None:
    async with Stage(tmp_path, now=DECEMBER) as stage:
        paloma = await stage.enter(PALOMA)
        await paloma.send_file("programa-2025.yaml", YAML_2025.encode())
        await paloma.wait_for("¿Es el programa anual")
        await paloma.tap("📘 Es el programa anual")
        card = await paloma.wait_for("Esto cambiaría")
        assert "➕ Programa: el programa de 2025: 6 órganos, 26 líneas y 28 metas" in card.text
        await paloma.tap("✅ Aplicar", card)
        await paloma.wait_for("Aplicado")
        await paloma.send("/avance juridica")
        assert "2024" in (await paloma.wait_for("Dirección Jurídica")).text
        await paloma.send("/avance juridica 2025")
        assert "1er trimestre 2025" in (await paloma.wait_for("Dirección Jurídica")).text
        ana = await stage.enter(ANA)
        await ana.send("Hoy 1 acta de la sesión")
        await ana.wait_for("Por registrar")
        await registered(ana)
        assert placed(stage) == [(2024, 1, date(2024, 12, 20))]


@pytest.mark.parametrize(
    ("said", "year", "day"),
    [
        ("El 28 de diciembre 1 acta de la sesión", 2024, date(2024, 12, 28)),
        ("Ayer 1 acta de la sesión", 2025, date(2025, 1, 2)),
        ("1 acta de la sesión", 2025, date(2025, 1, 3)),
    ],
)
async def test_a_message_belongs_to_the_programme_of_its_day(
    january: Stage, said: str, year: int, day: date
) -> None:
    ana = await january.enter(ANA)
    await ana.send(said)
    card = await ana.wait_for("Por registrar")
    assert ("Papeles para las sesiones" in card.text) == (year == 2025)
    await registered(ana)
    assert placed(january) == [(year, 1, day)]


async def test_another_day_on_the_card_asks_for_that_years_line(january: Stage) -> None:
    ana = await january.enter(ANA)
    await ana.send("Ayer 1 acta de la sesión")
    await ana.wait_for("Por registrar")
    await ana.tap("Día")
    await ana.wait_for("¿Qué día fue?")
    await ana.send("28/12/2024")
    asked = await ana.wait_for("línea de acción")
    await ana.tap("1 · Documentos", asked)
    await ana.wait_for("Por registrar")
    await registered(ana)
    assert placed(january) == [(2024, 1, date(2024, 12, 28))]


async def test_an_edited_message_may_move_to_last_year(january: Stage) -> None:
    ana = await january.enter(ANA)
    message = await ana.send("Ayer 1 acta de la sesión")
    await ana.wait_for("Papeles para las sesiones")
    await ana.edit(message, "El 28 de diciembre 1 acta de la sesión")
    await ana.wait_for("Documentos necesarios para las sesiones")
    await registered(ana)
    assert placed(january) == [(2024, 1, date(2024, 12, 28))]


async def test_the_guided_capture_asks_the_day_first_while_both_are_live(january: Stage) -> None:
    ana = await january.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("¿Qué día fue?")
    await ana.send("28 de diciembre")
    asked = await ana.wait_for("línea de acción")
    await ana.tap("1 · Documentos", asked)
    await ana.wait_for("actas")
    await ana.tap("1")
    await ana.wait_for("acuerdos")
    await ana.tap("0")
    await ana.wait_for("Cuénteme en un mensaje")
    await ana.send("Se celebró la sesión.")
    await answer_optional(ana)
    await ana.wait_for("Por registrar")
    await registered(ana)
    assert placed(january) == [(2024, 1, date(2024, 12, 28))]


async def test_after_the_close_the_line_comes_first_again(january: Stage) -> None:
    await january.move_to(datetime(2025, 1, 10, 15, tzinfo=UTC))
    ana = await january.enter(ANA)
    await ana.send("/registrar")
    assert "1 · Papeles" in str((await ana.wait_for("línea de acción")).keyboard())


async def test_a_correction_of_last_years_offers_last_years_lines(january: Stage) -> None:
    ana, diego = await january.enter(ANA), await january.enter(DIEGO)
    await ana.send("El 28 de diciembre 1 acta de la sesión")
    await ana.wait_for("Por registrar")
    await registered(ana)
    await diego.send("/actividad_1")
    await diego.wait_for("Actividad n.º 1")
    await diego.tap("✏️ Corregir")
    await diego.wait_for("Corregir")
    await diego.tap("Línea")
    keys = str((await diego.wait_for("línea de acción")).keyboard())
    assert "1 · Documentos" in keys and "Papeles" not in keys


async def test_progress_is_of_the_quarter_that_is_being_closed_and_says_how_to_see_the_new_one(
    january: Stage,
) -> None:
    paloma = await january.enter(PALOMA)
    await paloma.send("/avance juridica")
    said = (await paloma.wait_for("Dirección Jurídica")).text
    assert "4to trimestre 2024" in said
    assert "captura hasta el miércoles 8 de enero. El que corre: /avance T1 2025" in said
    await paloma.send("/avance juridica T1 2025")
    new = (await paloma.wait_for("Dirección Jurídica")).text
    assert "1er trimestre 2025" in new and "Se está cerrando" not in new
    await january.move_to(datetime(2025, 1, 9, 15, tzinfo=UTC))
    await paloma.send("/avance juridica")
    said = (await paloma.wait_for("Dirección Jurídica")).text
    assert "1er trimestre 2025" in said and "Se está cerrando" not in said
