"""The Word file: its pictures, its bytes, and hostile texts."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from PIL import Image

from reports import picture, word
from reports.quarterly.content import FigureGroup, Report
from reports.texts import pages
from reports.word import packing
from tests.reports.samples.facts import figures_of, texts_of
from tests.reports.samples.hostile_report import HOSTILE, LONG_WORD, hostile
from tests.reports.samples.sample import Album, activities, drawing
from tests.reports.word.word_reading import lines, opened, parts

FIXED = (1980, 1, 1, 0, 0, 0)


def test_every_picture_has_alternative_text(report: Report, in_word: bytes) -> None:
    said = [each.get("descr") for each in opened(in_word).element.body.iter(qn("wp:docPr"))]
    shown = [each.alternative for each in figures_of(report) if _there(report, each.copy_sha256)]
    assert said == [
        f"{pages.LOGO} {report.institution.name}",
        report.institution.structure_caption,
        picture.alternative(picture.chart_of_report(report)),
        *shown,
    ]
    numbers = [each.get("id") for each in opened(in_word).element.body.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == len(numbers)


MISSING = "Fotografía 12"  # its file is not there


def _there(report: Report, sha256: str) -> bool:
    lost = [each for each in figures_of(report) if each.alternative.startswith(f"{MISSING}:")]
    return sha256 not in {each.copy_sha256 for each in lost}


def test_a_missing_picture_is_replaced_by_a_remark(report: Report, in_word: bytes) -> None:
    remarks = [each for each in lines(in_word) if pages.PICTURE_MISSING in each]
    assert remarks == [f"{MISSING}. {pages.PICTURE_MISSING}"]


@pytest.mark.parametrize("harm", ["removed", "emptied", "text", "cut", "folder"])
def test_an_unreadable_picture_is_replaced_by_a_remark(harm: str, report: Report, tmp_path: Path) -> None:
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
    """Return a report of one unit, one line, one activity and that group."""
    unit, line, activity = next(activities(report))
    only = replace(line, activities=(replace(activity, groups=(group,)),))
    return replace(report, units=(replace(unit, lines=(only,)),))


def test_a_photograph_shown_twice_is_stored_once(report: Report, pictures: Callable[[str], Path]) -> None:
    group = next(group for *_, activity in activities(report) for group in activity.groups)
    twice = replace(group, figures=group.figures[:1] * 2)
    with ZipFile(BytesIO(word.render(_with_group(report, twice), pictures))) as archive:
        stored = [name for name in archive.namelist() if name.endswith(".jpg")]
    assert len(stored) == 1


def test_photographs_have_the_resolution_of_printing(in_word: bytes) -> None:
    document = opened(in_word)
    checked = 0
    for shown in document.element.body.iter(qn("wp:inline")):
        extent = shown.find(qn("wp:extent"))
        part = document.part.related_parts[next(shown.iter(qn("a:blip"))).get(qn("r:embed"))]
        with Image.open(BytesIO(part.blob)) as picture:
            if picture.format == "JPEG":
                inches = max(int(extent.get("cx")), int(extent.get("cy"))) / 914_400
                assert max(picture.size) / inches <= 222
                assert max(picture.size) / inches >= 200 or max(picture.size) >= 1600
                checked += 1
    assert checked > 5


def test_pictures_are_scaled_down_to_fit_a_file_size(
    report: Report, pictures: Callable[[str], Path], in_word: bytes
) -> None:
    with ZipFile(BytesIO(in_word)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.startswith("word/media/")}
    bare = BytesIO(packing.pack(BytesIO(in_word), dict.fromkeys(files, b"")))
    most = len(in_word) * 2 // 3
    small = packing.pack(bare, files, most=most)
    assert len(small) <= most + 200 * len(files)  # what the zip itself takes
    with ZipFile(BytesIO(small)) as archive:
        for name, before in files.items():
            with Image.open(BytesIO(before)) as old, Image.open(BytesIO(archive.read(name))) as new:
                assert new.width / new.height == pytest.approx(old.width / old.height, rel=0.02)
                assert new.format == old.format
    assert opened(small).paragraphs


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_logo_and_structure_of_any_image_format_are_shown(report: Report, form: str) -> None:
    written = BytesIO()
    Image.new("RGB", (600, 200), "teal").save(written, form)
    own = replace(report.institution, logo=written.getvalue(), structure_image=written.getvalue())
    shown = word.render(replace(report, institution=own, units=()), Path)
    assert len(list(opened(shown).element.body.iter(qn("wp:docPr")))) == 2


def test_an_invalid_logo_is_left_out(report: Report) -> None:
    own = replace(report.institution, logo=b"<svg/>", structure_image=b"")
    shown = word.render(replace(report, institution=own, units=()), Path)
    assert not list(opened(shown).element.body.iter(qn("wp:docPr")))


def test_the_document_properties_are_set(report: Report, in_word: bytes) -> None:
    properties = opened(in_word).core_properties
    assert properties.title == report.title
    assert properties.author == report.institution.name
    assert properties.language == "es-MX"
    at = report.dated_at.astimezone(UTC).replace(microsecond=0)
    assert properties.created == properties.modified == at
    assert opened(in_word).settings.element.find(qn("w:updateFields")) is not None
    language = opened(in_word).styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "es-MX"


def test_the_same_report_gives_the_same_bytes(
    report: Report, pictures: Callable[[str], Path], in_word: bytes
) -> None:
    assert word.render(report, pictures) == in_word
    with ZipFile(BytesIO(in_word)) as archive:
        assert {each.date_time for each in archive.infolist()} == {FIXED}


def test_another_process_gives_the_same_bytes(
    report: Report, sampled: tuple[Report, Album], in_word: bytes, tmp_path: Path
) -> None:
    content, target = tmp_path / "content", tmp_path / "informe.docx"
    content.write_bytes(pickle.dumps(report))
    subprocess.run(
        [sys.executable, "-m", "reports.rendering", content, "docx", target, sampled[1].folder],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
    )
    assert target.read_bytes() == in_word


def test_another_report_gives_other_bytes(
    report: Report, pictures: Callable[[str], Path], in_word: bytes
) -> None:
    later = replace(report, dated_at=datetime(2024, 5, 1, tzinfo=UTC))
    assert word.render(later, pictures) != in_word


@pytest.fixture(scope="module")
def harmed(report: Report, pictures: Callable[[str], Path]) -> bytes:
    return word.render(hostile(report), pictures)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text.typed[:12].encode("unicode_escape").decode())
def test_hostile_texts_appear_as_typed(text: Any, report: Report, harmed: bytes) -> None:
    wanted = sum(each.count(text.typed) for each in texts_of(hostile(report)))
    assert wanted > 50
    assert "\n".join(lines(harmed)).count(text.printed) >= wanted


def test_hostile_texts_in_headers_and_properties_appear_as_typed(report: Report, harmed: bytes) -> None:
    section = opened(harmed).sections[0]
    assert HOSTILE[0].printed in section.header.paragraphs[0].text
    assert HOSTILE[1].printed in section.footer.paragraphs[0].text
    properties = opened(harmed).core_properties
    assert properties.title == LONG_WORD[:255]
    described = {each.get("descr") for each in opened(harmed).element.body.iter(qn("wp:docPr"))}
    assert HOSTILE[0].printed in described


def test_no_template_tag_is_left(in_word: bytes) -> None:
    assert [name for name, part in parts(in_word) if b"{{" in part or b"{%" in part] == []
