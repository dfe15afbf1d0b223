"""Who took part in what a message tells, and people who did not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.storage.forms import Participants
from spanish.reading.closed_words import mend
from spanish.reading.numbers.digits import in_digits
from spanish.reading.participants import Attendance, find_people, numbers_told, read_parts
from spanish.reading.spoken import Spoken


def _find(text: str) -> Attendance:
    return find_people(in_digits(Spoken.of(text)))[0]


TOOK_PART: list[tuple[str, tuple[int, int | None, int | None]]] = [
    ("se reunió el comité con 7 de sus 9 integrantes", (7, None, None)),
    ("33 asistentes: 15 en el grupo A y 18 en el B", (33, None, None)),
    ("se registraron 30 pero acudieron solo 21, 14 mujeres", (21, 14, 7)),
    ("curso a 18 compañeros, 11 mujeres y 7 hombres", (18, 11, 7)),
    ("taller con 25 pax", (25, None, None)),
    ("Asistentes: 7.", (7, None, None)),
    ("asesoría a 9 prsnas", (9, None, None)),
    ("asesoría a 9 persnas (5 muj y 4 hom)", (9, 5, 4)),
    ("curso, 14 M y 8 H", (22, 14, 8)),
    ("curso 9m 5h", (14, 9, 5)),
    ("la tomamos 11 (7 mujeres 4 hombres)", (11, 7, 4)),
    ("asistieron 22", (22, None, None)),
    ("22 en total, 14 eran mujeres", (22, 14, 8)),
    ("puras mujeres, 12", (12, 12, 0)),
    ("fueron puras mujeres, 12 en total", (12, 12, 0)),
    ("30 niñas y 25 niños en la plática", (55, 30, 25)),
    ("plática a 12 señoras", (12, 12, 0)),
    ("2 cursos de 20 personas cada uno, 40 en total", (40, None, None)),
    ("capacitamos a los 15 directores", (15, None, None)),
    ("reunión con 3 enlaces de Finanzas", (3, None, None)),
    ("de 30 inscritos llegaron 22", (22, None, None)),
    ("Participantes: 30 (18 mujeres, 12 hombres)", (30, 18, 12)),
    ("Total de asistentes: 45", (45, None, None)),
    ("No. de asistentes: 45, mujeres: 20, hombres: 25", (45, 20, 25)),
    ("Asistieron: 22 personas", (22, None, None)),
    ("Participaron 14 mujeres y 8 hombres", (22, 14, 8)),
    ("hombres 10, mujeres 15", (25, 15, 10)),
    ("con la asistencia de 32 servidoras y servidores públicos", (32, None, None)),
    ("17 servidoras públicas y 12 servidores públicos", (29, 17, 12)),
    ("platica a 40 alumnos (22 niñas y 18 niños)", (40, 22, 18)),
    ("se atendió a 15 ciudadanos", (15, None, None)),
    ("15 beneficiarios", (15, None, None)),
    ("se vacunaron 120 adultos mayores", (120, None, None)),
    ("vacunamos a 30 menores", (30, None, None)),
    ("consulta a 25 pacientes, 15 mujeres y 10 hombres", (25, 15, 10)),
    ("éramos 6", (6, None, None)),
    ("estuvimos 8 en la reunión", (8, None, None)),
    ("llegaron 22 de los 30 convocados", (22, None, None)),
    ("se convocó a 30 y llegaron 22", (22, None, None)),
    ("faltaron 3 personas, asistieron 12", (12, None, None)),
    ("12 mujeres", (12, 12, 0)),
    ("solo 5 hombres", (5, 0, 5)),
    ("30 personas capacitadas: 20 M, 10 H", (30, 20, 10)),
    ("20 F y 10 M", (30, 20, 10)),
    ("M=20 H=10", (30, 20, 10)),
    ("20 mujeres/10 hombres", (30, 20, 10)),
    ("reunión con 4 personas de la SEFIPLAN", (4, None, None)),
    ("taller para 35 docentes de la zona 12", (35, None, None)),
    ("35 maestras y 5 maestros", (40, 35, 5)),
    ("beca a 35 estudiantes, 20 son mujeres", (35, 20, 15)),
    ("35 estudiantes, de los cuales 20 son mujeres y 15 hombres", (35, 20, 15)),
    ("35 estudiantes (20 alumnas y 15 alumnos)", (35, 20, 15)),
    ("asistió una persona", (1, None, None)),
    ("asesoría a una mujer", (1, 1, 0)),
    ("10 jóvenes, todos hombres", (10, 0, 10)),
    ("al curso se inscribieron 80, terminaron 57", (57, None, None)),
    ("entregamos constancias a 30 personas", (30, None, None)),
    ("se capacitó a un total de 56 personas", (56, None, None)),
    ("total: 56 (30 mujeres y 26 hombres)", (56, 30, 26)),
    ("total 56 personas, 30 mujeres 26 hombres", (56, 30, 26)),
    ("26 hombres + 30 mujeres = 56", (56, 30, 26)),
    ("hubo 56 asistentes, la mitad mujeres", (56, 28, 28)),
    ("15 personas, mitad y mitad", (15, None, None)),
    ("15 compañeras del DIF", (15, 15, 0)),
    ("12 regidoras y 8 regidores", (20, 12, 8)),
    ("12 policías", (12, None, None)),
    ("con 12 elementos de seguridad pública", (12, None, None)),
    ("asistieron 12 presidentes municipales", (12, None, None)),
    ("18 titulares de área presentes", (18, None, None)),
    ("9 de los 12 integrantes", (9, None, None)),
    ("con 7 de 9 integrantes", (7, None, None)),
    ("tomaron el curso 33 personas", (33, None, None)),
    ("33 personas tomaron el curso: mujeres 20 y hombres 13", (33, 20, 13)),
    ("jornada de salud, atendimos 85 personas: 50 mujeres, 20 hombres y 15 niños", (85, None, None)),
    ("quórum de 8 integrantes", (8, None, None)),
    ("conectados 22", (22, None, None)),
    ("vía zoom, 22 conectados", (22, None, None)),
    ("curso (asist. 22)", (22, None, None)),
    ("asist: 22", (22, None, None)),
    ("fueron 22 participantes; 10 H y 12 M", (22, 12, 10)),
    ("22 personas (10H/12M)", (22, 12, 10)),
    ("22 prs, 12m 10h", (22, 12, 10)),
    ("mujeres: 12; hombres: 10; total: 22", (22, 12, 10)),
    ("12 muejres y 10 hombers", (22, 12, 10)),
    ("20 personas entre alumnos y maestros", (20, None, None)),
]


@pytest.mark.parametrize(("text", "people"), TOOK_PART)
def test_who_took_part(text: str, people: tuple[int, int | None, int | None]) -> None:
    told = _find(text).people
    assert told is not None
    assert (told.participants, told.women, told.men) == people


@pytest.mark.parametrize(
    "text",
    [
        "2 cursos, 20 personas en cada uno",
        "nadie llegó",
        "se invitó a 40 personas",
        "esperamos 50 personas",
        "se pagó la nómina a 34 trabajadores",
        "se dieron de alta 46 usuarios",
        "no llegaron 5 personas",
        "se espera la asistencia de 60 personas",
        "el cupo es de 30 personas",
        "capacidad para 50 personas",
        "oficio a 12 directores",
        "se notificó a 8 servidores públicos",
        "entregamos 30 constancias",
        "plantilla de 240 empleados",
        "padrón de 500 beneficiarios actualizado",
        "a petición de 3 vecinos se revisó",
        "se recabaron las firmas de 2 consejeros",
        "cuadrilla de 8 trabajadores",
        "quedaron 4 personas pendientes de capacitar",
        "bodega de 120 m2",
        "se conectaron 5 de los 12 ayuntamientos",
    ],
)
def test_people_who_took_no_part_or_of_whom_nothing_is_sure(text: str) -> None:
    assert _find(text) == Attendance()


def test_parts_that_do_not_add_up_are_kept_as_they_were_said() -> None:
    found = _find("9 personas (6 mujeres, 4 hombres)")
    assert found.unbalanced == Participants(participants=9, women=6, men=4)
    assert found.people is None


FORMS = (
    "{total} personas, {women} mujeres y {men} hombres",
    "{total} pax ({women} M / {men} H)",
    "asistentes: {total}, mujeres: {women}, hombres: {men}",
    "{women} mujeres y {men} hombres, {total} en total",
    "{women} niñas y {men} niños",
    "asistieron {total}: {men} h y {women} m",
    "{total} prsnas, {women} muejres",
)


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(FORMS))
def test_any_number_of_women_and_men(women: int, men: int, form: str) -> None:
    people = _find(form.format(total=women + men, women=women, men=men)).people
    assert people == Participants(participants=women + men, women=women, men=men)


WORDS = (
    "1 2 7 12 1,200 % m h f mujeres hombres personas niñas niños asistentes total en asistieron de los y , ( "
    ") : = puras mitad cada uno no inscritos pax resto"
)


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=16))
def test_no_text_raises_anything(words: list[str]) -> None:
    text = " ".join(words)
    people = _find(text).people
    if people is not None:
        people.check()
    read_parts(text, bare=True)
    numbers_told(text)


@given(st.text(max_size=300))
def test_no_letters_raise_anything(text: str) -> None:
    find_people(mend(Spoken.of(text)))
