"""Figures, evidence and letters: what is found, and similar cases that are not."""

from dataclasses import replace
from typing import Any

import pytest

from reports.checks import Finding, FindingKind, check
from reports.quarterly.content import Series, Table
from tests.reports.checks.checks_sample import activity, figures, kinds, line, photograph, report, unit


def of_line(*activities: Any, **more: Any) -> tuple[Finding, ...]:
    return check(report(unit(line(*activities, **more))))


TABLE = Table(2, ("Meses", "Programados"), (), None, "Tabla 2.")


@pytest.mark.parametrize(
    ("narrative", "found"),
    [
        ("Véase la Fotografía 3.", [("photograph", 3)]),
        ("Fotografías 1, 2, 3 y 4. Asesorías.", [("photograph", 3)]),
        ("Fotografías 1 a 4.", [("photograph", 3)]),
        ("Imagen 14.", [("image", 14)]),
        ("Como se muestra en la Tabla 1.", [("table", 1)]),
        ("Como se aprecia en la siguiente tabla.", []),
        ("Fotografías 1 y 2. Asesorías.", []),
        ("Como se muestra en la imagen.", []),
        ("Véase la Tabla 2.", []),
        ("La imagen institucional y la tabla de aplicabilidad.", []),
        ("Conforme a la tabla 3 de la Ley.", []),
        ("Fotografía 2024/15 del archivo.", []),
    ],
)
def test_references_to_missing_figures_are_found(narrative: str, found: list[tuple[str, int]]) -> None:
    shown = activity(narrative, groups=(figures(1, 2),), evidence=(photograph(),))
    looked = of_line(shown, tables=(TABLE,))
    assert [(each.facts["series"], each.facts["number"]) for each in looked] == found
    assert {each.kind for each in looked} <= {FindingKind.FIGURE_MISSING}


@pytest.mark.parametrize(
    "narrative",
    ["Como se muestra en la imagen.", "Se anexan fotografías.", "Ver la siguiente tabla: ver tabla."],
)
def test_a_mentioned_figure_that_does_not_exist_is_found(narrative: str) -> None:
    (found,) = of_line(activity(narrative))
    assert found.kind is FindingKind.FIGURE_MISSING and found.facts["number"] is None


def test_a_presentation_may_name_any_figure_of_its_unit() -> None:
    lines = line(activity(groups=(figures(1),))), line(activity(number=2, groups=(figures(2),)), number=2)
    assert check(report(unit(*lines, presentation=("Fotografías 1 y 2.",)))) == ()
    assert kinds(check(report(unit(*lines, presentation=("Fotografía 3.",))))) == [FindingKind.FIGURE_MISSING]
    pointing = activity("Como se muestra en la imagen.", number=3)
    assert kinds(of_line(lines[0].activities[0], pointing)) == [
        FindingKind.FIGURE_MISSING
    ]  # the picture of the other activity
    assert check(report(unit(*lines, presentation=("Como se muestra en la imagen.",)))) == ()
    other = activity("Fotografía 2.", groups=(figures(1),))
    assert kinds(check(report(unit(line(other), lines[1])))) == [FindingKind.FIGURE_MISSING]


def test_a_picture_without_a_narrative_is_found() -> None:
    assert kinds(of_line(activity("  ", groups=(figures(1),)))) == [FindingKind.FIGURE_WITHOUT_TEXT]
    hidden = photograph(shown=False, name="IMG_1.heic")
    assert kinds(of_line(activity(evidence=(hidden,)))) == [FindingKind.PICTURE_NOT_SHOWN]
    assert of_line(activity(evidence=(replace(hidden, kind="document", media_type="application/pdf"),))) == ()
    assert of_line(activity(evidence=(photograph(),), groups=(figures(1, series=Series.IMAGE),))) == ()


def test_missing_and_repeated_evidence_is_found() -> None:
    assert kinds(of_line(activity(evidence=(photograph(None),)))) == [FindingKind.EVIDENCE_MISSING]
    assert (
        of_line(activity(evidence=(photograph(None, kind="location", latitude=16.7, longitude=-93.1),))) == ()
    )
    assert of_line(activity(evidence=(photograph(), photograph()))) == ()  # twice in one activity counts once
    one = activity(number=1, evidence=(photograph(),))
    two = activity(number=2, evidence=(photograph(), photograph()))
    other = unit(line(two), key="archivo", name="Coordinación de Archivo")
    (found,) = check(report(unit(line(one)), other))
    assert (found.kind, found.unit, found.activity) == (FindingKind.EVIDENCE_TWICE, "archivo", 2)
    assert found.facts["other"]["activity"] == 1


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("SESAECH/UAA/030/2024", "SESAECH/UAA/030/2024", FindingKind.DOCUMENT_TWICE),
        ("SESAECH/UAA/030/2024", "sesaech/uaa/0030/24", FindingKind.DOCUMENT_TWICE),
        ("Circular 5", "CIRCULAR 5", FindingKind.DOCUMENT_TWICE),
        ("SESAECH/UAA/030/2024", "SESAECH/ST/UAA/0030/2024", FindingKind.PREFIX_MIXED),
        ("SESAECH/ST/UAA/0030/2024", "SESAECH/UAA/030/2024", FindingKind.PREFIX_MIXED),
        ("SESAECH/UAA/030/2024", "SESAECH/ST/UAA/0031/2024", None),
        ("SESAECH/UAA/030/2024", "SESAECH/ST/UAA/0030/2023", None),
        ("SESAECH/UAA/030/2024", "SESAECH/DJ/030/2024", None),
        ("SESAECH/ST/030/2024", "SESAECH/ST/UAA/030/2024", None),
        ("ITAIPCH/SAGA/110/2024", "SESAECH/UAA/110/2024", None),
        ("SESAECH/DJ/UAA/030/2024", "SESAECH/ST/UAA/030/2024", None),
        ("030/2024", "SESAECH/UAA/030/2024", None),
        ("DJ/UAA/030/2024", "SESAECH/DJ/UAA/030/2024", None),
    ],
)
def test_letters_used_twice_or_with_mixed_prefixes_are_found(
    first: str, second: str, found: FindingKind | None
) -> None:
    one = activity(number=1, documents=(first,))
    two = activity(number=2, documents=(second, second))
    looked = check(report(unit(line(one, two))))
    assert kinds(looked) == ([found] if found else [])
    assert all(each.activity == 2 and each.facts["other"]["activity"] == 1 for each in looked)
    assert of_line(activity(documents=(first, first))) == ()


def test_a_letter_is_looked_for_in_all_units_and_a_prefix_on_its_line() -> None:
    one = activity(number=1, documents=("SESAECH/UAA/030/2024", "SESAECH/UAA/031/2024"))
    two = activity(number=2, documents=("SESAECH/ST/UAA/0030/2024", "SESAECH/UAA/031/2024"))
    other = unit(line(two), key="archivo", name="Coordinación de Archivo")
    assert kinds(check(report(unit(line(one)), other))) == [FindingKind.DOCUMENT_TWICE]


def test_a_letter_used_twice_is_not_also_of_a_mixed_prefix() -> None:
    numbers = "A/B/1/2024", "A/C/B/1/2024", "A/C/B/1/2024"
    lines = line(*(activity(number=n, documents=(number,)) for n, number in enumerate(numbers, 1)))
    found = check(report(unit(lines)))
    assert [(each.kind, each.activity) for each in found] == [
        (FindingKind.PREFIX_MIXED, 2),
        (FindingKind.DOCUMENT_TWICE, 3),
    ]
