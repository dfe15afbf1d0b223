"""Each check on a small report: what is found, and similar cases that are not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.evidence.look import LeftOutPicture
from models.progress.signal import Signal
from models.tables.activity import AttendanceFacts
from reports.checks import Finding, FindingKind, Severity, check
from reports.texts.checks import sentence, sentences
from tests.reports.checks.checks_sample import (
    activity,
    figures,
    kinds,
    line,
    photograph,
    report,
    target,
    told,
    unit,
)

DOCUMENTS = target("Documentos", 4, 1)


def of_line(*activities: Any, **more: Any) -> tuple[Finding, ...]:
    found = check(report(unit(line(*activities, **more))))
    return tuple(each for each in found if each.kind is not FindingKind.WORDING)


def test_a_consistent_report_has_no_findings() -> None:
    assert of_line(activity()) == ()
    assert check(report()) == ()


def test_a_planned_line_without_any_activity_is_found() -> None:
    (found,) = of_line()
    assert (found.kind, found.severity, found.line) == (FindingKind.NO_ACTIVITY, Severity.WARNING, 1)
    assert of_line(standstill="Sin movimiento en este trimestre: no hubo sesiones.") == ()
    assert of_line(demand_driven=True, observation="Depende de las personas.") == ()
    assert of_line(signal=Signal.MET) == ()
    later = target(by_quarter=(Fraction(0), Fraction(8), Fraction(8), Fraction(0)))
    assert of_line(targets=(later,)) == ()
    (found,) = of_line(targets=(later,), observation="Se adelantó el trabajo.")
    assert (found.kind, found.facts["measure"]) == (FindingKind.NO_ACTIVITY, None)
    informative = replace(target(), informative=True)
    assert of_line(targets=(later, informative)) == ()


def test_days_outside_the_year_are_found() -> None:
    (found,) = of_line(activity(), starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))
    assert (found.kind, found.severity, found.line) == (FindingKind.LINE_DATES, Severity.ERROR, 1)
    assert kinds(of_line(activity(), ends_on=date(2025, 1, 31))) == [FindingKind.LINE_DATES]
    assert of_line(activity(), starts_on=date(2024, 3, 1), ends_on=date(2024, 3, 31)) == ()
    assert of_line(activity("Se aprobó el acta de la sesión del 28 de diciembre de 2023.")) == ()
    (found,) = of_line(activity(starts_on=date(2023, 12, 28), on=date(2024, 1, 5)))
    assert found.kind is FindingKind.ACTIVITY_DATES and found.activity == 1
    assert kinds(of_line(activity(on=date(2024, 4, 1)))) == [FindingKind.ACTIVITY_DATES]
    assert of_line(replace(activity(), starts_on=date(2024, 1, 2))) == ()


def test_an_amount_told_but_not_counted_is_found() -> None:
    three = (
        activity("Opinión técnica sobre las Reglas de Funcionamiento.", 1, entries={"Documentos": 1}),
        activity(
            "Se trabaja la modificación a los Mecanismos de Coordinación.", 2, entries={"Documentos": 0}
        ),
        activity("Proyecto de las Bases y Principios, en elaboración.", 3, entries={}),
    )
    (found,) = of_line(*three, targets=(DOCUMENTS,))
    assert found.kind is FindingKind.TOLD_NOT_COUNTED and found.severity is Severity.WARNING
    assert found.facts == {"told": "3", "counted": "1", "measure": "Documentos"}
    assert of_line(*three, targets=(DOCUMENTS,), observation="Dos siguen en elaboración.") == ()
    assert of_line(*three, targets=(replace(DOCUMENTS, counts_when="concluido"),)) == ()
    assert of_line(*three, targets=(DOCUMENTS,), demand_driven=True) == ()
    every = tuple(activity(each.narrative, each.id, entries={"Documentos": 1}) for each in three)
    assert of_line(*every, targets=(DOCUMENTS,)) == ()


@pytest.mark.parametrize(
    "step",
    [
        "Se trabaja el proyecto de Reglamento Interior de la Comisión.",  # the same thing, before it was done
        "Reunión para revisar los documentos.",
        "Se recibió el proyecto de Manual para su revisión.",
        "El ITAIPCH informó que aún no pueden cargarse el cuadro, el catálogo y los inventarios.",
        "Se solicitó a las áreas su opinión.",
        "",
    ],
)
def test_a_step_told_as_done_is_found(step: str) -> None:
    done = activity("Proyecto de Reglamento Interior de la Comisión.", 2, entries={"Documentos": 1})
    assert of_line(activity(step, 1, entries={"Documentos": 0}), done, targets=(DOCUMENTS,)) == ()


@pytest.mark.parametrize(
    ("narrative", "found"),
    [
        ("Se tiene un avance del 30 %.", True),
        ("Del 100% de la meta programada, se tiene un avance del 6%.", True),
        ("La meta se cumplió al 100%.", False),  # of the quarter's plan
        ("Se alcanzó el cuarenta por ciento.", True),
        ("Se tiene un avance del 25%.", False),
        ("Del 100% de la meta programada, se tiene un avance del 25%.", False),
        ("Se tiene un avance del 25.0 por ciento.", False),
        ("Se capacitó al 80 % del personal.", False),
        ("Un avance del 67 % del ejercicio del gasto público.", False),
        ("El trimestre anterior se tuvo un avance del 10 %.", False),
        ("En 2023 se alcanzó el 90 %.", False),
        ("Se logró un descuento de 300 pesos.", False),
    ],
)
def test_a_percentage_other_than_the_figure_is_found(narrative: str, found: bool) -> None:
    expected = [FindingKind.PERCENTAGE_TOLD] if found else []
    assert kinds(of_line(activity(narrative))) == expected
    assert kinds(of_line(activity(), observation=narrative)) == expected
    assert kinds(check(report(unit(line(activity()), presentation=(narrative,))))) == expected


def test_a_percentage_may_be_of_the_goal_or_of_the_plan() -> None:
    """Of the goal, of the plan to the quarter's end (here 4 of 4), or of the quarter's own (2 of 4)."""
    before = target(counted=4)
    two = {"Actas": 2}
    for right in (25, 100, 50):
        assert (
            of_line(activity(f"En el trimestre se avanzó el {right} %.", entries=two), targets=(before,))
            == ()
        )
    found = of_line(activity("En el trimestre se avanzó el 75 %.", entries=two), targets=(before,))
    assert kinds(found) == [FindingKind.PERCENTAGE_TOLD]
    more = target(counted=5)
    assert (
        of_line(activity("La meta del trimestre se cumplió al 100 %.", entries={"Actas": 5}), targets=(more,))
        == ()
    )
    less = target(counted=1)
    goal = "Se logró, del 100% de la meta programada, un avance del 6.25%."
    assert of_line(activity(goal, entries={"Actas": 1}), targets=(less,)) == ()
    assert kinds(of_line(activity("Se alcanzó el 9 % de la meta."))) == [FindingKind.PERCENTAGE_TOLD]
    assert of_line(activity("Se alcanzó al 9 % de las áreas.")) == ()


def test_a_narrative_may_speak_of_its_own_day() -> None:
    two = (
        activity("Se lleva un avance del 12.5 %.", 1, entries={"Actas": 2}),
        activity("", 2, entries={"Actas": 2}),
    )
    assert of_line(*two) == ()
    assert kinds(of_line(*reversed(two))) == [FindingKind.PERCENTAGE_TOLD]


PEOPLE = AttendanceFacts(participants=25, women=17, men=8)


@pytest.mark.parametrize(
    ("narrative", "who"),
    [
        ("Con la participación de 25 personas, 17 mujeres y 8 hombres.", []),
        ("Participaron 25 personas: 17 mujeres y 8 hombres, de 6 organizaciones y 300 personas más.", []),
        ("Veinticinco personas (diecisiete mujeres y ocho hombres).", []),
        ("Un curso para 30 personas servidoras públicas.", []),
        ("Fueron 9 mujeres y 3 hombres el lunes, 8 mujeres y 5 hombres el martes.", []),
        ("61,640 registros de 798 personas.", []),
        ("Con la participación de 26 personas, 17 mujeres y 8 hombres.", ["participants"]),
        ("25 personas, 16 mujeres y 9 hombres.", ["women", "men"]),
        ("Asistieron 26 (18 M / 8 H).", ["women", "participants"]),
        ("Asistieron veinticinco: 17 damas y 8 caballeros.", []),
        ("Se envió el oficio a 40 participantes.", []),
        ("Asistieron 24 personas.", ["participants"]),
        ("Hubo 30 asistentes.", ["participants"]),
    ],
)
def test_participants_in_the_text_that_differ_are_found(narrative: str, who: list[str]) -> None:
    found = of_line(activity(narrative, people=PEOPLE))
    assert [each.facts["who"] for each in found] == who
    assert {each.kind for each in found} <= {FindingKind.PEOPLE_TOLD}
    assert of_line(activity(narrative)) == ()  # nobody said how many there were


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ({"participants": 25, "women": 17, "men": 8}, False),
        ({"participants": 25, "women": 17, "men": 7}, True),
        ({"participants": 25, "women": 26}, True),
        ({"participants": 25, "women": 20}, False),
        ({"participants": 25, "civil_society": 20, "academia": 4}, False),
        ({"participants": 25, "civil_society": 20, "academia": 6}, True),
        (dict.fromkeys(("private_sector", "civil_society", "academia", "public_servants"), 6)
         | {"participants": 25}, True),
        ({"women": 3, "men": 4}, False),
    ],
)  # fmt: skip
def test_participants_that_do_not_add_up_are_found(people: dict[str, int], found: bool) -> None:
    expected = [FindingKind.PEOPLE_DIFFER] if found else []
    assert kinds(of_line(activity(people=AttendanceFacts(**people)))) == expected


def test_findings_are_ordered_by_unit_line_and_activity() -> None:
    late = activity("Véase la Fotografía 9.", 9, on=date(2024, 1, 5))
    early = activity("Se elaboraron 5 actas.", 3, documents=("A/B/1/2024",))
    first = line(late, early, ends_on=date(2025, 1, 1)), line(number=2)
    second = unit(line(activity(number=7, documents=("A/B/1/2024",))), key="archivo", name="Archivo")
    found = check(report(unit(*first), second))
    assert [(each.unit, each.line, each.activity) for each in found] == [
        ("juridica", 1, None), ("juridica", 1, 9), ("juridica", 1, 3), ("juridica", 2, None),
        ("archivo", 1, 7),
    ]  # fmt: skip


def every_kind() -> Iterator[Finding]:
    """Return one finding of each kind in this file."""
    wrong = "Se elaboraron 5 actas y 39 (treinta y ocho) copias. Avance del 30 %. Véase la Foto 1."
    yield from told(wrong)
    yield from told("I. Opinión\nII. Proyecto", DOCUMENTS, entries={"Documentos": 1})
    yield from of_line(activity("Proyecto.", entries={}), targets=(DOCUMENTS,))
    yield from of_line(
        activity("Hubo 30 asistentes.", people=PEOPLE.model_copy(update={"men": 9})), ends_on=date(2025, 1, 1)
    )
    yield from of_line()
    yield from of_line(activity("", groups=(figures(1),), on=date(2024, 4, 1)))
    dark = photograph(shown=False, left_out=LeftOutPicture.DARK)
    hidden = dark, photograph(shown=False), photograph(None, name="a\n" + "x" * 500)
    one = activity(documents=("A/B/1/2024", "A/B/2/2024"), evidence=hidden)
    two = activity(number=2, documents=("A/C/B/1/2024", "A/B/2/2024"), evidence=(photograph(),))
    yield from of_line(one, two)
    yield from check(report(unit(line(activity("ayer di un curso")))))


def test_each_finding_is_one_sentence() -> None:
    found = list(every_kind())
    assert {each.kind for each in found} == {each for each in FindingKind if "publish" not in each.value}
    said = sentences(found)
    assert all(each.endswith(".") and each.isprintable() and len(each) < 250 for each in said), said
    assert all(each.startswith("Dirección Jurídica") for each in said)


def test_sentences_of_findings() -> None:
    assert sentence(told("Se elaboraron 5 actas.")[0]) == (
        "Dirección Jurídica, línea 1, actividad del 13 de marzo: el texto dice 5 actas; lo registrado: 4."
    )
    (found,) = of_line(activity(on=date(2024, 4, 1)))
    assert sentence(found) == (
        "Dirección Jurídica, línea 1, actividad del 1 de abril: fue el 1 de abril de 2024, "
        "fuera del 1er trimestre 2024."
    )
    (found,) = of_line(activity(), starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))
    assert sentence(found) == (
        "Dirección Jurídica, línea 1: va del 1 de enero de 2023 al 31 de diciembre de 2023, "
        "fuera del ejercicio 2024."
    )


PIECES = [
    "5 actas", "39 (treinta y ocho)", "I. ", "II. ", "1) ", "2) ", "a) ", "Fotografía ", "12.5 %",
    "se muestra en la imagen", "avance del ", "17 mujeres y ", "8 hombres", "(", ")", "mil ", "ciento ", "\n",
    ". ", ";", "2023", "primer trimestre", " de ", "documentos", "{", "<b>", "&", "\x00", "٣", "Ⅳ. ", "²",
    "۵ actas", "½",
]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3))).map("".join)))
def test_no_text_raises_an_error(text: str) -> None:
    shown = activity(text, people=PEOPLE, documents=(text, text[:3]), entries={"Documentos": 1})
    whole = line(shown, targets=(DOCUMENTS,), observation=text, standstill=text)
    for finding in check(report(unit(whole, presentation=(text, text), name=text or "x"))):
        assert sentence(finding).isprintable()
