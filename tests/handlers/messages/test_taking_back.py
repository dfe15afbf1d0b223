"""What was told is taken back or added to: on the open card, and soon after it was registered."""

from datetime import date
from pathlib import Path

import pytest

from models.tables.people import Role
from tests.registered import Claimed, store
from tests.stage import Part
from tests.talking import talking

ARIEL = Part(201, "Ariel Archivo", Role.STAFF, "archivo")


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("agrega 3 más", 8), ("súmale otras 2", 7), ("ponle 10", 10), ("agrega una más", 6), ("2 más", 7)],
)
def test_the_quantity_of_an_open_card_is_added_to(tmp_path: Path, text: str, quantity: int) -> None:
    with talking(tmp_path, ARIEL) as talk:
        assert "Qué: 5 asesorías" in talk.say("ayer di 5 asesorías").text
        assert f"Qué: {quantity} asesorías" in talk.say(text).text


@pytest.mark.parametrize("text", ["me equivoqué, eran 6", "perdón, fueron 6", "no, eran 6", "corrijo: 6"])
def test_what_was_just_registered_is_corrected(tmp_path: Path, text: str) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say("ayer di 5 asesorías")
        assert "Registrada" in talk.tap("✅ Registrar").text
        offered = talk.say(text).text
        assert "Así quedaría" in offered and "6" in offered, offered


def test_what_was_registered_by_somebody_else_is_not_corrected(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        store(talk.bot.engine, "archivo", 2, date(2024, 3, 19), claimed=(Claimed(5),))
        assert "Así quedaría" not in talk.say("me equivoqué, eran 6").text


@pytest.mark.parametrize(("answer", "said"), [("es el total", "3 asesorías"), ("son nuevas", "18 asesorías")])
def test_the_question_about_a_total_takes_words(tmp_path: Path, answer: str, said: str) -> None:
    with talking(tmp_path, ARIEL) as talk:
        store(talk.bot.engine, "archivo", 2, date(2024, 3, 5), claimed=(Claimed(15),))
        assert "o es el total" in talk.say("ya llevamos 18 asesorías").text
        assert f"Qué: {said}" in talk.say(answer).text


def test_a_quantity_that_is_not_sure_is_asked_with_what_may_be_meant(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        asked = talk.say("ayer di asesoría a tres áreas")
        assert "no me queda claro cuánto cuenta" in asked.text
        assert asked.keyboard()[0] == ["1", "3", "0"]
        assert "Qué: 3 asesorías" in talk.tap("3").text
