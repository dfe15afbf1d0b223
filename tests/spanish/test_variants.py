"""Variants of sentences that count: denied, still to come, asked for, wished for. None of them counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spanish.reading.activity import understand
from spanish.reading.activity.facts import Understood
from tests.bundled import bundled_units

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
