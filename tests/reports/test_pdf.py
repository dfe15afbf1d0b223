"""The PDF is read back: its facts, its declared standards, and no active content."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from reports import open_data, pdf_pictures
from reports.pdf import render
from reports.picture import alternative, chart_of_report
from reports.quarterly.content import Report
from reports.texts import headings, pages
from reports.typesetting import REPLACEMENT, printable
from tests.reports.samples.small_report import SIGNED, photographs, report, saying, sha, units
from tests.support.files.photographs import drawn

ROOT = Path(__file__).parents[2]
MARKUP = (
    r"<b>fuerte</b> & &amp; {{7*7}} {% x %} #panic() #let $x^2$ *a* _b_ `c` @d <e> \ // /* [f] = ~ --- ..."
)
LONG = "W" * 5000


def nowhere(sha256: str) -> Path:
    return Path("/nonexistent") / sha256


@pytest.fixture
def pictures(tmp_path: Path) -> Callable[[str], Path]:
    """Copies of photographs 1 to 4, all different; the third in portrait format."""
    for number, colour in enumerate(("teal", "navy", "maroon", "olive"), 1):
        width, height = (120, 160) if number == 3 else (160, 120)
        (tmp_path / sha(100 + number)).write_bytes(drawn(width, height, colour=colour))
    return lambda sha256: tmp_path / sha256


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(content).pages)


def squeezed(text: str) -> str:
    """Return the text without white space, since line breaks vary."""
    return re.sub(r"\s+", "", text)


@cache
def plain_text() -> str:
    return text_of(render(report(), nowhere))


def test_every_fact_is_in_the_document() -> None:
    found = squeezed(plain_text())
    for text in facts(report()):
        assert squeezed(text) in found, text


def facts(of: Report) -> Iterator[str]:
    """Yield every printed text of a report."""
    place = of.institution
    yield from (of.title, of.heading, *of.opening, of.draft_note or "", "5 de abril de 2024")
    yield from (place.name, place.short_name, f"«{place.motto}»", place.governing_body or "")
    yield from (*place.mission, *place.vision, *place.structure, *place.privacy_notice)
    yield from (f"{name}: {text}" for name, text in place.principles)
    for unit in of.units:
        yield from (unit.name, unit.objective or "", *unit.strategy, *unit.presentation)
        for line in unit.lines:
            yield from (f"Línea de Acción {line.number}. {line.title}", line.description or "", line.goal)
            yield from (f"{line.starts_on:%d/%m/%Y}", f"{line.ends_on:%d/%m/%Y}")
            for activity in line.activities:
                yield from (*activity.paragraphs, *(group.caption for group in activity.groups))
            for table in line.tables:
                yield from ("".join(table.head), *("".join(row) for row in table.rows), table.caption)
                yield "".join(table.total or ())
            yield from (line.standstill or "", f"{line.closing or ''} {line.observation or ''}")
    for file in of.seal.files:
        yield pages.entry(file.line, file.activity) + pages.file(file.kind, file.name, file.bytes)
    yield pages.chain(of.seal.entries) + of.seal.head


def test_the_sections_are_in_the_agencys_order() -> None:
    """By the headings in the document's outline."""
    titles = [str(each.title) for each in _flat(read(render(report(), nowhere)).outline)]
    assert titles == [
        "1. Presentación", "Dirección Jurídica",
        "2. Misión", "3. Visión", "4. Principios Rectores", "5. Estructura Organizacional",
        "6. Informe del Primer Trimestre 2024 (Enero - Marzo)",
        "Dirección Jurídica", "Línea de Acción 1. Documentos para las sesiones",
        "Línea de Acción 2. Normatividad",
        "Línea de Acción 3. Convenios",
        "Coordinación de Archivo", "Línea de Acción 1. Espacio físico",
        "7. Aviso de privacidad", "Anexo. Sello de la evidencia",
    ]  # fmt: skip


