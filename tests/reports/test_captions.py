"""Every picture of the report has a whole caption; pictures of a line that share one are a group."""

from datetime import date
from typing import Any

import pytest

from reports.quarterly import captions
from reports.quarterly.captions import CaptionedPicture

DAY = (date(2024, 3, 13), date(2024, 3, 13))
NARRATIVE = "Reunión con la SEMAHN.\nFirma del convenio."


def picture(number: int, sent: str | None = None, **chosen: Any) -> dict[str, Any]:
    file = {"kind": "photo", "media_type": "image/jpeg", "sha256": f"{number:064x}"}
    decided = {"in_report": {"place": number, "shown": True, "reason": None, "caption": None, **chosen}}
    return {**file, "copy_sha256": f"{number:064x}", "caption": sent, **(decided if chosen else {})}


def of(evidence: list[dict[str, Any]], text: str = NARRATIVE) -> list[CaptionedPicture]:
    return captions.captioned(evidence, text, text, DAY, lambda message: message)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([None, None], [("Reunión con la SEMAHN.", 2)]),
        (["La mesa", None, None], [("La mesa", 3)]),
        (NARRATIVE.splitlines(), [("Reunión con la SEMAHN.", 1), ("Firma del convenio.", 1)]),
        (["Llegada", None, "Firma", "firma", "Cierre"], [("Llegada", 2), ("Firma", 2), ("Cierre", 1)]),
        ([None, "Llegada", "Cierre"], [("Llegada", 2), ("Cierre", 1)]),
    ],
)
def test_each_caption_stays_with_its_pictures(
    given: list[str | None], expected: list[tuple[str, int]]
) -> None:
    pictures = of([picture(number, caption) for number, caption in enumerate(given)])
    groups = captions.grouped([pictures])[0]
    assert [(group[0].about, len(group)) for group in groups] == expected
    assert [each for group in groups for each in group] == pictures


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Se envió el oficio No. 12 a Oficialía. Se contestó.", "Se envió el oficio No. 12 a Oficialía."),
        ("Asistió la Lic. Ana Ruiz. Hubo acuerdos.", "Asistió la Lic. Ana Ruiz."),
        ("Curso sobre el art. 34 de la Ley. Fin.", "Curso sobre el art. 34 de la Ley."),
        ("Visita del Mtro. J. C. Pérez al C.P. López.\nOtra.", "Visita del Mtro. J. C. Pérez al C.P. López."),
        ("Convenio con Obras S.A. de C.V. de Tuxtla. Firma.", "Convenio con Obras S.A. de C.V. de Tuxtla."),
        ("Análisis de la fracc. IV, núm. 3, inc. a). Cierre.", "Análisis de la fracc. IV, núm. 3, inc. a)."),
        ("¿Qué sigue? Plan de trabajo.", "¿Qué sigue?"),
        ("Avance de 3.5 km en la Col. Centro", "Avance de 3.5 km en la Col. Centro"),
        ("Sesión " + "muy " * 60 + "larga. Fin.", "Sesión " + "muy " * 60 + "larga."),
    ],
)
def test_a_caption_that_is_made_is_the_whole_first_sentence(text: str, caption: str) -> None:
    assert of([picture(1)], text)[0].about == caption


def test_a_caption_that_was_sent_is_whole() -> None:
    sent = "Entrega al Lic. Cruz. Recibió el Ing. Díaz, art. 5."
    assert of([picture(1, sent)])[0].about == sent


def test_what_was_written_for_the_report_goes_before_all() -> None:
    found = of([picture(1, "La mesa", caption="Mesa de trabajo"), picture(2)])
    assert [each.about for each in found] == ["Mesa de trabajo", "La mesa"]


def test_a_picture_that_is_left_out_has_no_caption() -> None:
    assert of([picture(1, shown=False)]) == []


def test_pictures_of_a_line_that_share_a_caption_are_one_group_after_the_last_of_them() -> None:
    first = of([picture(1, caption="Asesorías"), picture(2, caption="Archivo")])
    second = of([picture(3, caption="asesorías."), picture(4, caption="Asesorías")])
    after = captions.grouped([first, second, []])
    places = [[[each.place for each in group] for group in of_one] for of_one in after]
    assert places == [[[2]], [[1, 3, 4]], []]


def test_the_order_of_the_line_is_that_of_the_group() -> None:
    pictures = of([picture(3, caption="Curso"), picture(1, caption="Curso"), picture(2, caption="Cierre")])
    assert [[each.place for each in group] for group in captions.grouped([pictures])[0]] == [[1, 3], [2]]


@pytest.mark.parametrize(
    ("number", "parts"), [(6, [6]), (7, [4, 3]), (8, [4, 4]), (9, [6, 3]), (13, [6, 4, 3])]
)
def test_a_large_group_is_parted_evenly(number: int, parts: list[int]) -> None:
    groups = captions.grouped([of([picture(each) for each in range(number)])])[0]
    assert [len(group) for group in groups] == parts
