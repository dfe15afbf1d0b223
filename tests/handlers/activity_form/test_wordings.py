"""Guided answers in people's own words: whatever is read in a message is also read in an answer."""

import pytest

from tests.handlers.activity_form.test_capture import tap_through
from tests.support.phones.stage import ANA, Stage


@pytest.mark.parametrize(
    ("quantity", "day", "people", "place", "document", "shown"),
    [
        (
            "una acta", "martes 12 de marzo", "14 (9 M / 5 H)", "en la Sala de Juntas",
            "oficio SESAECH/DJ/012/2024",
            ("1 acta", "martes 12 de marzo", "14 (9 mujeres, 5 hombres)", "Lugar: Sala de Juntas",
             "Oficios: SESAECH/DJ/012/2024"),
        ),
        (
            "fueron dos", "el lunes pasado", "asistieron veinticinco personas", "En línea",
            "SESAECH/DJ/1/2024 y SESAECH/DJ/2/2024",
            ("2 actas", "lunes 18 de marzo", "Participantes: 25", "Lugar: En línea",
             "SESAECH/DJ/1/2024, SESAECH/DJ/2/2024"),
        ),
        (
            "tres (3)", "la semana pasada", "nueve compañeras y 3 compañeros", "Las Margaritas", "s/n",
            ("3 actas", "del 11 al 15 de marzo", "12 (9 mujeres, 3 hombres)", "Lugar: Las Margaritas",
             "Oficios: s/n"),
        ),
    ],
)  # fmt: skip
async def test_an_activity_can_be_registered_by_typed_answers(
    stage: Stage, quantity: str, day: str, people: str, place: str, document: str, shown: tuple[str, ...]
) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    await tap_through(ana, "1 · ")
    for answer, question in (
        (quantity, "acuerdos"),
        ("cuatro acuerdos", "pendiente"),
        ("todos", "¿Qué día fue?"),
        (day, "qué se hizo"),
        ("Se celebró la sesión.", "¿Quiénes participaron?"),
        (people, "¿En qué lugar fue?"),
        (place, "oficio"),
    ):
        await ana.send(answer)
        await ana.wait_for(question)
    await ana.send(document)
    card = await ana.wait_for("Por registrar")
    for words in (*shown, "4 acuerdos", "4 por publicar"):
        assert words in card.text


@pytest.mark.parametrize(
    "day",
    ["el martes", "hace ocho días", "anoche", "el 13", "día 13", "13-03", "mar 12 mar"],
)
async def test_a_day_in_any_wording_answers_the_question(stage: Stage, day: str) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    await tap_through(ana, "1 · ", "1", "4", "Ninguno")
    await ana.send(day)
    await ana.wait_for("qué se hizo")