def _flat(outline: Any) -> Iterator[Any]:
    for each in outline:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each


def test_the_contents_give_the_page_of_each_section() -> None:
    made = read(render(report(), nowhere))
    contents = made.pages[1].extract_text().partition(headings.FIGURES)[0]
    listed = re.findall(r"^(.+?)[ .]{3,}(\d+)$", contents, re.MULTILINE)
    assert len(listed) == 10
    for title, page in listed:
        assert title.strip() in made.pages[int(page) - 1].extract_text().replace("\n", " ")


def test_the_annex_gives_every_hash_in_one_piece() -> None:
    text = plain_text()
    for each in (sha(1), sha(2), sha(200), sha(250)):
        assert re.search(rf"(?<![0-9a-f]){each}(?![0-9a-f])", text)
    assert "Línea 1, actividad 8 nota de voz Sin archivo" in text


def test_the_annex_has_its_headings_each_on_a_line_of_its_own() -> None:
    """As `reports.verification` looks for them; also if a unit has the same name."""
    empty = report(seal=replace(report().seal, files=()))
    for made in (report(), empty, saying(headings.ANNEX), saying(headings.CHAIN)):
        lines = text_of(render(made, nowhere)).split("\n")
        start = max(at for at, said in enumerate(lines) if said == headings.ANNEX)
        expected = (headings.FILES, headings.SIGNATURES, headings.CHAIN)
        assert [said for said in lines[start:] if said in expected] == [*expected]
        missing = sum(each.sha256 is None for each in made.seal.files)
        assert headings.counted_files(len(made.seal.files), missing) in lines[start:]


def test_the_annex_gives_the_signatures_in_local_time() -> None:
    said = squeezed(plain_text())
    assert (
        squeezed(f"Roberto Culebro, en ausencia de Elena Zenteno 5 de abril de 2024, 10:32 h {SIGNED.sha256}")
        in said
    )
    assert squeezed("2. Coordinación de Archivo Sin firma") in said


def test_pages_are_numbered_and_labelled() -> None:
    made = read(render(report(), nowhere))
    total = len(made.pages)
    assert made.page_labels == [str(number) for number in range(1, total + 1)]
    assert "Página" not in made.pages[0].extract_text()
    for number, page in enumerate(made.pages[1:], 2):
        assert f"Página {number} de {total}" in page.extract_text()
        assert "«Por un Chiapas sin corrupción»" in page.extract_text()


def test_no_page_is_empty() -> None:
    for page in read(render(report(), nowhere)).pages:
        assert len(page.extract_text()) > 150


def test_every_page_of_a_draft_is_marked_and_none_of_a_signed_report() -> None:
    for page in read(render(report(), nowhere)).pages:
        assert "BORRADOR" in page.extract_text()
    signed = text_of(render(report(draft=False, draft_note=None), nowhere))
    assert "BORRADOR" not in signed


def _catalogue(made: PdfReader) -> Any:
    return made.trailer["/Root"]


