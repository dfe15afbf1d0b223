"""The days and periods of messages, those that are of something else, and the periods of questions."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Rejected
from spanish.reading.closed_words import mended
from spanish.reading.dates.units import Days
from spanish.reading.days import find_days, find_period, read_days, read_past_days
from spanish.reading.numbers.digits import in_digits
from spanish.reading.spoken import Spoken
from spanish.writing.days import MONTHS, WEEKDAYS

TODAY = date(2024, 4, 10)  # a Wednesday
Told = tuple[str, str, str]


def _find(text: str, today: date = TODAY) -> Days | None:
    return find_days(in_digits(Spoken.of(text)), today)[0]


def _days(first: str, last: str) -> Days:
    """Of this year, where no year is told: «03-31»."""
    one, other = (date.fromisoformat(day if len(day) > 5 else f"2024-{day}") for day in (first, last))
    return one, other


PERIODS: list[Told] = [
    ("En marzo se impartieron 4 asesorías", "03-01", "03-31"),
    ("en el mes de marzo dimos 8", "03-01", "03-31"),
    ("durante todo marzo dimos asesorías, 8 en total", "03-01", "03-31"),
    ("a lo largo de marzo dimos 8", "03-01", "03-31"),
    ("Marzo: 8 asesorías", "03-01", "03-31"),
    ("los mantenimientos de marzo fueron 12", "03-01", "03-31"),
    ("este mes llevamos 3 sesiones", "04-01", "04-10"),
    ("El mes pasado dimos 2 cursos", "03-01", "03-31"),
    ("a finales de marzo quedó el convenio", "03-21", "03-31"),
    ("quedó listo a principios de abril", "04-01", "04-10"),
    ("a mediados de marzo capacitamos a 30 personas", "03-11", "03-20"),
    ("en la primera quincena de abril se hicieron 4 mantenimientos", "04-01", "04-10"),
    ("durante la segunda quincena de marzo se atendieron 12", "03-16", "03-31"),
    ("la quincena pasada se expidieron 78 licencias", "03-16", "03-31"),
    ("en lo que va del año van 14 asesorías", "01-01", "04-10"),
    ("En lo que va del mes, 9 mantenimientos", "04-01", "04-10"),
    ("de enero a la fecha llevamos 14 asesorías", "01-01", "04-10"),
    ("en febrero y lo que va de abril titulamos a 41", "02-01", "04-10"),
    ("desde enero llevamos 14 asesorías", "01-01", "04-10"),
    ("desde el lunes andamos capacitando", "04-08", "04-10"),
    ("encuestas aplicadas del 3 de abril a la fecha: 210", "04-03", "04-10"),
    ("limpieza del río el finde, 60 voluntarios", "04-06", "04-07"),
    ("la semana del 18 al 22 de marzo dimos 3 asesorías", "03-18", "03-22"),
    ("la semana del 1 al 5 dimos 3 asesorías", "04-01", "04-05"),
    ("esta semana se dieron 2 cursos", "04-08", "04-10"),
    ("toda la semana estuvimos en capacitación", "04-08", "04-10"),
    ("la semana antepasada se dio el curso", "03-25", "03-29"),
    ("en la primera semana de marzo hubo 23 exámenes", "03-01", "03-07"),
    ("durante febrero y marzo se hicieron 20 mantenimientos", "02-01", "03-31"),
    ("de enero a marzo se dieron 15 capacitaciones", "01-01", "03-31"),
    ("en enero, febrero y marzo se hicieron 9", "01-01", "03-31"),
    ("en el primer trimestre se publicaron 4 acuerdos", "01-01", "03-31"),
    ("EN EL TRIMESTRE SE DIERON 15 CAPACITACIONES", "04-01", "04-10"),
    ("en los últimos 5 días dimos 3 asesorías", "04-06", "04-10"),
    ("fin de semana, hicimos jornada", "04-06", "04-07"),
    ("el mes pasado quedó concluido, lo recibió el Secretario el día 27", "03-27", "03-27"),
    ("en marzo dimos 3 cursos, el último el 27 de marzo", "03-01", "03-31"),
]
WITHOUT_MONTH: list[Told] = [
    ("del 2 al 4 dimos el taller", "04-02", "04-04"),
    ("entre el 3 y el 7 se atendieron 3 solicitudes", "04-03", "04-07"),
    ("los días 2, 3 y 4 impartimos el curso", "04-02", "04-04"),
    ("el 2 y 3 de este mes impartimos el curso", "04-02", "04-03"),
    ("del 1° al 5 del mes en curso", "04-01", "04-05"),
    ("se expidieron 78 licencias del 1 al 9 del mes", "04-01", "04-09"),
    ("el 5 de los corrientes se firmó el convenio", "04-05", "04-05"),
    ("el 5 del actual se firmó el convenio", "04-05", "04-05"),
    ("el 4 del mes que corre", "04-04", "04-04"),
    ("Se entregó el 4, con 3 anexos", "04-04", "04-04"),
    ("el viernes cinco le dimos respuesta", "04-05", "04-05"),
    ("lun 8 asesoría a jurídica", "04-08", "04-08"),
    ("jue. 4 de abr.", "04-04", "04-04"),
    ("mie3abr curso", "04-03", "04-03"),
]
MISTYPED: list[Told] = [
    ("el mrtes se dio la asesoria", "04-09", "04-09"),
    ("el miercoels dimos el curso", "04-03", "04-03"),
    ("el juebes 4 asesoría", "04-04", "04-04"),
    ("el sabdo se hizo la feria", "04-06", "04-06"),
    ("ayr mandé el reporte", "04-09", "04-09"),
    ("15 d feb sesion ordinaria", "02-15", "02-15"),
    ("curso 15feb a 20 personas", "02-15", "02-15"),
    ("curso el 15/feb/24", "02-15", "02-15"),
    ("sesión 13 mzo", "03-13", "03-13"),
    ("1ero de abril se firmó", "04-01", "04-01"),
    ("5 abrl curso", "04-05", "04-05"),
    ("03.04.2024 asesoría", "04-03", "04-03"),
    ("2024/04/03 asesoría", "04-03", "04-03"),
]
RELATIVE: list[Told] = [
    ("ayer martes quedó", "04-09", "04-09"),
    ("se firmó ayer, 9 de abril", "04-09", "04-09"),
    ("hoy miércoles 10 de abril se firmó", "04-10", "04-10"),
    ("hoy x la mañana", "04-10", "04-10"),
    ("hace rato se firmó", "04-10", "04-10"),
    ("hace un mes se firmó", "03-10", "03-10"),
    ("este lunes se dio el curso", "04-08", "04-08"),
    ("el pasado miércoles 3 se firmó", "04-03", "04-03"),
    ("el viernes antepasado se firmó", "03-29", "03-29"),
    ("de lunes a martes de esta semana", "04-08", "04-09"),
]
SEVERAL: list[Told] = [
    ("12 mar 8 equipos, 13 mar 6 equipos y 17 mar 10", "03-12", "03-17"),
    ("el pasado miércoles 3 y otra más ayer martes", "04-03", "04-09"),
    ("Asesoré a:\n• Karina - lun 8\n• Toño - hoy\nya van 6", "04-08", "04-10"),
    ("02/04: 3 visitas\n03/04: 4 visitas\n05/04: 2 visitas", "04-02", "04-05"),
    ("Lunes: 3 visitas. Martes: 4 visitas.", "04-08", "04-09"),
    ("vacunamos 120 perros el sábado y 80 el domingo", "04-06", "04-07"),
    ("se registraron 4 actas el 3, 2 el 4", "04-03", "04-04"),
    ("el 8 fuimos a Tonalá y el 9 a Arriaga", "04-08", "04-09"),
    ("dimos 3 cursos, el primero el 2 de abril y el segundo el 5 de abril", "04-02", "04-05"),
    ("el curso inició el 2 de abril y terminó ayer", "04-02", "04-09"),
    ("los dias 26,27 y 28 de marzo", "03-26", "03-28"),
    ("el 1ro y 2do de abril se hizo la feria", "04-01", "04-02"),
    ("lunes 3 asesorías, martes 6", "04-08", "04-09"),
    ("el martes y jueves 2 y 4 de abril dimos clases", "04-02", "04-04"),
    ("atendí a 6 personas el 8 y a 4 el 9", "04-08", "04-09"),
    ("Se levantaron 3 infracciones anoche y 2 hoy en la madrugada", "04-09", "04-10"),
    ("lunes, martes y miércoles pasados capacitamos", "04-01", "04-03"),
]
OF_SOMETHING_ELSE: list[Told] = [
    ("ya quedó cargado, acuse del 9 de abril", "04-09", "04-09"),
    ("el acta del lunes quedó firmada ayer", "04-09", "04-09"),
    ("la solicitud que nos llegó el 2 de abril ya se contestó ayer", "04-09", "04-09"),
    ("el viernes nos llegó una solicitud, la contestamos ayer", "04-09", "04-09"),
    ("En atención a la solicitud recibida el 2 de abril, se entregó ayer", "04-09", "04-09"),
    ("quedó programado para el 3 de abril pero se hizo el 5", "04-05", "04-05"),
    ("se pospuso al 5 de abril y lo hicimos ayer", "04-09", "04-09"),
    ("los 3 acuerdos tomados el 3 de abril ya se publicaron ayer", "04-09", "04-09"),
    ("festival del 10 de marzo, se informó ayer", "04-09", "04-09"),
    ("convocatorias enviadas el lunes para la sesión del 12", "04-08", "04-08"),
    ("se celebró la sesión del 15 de febrero", "02-15", "02-15"),
    ("Se realizaron 14 mantenimientos el 2 y 3 de abril, faltan los del 15", "04-02", "04-03"),
    ("Publicado en el Periódico Oficial número 345 del 3 de abril", "04-03", "04-03"),
    ("curso en la col. 20 de Noviembre, ayer", "04-09", "04-09"),
    ("25 alumnos visitaron el museo ayer", "04-09", "04-09"),
    ("se celebró hasta el 6 de abril", "04-06", "04-06"),
    ("Acta 14/2025 del 8 de abril, sesión con 9 integrantes", "04-08", "04-08"),
    ("quedó pendiente lo de ayer, se hará el 17", "04-09", "04-09"),
]
TABLES = [*PERIODS, *WITHOUT_MONTH, *MISTYPED, *RELATIVE, *SEVERAL, *OF_SOMETHING_ELSE]


@pytest.mark.parametrize(("text", "first", "last"), TABLES)
def test_the_days_on_which_something_was_done(text: str, first: str, last: str) -> None:
    assert _find(text) == _days(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "nómina de la 2a quincena de marzo validada",
        "balanza de diciembre entregada",
        "informe del primer trimestre entregado",
        "reporte de enero a marzo entregado",
        "actas de febrero y marzo firmadas",
        "cuenta pública 2023 entregada",
        "comprobantes del 4o trim enviados",
        "se contestó el oficio del 3 de abril",
        "en respuesta a su oficio de fecha 3 de abril, se envían 4 expedientes",
        "la solicitud que nos llegó el mes pasado ya se contestó",
        "ya se publicaron los acuerdos del 15 de febrero",
        "se da cumplimiento al acuerdo del 20 de marzo",
        "Falta la firma de la Fiscalía en el acta del 6 de marzo",
        "con corte al 31 de marzo van 20",
        "al 31 de marzo van 20 acuerdos",
        "la oficina de la calle 5 de Febrero ya quedó",
        "Prolongación 5 de Febrero s/n",
        "se reparó la escuela 20 de Noviembre",
        "la obligación vence el 12",
        "se entregó en tiempo y forma, antes del 31 de marzo",
        "el curso se pospuso al 5 de mayo",
        "el curso que iba a ser ayer se pasó al jueves",
        "mañana viernes",
        "la próxima semana arrancamos",
        "los lunes y miércoles damos asesoría",
        "entre semana dimos consulta",
        "estos días hemos dado 2 asesorías",
        "el año pasado se hicieron 20",
        "a las 5 de la tarde quedó",
        "el 50% de avance",
        "reparamos 3, 4 y 5 equipos",
        "los mares y las lunas de enteros marcos",
        "la mayor junta de partes",
    ],
)
def test_what_is_no_day_of_doing(text: str) -> None:
    assert _find(text) is None


def test_a_period_of_last_year_in_january() -> None:
    january = date(2025, 1, 8)
    assert _find("en diciembre se entregaron 300 cobijas", january) == _days("2024-12-01", "2024-12-31")
    assert _find("el mes pasado entregamos 300", january) == _days("2024-12-01", "2024-12-31")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("cuántas en febrero", "02-01", "02-29"),
        ("quién registró el acta de marzo", "03-01", "03-31"),
        ("qué se registró ayer", "04-09", "04-09"),
        ("qué hizo archivo la semana pasada", "04-01", "04-07"),
        ("qué vence este mes", "04-01", "04-30"),
        ("qué vence la próxima semana", "04-15", "04-21"),
        ("las fotos de la sesión del 15 de febrero", "02-15", "02-15"),
        ("avance primer trimestre", "01-01", "03-31"),
        ("el avance del T1", "01-01", "03-31"),
        ("vamos mejor o peor que el trimestre pasado?", "01-01", "03-31"),
        ("qué falta para cerrar el trimestre", "04-01", "06-30"),
        ("cuántas en lo que va de abril", "04-01", "04-30"),
        ("cómo cerró el año pasado", "2023-01-01", "2023-12-31"),
        ("cuántas en 2023", "2023-01-01", "2023-12-31"),
        ("los últimos 7 días", "04-04", "04-10"),
        ("de enero a la fecha", "01-01", "04-10"),
        ("cuántas en febreo", "02-01", "02-29"),
    ],
)
def test_a_question_names_a_whole_period(text: str, first: str, last: str) -> None:
    assert find_period(text, TODAY) == _days(first, last)


@pytest.mark.parametrize("text", ["cómo vamos", "cuántas por mes", "qué se hace cada semana", "línea 3", ""])
def test_a_question_without_a_time(text: str) -> None:
    assert find_period(text, TODAY) is None


def test_an_answer_that_is_a_period() -> None:
    assert read_past_days("en abril", TODAY) == _days("04-01", "04-10")
    assert read_days("en abril", TODAY) == _days("04-01", "04-30")
    assert read_past_days("la semana pasada", TODAY) == _days("04-01", "04-05")


FORMS: list[Callable[[date], str]] = [
    lambda day: f"el {day.day} d {MONTHS[day.month - 1][:3]}",
    lambda day: f"{day.day}{MONTHS[day.month - 1][:3]}",
    lambda day: f"{day.day}/{MONTHS[day.month - 1]}/{day.year % 100}",
    lambda day: f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}",
    lambda day: f"{WEEKDAYS[day.weekday()]}, {day.day} de {MONTHS[day.month - 1]} del {day.year}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"el día {day.day} del mes de {MONTHS[day.month - 1]}",
]


@given(st.dates(TODAY - timedelta(days=99), TODAY), st.sampled_from(FORMS))
def test_any_day_in_any_form(day: date, form: Callable[[date], str]) -> None:
    assert _find(f"se dio una asesoría {form(day)} en la oficina") == (day, day)


@given(st.dates(date(2023, 1, 1), date(2025, 12, 31)), st.integers(1, 12))
def test_a_month_is_whole_or_ends_today(today: date, month: int) -> None:
    found = _find(f"en {MONTHS[month - 1]} dimos 4 asesorías", today)
    assert found is None or (found[0].day, found[0].month) == (1, month)
    assert (found is None) == (month > today.month and not (today.month <= 2 and month >= 10))
    assert found is None or found[1] == today or (found[1] + timedelta(days=1)).day == 1


WORDS = (
    "el la del de a al y , . : ; - / ( 1 2 3 12 31 45 2024 hoy ayer lunes mar marzo 12/03 31/02 99/99 mes "
    "semana quincena trimestre pasado últimos días hace un 2a fin finales "
    "lo que va este enero fecha desde hasta personas h m"
)


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=14), st.booleans(), st.dates())
def test_no_text_raises_anything(words: list[str], spaced: bool, today: date) -> None:
    if not date(2000, 2, 1) < today < date(2090, 1, 1):
        today = TODAY
    text = (" " if spaced else "").join(words)
    found = _find(text, today)
    assert found is None or found[0] <= found[1] <= today
    find_period(text, today)
    for reader in (read_past_days, read_days):
        try:
            reader(text, today)
        except Rejected:
            continue


@given(st.text(max_size=300))
def test_no_letters_raise_anything(text: str) -> None:
    _find(text)
    find_period(text, TODAY)


@pytest.mark.parametrize(
    "piece", ["hoy ", "el 12 y ", "lunes, ", "de enero a ", "la primera quincena de ", "1 a "]
)
def test_ten_thousand_characters_are_read(piece: str) -> None:
    _find((piece * 10_000)[:10_000])


@pytest.mark.parametrize(
    ("said", "meant"),
    [("mrtes", "martes"), ("vierens", "viernes"), ("febreo", "febrero"), ("dicimbre", "diciembre"),
     ("sept", "septiembre"), ("prsnas", "personas"), ("asitentes", "asistentes"), ("muejres", "mujeres")],
)  # fmt: skip
def test_a_closed_word_is_mended(said: str, meant: str) -> None:
    assert mended(said) == meant


COMMON = (
    "mares lunas enero entero marco mayor junto junta partes vienes personal semanal nombres noche abrir "
    "genero quince hombros participan asistir julia juicio paso pasar"
)


@pytest.mark.parametrize("word", COMMON.split(" "))
def test_another_word_is_no_misspelling(word: str) -> None:
    assert mended(word) == word
