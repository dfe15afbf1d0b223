"""A text that tells nothing done opens no card that is ready: it is asked what it is."""

from pathlib import Path

import pytest
from sqlmodel import func, select

from models.storage import database
from models.tables.activity import Activity
from models.tables.people import Role
from tests.support.phones.conversation import Talk, talking
from tests.support.phones.stage import ANA, Part

ARIEL = Part(201, "Ariel Archivo", Role.STAFF, "archivo")
REGISTER, PLAN = "✅ Registrar actividad", "🗓 Es un plan"
NO, QUESTION = "No, no es una actividad", "❓ Es una pregunta"

HELD_BACK = [
    ("mañana vamos a dar 2 asesorías", "¿Ya se hizo, o es un plan?", PLAN, "Queda como plan"),
    ("el próximo lunes daremos la asesoría", "¿Ya se hizo, o es un plan?", PLAN, "Queda como plan"),
    ("auxilio, no puedo registrar", "¿Es algo que se hizo?", NO, "/ayuda"),
    ("no se levantó el acta de la sesión", "¿Es algo que se hizo?", NO, "Cuando se haga algo"),
    ("hoy se dieron 2 asesorías?", "¿Es algo que se hizo, o es una pregunta?", QUESTION, "pregunta"),
]
NOTHING_TOLD = [
    "me puedes pasar el formato de asesorías",
    "les recuerdo mandar su información",
    "marquen a la ext 1205",
    "Toño márcame al 961 123 4567",
    "borra mi última actividad",
    "genera el informe de archivo",
    "muéstrame las fotos de la sesión",
    "¿Ya se dieron las 2 asesorías?",
    "¿Mañana damos las 2 asesorías?",
    "Sesión ordinaria",
]


def activities(talk: Talk) -> int:
    with database.transaction(talk.bot.engine) as session:
        return session.exec(select(func.count()).select_from(Activity)).one()


@pytest.mark.parametrize(("text", "asked", "label", "left"), HELD_BACK)
def test_what_tells_nothing_done_is_asked_and_may_be_left(
    tmp_path: Path, text: str, asked: str, label: str, left: str
) -> None:
    with talking(tmp_path, ARIEL) as talk:
        shown = talk.say(text)
        assert asked in shown.text and "Por registrar" not in shown.text
        assert left in talk.tap(label).text
        assert "no tiene nada a medias" in talk.say("/cancelar").text.lower()
        assert activities(talk) == 0


@pytest.mark.parametrize("text", NOTHING_TOLD)
def test_what_tells_nothing_done_opens_no_card(tmp_path: Path, text: str) -> None:
    with talking(tmp_path, ARIEL) as talk:
        assert all("Por registrar" not in each.text for each in talk.said(text))
        assert activities(talk) == 0


@pytest.mark.parametrize("answer", ["✅ Ya se hizo", "sí", "ya se hizo"])
def test_a_plan_that_was_done_is_asked_for_its_figures(tmp_path: Path, answer: str) -> None:
    """The words of a plan give neither its quantity nor its day."""
    with talking(tmp_path, ARIEL) as talk:
        talk.say("mañana vamos a dar 2 asesorías")
        asked = talk.tap(answer) if answer.startswith("✅") else talk.say(answer)
        assert "¿Qué cantidad de asesorías?" in asked.text
        assert "¿Qué día fue?" in talk.tap("2").text
        card = talk.say("ayer")
        assert "Qué: 2 asesorías" in card.text and "martes 19 de marzo" in card.text


def test_no_in_words_leaves_it(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say("mañana vamos a dar 2 asesorías")
        assert "Queda como plan" in talk.say("No.").text


@pytest.mark.parametrize("text", ["muchas gracias", "Buenos días", "ok"])
def test_a_courtesy_gets_one_line(tmp_path: Path, text: str) -> None:
    with talking(tmp_path, ARIEL) as talk:
        assert len(talk.say(text).text.split("\n")) <= 2


def test_registrar_with_a_text_asks_no_more_whether_it_was_done(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        assert "¿Qué cantidad de asesorías?" in talk.say("/registrar mañana damos 2 asesorías").text


def test_a_message_with_a_question_is_not_divided(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        shown = talk.said("Ayer dimos 2 asesorías y se hizo la sesión del grupo interdisciplinario?")
        assert len(shown) == 1 and "Por registrar" not in shown[0].text


def test_what_is_told_opens_a_card(tmp_path: Path) -> None:
    with talking(tmp_path, ANA) as talk:
        assert "Por registrar" in talk.say("Hoy se levantó el acta de la sesión").text


@pytest.mark.parametrize("held", [each[0] for each in HELD_BACK])
def test_what_is_told_next_is_no_part_of_what_is_held_back(tmp_path: Path, held: str) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say(held)
        card = talk.say("Ayer dimos 3 asesorías archivísticas a las áreas del edificio central")
        assert "Por registrar" in card.text and "Qué: 3 asesorías" in card.text
