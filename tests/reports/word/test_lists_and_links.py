"""Lists and web addresses that people typed are lists and links in the documents."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from reports import pdf, word
from reports.quarterly.content import Report
from reports.quarterly.list_items import BULLET, MarkedParagraph, text_parts
from tests.reports.samples.small_report import activity, line, report, units

ADDRESS = "https://www.sesaech.gob.mx/actas?a=1&b=2"


@pytest.mark.parametrize(
    ("typed", "markers"),
    [
        (("- Acta.", "- Acuerdo."), (BULLET, BULLET)),
        (("• Acta.",), (BULLET,)),
        (("1) Acta.", "2) Acuerdo."), ("1)", "2)")),
        (("I. Acta.", "II. Acuerdo.", "III. Anexo."), ("I.", "II.", "III.")),
        (("a) Acta.", "b) Acuerdo."), ("a)", "b)")),
        (("Se revisó:", "1. Acta.", "2. Acuerdo.", "Quedó listo."), ("", "1.", "2.", "")),
        (("3. Acta.", "Quedó listo."), ("", "")),
        (("V. Carranza 12.",), ("",)),
        (("-5 grados.", "2.5 km."), ("", "")),
    ],
)
def test_the_items_of_a_list(typed: tuple[str, ...], markers: tuple[str, ...]) -> None:
    parts = text_parts(typed)
    assert tuple(each.marker for each in parts) == markers
    assert all(each.text in paragraph for each, paragraph in zip(parts, typed, strict=True))


def test_a_paragraph_stays_whole() -> None:
    assert text_parts(["Sesión - segunda parte"]) == (MarkedParagraph("", "Sesión - segunda parte"),)


def no_picture(sha256: str) -> Path:
    return Path("no pictures") / sha256


def told() -> Report:
    first, second = units()
    said = activity("Se revisó:", "1) El acta.", "2) El acuerdo.", "- Un anexo.", f"Está en {ADDRESS}.")
    return report(units=(replace(first, lines=(line(1, "Documentos", activities=(said,)),)), second))


def test_lists_and_links_in_the_word_file() -> None:
    read = docx.Document(BytesIO(word.render(told(), no_picture)))
    styles = {each.text: each.style.name for each in read.paragraphs if each.style}
    assert styles["1)\tEl acta."] == styles["2)\tEl acuerdo."] == "Informe lista numerada"
    assert styles["Un anexo."] == "List Bullet"
    (found,) = (each for each in read.element.body.iter(qn("w:hyperlink")) if each.get(qn("r:id")))
    assert read.part.rels[found.get(qn("r:id"))].target_ref == ADDRESS
    assert f"Está en {ADDRESS}." in styles


def test_lists_and_links_in_the_pdf() -> None:
    read = pypdf.PdfReader(BytesIO(pdf.render(told(), no_picture)))
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots", ())]
    assert ADDRESS in [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]
    said = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert "1) El acta. 2) El acuerdo. • Un anexo." in said
