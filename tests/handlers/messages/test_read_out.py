"""What the card shows of a text: each kind of figure, day and act, for two agencies."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.tables.people import Role
from tests.support.phones.conversation import talking
from tests.support.phones.stage import ANA, SAUL, TERE, Part

ARIEL = Part(201, "Ariel Archivo", Role.STAFF, "archivo")
OBRAS = Part(202, "Olivia Obras", Role.STAFF, "obras")
PARQUES = Part(203, "Pedro Parques", Role.STAFF, "parques")
TESORERIA = Part(204, "Tomás Tesorería", Role.STAFF, "tesoreria")
CITY = Path(__file__).parents[2] / "data" / "agencies" / "municipality.yaml"
STEP = "Qué: un paso que todavía no cuenta para la meta"

CARDS = [
    # Of a target counts what was done, affirmed, to the thing counted.
    (ANA, "se entregaron 8 invitaciones para la sesión", [STEP]),
    (ANA, "mandamos otra vez el oficio pidiendo el espacio para la sesión", [STEP]),
    (ANA, "Asistentes: 7. Se levantó el acta de la sesión", ["Qué: 1 acta", "Participantes: 7"]),
    # Totals beside increments, corrections, lists.
    (ARIEL, "hoy dimos 2 asesorías, ya llevamos 18", ["Qué: 2 asesorías"]),
    (ARIEL, "ayer dimos 3 asesorías, perdón, fueron 2", ["Qué: 2 asesorías", "martes 19 de marzo"]),
    (ARIEL, "5 asesorías, no, digo 4", ["Qué: 4 asesorías"]),
    (ARIEL, "2 asesorías, una a Finanzas y otra a Salud", ["Qué: 2 asesorías"]),
    (ARIEL, "asesorías:\n- Finanzas\n- Salud\n- Educación", ["Qué: 3 asesorías"]),
    (
        SAUL,
        "12 mar 8 equipos, 13 mar 6 equipos con mantenimiento",
        ["Qué: 14 mantenimientos", "del 12 al 13"],
    ),
    (TERE, "2 cursos de 20 personas cada uno, 40 en total", ["Qué: 2 cursos", "Participantes: 40"]),
    (
        SAUL,
        "capacitamos a 18 compañeros, 11 mujeres y 7 hombres",
        ["Qué: 18 personas", "Participantes: 18 (11 mujeres, 7 hombres)"],
    ),
]
CITY_CARDS = [
    (
        OBRAS,
        "ayer se rehabilitaron 850 metros de carpeta asfáltica en la calle Aldama",
        "Qué: 0.85 kilómetros",
    ),
    (OBRAS, "hoy reencarpetamos un kilómetro y medio del libramiento", "Qué: 1.5 kilómetros"),
    (PARQUES, "reforestamos media hectárea en la ladera norte", "0.5 hectáreas"),
    (TESORERIA, "hoy se recaudaron $125,430.50 de predial", "Qué: 125,430.5 pesos"),
    (TESORERIA, "ayer entraron 48 mil pesos de predial", "Qué: 48,000 pesos"),
]


@pytest.mark.parametrize(("part", "text", "shown"), CARDS)
def test_the_card_shows_what_was_read(tmp_path: Path, part: Part, text: str, shown: list[str]) -> None:
    with talking(tmp_path, part) as talk:
        card = talk.say(text).text
        assert "Por registrar" in card
        for each in shown:
            assert each in card


@pytest.mark.parametrize(("part", "text", "shown"), CITY_CARDS)
def test_the_card_of_another_agency_shows_its_units(
    tmp_path: Path, part: Part, text: str, shown: str
) -> None:
    file = tmp_path / "city.yaml"
    file.write_text(CITY.read_text(encoding="utf-8"), encoding="utf-8")
    with talking(tmp_path, part, file, datetime(2025, 2, 11, 15, 0, tzinfo=UTC)) as talk:
        card = talk.say(text).text
        assert "Por registrar" in card and shown in card
