"""Variants of sentences that count: denied, still to come, asked for, wished for. None of them counts."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spanish.reading.activity import understand
from spanish.reading.activity.facts import Understood
from spanish.reading.evaluation.questions import read_agency
from tests.support.database.bundled import bundled_units

UNITS = {unit.key: unit for unit in bundled_units()}
TODAY = date(2024, 6, 12)
# Unit, line, what is done («se …»), in the infinitive, its thing, and the same of several.
THINGS = [
    ("juridica", 1, "levantó", "levantaron", "levantar", "el acta", "actas"),
    ("juridica", 3, "firmó", "firmaron", "firmar", "el convenio", "convenios"),
    ("archivo", 2, "dio", "dieron", "dar", "la asesoría", "asesorías"),
    ("archivo", 3, "impartió", "impartieron", "impartir", "la capacitación", "capacitaciones"),
    ("transparencia", 1, "contestó", "contestaron", "contestar", "la solicitud", "solicitudes"),
    ("apoyo-administrativo", 4, "entregó", "entregaron", "entregar", "el informe", "informes"),
    ("sistemas", 1, "conectó", "conectaron", "conectar", "el municipio", "municipios"),
]
ONE_DENIED = [
    "no se {one} {thing}",
    "todavía no se {one} {thing}",
    "no se pudo {do} {thing}",
    "nunca se {one} {thing}",
]
ONE_TO_COME = [
    "mañana vamos a {do} {thing}",
    "la próxima semana se va a {do} {thing}",
    "queremos {do} {thing}",
    "hay que {do} {thing}",
    "falta {do} {thing}",
    "ojalá se pueda {do} {thing}",
    "nos pidieron {do} {thing}",
]
SEVERAL = [
    "no se {many} las {n} {things}",
    "vamos a {do} {n} {things}",
    "nos pidieron {n} {things}",
    "se solicitaron {n} {things}",
    "faltan {n} {things}",
    "se programaron {n} {things} para la próxima semana",
    "se cancelaron {n} {things}",
    "mañana {n} {things}",
    "{n} {things} mañana",
    "mañana sesiona el comité: {n} {things}",
    "no sesionó el comité: {n} {things}",
    "nos reunimos para revisar {n} {things}",
]
MEETINGS = [
    "ayer sesionó el comité: {n} {things}",
    "ayer se reunió el grupo de trabajo, {n} {things}",
    "nos juntamos ayer con el área: {n} {things}",
]


def read(unit: str, line: int, text: str) -> Understood:
    found = UNITS[unit].line(line)
    assert found is not None
    return understand(text, [(UNITS[unit], found)], TODAY)


def counted(said: Understood) -> int:
    """What would be registered without a further question."""
    return 0 if said.doubts else sum(each.quantity - (each.pending or 0) for each in said.said)


@pytest.mark.parametrize("thing", THINGS, ids=[thing[5] for thing in THINGS])
def test_what_was_done_counts(thing: tuple[str, int, str, str, str, str, str]) -> None:
    unit, line, one, many, _, single, several = thing
    assert counted(read(unit, line, f"ayer se {one} {single}")) == 1
    assert counted(read(unit, line, f"ayer se {many} 4 {several}")) == 4


@given(st.sampled_from(THINGS), st.sampled_from([*ONE_DENIED, *ONE_TO_COME]))
def test_one_thing_denied_or_to_come_never_counts(
    thing: tuple[str, int, str, str, str, str, str], form: str
) -> None:
    unit, line, one, _, do, single, _ = thing
    text = form.format(one=one, do=do, thing=single)
    assert counted(read(unit, line, text)) == 0, text


@given(st.sampled_from(THINGS), st.sampled_from(SEVERAL), st.integers(2, 999))
def test_several_denied_asked_for_or_to_come_never_count(
    thing: tuple[str, int, str, str, str, str, str], form: str, number: int
) -> None:
    unit, line, _, many, do, _, several = thing
    text = form.format(many=many, do=do, n=number, things=several)
    assert counted(read(unit, line, text)) == 0, text


@given(st.sampled_from(THINGS), st.sampled_from(MEETINGS), st.integers(2, 999))
def test_what_is_listed_after_a_meeting_that_was_held_counts(
    thing: tuple[str, int, str, str, str, str, str], form: str, number: int
) -> None:
    unit, line, _, _, _, _, several = thing
    text = form.format(n=number, things=several)
    assert counted(read(unit, line, text)) == number, text


TAKEN_IN = ["compramos", "nos donaron", "nos regalaron", "conseguimos", "sobraron", "se robaron"]
GIVEN_OUT = [("dif", 2, "entregamos", "despensas"), ("obras", 4, "instalamos", "luminarias")]
MUNICIPALITY = {
    unit.key: unit
    for unit in read_agency(Path(__file__).parents[1] / "data" / "agencies" / "municipality.yaml").units
}


def read_of_municipality(unit: str, line: int, text: str) -> Understood:
    found = MUNICIPALITY[unit].line(line)
    assert found is not None
    return understand(text, [(MUNICIPALITY[unit], found)], date(2025, 6, 12))


@settings(max_examples=60)
@given(st.sampled_from(GIVEN_OUT), st.sampled_from(TAKEN_IN), st.integers(2, 400), st.integers(2, 400))
def test_what_was_got_or_left_over_is_never_added(
    done: tuple[str, int, str, str], verb: str, given_out: int, got: int
) -> None:
    unit, line, gave, things = done
    alone = read_of_municipality(unit, line, f"ayer {verb} {got} {things}")
    both = read_of_municipality(unit, line, f"ayer {gave} {given_out} {things} y {verb} {got}")
    assert counted(alone) == 0
    assert counted(both) in (given_out, 0)  # 0: it is asked


@settings(max_examples=60)
@given(
    st.sampled_from([thing for thing in THINGS if thing[0] in ("archivo", "transparencia")]),
    st.integers(2, 40),
    st.integers(2, 40),
    st.sampled_from(
        [
            "el lunes se {many} {a} {things} y {b} el martes",
            "se {many} {a} {things} el lunes y otras {b} ayer",
        ]
    ),
)
def test_a_second_number_of_another_day_is_added(
    thing: tuple[str, int, str, str, str, str, str], first: int, second: int, form: str
) -> None:
    unit, line, _, many, _, _, several = thing
    text = form.format(many=many, a=first, b=second, things=several)
    said = read(unit, line, text)
    assert counted(said) == first + second or said.doubts, text


@settings(max_examples=60)
@given(st.integers(2, 30), st.sampled_from(["diarias", "por día", "al día", "cada día"]))
def test_what_is_done_each_day_is_multiplied_by_the_days(number: int, each: str) -> None:
    text = f"dimos {number} asesorías {each} del 3 al 7 de junio"
    assert counted(read("archivo", 2, text)) == 5 * number, text


@settings(max_examples=60)
@given(
    st.integers(2, 90),
    st.integers(2, 90),
    st.sampled_from(["perdón, {b}", "en realidad {b}", "bueno, {b}", "digo {b}", "no, {b}", "corrijo: {b}"]),
)
def test_a_number_that_is_taken_back_never_counts(wrong: int, right: int, form: str) -> None:
    text = f"ayer dimos {wrong} asesorías, {form.format(b=right)}"
    said = read("archivo", 2, text)
    assert counted(said) == right or said.doubts, text
