"""A reply to a card corrects the field that it names; in a registered activity only after a tap."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from models.storage import database
from models.storage.forms import Participants
from models.tables.activity import Activity, Entry
from models.tables.chat.draft import DraftRow
from models.tables.people import Role
from spanish.reading.amendment import amended_people, read_amendment
from tests.support.database.bundled import bundled_units
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, Part, Stage

ARIEL = Part(107, "Ariel Archivo", Role.STAFF, "archivo")
TOLD = "Ayer dimos 2 asesorías en materia archivística a 9 personas (6 mujeres)"
MINUTES = "Ayer se celebró la primera sesión del Órgano de Gobierno: 1 acta y 4 acuerdos, 4 por publicar"
TODAY = date(2024, 3, 20)
UNITS = {unit.key: unit for unit in bundled_units()}


async def with_card(stage: Stage, part: Part = ARIEL, told: str = TOLD) -> tuple[Phone, Message]:
    phone = await stage.enter(part)
    await phone.send(told)
    return phone, await phone.wait_for("Por registrar")


@pytest.mark.parametrize(
    "reply, shown",
    [
        ("fueron 3", "3 asesorías"),
        ("no, fueron tres asesorías", "3 asesorías"),
        ("era antier", "lunes 18 de marzo"),
        ("fue el 13/03", "miércoles 13 de marzo"),
        ("7 mujeres", "9 (7 mujeres, 2 hombres)"),
        ("eran 12 personas", "Participantes: 12\n"),
        ("7 mujeres y 5 hombres", "12 (7 mujeres, 5 hombres)"),
        ("en la sala de juntas", "Lugar: Sala de juntas"),
        ("con el oficio SESAECH/CA/012/2024", "Oficios: SESAECH/CA/012/2024"),
        ("no, era la línea 3", "Línea 3"),
        ("fueron 4, era antier y fue en el auditorio", "Lugar: Auditorio"),
    ],
)
async def test_a_reply_corrects_the_open_card_in_place(stage: Stage, reply: str, shown: str) -> None:
    ariel, card = await with_card(stage)
    before = len(await ariel.messages())
    await ariel.send(reply, reply_to=card.id)
    changed = await ariel.wait_for(shown)
    assert changed.id == card.id
    assert f"«{TOLD}»" in changed.text  # the narrative is unchanged
    assert len(await ariel.messages()) == before + 1  # only the reply was added


async def test_a_correction_soon_after_the_card_needs_no_reply(stage: Stage) -> None:
    ariel, card = await with_card(stage)
    await ariel.send("fueron 3")
    assert (await ariel.wait_for("3 asesorías")).id == card.id
    await ariel.tap("✅ Registrar")
    await ariel.wait_for("Registrada")
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Entry.quantity)).all() == [3]


async def test_a_reply_that_says_more_is_added_to_the_narrative(stage: Stage) -> None:
    ariel, card = await with_card(stage)
    await ariel.send("Fueron 3 los temas que se vieron y quedaron dudas", reply_to=card.id)
    changed = await ariel.wait_for("quedaron dudas")
    assert "2 asesorías" in changed.text


async def test_a_number_without_a_measure_is_asked_about(stage: Stage) -> None:
    ana, card = await with_card(stage, ANA, MINUTES)
    await ana.send("fueron 3", reply_to=card.id)
    await ana.wait_for("¿De qué es ese número?")
    await ana.send("fueron 3 acuerdos", reply_to=card.id)
    changed = await ana.wait_for("3 acuerdos")
    assert "3 por publicar" in changed.text  # all were pending and stay so
    await ana.send("1 por publicar", reply_to=card.id)
    assert "1 por publicar" in (await ana.wait_for("1 por publicar")).text
    await ana.send("eran el 30 de febrero", reply_to=card.id)
    await ana.wait_for("30 de febrero")


async def test_a_reply_to_a_registered_activity_offers_the_correction(stage: Stage) -> None:
    ariel, card = await with_card(stage)
    await ariel.tap("✅ Registrar", card)
    done = await ariel.wait_for("Registrada")
    await ariel.send("fueron 3", reply_to=done.id)
    offered = await ariel.wait_for("¿La corrijo?")
    assert "3 asesorías" in offered.text
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Entry.quantity)).all() == [2]
    await ariel.send("y era antier", reply_to=done.id)  # the open correction is updated
    assert "18 de marzo" in (await ariel.wait_for("¿La corrijo?")).text
    await ariel.tap("✅")
    await ariel.wait_for("n.º 1")
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Entry.quantity)).all() == [3]
        assert session.exec(select(col(Activity.starts_on))).all() == [date(2024, 3, 18)]


async def test_a_reply_that_changes_nothing_says_so(stage: Stage) -> None:
    ariel, card = await with_card(stage)
    await ariel.tap("✅ Registrar", card)
    done = await ariel.wait_for("Registrada")
    await ariel.send("fueron 2", reply_to=done.id)
    await ariel.wait_for("ya lo dice así")
    await ariel.send("muchas cosas más que contar", reply_to=done.id)
    await ariel.wait_for("ya está registrada")
    with database.transaction(stage.app.engine) as session:
        assert len(session.exec(select(DraftRow).order_by(col(DraftRow.id))).all()) == 1


@given(st.text(max_size=250), st.sampled_from(sorted(UNITS)))
def test_no_reply_raises_an_error(text: str, key: str) -> None:
    unit = UNITS[key]
    for line in (None, unit.lines[0]):
        read_amendment(text, line, TODAY)


_COUNTS = st.one_of(st.none(), st.integers(0, 500))


@given(st.integers(0, 500), st.integers(0, 500), _COUNTS, _COUNTS, _COUNTS)
def test_corrected_participants_add_up_or_are_refused(
    women_before: int, men_before: int, women: int | None, men: int | None, total: int | None
) -> None:
    before = Participants(participants=women_before + men_before, women=women_before, men=men_before)
    named = {"women": women, "men": men, "participants": total}
    said = {name: number for name, number in named.items() if number is not None}
    people = amended_people(before, said)
    for name, number in said.items():
        assert getattr(people, name) == number
    if total is None:
        people.check()
