"""The report in Word: its text, structure, and hostile texts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn

from reports import annex_reading, word
from reports.quarterly.content import BoardBlock, Report
from reports.texts import headings, pages
from tests.reports.samples.facts import texts_of
from tests.reports.word.word_reading import lines, opened, styled
from tests.support.database import published

FIXED = (1980, 1, 1, 0, 0, 0)


def test_every_fact_is_in_the_document(report: Report, in_word: bytes) -> None:
    said = "\n".join(lines(in_word))
    assert [each for each in texts_of(report) if each not in said] == []


def test_the_sections_are_in_the_agencys_order(report: Report, in_word: bytes) -> None:
    found = [text for _, text in styled(in_word, "Heading 1", "Heading 2")]
    presented = [unit.name for unit in report.units]
    assert found == [
        *(title for block in report.board for title in _titles(block)),
        headings.PRESENTATION,
        *presented,
        headings.MISSION,
        headings.VISION,
        headings.PRINCIPLES,
        headings.STRUCTURE,
        report.heading,
        *presented,
        pages.PRIVACY,
        headings.ANNEX,
        headings.FILES,
        headings.SIGNATURES,
        headings.CHAIN,
    ]


def _titles(block: BoardBlock) -> Iterator[str]:
    yield block.title
    yield from (title for title, _ in block.lists)
    yield from (table.caption for table in block.tables if table.caption)


def test_the_parts_of_a_line_are_in_order(report: Report, in_word: bytes) -> None:
    unit = report.units[2]
    line = unit.lines[0]
    all_lines = lines(in_word)
    *_, presented, told = (place for place, each in enumerate(all_lines[:-80]) if each == unit.name)
    start = all_lines.index(headings.line(1), told)
    assert presented < told
    assert line.closing and line.observation and line.description
    wanted = [
        headings.line(1),
        f"{line.title}: {line.description}",
        headings.GOAL,
        headings.STARTS,
        line.goal,
        "01/01/2024",
        "",  # the goal continues in its cell
        headings.ENDS,
        "",
        "31/12/2024",
        headings.ACTIVITIES,
        *(text for activity in line.activities for text in activity.paragraphs),
        *(cell for row in (line.tables[0].head, *line.tables[0].rows) for cell in row),
        *(line.tables[0].total or ()),
        line.tables[0].caption,
        f"{line.closing} {line.observation}",
    ]
    assert all_lines[start : start + len(wanted)] == wanted


OURS = {("Unidad de Transparencia", "1"): "12.5 %"}  # 6 % was published, but its figures give 12.5 %
SHOWN_BY_US = {("Dirección de Sistemas Electrónicos y Plataforma Digital", "2"): "1 %"}  # 25 of 4,000


@pytest.fixture(scope="module")
def told(report: Report, in_word: bytes) -> dict[tuple[str, str], list[str]]:
    """Return what the document says of each line, by the unit's name and the line's number."""
    found: dict[tuple[str, str], list[str]] = {}
    unit, key, names = "", None, {each.name for each in report.units}
    for text in lines(in_word):
        if text in names:
            unit, key = text, None
        elif number := re.fullmatch(re.escape(headings.line(7)).replace("7", r"(\d+)"), text):
            key = unit, number[1]
            found[key] = []
        elif key:
            found[key].append(text)
    return found


@pytest.mark.parametrize("row", published.rows(), ids=lambda row: f"{row['unit']} {row['line']}")
def test_every_line_is_printed_as_published(
    row: dict[str, str], told: dict[tuple[str, str], list[str]]
) -> None:
    key = row["unit"], row["line"]
    said = told[key]
    assert said[0].startswith(row["title"])
    for on in (row["start"], row["end"]):
        assert "/".join(reversed(on.split("-"))) in said
    for target in row["targets"].split(" + "):
        assert target.casefold() in said[3].casefold()
    figure = OURS.get(key) or SHOWN_BY_US.get(key) or row["published"]
    closing = (
        f"se tiene un avance del {figure[:-2]}\u00a0%." if figure != "100 %" else "se cumplió al 100\u00a0%."
    )
    assert any(closing in each for each in said) if figure else not any("avance del" in each for each in said)


def test_a_line_without_activities_has_no_empty_heading(report: Report) -> None:
    silent = replace(
        report.units[3].lines[0], activities=(), tables=(), standstill=None, closing=None, observation=None
    )
    only = replace(report, units=(replace(report.units[3], lines=(silent,)),))
    assert headings.ACTIVITIES not in lines(word.render(only, Path))


def test_strategies_are_bullets_only_where_they_are_listed(report: Report, in_word: bytes) -> None:
    bulleted = {text for _, text in styled(in_word, "List Bullet")}
    listed = [unit for unit in report.units if unit.strategy_listed]
    assert listed
    for unit in report.units:
        assert (set(unit.strategy) <= bulleted) is unit.strategy_listed


def test_the_annex_is_read_back_as_it_is_verified(report: Report, in_word: bytes, tmp_path: Path) -> None:
    file = tmp_path / "informe.docx"
    file.write_bytes(in_word)
    annex = annex_reading.read(file)
    assert [each.sha256 for each in annex.files] == [each.sha256 for each in report.seal.files]
    assert annex.counted == (len(report.seal.files), 1)
    assert annex.signatures == tuple(unit.signature.sha256 for unit in report.units if unit.signature)
    assert annex.head == report.seal.head


def test_the_signature_is_in_local_time(in_word: bytes) -> None:
    assert "Roberto Culebro, en ausencia de Ana Ruiz\n5 de abril de 2024, 10:32 h" in lines(in_word)
    assert lines(in_word).count(pages.UNSIGNED) == 5


def test_every_page_of_a_draft_is_marked_and_none_of_a_signed_report(report: Report, in_word: bytes) -> None:
    assert report.draft_note in lines(in_word)
    header = opened(in_word).sections[0].header
    assert headings.DRAFT in header.paragraphs[0].text
    signed = word.render(replace(report, draft=False, draft_note=None), Path)
    with ZipFile(BytesIO(signed)) as archive:
        for name in archive.namelist():
            assert headings.DRAFT not in archive.read(name).decode("utf-8", "ignore")


def test_headings_and_rows_stay_in_one_piece(in_word: bytes) -> None:
    document = opened(in_word)
    for level in range(1, 5):
        assert document.styles[f"Heading {level}"].paragraph_format.keep_with_next
    rows = list(document.element.body.iter(qn("w:tr")))
    assert len(rows) > 100
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
