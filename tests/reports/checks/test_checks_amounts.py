"""Amounts in narratives compared with what was registered: what is found, and similar cases that are not."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from models.tables.activity import AttendanceFacts
from reports.checks import FindingKind, check
from tests.reports.checks.checks_sample import activity, kinds, line, report, target, told, unit

AGREEMENTS = target("Acuerdos", 12, 3, counts_when="publicado en el Periódico Oficial")
DOCUMENTS = target("Documentos", 4, 1)


@pytest.mark.parametrize(
    "narrative",
    [
        "Se elaboraron 5 actas.",
        "Se elaboraron cinco actas de las sesiones.",
        "De dichas sesiones se realizó: 26 convocatorias, 70 invitaciones y 5 actas.",
        "La elaboración de 5 actas se concluyó.",
        "Un total de 5 actas quedó firmado.",
        "Del 12 al 16 de febrero se firmaron 16 actas, con el Programa 2025, 30 hojas en total.",
        "Se elaboraron 5 nuevas actas.",
        "5 ACTAS",
        "Se elaboraron 3 actas.",
        "Se firmaron 5 (cinco) actas.",
        "Se entregaron 5 de las 9 actas.",
        "Se cuenta con 5 actas firmadas.",
        "Se integró media docena de actas.",
        "Se elaboraron 2 actas del Comité y 3 actas de la Comisión.",
    ],
)
def test_another_amount_of_the_measure_is_found(narrative: str) -> None:
    (found,) = told(narrative)
    assert found.kind is FindingKind.AMOUNT_TOLD
    assert found.facts["quantity"] == "4" and found.facts["measure"] == "Actas"
    assert (found.unit, found.line, found.activity, found.on) == ("juridica", 1, 1, date(2024, 3, 13))


@pytest.mark.parametrize(
    "narrative",
    [
        "Se elaboraron 4 actas.",
        "Se elaboraron cuatro actas.",
        "Se elaboraron 4 (cuatro) actas.",
        "26 convocatorias, 70 invitaciones y 4 actas.",
        "Se elaboraron 26 convocatorias.",  # no measure
        "Se atendieron 58 documentos y 12 asuntos.",  # other lines' measures
        "Se elaboraron 1 acta del Comité y 3 actas de la Comisión.",  # together four
        "Se elaboró un acta por sesión.",  # an article
        "Se revisaron 9 actas de otras áreas.",  # looked at, not made
        "Se solicitaron 9 actas a las áreas.",
        "Faltan 12 actas.",
        "Se elaborarán 5 actas.",  # still to come
        "Se acordó elaborar 5 actas.",
        "Los registros de 203 actas siguen en la plataforma.",
        "Con 7 actas de otros años se armó el expediente.",
        "El año pasado fueron 15 actas.",
        "En 2023 se elaboraron 15 actas.",
        "Conforme al Programa 2024, 4 actas.",
        "El próximo trimestre se elaborarán otras 5 actas; se elaboraron 4 actas.",
        "Para el segundo trimestre: 5 actas.",
        "Hay 7 actas pendientes de firma.",
        "Quedaron listas, 7 actas por firmar.",
        "Se elaboró 1 acta del Comité y se firmaron 2 actas de la Comisión.",  # not all are told
        "Se avanzó hacia la meta, que es de: 16 actas.",
        "De las 16 actas programadas en el año, cuatro están firmadas.",
        "Se cumplió con las 4 actas del trimestre.",
        "Quedan 12 actas para cumplir la meta del año.",
        "Oficio 5/2024: actas de las sesiones.",
        "La acta 5 se firmó.",
        "Se elaboraron las actas 5, 6, 7 y 8.",
        "El 5 de marzo se firmaron las actas.",
        "Se llegó al 5 % de actas firmadas.",
        "A las 12:05 actas firmadas.",
        "No se elaboraron 5 actas.",
        "El Comité no sesionó, por lo que 5 actas quedaron sin elaborar.",
        "Se ordenaron por fecha 9 actas.",
        "En diciembre se elaboraron 15 actas.",
        "Durante abril habrá 5 actas.",
    ],
)
def test_near_misses_are_not_found(narrative: str) -> None:
    assert told(narrative) == ()


def test_pending_amounts_are_compared_too() -> None:
    for narrative in ("Se aprobaron 5 acuerdos.", "Se publicaron 3 acuerdos.", "Hay 2 acuerdos en espera."):
        assert told(narrative, AGREEMENTS, entries={"Acuerdos": (5, 2)}) == ()
    assert kinds(told("Se aprobaron 6 acuerdos.", AGREEMENTS, entries={"Acuerdos": (5, 2)})) == [
        FindingKind.AMOUNT_TOLD
    ]
    assert told("Falta publicar 2 acuerdos.", AGREEMENTS, entries={"Acuerdos": (5, 0)}) == ()


def test_each_target_of_a_line_is_checked_separately() -> None:
    both = target("Actas", 16, 1), target("Acuerdos", 12, 2)
    assert told("1 acta y 2 acuerdos", *both, entries={"Actas": 1, "Acuerdos": 2}) == ()
    (found,) = told("1 acta y 3 acuerdos", *both, entries={"Actas": 1, "Acuerdos": 2})
    assert found.facts == {"told": "3", "quantity": "2", "measure": "Acuerdos"}


def test_a_measure_of_several_words_needs_all_of_them() -> None:
    sessions = target("Sesiones ordinarias", 4, 1)
    own = {"Sesiones ordinarias": 1}
    assert told("Se celebraron 9 sesiones.", sessions, entries=own) == ()
    assert told("Se celebraron 2 sesiones extraordinarias.", sessions, entries=own) == ()
    assert kinds(told("Se celebraron 2 sesiones ordinarias.", sessions, entries=own)) == [
        FindingKind.AMOUNT_TOLD
    ]


def test_requests_are_compared_with_those_attended_to_and_not_with_those_that_came_in() -> None:
    requests = target("Solicitudes", 40, 5)
    for narrative in ("Se dio respuesta a 5 solicitudes.", "Ingresaron 9 solicitudes; se respondieron 5."):
        assert told(narrative, requests, entries={"Solicitudes": 5}) == ()
    assert kinds(told("Se dio respuesta a 6 solicitudes.", requests, entries={"Solicitudes": 5})) == [
        FindingKind.AMOUNT_TOLD
    ]


def test_an_amount_in_another_unit_is_converted() -> None:
    roads = target("Kilómetros", 10, 2)
    assert told("Se rehabilitaron 2,000 metros.", roads, entries={"Kilómetros": 2}) == ()
    assert kinds(told("Se rehabilitaron 2,500 metros.", roads, entries={"Kilómetros": 2})) == [
        FindingKind.AMOUNT_TOLD
    ]


def test_either_name_of_a_measure_counts() -> None:
    courses = target("Cursos o talleres", 4, 2)
    own = {"Cursos o talleres": 2}
    assert told("Se tomaron 2 talleres.", courses, entries=own) == ()
    assert kinds(told("Se tomaron 3 talleres.", courses, entries=own)) == [FindingKind.AMOUNT_TOLD]
    assert kinds(told("Se tomaron 3 cursos.", courses, entries=own)) == [FindingKind.AMOUNT_TOLD]


def test_a_step_is_compared_with_amounts_told_as_done() -> None:
    assert kinds(told("Se elaboraron 3 actas.", entries={"Actas": 0})) == [FindingKind.AMOUNT_TOLD]
    for narrative in ("Reunión con 5 actas a la vista.", "Están en proceso 3 actas.", "Se firma un acta."):
        assert told(narrative, entries={"Actas": 0}) == ()


def test_an_informative_target_is_not_checked() -> None:
    shown = target("Talleres", 3, 0, informative=True)
    assert told("Se dieron 2 talleres y 4 actas.", target(), shown) == ()


def test_totals_of_the_month_or_to_date_are_right() -> None:
    two = line(
        activity(number=1, on=date(2024, 2, 20), entries={"Actas": 1}),
        activity(number=2, on=date(2024, 3, 2), entries={"Actas": 1}),
        activity("Se completan las 3 actas de marzo y suman 4 actas.", number=3, entries={"Actas": 2}),
    )
    assert check(report(unit(two))) == ()
    wrong = activity("Se completan las 5 actas de marzo.", number=3, entries={"Actas": 2})
    found = check(report(unit(line(*two.activities[:2], wrong))))
    assert kinds(found) == [FindingKind.AMOUNT_TOLD]


def test_the_presentation_is_compared_with_the_lines() -> None:
    lines = (
        line(activity()),
        line(activity(number=2, entries={"Documentos": 1}), number=2, targets=(DOCUMENTS,)),
    )
    for presentation in (
        "Se coordinó la realización de 9 sesiones.",
        "Se emitió 1 documento y se elaboraron 4 actas.",
        "Se elaboraron 4 actas de las 16 actas del año.",
        "El Comité tuvo 2 actas y la Comisión 1 acta más.",  # parts, of which not all are told
        "Se emitieron 4 documentos en el año 2023.",
        "La meta del año: 16 actas.",
    ):
        assert check(report(unit(*lines, presentation=(presentation,)))) == ()
    found = check(report(unit(*lines, presentation=("En el trimestre", "se emitieron 3 documentos."))))
    assert [(each.kind, each.line, each.facts["told"]) for each in found] == [
        (FindingKind.AMOUNT_TOLD, None, "3")
    ]


def test_the_sum_over_several_lines_is_right_too() -> None:
    own = target("Documentos", 4, 2), target("Documentos", 10, 5)
    lines = (
        line(activity(number=n, entries={"Documentos": 1}), number=n, targets=(each,))
        for n, each in enumerate(own, 1)
    )
    unit_ = unit(*lines)
    for number, right in ((7, True), (5, True), (2, True), (1, True), (3, False), (14, False)):
        found = check(report(replace(unit_, presentation=(f"Se emitieron {number} documentos.",))))
        assert kinds(found) == ([] if right else [FindingKind.AMOUNT_TOLD])


def test_participants_are_compared_with_participants() -> None:
    people = target("Personas", 4000, 25)
    took_part = AttendanceFacts(participants=30)
    for narrative in ("Se capacitaron 30 personas.", "Se capacitaron 25 personas."):
        assert told(narrative, people, people=took_part, entries={"Personas": 25}) == ()
    wrong = told("Se capacitaron 31 personas.", people, people=took_part, entries={"Personas": 25})
    assert kinds(wrong) == [FindingKind.AMOUNT_TOLD]
    lines = line(activity(entries={"Personas": 25}), targets=(people,))
    assert check(report(unit(lines, presentation=("En el foro estatal hubo 300 personas.",)))) == ()


def test_an_observation_is_compared_with_its_line() -> None:
    right = line(activity(), observation="Se registraron 4 actas de 16 actas.")
    assert check(report(unit(right))) == ()
    wrong = line(activity(), observation="Se registraron 6 actas.")
    (found,) = check(report(unit(wrong)))
    assert found.facts["statement"] == "observation" and found.activity is None


@given(st.integers(2, 9_999), st.integers(2, 9_999), st.booleans())
def test_numbers_in_words_and_digits_are_compared(told_: int, registered: int, words: bool) -> None:
    """A finding exactly where both differ."""
    said = num2words(told_, lang="es") if words else f"{told_:,}"
    bare = target("Asuntos", 100_000, registered)
    found = told(f"Se resolvieron {said} asuntos.", bare, entries={"Asuntos": registered})
    assert kinds(found) == ([] if told_ == registered else [FindingKind.AMOUNT_TOLD])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("mantenimiento a 39 (treinta y ocho) bienes", "39 (treinta y ocho)"),
        ("mantenimiento a treinta y nueve (38) bienes", "treinta y nueve (38)"),
        ("4,000 (cuatro mil uno) personas", "4,000 (cuatro mil uno)"),
        ("el 12% (trece por ciento)", "12% (trece por ciento)"),
        ("Veintiún (22) cursos", "veintiun (22)"),
    ],
)
def test_digits_and_words_that_differ_are_found(text: str, quote: str) -> None:
    for found in (
        told(text, target("Asuntos", 4, 0), entries={}),
        check(report(unit(line(activity()), presentation=(text,)))),
    ):
        assert [(each.kind, each.facts["quote"]) for each in found] == [(FindingKind.WORDS_DIFFER, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "mantenimiento a 39 (treinta y nueve) bienes",
        "mantenimiento a treinta y nueve (39) bienes",
        "5 reuniones (dos de ellas virtuales)",
        "12 reuniones (tres por sesión)",
        "5 (dos virtuales)",
        "una sesión cada una (12)",
        "de dos mil veinticuatro (2024)",
        "el 12.5% (doce punto cinco por ciento)",
        "los dos (1 y 2)",
        "oficio 39/2024 (cuatro)",
        "$39.50 (treinta y nueve)",
    ],
)
def test_digits_and_words_that_agree_are_not_found(text: str) -> None:
    assert told(text, target("Asuntos", 4, 0), entries={}) == ()


@given(st.integers(0, 9_999), st.integers(0, 9_999))
def test_any_two_numbers_in_digits_and_words_are_compared(digits: int, words: int) -> None:
    found = told(f"Fueron {digits} ({num2words(words, lang='es')}).", target("Asuntos"), entries={})
    assert kinds(found) == ([] if digits == words else [FindingKind.WORDS_DIFFER])


PUBLISHED = """- I. Se realizó opinión técnica sobre las Reglas de funcionamiento del Comité Coordinador.
- II. Modificación a los Mecanismos de Coordinación entre el Comité Coordinador y los Municipios.
- III. Proyecto de las Bases y Principios de Coordinación entre los integrantes del Sistema."""


@pytest.mark.parametrize(
    "narrative",
    [
        PUBLISHED,
        "1) Opinión técnica. 2) Modificación a los Mecanismos. 3) Proyecto de las Bases.",
        "Se trabajaron los siguientes documentos: a) las Reglas; b) los Mecanismos; c) las Bases.",
        "Documentos elaborados:\n1. Las Reglas\n2. Los Mecanismos\n3. Las Bases",
        "I.- Opinión\nII.- Modificación\nIII.- Proyecto",
    ],
)
def test_an_enumeration_of_another_length_is_found(narrative: str) -> None:
    (found,) = told(narrative, DOCUMENTS, entries={"Documentos": 1})
    assert found.kind is FindingKind.ENUMERATION
    assert found.facts == {"listed": 3, "quantity": "1", "measure": "Documentos"}
    assert told(narrative, DOCUMENTS, entries={"Documentos": 3}) == ()


@pytest.mark.parametrize(
    "narrative",
    [
        "Se vieron los siguientes temas: a) presupuesto; b) personal; c) archivo.",
        "En el programa de trabajo participaron: 1) Hacienda, 2) Finanzas, 3) Archivo.",
        "1) 5 equipos de Jurídica. 2) 7 equipos de Archivo.",  # items with numbers of their own
        "Conforme al artículo 5, fracciones I. y III. de la Ley.",
        "I. Una sola cosa.",
        "Se reunió el Comité. Versión 2.0 y 3.1.",
    ],
)
def test_an_enumeration_of_other_things_is_not_found(narrative: str) -> None:
    assert told(narrative, DOCUMENTS, entries={"Documentos": 1}) == ()


def test_one_mark_is_no_enumeration() -> None:
    assert told("I. Proyectos de las Bases.", DOCUMENTS, entries={"Documentos": 3}) == ()


def test_steps_that_are_enumerated_are_no_contradiction() -> None:
    steps = "1) Se reunió el grupo. 2) Se pidió información. 3) Se revisó."
    assert told(steps, DOCUMENTS, entries={"Documentos": 0}) == ()


def test_an_enumeration_on_a_line_with_two_targets_is_not_checked() -> None:
    both = target("Actas", 16, 1), target("Acuerdos", 12, 2)
    assert told("I. Uno. II. Dos. III. Tres.", *both, entries={"Actas": 1, "Acuerdos": 2}) == ()
