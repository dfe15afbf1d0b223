"""What was told is taken back or added to: on the open card, and soon after it was registered."""

from datetime import date
from pathlib import Path

import pytest

from models.tables.people import Role
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.conversation import talking
from tests.support.phones.stage import Part

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


ANA = Part(101, "Ana Juárez", Role.STAFF, "juridica")
SESSION = "Ayer sesionó el Órgano de Gobierno: 1 acta y 4 acuerdos, 9 personas (6 mujeres)"
REPLACED = [
    ("no eran 6 mujeres, eran 7", "9 (7 mujeres, 2 hombres)"),
    ("no era ayer era antier", "lunes 18 de marzo"),
    ("nooo, fueron 3 actas", "3 actas"),
    ("y no fue 1 acta fueron 2", "2 actas"),
    ("puse 4 acuerdos pero eran 3", "3 acuerdos"),
    ("cambia las actas a 2", "2 actas"),
    ("fueron 5 acuerdos, no 4", "5 acuerdos"),
    ("no era en el auditorio, era en la Sala de Gobernación", "Sala de Gobernación"),
]


@pytest.mark.parametrize(("text", "said"), REPLACED)
def test_a_card_that_asks_is_corrected_and_asks_again(tmp_path: Path, text: str, said: str) -> None:
    with talking(tmp_path, ANA) as talk:
        assert "sigue pendiente" in talk.say(SESSION).text
        again = talk.say(text).text
        assert "Anotado" in again and said in again and "sigue pendiente" in again, again


@pytest.mark.parametrize(("text", "said"), REPLACED)
def test_a_ready_card_is_corrected(tmp_path: Path, text: str, said: str) -> None:
    with talking(tmp_path, ANA) as talk:
        talk.say(SESSION)
        talk.tap("Ninguno")
        assert said in talk.say(text).text


def test_a_correction_beside_an_undecided_text_changes_the_card_that_says_it(tmp_path: Path) -> None:
    with talking(tmp_path, ANA) as talk:
        talk.say(SESSION)
        talk.tap("Ninguno")
        assert "¿Es parte" in talk.say("se presentó el convenio con la fiscalía").text
        texts = [each.text for each in talk.said("no eran 4 acuerdos sino 3")]
        assert any("3 acuerdos" in each and "Por registrar" in each for each in texts), texts
        assert "¿Es parte" in texts[-1] and "sino" not in texts[-1]


@pytest.mark.parametrize("text", ["gracias", "👍", "ok", "muchas gracias!!"])
def test_a_courtesy_is_no_part_of_an_undecided_text(tmp_path: Path, text: str) -> None:
    with talking(tmp_path, ANA) as talk:
        talk.say(SESSION)
        talk.tap("Ninguno")
        talk.say("se presentó el convenio con la fiscalía")
        asked = talk.say(text).text
        assert "«se presentó el convenio con la fiscalía»" in asked and "¿Es parte" in asked


@pytest.mark.parametrize(
    ("step", "text", "noted"),
    [
        ("¿En qué lugar fue?", "el lunes", "Cuándo: lunes 18 de marzo"),
        ("¿En qué lugar fue?", "no fueron 12, fueron 14 personas", "Participantes: 14"),
        ("¿Hay números de oficio", "eran 14 personas", "Participantes: 14"),
    ],
)
def test_a_guided_question_notes_what_answers_another(
    tmp_path: Path, step: str, text: str, noted: str
) -> None:
    with talking(tmp_path, ANA) as talk:
        talk.say("/registrar")
        for each in ("línea 2", "uno", "ayer", "se presentó el proyecto", "12 personas"):
            asked = talk.say(each)
        if "lugar" not in step:
            asked = talk.say("en la sala de juntas")
        assert step in asked.text, asked.text
        again = talk.say(text).text
        assert noted in again and step in again, again


def test_words_are_no_number_of_a_document(tmp_path: Path) -> None:
    with talking(tmp_path, ANA) as talk:
        talk.say("/registrar")
        for each in ("línea 2", "uno", "ayer", "se presentó el proyecto", "12 personas", "sala de juntas"):
            talk.say(each)
        assert "¿Hay números de oficio" in talk.say("estuvo muy bien todo").text
        assert "Oficios: oficio 23" in talk.say("oficio 23").text
