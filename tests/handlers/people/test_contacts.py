"""`/contactos`: the units' directors, by name."""

import pytest

from tests.support.phones.stage import ANA, DIEGO, OLGA, Stage


async def test_everybody_sees_who_directs_each_unit(stage: Stage) -> None:
    await stage.enter(DIEGO)
    for part in (ANA, OLGA):
        phone = await stage.enter(part)
        await phone.send("/contactos")
        listed = (await phone.wait_for("Titulares")).text.splitlines()
        assert f"Dirección Jurídica: {DIEGO.name}" in listed
        assert [line for line in listed if line.endswith("sin titular en el asistente")]


@pytest.mark.parametrize(
    "question",
    [
        "¿quién es el titular de jurídica?",
        "quién es la directora de jurídica",
        "¿Quiénes son los titulares de jurídica?",
        "¿Cómo se llama el titular de jurídica?",
        "¿Quién está a cargo de jurídica?",
    ],
)
async def test_a_plain_question_names_the_director(stage: Stage, question: str) -> None:
    await stage.enter(DIEGO)
    ana = await stage.enter(ANA)
    await ana.send(question)
    shown = await ana.wait_for("Titulares")
    assert shown.text.splitlines()[2:] == [f"Dirección Jurídica: {DIEGO.name}"]
