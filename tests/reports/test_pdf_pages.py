"""How the PDF's pages are laid out: little blank, nothing parted, no number broken, hyphenated Spanish."""

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from reports import pdf
from reports.design import MARGINS, TEXT_WIDTH, Design
from reports.picture_rows import GAP, arrangements
from reports.quarterly import Report
from tests.reports import office
from tests.reports.samples.sample import Album

INCH = 36  # pixels
MILLIMETRE = INCH / 25.4
MEAN, MOST = 0.12, 0.40  # of a page: blank at the foot


@pytest.fixture(scope="module")
def made(sampled: tuple[Report, Album]) -> bytes:
    report, album = sampled
    return pdf.render(report, album.place)


@pytest.fixture(scope="module")
def texts(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]


def blanks(content: bytes, folder: Path) -> list[float]:
    """Return how much of each page's text area is blank at the foot."""
    (folder / "report.pdf").write_bytes(content)
    command = ["pdftoppm", "-r", str(INCH), "-gray", "-png", str(folder / "report.pdf"), str(folder / "page")]
    subprocess.run(command, check=True)
    found = []
    for file in sorted(folder.glob("page-*.png")):
        page = Image.open(file).convert("L")
        top, bottom = MARGINS["top"] * MILLIMETRE, page.height - (MARGINS["bottom"] + 1) * MILLIMETRE
        area = page.crop((0, int(top), page.width, int(bottom))).point(lambda value: 255 * (value < 200))
        inked = area.getbbox()
        found.append(1 - inked[3] / area.height if inked else 1.0)
    return found


@office.needs_office
def test_no_page_is_left_blank_at_its_foot(made: bytes, texts: list[str], tmp_path: Path) -> None:
    found = blanks(made, tmp_path)
    assert sum(found) / len(found) <= MEAN
    begins = [bool(re.search(r"^(?:\d+\. |Anexo|Contenido)", _body(text))) for text in texts]
    inside = [blank for blank, last in zip(found, [*begins[1:], True], strict=True) if not last]
    assert len(inside) > 15 and max(inside) <= MOST


def _body(text: str) -> str:
    """Return a page's text without its header, which is the first line."""
    return "\n".join(line for line in text.splitlines()[1:] if line.strip() != "BORRADOR")


def test_no_hyphen_or_slash_is_at_the_end_of_a_line(texts: list[str]) -> None:
    lines = [line.rstrip() for text in texts for line in text.splitlines()]
    assert [line for line in lines if line.endswith(("-", "/")) and len(line) > 1] == []


def test_words_are_hyphenated_in_spanish(texts: list[str]) -> None:
    hyphenated = re.findall(r"(\w+)\u00ad\n(\w+)", "\n".join(texts))
    assert len(hyphenated) > 10
    assert all(len(before) > 1 and len(after) > 1 for before, after in hyphenated)


def test_the_box_stands_on_the_page_of_its_line(texts: list[str]) -> None:
    for text in texts:
        boxes = len(re.findall(r"^Meta Fecha de Inicio", text, re.MULTILINE))
        assert boxes == len(re.findall(r"^Línea de Acción \d+\. ", text, re.MULTILINE))


def test_pictures_and_tables_are_listed_with_their_pages(
    sampled: tuple[Report, Album], texts: list[str]
) -> None:
    listed = " ".join(texts[1].replace("\u00ad\n", "").split())
    assert "Tablas y fotografías" in listed
    assert "Fotografías 1, 2, 3 y 4." in listed and "Tabla 1." in listed
    page = re.search(r"Fotografías 11, 12 y 13\.[^.]*\.[ .]*(\d+)", listed)
    assert page and "Fotografías 11, 12 y 13" in texts[int(page[1]) - 1]
    report, album = sampled
    without = pdf.render(replace(report, figures_listed=False), album.place)
    assert "Tablas y fotografías" not in PdfReader(io.BytesIO(without)).pages[1].extract_text()


@pytest.mark.parametrize("aspects", [[1.33] * 4, [0.75, 0.75], [1.33, 0.75, 1.33], [5.0], [0.2], [1.5] * 6])
def test_rows_of_a_group_have_one_height_and_fit_the_width(aspects: list[float]) -> None:
    for rows in arrangements(aspects, Design()):
        assert 0 < rows.lowest <= rows.usual <= rows.highest
        for at in range(0, len(aspects), rows.abreast):
            row = aspects[at : at + rows.abreast]
            assert sum(row) * rows.highest + (len(row) - 1) * GAP <= TEXT_WIDTH + 0.01


def test_the_design_of_the_programme_is_used(sampled: tuple[Report, Album]) -> None:
    report, album = sampled
    design = Design(font="Times New Roman", numbered_chapters=False, units_on_new_page=True)
    given = replace(report, institution=replace(report.institution, design=design))
    read = PdfReader(io.BytesIO(pdf.render(given, album.place)))
    fonts = {str(font["/BaseFont"]) for page in read.pages for _, font in page["/Resources"]["/Font"].items()}  # type: ignore[index]
    assert any("LiberationSerif" in each for each in fonts) and not any(
        "LiberationSans" in each for each in fonts
    )
    starts = [page.extract_text() for page in read.pages]
    assert not any("1. Presentación" in each for each in starts)
    for unit in report.units[1:]:
        assert any(_body(each).startswith(unit.name) for each in starts), unit.name
