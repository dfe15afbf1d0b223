"""What makes the report in Word easy to edit: links and fields, heads that are repeated."""

import re
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from reports import word
from tests.reports.samples.signed_quarter import signed_quarter


@pytest.fixture(scope="module")
def body() -> Any:
    report, album = signed_quarter()
    return docx.Document(BytesIO(word.render(report, album.place))).element.body


def instructions(part: Any) -> list[str]:
    return [(each.text or "").strip() for each in part.iter(qn("w:instrText"))]


def style(paragraph: Any) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else str(found.get(qn("w:val")))


def test_the_entries_of_the_contents_are_links_to_their_headings(body: Any) -> None:
    entries = [each for each in body.iter(qn("w:p")) if re.match(r"TOC\d", style(each))]
    marked = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    links = [each.find(qn("w:hyperlink")).get(qn("w:anchor")) for each in entries]
    assert len(links) > 10 and set(links) <= marked
    assert all(len(instructions(each)) == 1 for each in entries)


def test_every_number_in_a_caption_is_counted_by_word(body: Any) -> None:
    captions = [each for each in body.iter(qn("w:p")) if style(each) == "Caption"]
    assert captions
    for each in captions:
        text = "".join(part.text or "" for part in each.iter(qn("w:t")))
        numbers = re.findall(r"\d+", text.partition(".")[0])
        assert len(instructions(each)) == len(numbers) > 0, text
    counted = [each.split()[1] for each in instructions(body) if each.startswith("SEQ")]
    assert {"Fotografía"} <= set(counted) <= {"Fotografía", "Imagen", "Tabla"}


def test_the_head_of_every_table_is_repeated(body: Any) -> None:
    tables = list(body.iter(qn("w:tbl")))
    assert len(tables) > 20
    for table in tables:
        rows = table.findall(qn("w:tr"))
        assert len(rows) == 1 or rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