def test_the_pdf_declares_pdf_a_and_pdf_ua() -> None:
    made = read(render(report(), nowhere))
    catalogue = _catalogue(made)
    said = catalogue["/Metadata"].get_data().decode()
    for declared in (
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert declared in said
    assert catalogue["/Lang"] == "es-MX"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert catalogue["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert made.metadata is not None
    assert made.metadata.title == report().title
    assert "<dc:description>" in said and report().heading in said
    assert str(made.metadata["/Keywords"]) == "SESAECH, 2024-T1, Dirección Jurídica, Coordinación de Archivo"
    assert made.metadata.creation_date == datetime(2024, 4, 5, 16, 32, 7, tzinfo=UTC)


def test_the_data_are_attached() -> None:
    ((name, contents),) = read(render(report(), nowhere)).attachments.items()
    assert name == "informe.json"
    assert contents == [open_data.as_json(report())]


def _structure(node: Any) -> Iterator[Any]:
    """Yield every element of the structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _structure(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _structure(node["/K"])


def _elements(content: bytes) -> list[Any]:
    return list(_structure(_catalogue(read(content))["/StructTreeRoot"]["/K"]))


def test_the_pdf_has_a_structure_tree(pictures: Callable[[str], Path]) -> None:
    elements = _elements(render(report(), pictures))
    kinds = {str(each["/S"]) for each in elements}
    assert {
        "/H1",
        "/H2",
        "/H3",
        "/H4",
        "/P",
        "/L",
        "/LI",
        "/TOC",
        "/Table",
        "/TH",
        "/TD",
        "/Caption",
    } <= kinds
    alternatives = [str(each["/Alt"]) for each in elements if each["/S"] == "/Figure"]
    assert alternatives[0] == alternative(chart_of_report(report()))
    shown = [
        figure.alternative for group in (photographs(1, 2, 3), photographs(4)) for figure in group.figures
    ]
    assert alternatives[1:] == shown


def test_the_chart_of_a_unit_s_report_has_its_lines() -> None:
    juridica = report(units=units()[:1], whole=False)
    assert [each.label for each in chart_of_report(juridica).bars] == [
        "1. Documentos para las sesiones",
        "2. Normatividad",
        "3. Convenios",
    ]
    assert [each.label for each in chart_of_report(report()).bars] == [each.name for each in units()]


def _embedded(content: bytes) -> list[tuple[int, int]]:
    return [image.image.size for page in read(content).pages for image in page.images if image.image]


def test_photographs_are_embedded_unchanged(pictures: Callable[[str], Path]) -> None:
    assert _embedded(render(report(), pictures)) == [(160, 120), (160, 120), (120, 160), (160, 120)]


def _remarks(content: bytes) -> int:
    return squeezed(text_of(content)).count(squeezed(pages.PICTURE_MISSING))


@pytest.mark.parametrize("harm", ["missing", "broken off", "no picture"])
def test_a_picture_that_cannot_be_shown_is_replaced_by_a_remark(
    pictures: Callable[[str], Path], harm: str
) -> None:
    copy = pictures(sha(102))
    if harm == "missing":
        copy.unlink()
    else:
        copy.write_bytes(copy.read_bytes()[:-60] if harm == "broken off" else b"<svg/>")
    made = render(report(), pictures)
    assert _embedded(made) == [(160, 120), (120, 160), (160, 120)]
    assert _remarks(made) == 1
    assert "Fotografía 2" in text_of(made)
    assert _remarks(render(report(), nowhere)) == 4


def test_many_pictures_are_scaled_down_to_fit(
    pictures: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_pictures, "MOST_PIXELS", 4 * 160 * 120 // 4)
    made = render(report(), pictures)
    assert _embedded(made) == [(80, 60), (80, 60), (60, 80), (80, 60)]
    monkeypatch.setattr(pdf_pictures, "MOST_BYTES", 1)
    assert all(size < (10, 10) for size in _embedded(render(report(), pictures)))


def _png(mode: str) -> bytes:
    written = BytesIO()
    Image.new(mode, (90, 30)).save(written, "TIFF" if mode == "CMYK" else "PNG")
    return written.getvalue()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "CMYK", "P", "1"])
def test_logo_and_structure_of_any_image_format_are_shown(mode: str) -> None:
    place = replace(
        report().institution,
        logo=_png(mode),
        structure_image=_png(mode),
        structure_caption="Imagen 1. Estructura.",
    )
    made = render(report(institution=place), nowhere)
    assert _embedded(made)[:2] == [(90, 30), (90, 30)]
    assert "Imagen 1. Estructura." in text_of(made)
    alternatives = [str(each["/Alt"]) for each in _elements(made) if each["/S"] == "/Figure"]
    assert alternatives[:2] == [f"Logotipo de {place.name}", "Imagen 1. Estructura."]


def test_an_invalid_logo_is_left_out() -> None:
    place = replace(
        report().institution, logo=b"#panic()", structure_image=b"", structure_caption="Imagen 1."
    )
    assert _embedded(render(report(institution=place), nowhere)) == []


def test_the_same_report_gives_the_same_bytes(pictures: Callable[[str], Path]) -> None:
    assert render(report(), pictures) == render(report(), pictures)


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib; from pathlib import Path; from tests.reports.samples.small_report import report;"
        "from reports.pdf import render; print(hashlib.sha256(render(report(), Path)).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert len(said) == 1


def test_another_report_gives_other_bytes() -> None:
    made = {
        render(each, nowhere)
        for each in (
            report(),
            report(dated_at=datetime(2024, 4, 6, tzinfo=UTC)),
            report(title="Segundo"),
            report(units=units()[:1]),
        )
    }
    assert len(made) == 4


@pytest.mark.parametrize(
    "text", [MARKUP, "«Ñandú» “él” 61,640.5 ¿sí? – 👍 ✅ ❤️", "=1+1", "a  b", "https://" + "x/" * 90]
)
def test_hostile_texts_appear_as_typed(text: str) -> None:
    found = squeezed(text_of(render(saying(text), nowhere)))
    assert found.count(squeezed(text)) >= 14


def test_characters_without_a_glyph_are_visibly_replaced() -> None:
    typed = "uno\x00dos\x1b[31m\u202etres\ud800 漢 \ue000\r\ncuatro\tcinco"
    shown = printable(typed)
    assert shown == "uno~dos~[31m~tres~ ~ ~\ncuatro cinco".replace("~", REPLACEMENT)
    assert squeezed(text_of(render(saying(typed), nowhere))).count(squeezed(shown)) >= 14


def test_a_word_of_five_thousand_letters_stays_on_the_page() -> None:
    told = replace(report().units[0].lines[0], activities=(activity_of(LONG),), goal=LONG, title=LONG[:300])
    made = render(report(units=(replace(units()[0], lines=(told,)),)), nowhere)
    assert text_of(made).count("W") >= 2 * len(LONG) + 300
    for page in read(made).pages:
        assert _right_edge(page) <= 612 - 70  # of a page's 612 points, less the margin


def activity_of(text: str) -> Any:
    return replace(report().units[0].lines[0].activities[0], paragraphs=(text,))


def test_a_chart_longer_than_a_page_continues_on_the_next() -> None:
    lines = tuple(
        replace(units()[0].lines[0], number=number, title=f"Trabajo {number}") for number in range(1, 37)
    )
    made = read(render(report(units=(replace(units()[0], lines=lines),), whole=False), nowhere))
    charted = [
        page for page in made.pages if "Conforme" in page.extract_text() or "Atrasada" in page.extract_text()
    ]
    assert len(charted) > 2
    assert sum(page.extract_text().count("Trabajo ") for page in charted) == 36
    assert all(_lowest(page) > 60 for page in charted)


def _lowest(page: Any) -> float:
    """Return how far the lowest words are above the page's lower edge, footer excluded, in points."""
    found = []

    def visit(text: str, matrix: Any, text_matrix: Any, font: Any, size: float) -> None:
        if "Trabajo" in text or "planeado" in text:
            found.append(text_matrix[5] * matrix[3] + matrix[5])

    page.extract_text(visitor_text=visit)
    return float(min(found))


def _right_edge(page: Any) -> float:
    """Return how far right the widest line of Ws reaches, in points, from its start and length."""
    edge = 0.0

    def visit(text: str, matrix: Any, text_matrix: Any, font: Any, size: float) -> None:
        nonlocal edge
        width = 0.989 * size * text.count("W")  # of DejaVu Sans
        edge = max(edge, text_matrix[4] + matrix[4] + width) if width else edge

    page.extract_text(visitor_text=visit)
    return edge
