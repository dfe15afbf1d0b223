"""The parts of a message: numbers, days, participants, documents, places, stages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from models.programme.view import LineView, UnitView
from models.programme_file.file import BUNDLED, read
from models.storage.forms import Participants
from spanish.reading.activity import Understood, understand
from spanish.reading.numbers.digits import in_digits
from spanish.reading.phrases import units_of
from spanish.reading.spoken import Spoken
from spanish.writing.days import MONTHS, WEEKDAYS

PROGRAMME = read(BUNDLED.read_bytes()).programme
assert PROGRAMME is not None
UNITS = {unit.key: unit for unit in units_of(PROGRAMME)}
TODAY = date(2024, 4, 10)  # a Wednesday


def _lines(key: str, number: int | None = None) -> list[tuple[UnitView, LineView]]:
    unit = UNITS[key]
    return [(unit, line) for line in unit.lines if number in (None, line.number)]


def _read(text: str, key: str = "archivo", number: int | None = 2, today: date = TODAY) -> Understood:
    return understand(text, _lines(key, number), today)


def _quantities(text: str, key: str, number: int) -> list[tuple[int, int | None]]:
    return [(said.quantity, said.pending) for said in _read(text, key, number).said]


def _counted(text: str) -> list[tuple[int, int | None]]:
    """Return the quantity read for a target that may be large."""
    unit, line = _lines("archivo", 2)[0]
    target = replace(line.targets[0], terms=(replace(line.targets[0].terms[0], amount=10_000),))
    said = understand(text, [(unit, replace(line, targets=(target,)))], TODAY).said
    return [(each.quantity, each.pending) for each in said]


@given(st.integers(0, 9_999), st.sampled_from(("masculine", "feminine")))
def test_any_number_in_words_is_read(number: int, gender: str) -> None:
    words = num2words(number, lang="es")
    if gender == "feminine":
        words = words.replace("cientos", "cientas").replace("quinientos", "quinientas")
        words = words.removesuffix("uno") + "una" if words.endswith("uno") else words
    assert _counted(f"dimos {words} asesorías") == [(number, None)]


@given(st.integers(0, 9_999), st.sampled_from(("{}", "{:,}", "{} ({words})", "{words} ({})")))
def test_any_number_in_digits_is_read(number: int, form: str) -> None:
    words = num2words(number, lang="es")
    assert _counted(f"dimos {form.format(number, words=words)} asesorías") == [(number, None)]


@given(st.integers(1_000, 999_999))
def test_thousands_may_be_separated_by_a_space(number: int) -> None:
    spoken = in_digits(Spoken.of(f"{number:,}".replace(",", " ") + " registros"))
    assert spoken.text == f"{number:,} registros"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("un par de oficios", "2 oficios"),
        ("media docena de cajas", "6 cajas"),
        ("dos docenas", "24"),
        ("mil doscientas veintiún", "1221"),
        ("ciento un mil dos", "101002"),
        ("dos y tres", "2 y 3"),
        ("treinta y dos y tres", "32 y 3"),
        ("una sola y uno más", "una sola y uno mas"),
        ("oficio 30 2024", "oficio 30 2024"),
        ("del 4 al 6, 150 sillas", "del 4 al 6, 150 sillas"),
    ],
)
def test_numbers_become_digits(text: str, digits: str) -> None:
    assert in_digits(Spoken.of(text)).text == digits


@given(st.text(max_size=300))
def test_folding_keeps_the_position_of_every_character(text: str) -> None:
    spoken = in_digits(Spoken.of(text))
    assert len(spoken.text) == len(spoken.starts) == len(spoken.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(spoken.starts, spoken.ends, strict=True))
    assert list(spoken.starts) == sorted(spoken.starts)


def _written(day: date) -> str:
    return f"el {day.day} de {MONTHS[day.month - 1]}"


FORMS: dict[str, Callable[[date], str]] = {
    "13 de marzo": _written,
    "13 de marzo de 2024": lambda day: f"{_written(day)} de {day.year}",
    "13 mar": lambda day: f"{day.day} {MONTHS[day.month - 1][:3]}",
    "13/03": lambda day: f"el {day.day:02}/{day.month:02}",
    "13/3/24": lambda day: f"{day.day}/{day.month}/{day.year % 100}",
    "13.03.24": lambda day: f"el {day.day:02}.{day.month:02}.{day.year % 100}",
    "13/03/2024": lambda day: f"({day.day:02}/{day.month:02}/{day.year})",
    "13-mar-24": lambda day: f"{day.day}-{MONTHS[day.month - 1][:3]}-{day.year % 100}",
    "miércoles 13 de marzo": lambda day: f"el {WEEKDAYS[day.weekday()]} {day.day} de {MONTHS[day.month - 1]}",
    "2024-03-13": date.isoformat,
}
DAYS = st.dates(TODAY - timedelta(days=99), TODAY)


@given(DAYS, st.sampled_from(sorted(FORMS)))
def test_a_day_in_any_form_is_read(day: date, form: str) -> None:
    understood = _read(f"se dio una asesoría {FORMS[form](day)} en la oficina")
    assert (understood.starts_on, understood.ends_on) == (day, day)


@given(
    st.dates(date(2024, 1, 2), date(2024, 12, 31)),
    st.sampled_from(range(7)),
    st.sampled_from(("", " pasado")),
)
def test_a_weekday_is_the_latest_before_today(today: date, weekday: int, past: str) -> None:
    understood = _read(f"el {WEEKDAYS[weekday]}{past} dimos asesoría", today=today)
    assert understood.starts_on == understood.ends_on
    assert understood.starts_on is not None and understood.starts_on.weekday() == weekday
    assert 1 <= (today - understood.starts_on).days <= 7


@given(st.dates(date(2024, 1, 15), date(2024, 12, 31)), st.integers(1, 12))
def test_a_range_of_days_is_read(last: date, length: int) -> None:
    first = last - timedelta(days=length)
    same_month = first.month == last.month
    forms = [f"del {first.day} al {last.day} de {MONTHS[last.month - 1]}"] if same_month else []
    forms.append(f"del {_written(first)[3:]} al {_written(last)[3:]}")
    forms.append(f"del {first:%d/%m/%Y} al {last:%d/%m/%Y}")
    for text in forms:
        understood = _read(f"asesorías {text}", today=last)
        assert (understood.starts_on, understood.ends_on) == (first, last), text


DAYS_SAID: list[tuple[str, tuple[int, int] | None, tuple[int, int] | None]] = [
    ("5 del presente", (4, 5), (4, 5)),
    ("el 5 del presente mes", (4, 5), (4, 5)),
    ("el 3 del mes en curso", (4, 3), (4, 3)),
    ("el pasado 20", (3, 20), (3, 20)),
    ("el pasado 20 de marzo", (3, 20), (3, 20)),
    ("el 20 del mes pasado", (3, 20), (3, 20)),
    ("el 8 se dieron dos", (4, 8), (4, 8)),
    ("fue el 8.", (4, 8), (4, 8)),
    ("la semana pasada", (4, 1), (4, 5)),
    ("toda la semana pasada estuvimos en eso", (4, 1), (4, 5)),
    ("el lunes de la semana pasada", (4, 1), (4, 1)),
    ("el fin de semana", (4, 6), (4, 7)),
    ("anteayer", (4, 8), (4, 8)),
    ("hace una semana dimos asesoría", (4, 3), (4, 3)),
    ("hace ocho días", (4, 3), (4, 3)),
    ("hace 2 semanas", (3, 27), (3, 27)),
    ("martes y jueves", (4, 2), (4, 4)),
    ("lunes, martes y hoy", (4, 8), (4, 10)),
    ("entre el 2 y el 4 de abril", (4, 2), (4, 4)),
    ("los días 2, 3 y 4 de abril", (4, 2), (4, 4)),
    ("ayer, y para el viernes mandan lo demás", (4, 9), (4, 9)),
    ("el martes, 30 personas", (4, 9), (4, 9)),
    ("el primero de abril", (4, 1), (4, 1)),
    ("1° de abril", (4, 1), (4, 1)),
    ("hoy, y vence el 12 de abril", (4, 10), (4, 10)),
    ("la sesión será el 29", None, None),
    ("quedó para el jueves", None, None),
    ("convocatoria para la sesión del viernes", None, None),
    ("a más tardar el 5 de abril", None, None),
    ("la otra semana", None, None),
    ("todos los lunes", None, None),
    ("vamos a verlo el martes", None, None),
    ("el 13 sujetos", None, None),
]


@pytest.mark.parametrize(("text", "first", "last"), DAYS_SAID)
def test_days_in_common_wordings_are_read(
    text: str, first: tuple[int, int] | None, last: tuple[int, int] | None
) -> None:
    understood = _read(text)
    told = (understood.starts_on, understood.ends_on)
    assert told == ((date(2024, *first), date(2024, *last)) if first and last else (None, None))


PEOPLE_SAID: list[tuple[str, tuple[int, int | None, int | None] | None]] = [
    ("25 personas, 17 mujeres y 8 hombres", (25, 17, 8)),
    ("capacitación (7 M / 5 H)", (12, 7, 5)),
    ("17 M, 14 H", (31, 17, 14)),
    ("5 H y 9 M", (14, 9, 5)),
    ("M: 7, H: 5", (12, 7, 5)),
    ("Asistentes: 16. Mujeres: 9. Hombres: 7.", (16, 9, 7)),
    ("Hombres: 7. Mujeres: 9. Total: 16", (16, 9, 7)),
    ("hubo quórum de 6", (6, None, None)),
    ("quedó pendiente 1 servidor", None),
    ("2 usuarios no dejaron entrar", None),
    ("mujeres 7 / hombres 5", (12, 7, 5)),
    ("12 asistentes, 5 hombres", (12, 7, 5)),
    ("cinco mujeres y cuatro hombres", (9, 5, 4)),
    ("asistieron veintitrés personas", (23, None, None)),
    ("17 fueron mujeres y 8 hombres", (25, 17, 8)),
    ("9 compañeras y 3 compañeros", (12, 9, 3)),
    ("12 personas, todas mujeres", (12, 12, 0)),
    ("con la participación de 40 servidores públicos", (40, None, None)),
    ("vinieron 15, 8 mujeres y 7 hombres", (15, 8, 7)),
    ("capacitamos a 20", (20, None, None)),
    ("mandé correo a 12 enlaces", None),
    ("se invitó a 30 personas", None),
    ("turné el asunto a 2 personas", None),
    ("3 actas y 5 acuerdos", None),
]


@pytest.mark.parametrize(("text", "people"), PEOPLE_SAID)
def test_participants_in_common_wordings_are_read(
    text: str, people: tuple[int, int | None, int | None] | None
) -> None:
    told = _read(text).people
    assert ((told.participants, told.women, told.men) if told else None) == people


def test_participants_that_do_not_add_up_are_returned_as_unbalanced() -> None:
    understood = _read("asesoría a 9 personas (6 mujeres, 4 hombres)")
    assert understood.people is None
    assert understood.unbalanced == Participants(participants=9, women=6, men=4)
    assert _read("asesoría a 9 personas (5 mujeres, 4 hombres)").unbalanced is None


def test_sectors_are_read_after_the_sexes() -> None:
    text = (
        "261 participantes, 84 mujeres y 177 hombres; 13 del sector privado, 72 de la sociedad civil, "
        "13 de la academia y 163 personas servidoras públicas"
    )
    assert _read(text).people == Participants(
        participants=261,
        women=84,
        men=177,
        private_sector=13,
        civil_society=72,
        academia=13,
        public_servants=163,
    )


DOCUMENTS_SAID: list[tuple[str, list[str]]] = [
    ("oficio SESAECH/ST/UAA/0030/2024", ["SESAECH/ST/UAA/0030/2024"]),
    ("memo sesaech/dj/0022/2024 del 5 de marzo", ["SESAECH/DJ/0022/2024"]),
    ("circular 012/2024", ["012/2024"]),
    ("circular número SH-CGRH-174-2024", ["SH-CGRH-174-2024"]),
    ("folio 070123424000012", ["070123424000012"]),
    ("oficio 45", []),
    ("el 13/03/2024", []),
    ("3/4 de página", []),
]


@pytest.mark.parametrize(("text", "documents"), DOCUMENTS_SAID)
def test_document_numbers(text: str, documents: list[str]) -> None:
    assert list(_read(text).documents) == documents


PLACES_SAID: list[tuple[str, str | None]] = [
    ("dimos la asesoría en la Sala de Juntas", "Sala de Juntas"),
    ("fue en la sala de presidentas y presidentes, 3 horas", "Sala de presidentas y presidentes"),
    ("en el auditorio de la UNACH con 20 personas", "Auditorio de la UNACH"),
    (
        "en las instalaciones del Tribunal Administrativo, ayer",
        "Instalaciones del Tribunal Administrativo",
    ),
    ("en la carpeta de la oficina", None),
    ("en la sala", None),
]


@pytest.mark.parametrize(("text", "place"), PLACES_SAID)
def test_named_places_are_read(text: str, place: str | None) -> None:
    assert _read(text).place == place


QUANTITIES_SAID: list[tuple[str, int, str, int]] = [
    # One finished thing without a number.
    ("apoyo-administrativo", 1, "entregamos al Secretario Técnico el anteproyecto 2025", 1),
    ("apoyo-administrativo", 2, "quedó resuelto lo del finiquito de una compañera", 1),
    ("apoyo-administrativo", 4, "se mandó a Hacienda el reporte financiero de febrero", 1),
    ("transparencia", 1, "se dio respuesta a la solicitud sobre viáticos", 1),
    ("transparencia", 5, "el comité aprobó la evaluación de impacto", 1),
    ("archivo", 3, "capacitación sobre expurgo, 12 asistentes", 1),
    ("archivo", 5, "se celebró la segunda sesión ordinaria del grupo", 1),
    ("sistemas", 3, "le di mantenimiento a la laptop de la directora", 1),
    ("juridica", 2, "terminé la propuesta de reforma al reglamento interior", 1),
    ("juridica", 3, "el convenio ya está redactado, falta que lo firmen", 1),
    # A step, not finished.
    ("apoyo-administrativo", 1, "seguimos trabajando las fichas del POA con las áreas", 0),
    ("apoyo-administrativo", 3, "nos pidieron 2 cotizaciones más para el clima, en eso andamos", 0),
    ("apoyo-administrativo", 4, "no he podido sacar el reporte porque no cuadra la balanza", 0),
    ("apoyo-administrativo", 5, "estamos preparando el curso de ortografía", 0),
    ("transparencia", 1, "recibimos una solicitud nueva, la turné a administración", 0),
    ("transparencia", 2, "vamos en 40 de 74 formatos cargados", 0),
    ("archivo", 1, "nos reunimos para revisar las series", 0),
    ("archivo", 3, "mañana es la capacitación, ya tengo las listas", 0),
    ("archivo", 4, "se solicitó el local para el archivo de concentración", 0),
    ("archivo", 5, "sesión extraordinaria del grupo interdisciplinario", 0),
    ("vinculacion", 6, "llevamos la mitad de la guía para los municipios", 0),
    ("vinculacion", 2, "el documento está listo, falta firma", 0),
    ("juridica", 1, "estoy recabando firmas del acta de la CE", 0),
    ("juridica", 2, "revisando los lineamientos, voy en el artículo 20", 0),
    # The number that belongs to the measure.
    ("juridica", 1, "26 convocatorias, 70 invitaciones y 1 acta", 1),
    ("apoyo-administrativo", 3, "metimos 4 oficios, cuentan como una sola solicitud atendida", 1),
    ("apoyo-administrativo", 2, "atendí 3 asuntos de personal: 2 altas y 1 baja", 3),
    ("transparencia", 1, "de las 3 solicitudes que había hoy contestamos 2", 2),
    ("transparencia", 1, "entraron 5 solicitudes y respondimos 4, la otra va en trámite", 4),
    ("sistemas", 1, "ya están conectados 4 ayuntamientos más al S2, 1,340 registros", 4),
    ("sistemas", 3, "limpiamos 3 compus y 2 impresoras, más la lap del director", 6),
    ("sistemas", 3, "mantenimiento a quince equipos (12 computadoras y 3 multifuncionales)", 15),
    ("sistemas", 3, "tocaban 9 equipos, se hicieron 7", 7),
    ("sistemas", 2, "curso del S1 para 45 servidores públicos, 20 mujeres y 25 hombres", 45),
    ("juridica", 3, "elaboramos 2 convenios y 1 contrato", 3),
    ("juridica", 3, "quedaron firmados ambos convenios", 2),
    ("archivo", 3, "quedaron capacitados los RAT, fueron dos, una por grupo", 2),
]


@pytest.mark.parametrize(("key", "number", "text", "quantity"), QUANTITIES_SAID)
def test_quantities_that_count_at_once(key: str, number: int, text: str, quantity: int) -> None:
    assert [told for told, _ in _quantities(text, key, number)] == [quantity]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("se aprobaron 3 acuerdos, falta publicarlos", [(3, 3)]),
        ("el acuerdo quedó aprobado, falta publicar", [(1, 1)]),
        ("2 acuerdos, aún no se han publicado", [(2, 2)]),
        ("se publicaron 2 acuerdos en el Periódico Oficial", [(2, 0)]),
        ("1 acta y 2 acuerdos publicados", [(1, None), (2, 0)]),
        ("1 acta y 5 acuerdos, 2 por publicar", [(1, None), (5, 2)]),
        ("se levantó el acta y se aprobaron 3 acuerdos, falta publicarlos", [(1, None), (3, 3)]),
        ("los 3 acuerdos del acta 12 ya se publicaron", [(3, 0)]),
    ],
)
def test_quantities_that_are_pending(text: str, told: list[tuple[int, int | None]]) -> None:
    assert _quantities(text, "juridica", 1) == told


@pytest.mark.parametrize("text", ["2.5 asesorías", "-3 asesorías", "99999999 asesorías"])
def test_an_impossible_number_is_not_taken(text: str) -> None:
    assert _quantities(text, "archivo", 2) == []


def test_spans_are_positions_in_the_original_text() -> None:
    text = (
        "Ayer dimos dos asesorías a 9 personas (6 mujeres) en la Sala de Juntas, oficio SESAECH/CA/012/2024"
    )
    where = _read(text, number=None).where
    told = {name: [text[start:end] for start, end in spans] for name, spans in vars(where).items()}
    assert told["days"] == ["Ayer"]
    assert told["quantity"] == ["dos asesorías"]
    assert told["people"] == ["9 personas (6 mujeres"]
    assert told["place"] == ["la Sala de Juntas"]
    assert told["documents"] == ["SESAECH/CA/012/2024"]
    assert "asesorías" in told["line"]


@given(st.text(max_size=1000))
def test_spans_lie_within_the_text(text: str) -> None:
    for start, end in _read(text, number=None).where.all():
        assert 0 <= start < end <= len(text)


def test_a_line_without_precedents_is_chosen_by_its_own_words() -> None:
    unit = UNITS["archivo"]
    roads = replace(unit.lines[0], id=99, title="Supervisión de obra", description=None)
    understood = understand("supervisión del tramo carretero", [(unit, roads), *_lines("archivo", 2)], TODAY)
    assert understood.line_id == 99


PIECES = [
    *("a", "1", "1 ", "1,", "AB/", "A-1/", "hoy ", "lunes 4 y ", "5 acuerdos, ", "9 M ", "9 personas ", "ß"),
    "5 acuerdos, ",
    "dos mil ",
    "AB/",
    "9 personas ",
    "no se ",
    "falta que ",
    "1 ",
    "en la sala de A y ",
    "los municipios de a, b, ",
    "un acta ",
    "de los 5 convenios, ",
    "el lunes 2 y el martes una ",
    "integrado por 3 proyectos, 2 ",
]


@pytest.mark.parametrize("piece", sorted(set(PIECES)))
def test_ten_thousand_characters_are_read_without_backtracking(piece: str) -> None:
    """With exponential backtracking the suite's time limit would end it."""
    lines = _lines("juridica")
    understood = understand((piece * 10_000)[:10_000], lines, TODAY)
    assert sorted(understood.candidates) == sorted(line.id for _, line in lines)


@pytest.mark.long
@pytest.mark.parametrize("piece", sorted(set(PIECES)))
def test_reading_time_grows_linearly_with_the_text(piece: str) -> None:
    """In CPU time of this thread; at most 23 times was measured, for «9 personas » repeated."""

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        took = []
        for _ in range(5):
            started = thread_time()
            understand(text, lines, TODAY)
            took.append(thread_time() - started)
        return min(took)

    lines = _lines("juridica")
    understand("", lines, TODAY)  # the lines' words are kept from the first time on
    assert seconds(10_000) < 50 * seconds(1_000) + 0.03  # quadratic growth would be a hundred times
