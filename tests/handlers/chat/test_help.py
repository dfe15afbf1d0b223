"""What is asked of the bot itself: at most four lines, and the button that does it, for every role."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models.tables.people import Role
from tests.support.phones.conversation import Talk, talking
from tests.support.phones.phone import Message
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Part

CITY = Path(__file__).parents[2] / "data" / "another-institution.yaml"
VICTOR = Part(801, "Víctor Vialidades", Role.STAFF, "vialidades")
THERE = datetime(2025, 3, 19, 9, tzinfo=ZoneInfo("America/Mexico_City"))
LINES = 4
ASKED = [
    "ayuda", "/help", "/settings", "/ajustes", "hola", "gracias", "ok", "👍", "menú", "cancelar",
    "me equivoqué",
    "borra mi última actividad", "cómo registro una actividad", "qué significan los colores",
    "cuáles son mis líneas", "quién ve lo que escribo", "ya puedo firmar", "buenas tardes", "hasta mañana",
    "perdón", "¿qué tal?", "no entiendo", "¿qué puedo hacer aquí?", "me confundí de línea",
    "puse mal la fecha",
    "corregir", "elimina lo último que registré", "deshacer", "olvídalo", "¿qué me toca reportar?",
    "mis metas",
    "¿cuándo puedo firmar?", "¿ya quedó registrado?", "los colores", "¿mi jefe ve esto?", "¿es confidencial?",
    "cambié de teléfono", "perdí mi celular", "¿sirve en la computadora?", "¿lo puedo usar en la laptop?",
    "cómo borro de verdad una foto con datos personales", "ajustes", "ya no quiero tantos avisos",
    "cómo subo una foto", "olvidé mi PIN", "¿quién eres?", "/avanse", "/registar", "/menu", "/nadaparecido",
]  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _read_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The first text of a process loads what reading needs, which may take more than its budget."""
    with talking(tmp_path_factory.mktemp("first"), ANA) as talk:
        talk.say("Ayer sesionó el Órgano de Gobierno: 1 acta")


def lines(message: Message) -> int:
    return len(message.text.splitlines())


@pytest.mark.parametrize("part", [ANA, DIEGO, PALOMA, OLGA], ids=lambda part: part.role)
def test_each_is_answered_shortly_and_with_a_button(tmp_path: Path, part: Part) -> None:
    with talking(tmp_path, part) as talk:
        answers = {text: talk.say(text) for text in ASKED}
    assert {text: lines(said) for text, said in answers.items() if lines(said) > LINES} == {}
    assert [text for text, said in answers.items() if not said.buttons()] == []


def test_the_buttons_of_help_do_what_they_say(tmp_path: Path) -> None:
    with talking(tmp_path, ANA) as talk:
        talk.say("/ayuda")
        assert "Práctica: aquí nada se registra" in talk.tap("🧪").text
        assert "no se registró nada" in talk.tap("✅ Registrar").text
        assert "¿A qué línea" in talk.tap("📝 Registrar").text
        talk.say("/cancelar")
        assert (
            "Todavía no hay actividades" in talk.say("/actividades").text
        )  # the practice registered nothing
        assert "Dirección Jurídica" in talk.tap("📊 ¿Cómo va Jurídica?").text
        assert "Pendientes" in talk.tap("📋 ¿Qué me falta?").text


def test_help_begins_with_the_gesture_then_come_the_commands_of_the_role(tmp_path: Path) -> None:
    with talking(tmp_path, ANA) as talk:
        ana = talk.say("/ayuda").text
        olga = Talk(talk.bot, OLGA).say("/ayuda").text
        paloma = Talk(talk.bot, PALOMA).say("/ayuda").text
    first, _, rest = ana.partition("Esto puedo hacer")
    assert all(word in first for word in ("Escríbame qué se hizo", "foto", "✅ Registrar"))
    assert "/registrar ·" in rest and "/invitar" not in rest
    assert "/invitar ·" in paloma
    assert "/registrar" not in olga and "Pregúnteme" in olga


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("/avanse", "avance"),
        ("/registar", "registrar"),
        ("/pendiente", "pendientes"),
        ("/reportes", "informe"),
    ],
)
def test_an_unknown_command_names_the_nearest(tmp_path: Path, typed: str, meant: str) -> None:
    with talking(tmp_path, PALOMA) as talk:
        said = talk.say(typed)
        assert f"¿Quiso decir /{meant}?" in said.text
        assert "No conozco" not in talk.tap(f"/{meant}").text


