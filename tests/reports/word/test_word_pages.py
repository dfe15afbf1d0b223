"""The report in Word as LibreOffice prints it: page numbers, pictures, groups kept together."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from reports import word
from reports.quarterly.content import Report
from reports.texts import headings, pages
from tests.reports.office import Box, Printed, needs_office, printed
from tests.reports.samples.facts import figures_of
from tests.reports.samples.hostile_report import LONG_WORD, hostile
from tests.reports.samples.sample import GROUPS, LOST, Album, activities

pytestmark = needs_office
LEFT, RIGHT, LOWEST, HIGHEST = 70.0, 542.0, 68.0, 718.5  # points: the template's margins
TOGETHER = 6  # pictures of a group at most, which is never parted


@pytest.fixture(scope="module")
def paper(sampled: tuple[Report, Album], tmp_path_factory: pytest.TempPathFactory) -> Printed:
    report, album = sampled
    return printed(word.render(report, album.place), tmp_path_factory.mktemp("paper"))


@pytest.fixture(scope="module")
def body(paper: Printed) -> list[list[str]]:
    """Return the lines of each page, without headers and footers."""
    found = []
    for number, text in enumerate(paper.pages(), start=1):
        written = [line.strip() for line in text.splitlines() if line.strip()]
        found.append([line for line in written if number == 1 or not _marginal(line, number)])
    return found


def _marginal(line: str, number: int) -> bool:
    return line.endswith(headings.DRAFT) or f"Página {number} de" in line


@pytest.fixture(scope="module")
def photographs(paper: Printed) -> list[Box]:
    """Return the pictures after the logo, the structure and the bars."""
    return paper.pictures()[3:]


def test_the_contents_give_the_page_of_each_section(report: Report, body: list[list[str]]) -> None:
    entries = [line.rsplit(".", 1) for line in body[1][1:]]
    listed = {title.rstrip("."): int(number) for title, number in entries}
    first = next(page for page, lines in enumerate(body, start=1) if _has(lines, report.heading.upper()))
    above = (
        *(block.title for block in report.board),
        headings.PRESENTATION,
        headings.MISSION,
        headings.VISION,
        headings.PRINCIPLES,
        headings.STRUCTURE,
        report.heading,
        pages.PRIVACY,
        headings.ANNEX,
    )
    found = {title: _page(body, title.upper(), 3) for title in above}
    found |= {unit.name: _page(body, unit.name, first) for unit in report.units}
    assert listed == found
    assert len(set(found.values())) > 8


def _page(body: list[list[str]], line: str, after: int) -> int:
    """Return the first page, from there on, that has the line."""
    return next(page for page, lines in enumerate(body, start=1) if page >= after and _has(lines, line))


def _has(lines: list[str], line: str) -> bool:
    """Return whether it is one of the lines, or two of them if the font is wide."""
    return line in lines or line in map(" ".join, pairwise(lines))


def test_every_page_has_its_number_the_total_and_the_institution(report: Report, paper: Printed) -> None:
    texts = paper.pages()
    assert report.institution.motto
    for number, text in enumerate(texts[1:], start=2):
        assert f"Página {number} de {len(texts)}" in text
        assert report.institution.motto in text
        assert report.institution.short_name in text
        assert headings.DRAFT in text
    assert "Página" not in texts[0]


def test_no_page_is_empty_and_no_heading_is_last_on_a_page(
    report: Report, body: list[list[str]], photographs: list[Box]
) -> None:
    pictured = {box.page for box in photographs}
    titles = {
        headings.OBJECTIVE,
        headings.STRATEGY,
        headings.ACTIVITIES,
        *(unit.name for unit in report.units),
    }
    titles |= {headings.line(number) for number in range(1, 12)}
    for page, lines in enumerate(body, start=1):
        assert lines or page in pictured
        if page not in pictured and page > 1:
            assert lines[-1] not in titles


def test_every_photograph_is_within_the_margins(photographs: list[Box]) -> None:
    for box in photographs:
        assert LEFT <= box.left <= box.left + box.width <= RIGHT
        assert LOWEST <= box.bottom <= box.bottom + box.height <= HIGHEST


def test_every_photograph_keeps_its_proportions(photographs: list[Box]) -> None:
    sizes = [size for group in GROUPS for size in group if size != LOST]
    assert len(photographs) == len(sizes)
    for box, (width, height) in zip(photographs, sizes, strict=True):
        assert box.width / box.height == pytest.approx(width / height, rel=0.02)


def test_photographs_are_in_rows_of_two_and_an_odd_one_is_centred(photographs: list[Box]) -> None:
    first, second, third, fourth = photographs[:4]
    assert first.bottom == second.bottom > third.bottom == fourth.bottom
    assert first.left + first.width < second.left
    odd = photographs[8]  # the third of three
    assert odd.left + odd.width / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=2)
    assert odd.bottom < photographs[7].bottom


def test_photographs_stay_with_their_caption(
    report: Report, body: list[list[str]], photographs: list[Box]
) -> None:
    boxes = iter(photographs)
    shown = [size for group in GROUPS for size in group]
    sizes = iter(shown)
    groups = [group for *_, activity in activities(report) for group in activity.groups]
    assert len(groups) == sum(-(-len(sizes) // TOGETHER) for sizes in GROUPS)
    for group in groups:
        on = [next(boxes).page for _ in group.figures if next(sizes) != LOST]
        caption = group.caption[:40]
        page = next(number for number, lines in enumerate(body, start=1) if caption in " ".join(lines))
        assert on[-1] == page
        assert set(on) == {page}
    assert len(shown) == len(list(figures_of(report)))


def test_a_hash_is_not_broken_over_lines(report: Report, body: list[list[str]]) -> None:
    hashes = [each.sha256 for each in report.seal.files if each.sha256] + [report.seal.head]
    written = "\n".join("\n".join(lines) for lines in body)
    assert len(hashes) > 30
    assert [each for each in hashes if each not in written] == []


def test_a_word_of_five_thousand_letters_stays_on_the_page(
    sampled: tuple[Report, Album], tmp_path: Path
) -> None:
    report, album = sampled
    unit = report.units[1]
    few = replace(report, units=(replace(unit, lines=unit.lines[:1]),), seal=replace(report.seal, files=()))
    paper = printed(word.render(hostile(few), album.place), tmp_path)
    words = paper.words()
    assert len(words) > 1000
    assert min(left for left, _ in words) >= LEFT
    assert max(right for _, right in words) <= RIGHT
    written = "".join("".join(text.split()) for text in paper.pages())
    assert written.count(LONG_WORD[:400]) > 10
