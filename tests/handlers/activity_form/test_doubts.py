"""A number of which the text leaves a doubt is asked before the card is ready."""

from datetime import date
from pathlib import Path

import pytest

from models.tables.people import Role
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.conversation import Talk, talking
from tests.support.phones.stage import SAUL, Part, without_pins

ARIEL = Part(201, "Ariel Archivo", Role.STAFF, "archivo")


def ready(talk: Talk, text: str) -> str:
    shown = talk.say(text).text
    assert "Por registrar" in shown, shown
    return shown


@pytest.mark.parametrize(
    "text", ["ya llevamos 18 asesorías", "ya van 18 asesorías", "con esta suman 18 asesorías archivísticas"]
)
def test_a_running_total_is_asked(tmp_path: Path, text: str) -> None:
    with talking(tmp_path, ARIEL) as talk:
        store(talk.bot.engine, "archivo", 2, date(2024, 3, 5), claimed=(Claimed(15),))
        asked = talk.say(text)
        assert "¿Son 18 nuevos, o es el total?" in asked.text
        assert "Registrado hasta el 20 de marzo: 15 asesorías." in asked.text
        assert asked.keyboard()[:2] == [["18 nuevos"], ["Es el total: 3 nuevos"]]
        card = talk.tap("Es el total")
        assert "Qué: 3 asesorías" in card.text
        assert "18 asesorías es el total; aquí cuenta lo nuevo." in card.text.replace(" archivísticas", "")
        assert "Qué: 3 asesorías" in talk.tap("✅ Registrar").text


def test_all_of_a_running_total_may_be_new(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        asked = talk.say("ya llevamos 6 asesorías")
        assert asked.keyboard()[:1] == [["6 nuevos"]]  # nothing is registered: the total is what is new
        card = talk.tap("6 nuevos").text
        assert "Qué: 6 asesorías" in card and "el total" not in card


def test_a_total_that_is_registered_already_says_so(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        store(talk.bot.engine, "archivo", 2, date(2024, 3, 5), claimed=(Claimed(20),))
        asked = talk.say("ya llevamos 18 asesorías")
        assert "así que con ese total no habría nada nuevo" in asked.text
        assert asked.keyboard()[:2] == [["18 nuevos"], ["Nada nuevo"]]


def test_a_total_counts_what_was_registered_by_its_day(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        for day in (date(2024, 2, 5), date(2024, 3, 18)):
            store(talk.bot.engine, "archivo", 2, day, claimed=(Claimed(5),))
        asked = talk.say("El 15 de marzo ya llevábamos 18 asesorías")
        if "o es el total" in asked.text:
            assert "Registrado hasta el 15 de marzo: 5 asesorías" in asked.text


def test_an_increment_beside_the_total_is_what_counts(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        assert "Qué: 2 asesorías" in ready(talk, "hoy dimos 2 asesorías, ya llevamos 18")


@pytest.mark.parametrize(("answer", "said"), [("3", "3 asesorías"), ("fueron 4", "4 asesorías")])
def test_the_quantity_may_be_typed(tmp_path: Path, answer: str, said: str) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say("ya llevamos 18 asesorías")
        assert f"Qué: {said}" in talk.say(answer).text


def test_a_correction_answers_the_quantity_that_is_asked(tmp_path: Path) -> None:
    with talking(tmp_path, SAUL) as talk:
        talk.say("Ayer capacitamos a 18 personas, 11 mujeres y 8 hombres")
        card = talk.say("fueron 20 personas, 11 mujeres y 9 hombres")
        assert "Qué: 20 personas" in card.text
        assert "Participantes: 20 (11 mujeres, 9 hombres)" in card.text


def test_a_number_that_nothing_explains_is_asked(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        asked = talk.say("se levantó el acta y se atendieron 3 solicitudes")
        assert "También leí 3 solicitudes. ¿Cuánto cuenta?" in asked.text
        assert asked.keyboard()[0] == ["3", "1", "0"]
        card = talk.tap("1").text
        assert "Qué: 1 sesión ordinaria" in card and "No se sumó: 3 solicitudes." in card
        talk.tap("Sesiones ordinarias")
        card = talk.tap("3").text
        assert "Qué: 3 sesiones ordinarias" in card and "No se sumó" not in card


def test_people_that_do_not_add_up_leave_their_total_to_be_confirmed(tmp_path: Path) -> None:
    with talking(tmp_path, SAUL) as talk:
        asked = talk.say("Ayer capacitamos a 18 personas, 11 mujeres y 8 hombres")
        if "Por registrar" not in asked.text:
            assert "¿Cuánto cuenta?" in asked.text and asked.keyboard()[0][0] == "18"
            asked = talk.tap("18")
        assert "Qué: 18 personas" in asked.text
        assert "no suman: 18 en total, 11 mujeres y 8 hombres" in asked.text
        assert "Participantes:" not in asked.text


def test_the_total_of_a_target_that_is_no_sum_is_what_counts(tmp_path: Path) -> None:
    file = tmp_path / "latest.yaml"
    measure = "            measure: Asesorías\n"
    latest = without_pins().replace(measure, f"{measure}            combine: latest\n")
    file.write_text(latest, encoding="utf-8")
    with talking(tmp_path, ARIEL, file) as talk:
        assert "Qué: 18 asesorías" in ready(talk, "ya llevamos 18 asesorías")