def test_a_command_of_another_role_is_not_proposed(tmp_path: Path) -> None:
    with talking(tmp_path, OLGA) as talk:
        assert "/registrar" not in talk.say("/registar").text


def test_a_command_with_an_accent_is_the_command(tmp_path: Path) -> None:
    with talking(tmp_path, DIEGO) as talk:
        assert "resentación" in talk.say("/presentación").text
        assert "No conozco" not in talk.say("/Observación").text


def test_help_of_a_municipality_names_its_own_units_and_measures(tmp_path: Path) -> None:
    with talking(tmp_path, VICTOR, CITY, THERE) as talk:
        asked = [
            "/ayuda",
            "ayuda",
            "cómo registro",
            "cómo veo el avance",
            "¿a qué hora abre el banco?",
            "hola",
        ]
        said = "\n".join(talk.say(text).text for text in [*asked, "cómo pido el informe"]).lower()
    for word in ("jurídica", "juridica", "archivo 3", "actas", "asesorías", "sesaech"):
        assert word not in said, word
    assert "vialidades" in said


def test_a_courtesy_says_what_is_open(tmp_path: Path) -> None:
    with talking(tmp_path, ANA) as talk:
        talk.say("Ayer sesionó el Órgano de Gobierno: 1 acta")
        for text in ("ok", "gracias", "👍", "listo"):
            said = talk.say(text)
            assert "sin registrar" in said.text and lines(said) <= 2, text
        talk.tap("📋 Ver lo que tengo abierto")
        assert "1 acta" in talk.tap("📝").text


@pytest.mark.parametrize(
    "hour, greeting",
    [(8, "Buenos días"), (13, "Buenas tardes"), (17, "Buenas tardes"), (20, "Buenas noches")],
)
def test_the_greeting_is_that_of_the_hour(tmp_path: Path, hour: int, greeting: str) -> None:
    local = datetime(2024, 3, 20, hour, 40, tzinfo=ZoneInfo("America/Mexico_City"))
    with talking(tmp_path, ANA, now=local) as talk:
        assert greeting in talk.say("hola").text
        assert greeting in talk.say("/start").text


def test_a_mistake_is_mended_where_it_is(tmp_path: Path) -> None:
    with talking(tmp_path, ANA) as talk:
        talk.say("Ayer sesionó el Órgano de Gobierno: 1 acta, sin participantes")
        assert "Por registrar" in talk.say("me equivoqué").text
        talk.tap("✅ Registrar")
        said = talk.say("me equivoqué de día")
        assert "n.º 1" in said.text and "1 acta" in said.text
        assert said.keyboard()[0] == ["✏️ Corregir", "↩️ Deshacer"]
        assert "registrado" in talk.say("¿ya quedó registrado?").text
        talk.say("borra mi última actividad")
        assert "eshecha" in talk.tap("↩️ Deshacer").text


def test_whether_it_can_be_signed_is_what_is_so_today(tmp_path: Path) -> None:
    with talking(tmp_path, DIEGO) as talk:
        assert "31 de marzo" in talk.say("ya puedo firmar").text
    later = datetime(2024, 4, 2, 15, tzinfo=ZoneInfo("America/Mexico_City"))
    (tmp_path / "later").mkdir()
    with talking(tmp_path / "later", DIEGO, now=later) as talk:
        assert "impide" in talk.say("¿cuándo puedo firmar el trimestre?").text
        assert "firmar" in talk.tap("📌 Ver qué falta").text


@pytest.mark.parametrize(
    "text",
    [
        "Se corrigió el acta de la sesión", "Ayer cancelamos 2 registros duplicados",
        "Ayudamos a 3 personas con su declaración", "Se eliminó el último expediente del año 2019",
        "Ya quedó firmado el convenio",
    ],
)  # fmt: skip
def test_what_tells_of_work_is_not_taken_for_a_call_for_help(tmp_path: Path, text: str) -> None:
    with talking(tmp_path, ANA) as talk:
        assert text in talk.say(text).text  # it is quoted, on its card or above a question about it
