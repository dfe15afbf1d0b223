"""Several activities in one message: a card each, registered together by one tap."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from models.storage import database
from models.tables.activity import Activity, Entry
from models.tables.chat.draft import DraftRow
from models.tables.evidence import Evidence
from spanish.reading.several import split
from tests.handlers.messages.test_amending import ARIEL, UNITS
from tests.spanish.test_question import rows
from tests.support.database.registered_activities import store
from tests.support.files.photographs import drawn
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import Stage

TOLD = "ayer dimos 2 asesorías a 9 personas y también se hizo la sesión del grupo interdisciplinario"
LISTED = """Buenas tardes, hoy:
- dimos 2 asesorías a los RAT
- impartimos 1 capacitación a responsables de archivo de trámite, 12 personas"""
TODAY = date(2024, 3, 20)
LINES = [(UNITS["archivo"], line) for line in UNITS["archivo"].lines]


def stored(stage: Stage) -> list[Activity]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Activity).order_by(col(Activity.id))).all())


async def told(stage: Stage, text: str = LISTED) -> tuple[Phone, Message]:
    """Send the message; return the phone and the message with the button for all cards."""
    ariel = await stage.enter(ARIEL)
    await ariel.send(text)
    return ariel, await ariel.wait_for("2 actividades")


async def test_two_activities_in_one_message_are_registered_by_one_tap(stage: Stage) -> None:
    ariel, group = await told(stage)
    cards = [each for each in await ariel.messages() if "Por registrar" in each.text]
    assert ["Línea 2" in cards[0].text, "Línea 3" in cards[1].text] == [True, True]
    assert all("miércoles 20 de marzo" in each.text for each in cards)
    assert group.keyboard() == [["✅ Registrar las 2"]]
    assert stored(stage) == []
    await ariel.tap("✅ Registrar las 2")
    await ariel.wait_for("n.º 1 y n.º 2")
    await stage.settled()
    assert [each.narrative for each in stored(stage)] == [
        "Buenas tardes, hoy: dimos 2 asesorías a los RAT",
        "Impartimos 1 capacitación a responsables de archivo de trámite, 12 personas",
    ]
    with database.transaction(stage.app.engine) as session:
        assert sorted(session.exec(select(Entry.quantity)).all()) == [1, 2]
    done = [each for each in await ariel.messages() if "Registrada" in each.text and each.id != group.id]
    assert {each.id for each in done} == {each.id for each in cards}


async def test_five_taps_register_once(stage: Stage) -> None:
    ariel, group = await told(stage)
    data = str(group.rows[0][0].data)
    for _ in range(5):
        await ariel.forge(data, group)
    assert "ya quedó registrada" in (await ariel.answer()).text
    await stage.settled()
    assert len(stored(stage)) == 2


async def test_taps_that_waited_for_a_restart_register_once(tmp_path: Path, postgres_url: str) -> None:
    async with Stage(tmp_path, postgres_url) as stage:
        ariel, _ = await told(stage)
        await stage.settled()
        await stage.stop_bot()
        for _ in range(3):
            await ariel.tap("✅ Registrar las 2")
        await stage.start_bot()
        await ariel.wait_for("n.º 1 y n.º 2")
        await stage.settled()
        assert len(stored(stage)) == 2


async def test_each_card_of_a_group_can_be_registered_or_cancelled_alone(stage: Stage) -> None:
    ariel, group = await told(stage)
    first, second = [each for each in await ariel.messages() if "Por registrar" in each.text]
    await ariel.tap("✅ Registrar", first)
    await ariel.wait_for("Registrada")
    await ariel.tap("✖️ Cancelar", second)
    await ariel.wait_for("cancelada")
    await ariel.tap("✅ Registrar las 2", group)
    assert "ya quedó registrada" in (await ariel.answer()).text
    await stage.settled()
    assert len(stored(stage)) == 1


async def test_a_card_with_an_open_question_stays_open(stage: Stage) -> None:
    ariel, group = await told(stage)
    second = [each for each in await ariel.messages() if "Por registrar" in each.text][1]
    with database.transaction(
        stage.app.engine
    ) as session:  # its line no longer exists, so the card asks for one
        row = session.exec(select(DraftRow).order_by(col(DraftRow.id).desc())).first()
        assert row is not None
        row.content = {
            **row.content,
            "answered": [each for each in row.content["answered"] if each != "line"],
        }
        session.add(row)
    await ariel.tap("✅ Registrar las 2", group)
    left = await ariel.wait_for("Falta una")
    assert left.keyboard() == [["✅ Registrar la que falta"]]
    assert len(stored(stage)) == 1
    await ariel.tap("✅ Registrar la que falta", left)
    assert "conteste primero" in (await ariel.answer()).text
    await ariel.tap("Línea", second)
    await ariel.wait_for("línea de acción")


async def test_the_day_of_the_first_part_applies_to_all(stage: Stage) -> None:
    ariel, _ = await told(stage, TOLD)
    shown = [each for each in await ariel.messages() if each.from_bot and "grupo interdisc" in each.text]
    with database.transaction(stage.app.engine) as session:
        days = [each.content["ends_on"] for each in session.exec(select(DraftRow)).all()]
    assert days == ["2024-03-19", "2024-03-19"]
    assert shown


async def test_a_file_with_the_message_belongs_to_the_first_card(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    await ariel.send_photo(drawn(61), caption=LISTED)
    assert "quedó en la primera" in (await ariel.wait_for("2 actividades")).text
    await ariel.tap("✅ Registrar las 2")
    await ariel.wait_for("n.º 1 y n.º 2")
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Evidence.activity_id)).all() == [1]


async def test_an_edit_changes_the_card_of_its_part(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    sent = await ariel.send(LISTED)
    await ariel.wait_for("2 actividades")
    first, second = [each for each in await ariel.messages() if "Por registrar" in each.text]
    await ariel.edit(sent, LISTED.replace("2 asesorías", "4 asesorías"))
    assert (await ariel.wait_for("4 asesorías")).id == first.id
    await ariel.tap("✅ Registrar", second)
    await ariel.wait_for("Registrada")
    await ariel.edit(sent, LISTED.replace("2 asesorías", "4 asesorías").replace("12 personas", "15 personas"))
    offered = await ariel.wait_for("¿La corrijo así?")
    assert "15" in offered.text
    await ariel.edit(sent, "otra cosa que ya no tiene dos partes")
    await ariel.wait_for("salieron varias tarjetas")


@pytest.mark.parametrize(
    "text, lines",
    [
        (TOLD, [2, 5]),
        (LISTED, [2, 3]),
        ("Ayer se celebró la sesión ordinaria del GI. Además dimos 3 asesorías archivísticas.", [5, 2]),
        ("Ayer dimos 2 asesorías y se hizo la sesión del grupo interdisciplinario", [2, 5]),
        ("El lunes dimos la capacitación y el martes hicimos la sesión del GI", [3, 5]),
        ("Se capacitó a enlaces, dimos 2 asesorías y sesionó el grupo interdisciplinario", [3, 2, 5]),
        ("Dimos 2 asesorías y se entregaron 12 constancias", []),
        ("Dimos 2 asesorías y mañana se hace la sesión del grupo interdisciplinario", []),
        ("Dimos 2 asesorías y no se hizo la sesión del grupo interdisciplinario", []),
        ("Dimos 2 asesorías en la col. Centro; fueron 9 personas", []),
        ("1. dimos 2 asesorías a Jurídica\n2. dimos 1 asesoría a Sistemas", []),
        ("dimos 2 asesorías y estamos preparando la capacitación", []),
        ("Ayer dimos 2 asesorías a 9 personas. Fue en la sala de juntas. También estuvo el director.", []),
        ("Dimos 2 asesorías; quedó pendiente convocar a la sesión del Grupo Interdisciplinario", []),
    ],
)
def test_only_finished_activities_on_different_lines_are_split(text: str, lines: list[int]) -> None:
    numbers = {line.id: line.number for _, line in LINES}
    assert [numbers[each.line_id] for each in split(text, LINES, TODAY)] == lines


def test_no_real_phrase_is_split() -> None:
    units = {unit.name: unit for unit in UNITS.values()}
    everything = [(unit, line) for unit in UNITS.values() for line in unit.lines]
    for row in rows("phrases.csv"):
        unit = units[row["unit"]]
        for lines in ([(unit, line) for line in unit.lines], everything):
            assert split(row["text"], lines, date.fromisoformat(row["today"])) == (), row["text"]


@given(st.text(max_size=400))
def test_no_text_raises_an_error(text: str) -> None:
    split(text, LINES, TODAY)


async def test_after_several_cards_a_correction_must_name_its_card(stage: Stage) -> None:
    ariel, _ = await told(stage)
    first = next(each for each in await ariel.messages() if "Por registrar" in each.text)
    await ariel.send("fueron 5")
    await ariel.wait_for("¿Es parte de la")
    await ariel.send("fueron 5", reply_to=first.id)
    assert (await ariel.wait_for("5 asesorías")).id == first.id


async def test_a_part_is_assigned_by_precedents_of_its_line(stage: Stage) -> None:
    """No line of the programme has the word; an activity of line 4 had it before."""
    ariel = await stage.enter(ARIEL)
    told = "Terminamos 1 zafarrancho del tianguis en el espacio"
    for day in (4, 5, 6):
        store(stage.app.engine, "archivo", 4, date(2024, 3, day), by=ARIEL.telegram_id, narrative=told)
    await ariel.send("- Dimos 2 asesorías\n- Terminamos 1 zafarrancho del tianguis")
    await ariel.wait_for("2 actividades")
    shown = [each.text for each in await ariel.messages() if "· Línea" in each.text]
    assert ["Línea 2" in shown[0], "Línea 4" in shown[1]] == [True, True]
    assert "También leí 1 zafarrancho. ¿Cuánto cuenta?" in shown[1]
