"""The agency's own template: what it may change, and how an unusable one is refused."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm

from reports import word
from reports.own_template import UnusableTemplate
from reports.quarterly.content import Report
from reports.texts import headings
from reports.word import BUNDLED
from reports.word.rendering import _context
from tests.reports.office import needs_office, stored_again
from tests.reports.samples.facts import texts_of
from tests.reports.samples.sample import Album
from tests.reports.word.template.package import make

MANUAL = (Path(__file__).parents[3] / "docs" / "report-template.md").read_text(encoding="utf-8")


def changed(folder: Path, change: Callable[[Any], None]) -> Path:
    """Return a copy of the bundled template, opened and saved as by a word processor."""
    document = docx.Document(str(BUNDLED))
    change(document)
    path = folder / "informe.docx"
    document.save(str(path))
    return path


def test_the_bundled_template_is_what_its_source_generates() -> None:
    assert BUNDLED.read_bytes() == make(), "run `python -m tests.reports.word.template`"


def test_styles_of_the_agencys_template_are_used(sampled: tuple[Report, Album], tmp_path: Path) -> None:
    def restyle(document: Any) -> None:
        document.styles["Body Text"].font.name = "Georgia"
        document.sections[0].left_margin = document.sections[0].right_margin = Cm(5)

    report, album = sampled
    content = word.render(report, album.place, changed(tmp_path, restyle))
    made: Any = docx.Document(BytesIO(content))
    assert made.styles["Body Text"].font.name == "Georgia"
    widths = [int(each.get("cx")) for each in made.element.body.iter(qn("wp:extent"))]
    room = made.sections[0].page_width - Cm(10)
    assert len(widths) > 30
    assert max(widths) <= room
    said = "\n".join(_lines(content))
    assert [each for each in texts_of(report) if each not in said] == []


@needs_office
def test_a_template_saved_by_libreoffice_is_used(sampled: tuple[Report, Album], tmp_path: Path) -> None:
    report, album = sampled
    own = stored_again(BUNDLED.read_bytes(), tmp_path)
    bundled, made = (word.render(report, album.place, path) for path in (None, own))
    assert _lines(made) == _lines(bundled)
    assert len(_beginning_pages(bundled)) >= 5
    assert _beginning_pages(made) == _beginning_pages(bundled)
    settings = docx.Document(BytesIO(made)).settings.element
    assert settings.find(qn("w:updateFields")) is not None


def _lines(content: bytes) -> list[str]:
    body = docx.Document(BytesIO(content)).element.body
    return ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in body.iter(qn("w:p"))]


def _beginning_pages(content: bytes) -> list[str]:
    return [
        each.text
        for each in docx.Document(BytesIO(content)).paragraphs
        if each.paragraph_format.page_break_before
    ]


def test_a_section_removed_from_the_template_is_not_in_the_contents(
    sampled: tuple[Report, Album], tmp_path: Path
) -> None:
    def leave_out_the_mission(document: Any) -> None:
        texts = [each.text for each in document.paragraphs]
        start = texts.index("{%p if institution.mission %}")
        end = texts.index("{%p if institution.vision %}")
        for paragraph in document.paragraphs[start:end]:
            paragraph._p.getparent().remove(paragraph._p)

    report, album = sampled
    content = word.render(report, album.place, changed(tmp_path, leave_out_the_mission))
    made: Any = docx.Document(BytesIO(content))
    entries = [each.text.strip() for each in made.paragraphs if each.style.name.startswith("toc ")]
    assert headings.MISSION not in entries
    assert headings.VISION in entries


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ report.nothing }}", "nothing"),
        ("{{ nothing.at.all }}", "nothing"),
        ("{% if %}", "Expected"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ report.__class__ }}", "unsafe"),
        ("{% for each in units %}", "endfor"),
    ],
)
def test_an_unknown_tag_is_named(tag: str, said: str, sampled: tuple[Report, Album], tmp_path: Path) -> None:
    path = changed(tmp_path, lambda document: document.add_paragraph(tag))
    report, album = sampled
    with pytest.raises(UnusableTemplate, match=said) as caught:
        word.render(report, album.place, path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "docs/report-template.md" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no more", b"{\\rtf1}"])
def test_an_invalid_template_is_named(content: bytes, sampled: tuple[Report, Album], tmp_path: Path) -> None:
    path = tmp_path / "informe.docx"
    path.write_bytes(content)
    report, album = sampled
    with pytest.raises(UnusableTemplate, match=re.escape(str(path))):
        word.render(report, album.place, path)


def test_every_style_is_in_the_manual() -> None:
    styles = docx.Document(str(BUNDLED)).styles
    names = [each.name for each in styles if not each.hidden]
    assert len(names) > 25
    assert [name for name in names if name not in {"Normal"} and f"`{name}`" not in MANUAL] == []


def test_every_name_that_a_tag_may_use_is_in_the_manual(sampled: tuple[Report, Album]) -> None:
    class Nothing:
        def rows(self, group: Any) -> tuple[Any, ...]:
            return ()

        def logo(self, *_: Any) -> None: ...

        structure = chart = logo

    names = _context(sampled[0], Nothing())  # type: ignore[arg-type]
    assert [name for name in names if f"`{name}" not in MANUAL] == []
