"""Several people in one line, or in one answer, are several invitations."""

import pytest

from tests.handlers.people.test_people import code_in, invitations, press
from tests.support.phones.stage import PALOMA, Stage


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("enlace juridica Ana López, Luis Pérez y Rosa Díaz", ["Ana López", "Luis Pérez", "Rosa Díaz"]),
        ("enlace juridica\nAna López\n- Luis Pérez", ["Ana López", "Luis Pérez"]),
        ("enlace juridica Ana y Luis", ["Ana", "Luis"]),
    ],
)
async def test_several_people_in_one_line_are_several_invitations(
    stage: Stage, line: str, names: list[str]
) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send(f"/invitar {line}")
    card = await paloma.wait_for(f"{len(names)} invitaciones, una para cada persona")
    assert invitations(stage) == 1
    await paloma.tap("✅ Crear", card)
    await paloma.wait_for(f"Invitación para {names[-1]}")
    await stage.settled()
    sent = [each for each in await paloma.messages() if each.photo]
    assert [each.text.split("\n")[0] for each in sent] == [f"🔑 Invitación para {name}" for name in names]
    assert len({code_in(each) for each in sent}) == len(names)


async def test_each_of_several_people_may_have_a_role_and_unit_of_their_own(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/invitar enlace juridica Ana López, titular archivo Luis Pérez\nobservador Eva Ruiz")
    card = await paloma.wait_for("3 invitaciones")
    assert "Ana López · Enlace de la Dirección Jurídica" in card.text
    assert "Luis Pérez · Titular de " in card.text and "Eva Ruiz · Consulta" in card.text


async def test_a_surname_with_y_is_one_person(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/invitar enlace juridica José Ortega y Gasset")
    assert "para José Ortega y Gasset" in (await paloma.wait_for("Invitación")).text


async def test_names_of_several_people_may_answer_the_question(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/invitar enlace juridica")
    assert "Enlace de la Dirección Jurídica" in (await paloma.wait_for("Invitación")).text
    await paloma.send("/invitar enlace")
    await paloma.wait_for("¿De qué unidad?")
    await press(paloma, "Dirección Jurídica")
    await paloma.send("Pérez López, Ana")
    card = await paloma.wait_for("Si es una sola persona, escriba su nombre sin comas")
    await press(paloma, "✏️ Nombre")
    await paloma.send("Ana Pérez López")
    assert "Una invitación" in (await paloma.wait_for("Ana Pérez López · Enlace")).text
    assert card.text
