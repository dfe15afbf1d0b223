"""Word and PDF as images of their pages: nothing outside the margins, no empty page.

LibreOffice and Poppler render them; neither takes part in making the PDF.
"""

import subprocess

import pytest
from PIL import Image

from reports import pdf, word
from reports.quarterly import Report
from tests.reports import office
from tests.reports.samples.sample import Album

pytestmark = office.needs_office
INCH = 40  # pixels
EDGE = 12  # pixels along each edge that must be white: 0.3 inch
INK = 60  # dark pixels in the middle of a page that is not empty


@pytest.fixture(scope="module", params=["word", "pdf"])
def drawn(
    request: pytest.FixtureRequest, sampled: tuple[Report, Album], tmp_path_factory: pytest.TempPathFactory
) -> list[Image.Image]:
    """Return every page in grey."""
    report, album = sampled
    folder = tmp_path_factory.mktemp("pages")
    if request.param == "pdf":
        (folder / "report.pdf").write_bytes(pdf.render(report, album.place))
    else:
        paper = office.printed(word.render(report, album.place), folder)
        (folder / "report.pdf").write_bytes(paper.pdf)
    command = ["pdftoppm", "-r", str(INCH), "-gray", "-png", str(folder / "report.pdf"), str(folder / "page")]
    subprocess.run(command, check=True)
    return [Image.open(each).convert("L") for each in sorted(folder.glob("page-*.png"))]


def test_no_drawn_page_is_empty(drawn: list[Image.Image]) -> None:
    assert len(drawn) > 15
    for number, page in enumerate(drawn, 1):
        middle = page.crop((EDGE, 2 * INCH, page.width - EDGE, page.height - INCH))
        assert sum(middle.histogram()[:200]) > INK, number


def test_nothing_is_outside_the_margins(drawn: list[Image.Image]) -> None:
    for number, page in enumerate(drawn, 1):
        width, height = page.size
        edges = [
            (0, 0, EDGE, height),
            (width - EDGE, 0, width, height),
            (0, 0, width, EDGE),
            (0, height - EDGE, width, height),
        ]
        for edge in edges:
            assert sum(page.crop(edge).histogram()[:200]) == 0, (number, edge)
