"""Numbers that count nothing are told by their kind, those that count are left."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from spanish.reading.days import find_days
from spanish.reading.numbers.amounts import find_amounts
from spanish.reading.numbers.digits import in_digits
from spanish.reading.numbers.other_numbers import NumberKind, find_other_numbers
from spanish.reading.participants import find_people
from spanish.reading.spoken import Spoken


def _found(text: str) -> list[tuple[str, NumberKind]]:
    said = in_digits(Spoken.of(text)).text
    return [(said[slice(*each.place)], each.kind) for each in find_other_numbers(said)]


def _table(kind: NumberKind, *rows: tuple[str, ...]) -> list[tuple[str, NumberKind, list[str]]]:
    return [(text, kind, list(numbers)) for text, *numbers in rows]


TOLD = [
    *_table(
        NumberKind.CLOCK,
        ("a las 10", "10"), ("la cita fue a las 10:30 hrs", "10:30 hrs"), ("de 9 a 2", "9", "2"),
        ("9 am", "9 am"), ("9 a. m.", "9 a. m"), ("hoy, 13 h en sala", "13 h"),
        ("de 10 a 14 hrs", "10", "14 hrs"),
        ("entre las 9 y las 2", "9", "2"), ("a las 4 nos vimos", "4"), ("de 9:00 a 14:00", "9:00", "14:00"),
        ("a las 10 de la mañana", "10 de la manana"), ("a las cinco y media", "5:30"), ("10am", "10 am"),
        ("a partir de las 9", "9"), ("horario 8 a 15 hrs", "8", "15 hrs"), ("de 3 a 5 pm", "3", "5 pm"),
    ),
    *_table(
        NumberKind.DURATION,
        ("curso de 13 horas", "13 horas"), ("duró 3.5 hrs", "3.5 hrs"), ("diplomado de 6 meses", "6 meses"),
        ("curso de 2 años", "2 anos"), ("plática de 45 min", "45 min"),
        ("dieron 12 horas de clase", "12 horas"),
        ("duró de 2 a 3 horas", "2", "3 horas"),
    ),
    *_table(
        NumberKind.DEADLINE,
        ("en 5 días", "5 dias"), ("plazo de 10 días", "10 dias"),
        ("dentro de 3 días hábiles", "3 dias habiles"),
        ("hace 3 semanas", "3 semanas"), ("cada 15 días", "15 dias"), ("piden 2 semanas", "2 semanas"),
        ("3 días antes", "3 dias"),
    ),
    *_table(
        NumberKind.ORDINAL,
        ("1er informe", "1er"), ("2da sesión", "2da"), ("3ª sesión", "3ª"), ("segundo trimestre", "segundo"),
        ("4to informe", "4to"), ("trim 2", "2"), ("el 4o reporte", "4o"), ("13a ordinaria", "13a"),
    ),
    *_table(
        NumberKind.LAW,
        ("art. 70", "70"), ("artículo 85 fracción XV", "85"), ("fracc. 12", "12"), ("ley 3 de 3", "3", "3"),
        ("inciso 2", "2"), ("capítulo 4", "4"), ("tomo 2", "2"), ("anexo 3", "3"),
        ("punto 5 del orden del día", "5"), ("artículos 70, 71 y 72 de la ley", "70", "71", "72"),
        ("cláusula 8", "8"),
    ),
    *_table(
        NumberKind.ADDRESS,
        ("calle 5 de Mayo", "5 de mayo"), ("av. 20 de Noviembre 123", "20 de noviembre", "123"),
        ("col. 24 de junio", "24 de junio"), ("escuela 20 de noviembre", "20 de noviembre"),
        ("del km 3 al 5", "3", "5"),
        ("carretera km 12", "12"), ("piso 3", "3"), ("C.P. 29000", "29000"), ("sala 2", "2"), ("aula 4", "4"),
        ("edificio 3", "3"), ("av. Central Norte 45", "45"), ("calle Hidalgo núm. 12", "12"),
    ),
    *_table(
        NumberKind.TELEPHONE,
        ("tel 961 123 4567", "961 123 4567"), ("9611234567", "9611234567"), ("ext. 104", "104"),
        ("al 61 4 00 00", "61 4 00 00"), ("marquen a la ext 2114", "2114"),
        ("(961) 123 4567", "(961) 123 4567"),
    ),
    *_table(
        NumberKind.LABEL,
        ("en la sesión 24-1 dimos 2 cursos", "24-1"), ("en la sesión ordinaria 105-12 hubo", "105-12"),
        ("el acta 3-4 quedó", "3-4"),
        ("folio 118", "118"), ("folios 118, 119 y 120", "118", "119", "120"), ("expediente 45", "45"),
        ("acta 3", "3"), ("acta núm. 12", "12"), ("oficio 45", "45"), ("factura A-1234", "a-1234"),
        ("contrato 12/2024", "12/2024"), ("orden 34", "34"), ("placas DRT-12-34", "drt-12-34"),
        ("serie 5", "5"),
        ("versión 2.0", "2.0"), ("formato 5", "5"), ("línea 3", "3"), ("meta 4", "4"), ("módulo 2", "2"),
        ("grupo 3", "3"), ("sesión 4", "4"), ("zona 2", "2"), ("sector 7", "7"), ("distrito 10", "10"),
        ("jurisdicción 3", "3"), ("ruta 5", "5"), ("sistema 2", "2"), ("núm. 45", "45"),
        ("P.O. núm. 342", "342"),
        ("líneas 3 y 4, 2 asesorías", "3", "4"), ("inv 1023 al 1029", "1023", "1029"), ("Office 365", "365"),
        ("la obra 3 quedó lista", "3"), ("de la zona 2 y de la zona 3", "2", "3"), ("Covid 19", "19"),
        ("actas 3 y 4", "3", "4"), ("sesión ordinaria 3", "3"), ("Jurisdicción Sanitaria No. 3", "3"),
        ("grupo 5B", "5b"), ("en la sesión 12 se tomaron 4 acuerdos", "12"), ("línea 2: 5 talleres", "2"),
        ("brigada 4 atendió 56", "4"),
    ),
    *_table(
        NumberKind.YEAR,
        ("2024", "2024"), ("ejercicio 2025", "2025"), ("informe 2024", "2024"), ("del 2023", "2023"),
        ("en marzo de 2024", "2024"), ("el POA 2025", "2025"), ("catálogos 2024 actualizados", "2024"),
        ("de 2023 y 2024", "2023", "2024"), ("en 2024 se hicieron 3", "2024"),
    ),
    *_table(
        NumberKind.MONEY,
        ("pagamos $125,430.50", "$125,430.50"), ("48 mil pesos", "48000 pesos"), ("2.5 mdp", "2.5 mdp"),
        ("3 millones de pesos", "3000000 pesos"), ("rentan en 18 mil", "18000"), ("costó 3 mil", "3000"),
        ("el monto total fue de 8,450", "8,450"),
    ),
    *_table(NumberKind.PERCENT, ("87.5 %", "87.5 %"), ("el 40 por ciento", "40 por ciento"),
        ("7 de cada 10", "7", "10")),
    *_table(
        NumberKind.PART_OF_ONE,
        ("avance del 60 %", "60 %"), ("3 de 5 capítulos", "3", "5"), ("vamos en 4 de 12", "4", "12"),
        ("etapa 2 de 5", "2", "5"), ("la obra va al 80%", "80%"),
        ("60% de avance físico", "60%"),
    ),
    *_table(
        NumberKind.AGE,
        ("niños de 6 a 12 años", "6", "12 anos"), ("mayores de 60 años", "60 anos"), ("menores de 5", "5"),
        ("bebés de 3 a 6 meses", "3", "6 meses"), ("adultos de 60 y más", "60"),
        ("niñas de 5 años", "5 anos"),
    ),
    *_table(
        NumberKind.PER_ITEM,
        ("dos cursos de 20 personas cada uno", "20"), ("$500 c/u", "$500"),
        ("de 2 horas cada una", "2 horas"),
        ("cada uno de 20 personas", "20"), ("20 litros por persona", "20 litros"),
        ("50 despensas de 10 kg", "10 kg"), ("300 becas de $1,500", "$1,500"),
        ("10 sesiones de 2 horas", "2 horas"),
    ),
    *_table(NumberKind.SIZE, ("2x3 m", "2x3 m"), ("de 1.20 por 2.40", "1.20", "2.40"),
        ("tubería de 6 pulgadas", "6"),
        ("concreto de 15 cm de espesor", "15")),
    *_table(NumberKind.SCORE, ("promedio de 9.5", "9.5"), ("calificación: 95", "95"),
        ("9.5 de promedio", "9.5")),
    *_table(
        NumberKind.CODE,
        ("covid-19", "covid-19"), ("H1N1", "h1n1"), ("24/7", "24/7"), ("el S2", "s2"),
        ("SESAECH/DJ/012/2024", "sesaech/dj/012/2024"), ("www.chiapas.gob.mx/12", "www.chiapas.gob.mx/12"),
        ("ut2@sesaech.gob.mx", "ut2@sesaech.gob.mx"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "numbers"), TOLD)
def test_a_number_that_counts_nothing(text: str, kind: NumberKind, numbers: list[str]) -> None:
    found = _found(text)
    assert [number for number, of in found if of is kind] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "3 actas", "Actas: 2", "fueron 3, no 2", "Total: 9", "5 impresoras", "dimos al grupo 3 talleres",
        "capacitamos a las 10 personas", "2024 árboles", "6 de las 8 solicitudes", "850 metros", "13M 5H",
        "pasamos de 9 a 12", "13 de 16", "31 + 28 + 40 = 99 personas", "1,200 cuestionarios", "120 m2",
        "en la calle Hidalgo sembramos 20 árboles", "atendimos 2024", "3 km 500 m", "unidad 12 solicitudes",
        "Oficios: 3", "Sesiones 4", "25.75 hectáreas", "dos talleres",
        "entregó al ayuntamiento 2 informes",
        "13/05/2024", "fueron 2, una para cada grupo", "el vie 15", "5-6 personas",
        "3 solicitudes de 5 recibidas",
        "reunión 5 de mayo", "aplicamos 500 dosis",
        "actas 12, convenios 3", "el total 9", "2 de 3 actas", "pagamos 3 nóminas", "p/25 personas",
        "oficios 12, circulares 3", "expedientes 340", "bacheo calle Juárez, 45", "Sistemas registró 45",
        "en oficina 3 pc", "Total 1987", "más de 2000 asistentes", "plantación de 2024 árboles", "zona 2 ha",
        "vamos con 2000", "son las 5 que faltaban", "y las 3 se firmaron", "en la capacitación 35",
    ],
)  # fmt: skip
def test_a_number_that_may_count_is_left(text: str) -> None:
    assert _found(text) == []


_DATE = re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b")


def _messages() -> list[str]:
    texts = []
    for path in sorted((Path(__file__).parents[1] / "data").glob("phrases*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    return texts


def test_every_number_of_every_message_is_an_amount_or_counts_nothing() -> None:
    """Of what is left beside its days and its people, which have readers of their own."""
    messages = _messages()
    assert len(messages) > 200
    for message in messages:
        _, _, rest = find_days(in_digits(Spoken.of(message)), date(2024, 12, 31))
        _, rest = find_people(rest)
        read = [each.place for each in find_amounts(rest.text)]
        read += [each.place for each in find_other_numbers(rest.text)]
        text = _DATE.sub(
            lambda found: "/" * len(found[0]), rest.text
        )  # one that does not exist, or is to come
        for number in re.finditer(r"\d+", text):
            assert any(start <= number.start() and number.end() <= end for start, end in read), text
