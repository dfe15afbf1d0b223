"""The facts of an activity read from one message, on the bundled programme."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.programme.view import LineView, UnitView
from models.programme_file.file import BUNDLED, read
from models.storage.forms import Participants
from spanish.reading.activity import Understood, understand
from spanish.reading.phrases import units_of

TODAY = date(2024, 3, 14)  # a Thursday
Lines = list[tuple[UnitView, LineView]]


PROGRAMME = read(BUNDLED.read_bytes()).programme
assert PROGRAMME is not None
UNITS = {unit.key: unit for unit in units_of(PROGRAMME)}


def _lines(key: str, number: int | None = None) -> Lines:
    unit = UNITS[key]
    return [(unit, line) for line in unit.lines if number in (None, line.number)]


def _understand(text: str, key: str = "archivo", number: int | None = 2) -> Understood:
    return understand(text, _lines(key, number), TODAY)


def _number(understood: Understood, key: str) -> int | None:
    return next((line.number for line in UNITS[key].lines if line.id == understood.line_id), None)


def _said(understood: Understood, key: str) -> dict[str, tuple[int, int | None]]:
    measures = {target.id: target.measure for line in UNITS[key].lines for target in line.targets}
    return {measures[said.target_id]: (said.quantity, said.pending) for said in understood.said}


def test_every_field_is_read_from_one_message() -> None:
    understood = _understand(
        "Ayer dimos 2 asesorías archivísticas a 9 personas (6 mujeres), oficio SESAECH/CA/012/2024",
        number=None,
    )
    assert _number(understood, "archivo") == 2
    assert _said(understood, "archivo") == {"Asesorías": (2, None)}
    assert (understood.starts_on, understood.ends_on) == (date(2024, 3, 13), date(2024, 3, 13))
    assert understood.people == Participants(participants=9, women=6, men=3)
    assert understood.documents == ("SESAECH/CA/012/2024",)
    assert understood.place is None


@pytest.mark.parametrize(
    ("text", "key", "number"),
    [
        ("Quedó el INVENTARIO de instrumentos de control archivistico", "archivo", 1),
        ("3 capasitaciones", "archivo", 3),
        ("sesión del GI", "archivo", 5),
        ("conbenio, contrato y bases de colavoración", "juridica", 3),
        ("2 asesorías y 3 capacitaciones", "archivo", None),
        ("5 acuerdos, 2 por publicar", "juridica", 1),
        ("acuerdos: 5", "juridica", 1),
        ("mtto preventivo a los equipos", "sistemas", 3),
        ("buenos días a todos", "archivo", None),
        ("2 reportes", "vinculacion", None),  # three lines count reports
        ("", "archivo", None),
    ],
)
def test_the_line_is_chosen_only_if_it_is_clearly_the_likeliest(
    text: str, key: str, number: int | None
) -> None:
    understood = _understand(text, key, None)
    assert _number(understood, key) == number
    assert sorted(understood.candidates) == [line.id for line in UNITS[key].lines]


def test_a_named_unit_comes_first() -> None:
    lines = _lines("apoyo-administrativo", 3) + _lines("transparencia", 1)
    for name, line_id in (("administrativo", lines[0][1].id), ("transparencia", lines[1][1].id)):
        assert understand(f"dos solicitudes de {name}", lines, TODAY).candidates[0] == line_id


def test_without_lines_the_other_fields_are_read() -> None:
    understood = understand("3 actas, ayer", [], TODAY)
    assert (understood.line_id, understood.candidates, understood.said) == (None, (), ())
    assert understood.starts_on == date(2024, 3, 13)


@pytest.mark.parametrize(
    ("text", "key", "number", "said"),
    [
        ("1 acta y 4 acuerdos", "juridica", 1, {"Actas": (1, None), "Acuerdos": (4, None)}),
        ("Actas: 2\nAcuerdos: 3", "juridica", 1, {"Actas": (2, None), "Acuerdos": (3, None)}),
        ("5 acuerdos, 2 por publicar", "juridica", 1, {"Acuerdos": (5, 2)}),
        ("5 acuerdos, faltan 2 por publicar", "juridica", 1, {"Acuerdos": (5, 2)}),
        ("cinco acuerdos, de los cuales 2 están pendientes", "juridica", 1, {"Acuerdos": (5, 2)}),
        ("4 acuerdos, ninguno publicado aún", "juridica", 1, {"Acuerdos": (4, 4)}),
        ("dos acuerdos, ambos publicados", "juridica", 1, {"Acuerdos": (2, 0)}),
        ("3 acuerdos, 7 por publicar", "juridica", 1, {"Acuerdos": (3, None)}),
        ("tres (3) asesorías", "archivo", 2, {"Asesorías": (3, None)}),
        ("veintiuna asesorías", "archivo", 2, {"Asesorías": (21, None)}),
        ("dimos una asesoría", "archivo", 2, {"Asesorías": (1, None)}),
        ("hoy dimos 2, la otra sigue en trámite", "archivo", 2, {"Asesorías": (2, None)}),
        ("3", "archivo", 2, {"Asesorías": (3, None)}),
        ("0 asesorías", "archivo", 2, {"Asesorías": (0, None)}),
        ("firmamos 2 convenios", "juridica", 3, {"Documentos": (2, None)}),
        ("taller a 64 asistentes (40 M / 24 H)", "sistemas", 2, {"Personas": (64, None)}),
        ("1,200 personas", "sistemas", 2, {"Personas": (1200, None)}),
    ],
)
def test_quantities_are_read_beside_their_measure(
    text: str, key: str, number: int, said: dict[str, tuple[int, int | None]]
) -> None:
    assert _said(_understand(text, key, number), key) == said


def test_extraordinary_sessions_are_not_counted_as_ordinary() -> None:
    assert _said(_understand("2 sesiones extraordinarias", number=5), "archivo") == {
        "Sesiones ordinarias": (0, None)
    }
    assert _said(_understand("2 sesiones ordinarias", number=5), "archivo") == {
        "Sesiones ordinarias": (2, None)
    }


def test_quantities_are_scaled_by_the_targets_decimals() -> None:
    unit, line = _lines("archivo", 2)[0]
    kilometres = replace(line, targets=(replace(line.targets[0], measure="Kilómetros", decimals=1),))
    assert understand("12.5 kilómetros", [(unit, kilometres)], TODAY).said[0].quantity == 125


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("asesoría hoy", (3, 14), (3, 14)),
        ("anoche", (3, 13), (3, 13)),
        ("antier en la sala", (3, 12), (3, 12)),
        ("antes de ayer", (3, 12), (3, 12)),
        ("hace 3 días", (3, 11), (3, 11)),
        ("curso del 13/03", (3, 13), (3, 13)),
        ("curso (13/03/2024)", (3, 13), (3, 13)),
        ("el 2024-03-13 en sala", (3, 13), (3, 13)),
        ("13-mar-2024", (3, 13), (3, 13)),
        ("el 1º de marzo", (3, 1), (3, 1)),
        ("el día veintisiete de febrero", (2, 27), (2, 27)),
        ("el 5 del presente", (3, 5), (3, 5)),
        ("el día 12", (3, 12), (3, 12)),
        ("del 4 al 6 de marzo", (3, 4), (3, 6)),
        ("durante los días 26 al 29 de febrero", (2, 26), (2, 29)),
        ("los días 4, 5 y 6 de marzo", (3, 4), (3, 6)),
        ("los días 11 y 12", (3, 11), (3, 12)),
        ("del 29 de febrero al 1 de marzo", (2, 29), (3, 1)),
        ("del 29 al 1 de marzo", (2, 29), (3, 1)),
        ("ayer y hoy", (3, 13), (3, 14)),
        ("hoy, 13/03 quedó", (3, 14), (3, 14)),
        ("el viernes", (3, 8), (3, 8)),
        ("el jueves", (3, 7), (3, 7)),
        ("uno el lunes y otro el martes", (3, 11), (3, 12)),
        ("lunes y viernes", (3, 4), (3, 8)),
        ("el lunes 4", (3, 4), (3, 4)),
        ("miércoles 6 de marzo", (3, 6), (3, 6)),
        ("31/02 o mejor dicho 28/02", (2, 28), (2, 28)),
        ("desde el 4 hasta el 8 de marzo", (3, 4), (3, 8)),
        ("desde el lunes hasta el miércoles", (3, 11), (3, 13)),
        ("en febrero", (2, 1), (2, 29)),
    ],
)
def test_days_in_running_text(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    understood = _understand(text)
    assert (understood.starts_on, understood.ends_on) == (date(2024, *first), date(2024, *last))


@pytest.mark.parametrize(
    "text",
    [
        "dimos asesoría",
        "el 31/02",
        "el 20/03",
        "del 12 al 20 de marzo",
        "del 6 al 31 de febrero",
        "para el viernes",
        "el lunes que viene",
        "quedamos en verla el martes",
        "el próximo lunes 18",
        "conforme a la ley del 5 de febrero de 2017",
        "informe de febrero",
    ],
)
def test_impossible_and_future_days_are_not_returned(text: str) -> None:
    understood = _understand(text)
    assert (understood.starts_on, understood.ends_on) == (None, None)


def test_in_january_a_december_day_is_of_the_previous_year() -> None:
    understood = understand("el 28 de diciembre", _lines("archivo", 2), date(2024, 1, 9))
    assert understood.starts_on == date(2023, 12, 28)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("9 personas (6 mujeres, 3 hombres)", (9, 6, 3)),
        ("18 personas, 11 mujeres y 7 hombres", (18, 11, 7)),
        ("constancia a 14 (9 M / 5 H)", (14, 9, 5)),
        ("estuvimos 19 (12F/7M)", (19, 12, 7)),
        ("fuimos 8, 5 mujeres y el resto hombres", (8, 5, 3)),
        ("17 mujeres y 8 hombres, o sea 25 personas de 6 organizaciones", (25, 17, 8)),
        ("se inscribieron 80 pero terminaron 57, 33 mujeres y 24 hombres", (57, 33, 24)),
        ("mujeres: 4, hombres: 5", (9, 4, 5)),
        ("a 3 mujeres y un hombre", (4, 3, 1)),
        ("con 7 de 9 integrantes", (7, None, None)),
        ("a veintiún servidores públicos", (21, None, None)),
        ("asistieron 10", (10, None, None)),
        ("22 asistentes de los que 13 son mujeres", (22, 13, 9)),
        ("7 participantes, 4 de ellos mujeres", (7, 4, 3)),
        ("12 personas, 5 fueron hombres", (12, 7, 5)),
    ],
)
def test_participants_in_running_text(text: str, people: tuple[int, int | None, int | None]) -> None:
    total, women, men = people
    assert _understand(text).people == Participants(participants=total, women=women, men=men)


def test_sectors_add_up_to_the_participants() -> None:
    assert _understand("a 4 de sociedad civil y 5 servidores públicos").people == Participants(
        participants=9, civil_society=4, public_servants=5
    )


@pytest.mark.parametrize(
    "text",
    [
        "9 personas (6 mujeres, 4 hombres)",
        "5 personas, 6 mujeres",
        "2 mesas con 8 personas cada una",
        "ayer 3 mujeres y 2 hombres, hoy 5 mujeres y 4 hombres",
        "no asistieron 3 personas",
        "9999999 personas",
        "9 invitaciones",
    ],
)
def test_uncertain_participants_are_not_returned(text: str) -> None:
    assert _understand(text).people is None


def test_document_numbers_are_unique_ordered_and_upper_case() -> None:
    understood = _understand(
        "oficios SESAECH/UAA/0061/2024 y sesaech/dj/012/2024, memo núm. 045/2024, "
        "otra vez SESAECH/UAA/0061/2024; oficio 45; 13/03/2024; https://example.org/a/12/2024"
    )
    assert understood.documents == ("SESAECH/UAA/0061/2024", "SESAECH/DJ/012/2024", "045/2024")
    many = " ".join(f"AB/{number}/2024" for number in range(30))
    assert len(_understand(many).documents) == 20


SPOKEN = (
    "1 2 31 13/03 31/02 99999999 0001 ٣ del al y ayer hoy lunes dia marzo hace que viene acta acuerdos: "
    "por publicar faltan de AB/1/2024 M H F mujeres hombres personas , ( ) / - ;"
)


@given(
    st.one_of(st.text(max_size=4096), st.lists(st.sampled_from(SPOKEN.split()), max_size=800).map(" ".join))
)
def test_no_text_raises_an_error_and_results_can_be_registered(text: str) -> None:
    for lines in ([pair for key in UNITS for pair in _lines(key)], _lines("juridica", 1)):
        understood = understand(text, lines, TODAY)
        assert sorted(understood.candidates) == sorted(line.id for _, line in lines)
        if understood.starts_on and understood.ends_on:
            assert understood.starts_on <= understood.ends_on <= TODAY
        assert (understood.starts_on is None) == (understood.ends_on is None)
        if understood.people:
            understood.people.check()
            assert (understood.people.women or 0) >= 0 <= (understood.people.men or 0)
        for said in understood.said:
            assert said.quantity >= (said.pending or 0) >= 0
