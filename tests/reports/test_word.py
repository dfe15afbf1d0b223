"""The report in Word: what is read back out of it, how it is built, and what harm it survives."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from reports import annex_reading, word
from reports.quarterly.content import FigureGroup, Report
from reports.texts import headings, pages
from reports.word import packing
from tests.reports.facts import figures_of, texts_of
from tests.reports.hostile_report import HOSTILE, LONG_WORD, hostile
from tests.reports.sample import Album, activities, drawing, sample

FIXED = (1980, 1, 1, 0, 0, 0)


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Album]:
    return sample(tmp_path_factory.mktemp("album"))


@pytest.fixture(scope="module")
def report(album: tuple[Report, Album]) -> Report:
    return album[0]


@pytest.fixture(scope="module")
def pictures(album: tuple[Report, Album]) -> Callable[[str], Path]:
    return album[1].place


@pytest.fixture(scope="module")
def made(report: Report, pictures: Callable[[str], Path]) -> bytes:
    return word.render(report, pictures)


def opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def lines(content: bytes) -> list[str]:
    """Every paragraph, those of tables in their places."""
    return [_text(each) for each in opened(content).element.body.iter(qn("w:p"))]


def _text(paragraph: Any) -> str:
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    parts = paragraph.iter(qn("w:t"), *signs)
    return "".join(
        signs.get(part.tag, part.text or "") for part in parts if part.getparent().tag == qn("w:r")
    )


def styled(content: bytes, *names: str) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in opened(content).paragraphs if each.style.name in names]


def test_every_fact_is_read_back(report: Report, made: bytes) -> None:
    said = "\n".join(lines(made))
    assert [each for each in texts_of(report) if each not in said] == []


def test_the_order_is_the_agency_s(report: Report, made: bytes) -> None:
    found = [text for _, text in styled(made, "Heading 1", "Heading 2")]
    presented = [unit.name for unit in report.units]
    assert found == [
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


def test_a_line_is_told_in_order(report: Report, made: bytes) -> None:
    unit = report.units[2]
    line = unit.lines[0]
    all_lines = lines(made)
    presented, told = (place for place, each in enumerate(all_lines[:-80]) if each == unit.name)
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
        "",  # the goal's cell goes on
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


def test_a_line_where_nothing_is_said_has_no_empty_heading(report: Report) -> None:
    silent = replace(
        report.units[3].lines[0], activities=(), tables=(), standstill=None, closing=None, observation=None
    )
    only = replace(report, units=(replace(report.units[3], lines=(silent,)),))
    assert headings.ACTIVITIES not in lines(word.render(only, Path))


def test_strategies_are_bullets_only_where_they_are_listed(report: Report, made: bytes) -> None:
    bulleted = {text for _, text in styled(made, "List Bullet")}
    listed = [unit for unit in report.units if unit.strategy_listed]
    assert listed
    for unit in report.units:
        assert (set(unit.strategy) <= bulleted) is unit.strategy_listed


def test_the_annex_is_read_back_as_it_is_verified(report: Report, made: bytes, tmp_path: Path) -> None:
    file = tmp_path / "informe.docx"
    file.write_bytes(made)
    annex = annex_reading.read(file)
    assert [each.sha256 for each in annex.files] == [each.sha256 for each in report.seal.files]
    assert annex.counted == (len(report.seal.files), 1)
    assert annex.signatures == tuple(unit.signature.sha256 for unit in report.units if unit.signature)
    assert annex.head == report.seal.head


def test_the_signature_stands_in_local_time(made: bytes) -> None:
    assert "Roberto Culebro, en ausencia de Ana Ruiz\n5 de abril de 2024, 10:32 h" in lines(made)
    assert lines(made).count(pages.UNSIGNED) == 5


def test_a_draft_says_so_on_every_page_and_a_signed_report_nowhere(report: Report, made: bytes) -> None:
    assert report.draft_note in lines(made)
    header = opened(made).sections[0].header
    assert headings.DRAFT in header.paragraphs[0].text
    signed = word.render(replace(report, draft=False, draft_note=None), Path)
    with ZipFile(BytesIO(signed)) as archive:
        for name in archive.namelist():
            assert headings.DRAFT not in archive.read(name).decode("utf-8", "ignore")


def test_headings_and_rows_stay_in_one_piece(made: bytes) -> None:
    document = opened(made)
    for level in range(1, 5):
        assert document.styles[f"Heading {level}"].paragraph_format.keep_with_next
    rows = list(document.element.body.iter(qn("w:tr")))
    assert len(rows) > 100
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_every_picture_is_told_in_words(report: Report, made: bytes) -> None:
    said = [each.get("descr") for each in opened(made).element.body.iter(qn("wp:docPr"))]
    shown = [each.alternative for each in figures_of(report) if _there(report, each.copy_sha256)]
    assert said == [
        f"{pages.LOGO} {report.institution.name}",
        report.institution.structure_caption,
        *shown,
    ]
    numbers = [each.get("id") for each in opened(made).element.body.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == len(numbers)


LOST = 13  # the number of the photograph whose file is not there


def _there(report: Report, sha256: str) -> bool:
    lost = [each for each in figures_of(report) if each.alternative.startswith(f"Fotografía {LOST - 1}:")]
    return sha256 not in {each.copy_sha256 for each in lost}


def test_a_picture_that_is_not_there_leaves_a_remark(report: Report, made: bytes) -> None:
    remarks = [each for each in lines(made) if pages.PICTURE_MISSING in each]
    assert remarks == [f"Fotografía {LOST - 1}. {pages.PICTURE_MISSING}"]


@pytest.mark.parametrize("harm", ["removed", "emptied", "text", "cut", "folder"])
def test_a_picture_that_cannot_be_read_leaves_a_remark(harm: str, report: Report, tmp_path: Path) -> None:
    group = next(group for *_, activity in activities(report) for group in activity.groups)
    place = tmp_path / "picture"
    if harm == "folder":
        place.mkdir()
    elif harm != "removed":
        place.write_bytes({"emptied": b"", "text": b"no picture", "cut": drawing(40, 30, "")[:20]}[harm])
    found = lines(word.render(_with_group(report, group), lambda _: place))
    assert sum(pages.PICTURE_MISSING in each for each in found) == len(group.figures)
    assert group.caption in found


def _with_group(report: Report, group: FigureGroup) -> Report:
    """One unit, one line, one activity, and that group."""
    unit, line, activity = next(activities(report))
    only = replace(line, activities=(replace(activity, groups=(group,)),))
    return replace(report, units=(replace(unit, lines=(only,)),))


def test_a_photograph_shown_twice_is_stored_once(report: Report, pictures: Callable[[str], Path]) -> None:
    group = next(group for *_, activity in activities(report) for group in activity.groups)
    twice = replace(group, figures=group.figures[:1] * 2)
    with ZipFile(BytesIO(word.render(_with_group(report, twice), pictures))) as archive:
        stored = [name for name in archive.namelist() if name.endswith(".jpg")]
    assert len(stored) == 1


def test_photographs_are_in_it_as_they_are(
    report: Report, pictures: Callable[[str], Path], made: bytes
) -> None:
    copies = {
        pictures(each.copy_sha256).read_bytes()
        for each in figures_of(report)
        if _there(report, each.copy_sha256)
    }
    with ZipFile(BytesIO(made)) as archive:
        stored = {archive.read(name) for name in archive.namelist() if name.startswith("word/media/")}
    assert copies < stored


def test_more_pictures_than_may_be_sent_are_made_smaller(
    report: Report, pictures: Callable[[str], Path], made: bytes
) -> None:
    with ZipFile(BytesIO(made)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.startswith("word/media/")}
    bare = BytesIO(packing.pack(BytesIO(made), dict.fromkeys(files, b"")))
    most = len(made) // 3
    small = packing.pack(bare, files, most)
    assert len(small) <= most + 200 * len(files)  # what the zip itself takes
    with ZipFile(BytesIO(small)) as archive:
        for name, before in files.items():
            with Image.open(BytesIO(before)) as old, Image.open(BytesIO(archive.read(name))) as new:
                assert new.width / new.height == pytest.approx(old.width / old.height, rel=0.02)
                assert new.format == old.format
    assert opened(small).paragraphs


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_logo_and_structure_are_shown_whatever_they_are_stored_as(report: Report, form: str) -> None:
    written = BytesIO()
    Image.new("RGB", (600, 200), "teal").save(written, form)
    own = replace(report.institution, logo=written.getvalue(), structure_image=written.getvalue())
    shown = word.render(replace(report, institution=own, units=()), Path)
    assert len(list(opened(shown).element.body.iter(qn("wp:docPr")))) == 2


def test_a_logo_that_is_no_picture_is_left_out(report: Report) -> None:
    own = replace(report.institution, logo=b"<svg/>", structure_image=b"")
    shown = word.render(replace(report, institution=own, units=()), Path)
    assert not list(opened(shown).element.body.iter(qn("wp:docPr")))


def test_its_properties(report: Report, made: bytes) -> None:
    properties = opened(made).core_properties
    assert properties.title == report.title
    assert properties.author == report.institution.name
    assert properties.language == "es-MX"
    at = report.dated_at.astimezone(UTC).replace(microsecond=0)
    assert properties.created == properties.modified == at
    assert opened(made).settings.element.find(qn("w:updateFields")) is not None
    language = opened(made).styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "es-MX"


def test_the_same_report_gives_the_same_bytes(
    report: Report, pictures: Callable[[str], Path], made: bytes
) -> None:
    assert word.render(report, pictures) == made
    with ZipFile(BytesIO(made)) as archive:
        assert {each.date_time for each in archive.infolist()} == {FIXED}


def test_another_process_gives_the_same_bytes(
    report: Report, album: tuple[Report, Album], made: bytes, tmp_path: Path
) -> None:
    import pickle

    content, target = tmp_path / "content", tmp_path / "informe.docx"
    content.write_bytes(pickle.dumps(report))
    subprocess.run(
        [sys.executable, "-m", "reports.rendering", content, "docx", target, album[1].folder],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
    )
    assert target.read_bytes() == made


def test_another_report_gives_other_bytes(
    report: Report, pictures: Callable[[str], Path], made: bytes
) -> None:
    later = replace(report, dated_at=datetime(2024, 5, 1, tzinfo=UTC))
    assert word.render(later, pictures) != made


@pytest.fixture(scope="module")
def harmed(report: Report, pictures: Callable[[str], Path]) -> bytes:
    return word.render(hostile(report), pictures)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text.typed[:12].encode("unicode_escape").decode())
def test_what_was_typed_is_what_is_read(text: Any, report: Report, harmed: bytes) -> None:
    wanted = sum(each.count(text.typed) for each in texts_of(hostile(report)))
    assert wanted > 50
    assert "\n".join(lines(harmed)).count(text.printed) >= wanted


def test_hostile_texts_around_the_pages_too(report: Report, harmed: bytes) -> None:
    section = opened(harmed).sections[0]
    assert HOSTILE[0].printed in section.header.paragraphs[0].text
    assert HOSTILE[1].printed in section.footer.paragraphs[0].text
    properties = opened(harmed).core_properties
    assert properties.title == LONG_WORD[:255]
    described = {each.get("descr") for each in opened(harmed).element.body.iter(qn("wp:docPr"))}
    assert HOSTILE[0].printed in described


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, archive.read(name)


def test_nothing_of_the_template_is_left_over(made: bytes) -> None:
    assert [name for name, part in parts(made) if b"{{" in part or b"{%" in part] == []
