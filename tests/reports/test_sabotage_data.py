"""Twenty alterations each of a signed report's workbook, JSON, CSV and Word file: each is found and named."""

import csv
import io
import json
from collections.abc import Callable
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from reports import annex_reading, excel, open_data, word
from reports.texts import headings, sheets
from reports.verifying import report_file
from reports.verifying.report_file import KnownContent
from tests.reports.samples.hostile_report import hostile
from tests.reports.samples.replayed import replayed
from tests.reports.samples.signed_quarter import signed_quarter, signed_unit


def found(file: Path, content: bytes, known: bool) -> list[str]:
    """Return what was altered in a file, with or without the report from elsewhere to hold it against."""
    report, album = signed_quarter()
    file.write_bytes(content)
    kind = annex_reading.kind_of(file) or ""
    annex = annex_reading.read(file) if kind not in ("csv", "") else None
    given = KnownContent(report, people=True) if known else None
    examined = report_file.examine(file, kind, annex, lambda code, hashes: given, album.place, True)
    return [str(each) for each in examined.altered]


# JSON.


def as_json() -> bytes:
    return open_data.as_json(signed_quarter()[0])


def first_line(said: Any) -> Any:
    return next(line for unit in said["units"] for line in unit["lines"] if line["activities"])


JSON: dict[str, Callable[[Any], Any]] = {
    "the whole's figure": lambda said: said.update(exact="9/10"),
    "the printed figure": lambda said: said.update(shown="90 %"),
    "the quarter": lambda said: said.update(quarter="2024-T2"),
    "draft": lambda said: said.update(draft=True),
    "the title": lambda said: said.update(title="Otro informe"),
    "the day": lambda said: said.update(on="2024-06-30"),
    "the institution": lambda said: said["institution"].update(name="Otra"),
    "a unit taken out": lambda said: said["units"].pop(),
    "a unit's figure": lambda said: said["units"][0].update(exact="1/1"),
    "a signature": lambda said: said["units"][0]["signature"].update(sha256="ab" * 32),
    "a signature's moment": lambda said: said["units"][0]["signature"].update(
        signed_at="2024-04-01T10:00:00-06:00"
    ),
    "a line taken out": lambda said: said["units"][0]["lines"].pop(),
    "a closing sentence": lambda said: first_line(said).update(closing="Se cumplió."),
    "a target's amount": lambda said: first_line(said)["targets"][0].update(amount="1"),
    "what was counted": lambda said: first_line(said)["targets"][0].update(counted="99"),
    "a plan": lambda said: first_line(said)["targets"][0].update(by_quarter=["0/1"] * 4),
    "an activity taken out": lambda said: first_line(said)["activities"].pop(),
    "an activity's text": lambda said: first_line(said)["activities"][0].update(report_text="Otra cosa."),
    "participants": lambda said: first_line(said)["activities"][0].update(participants=500),
    "a file taken out": lambda said: said["seal"]["files"].pop(),
    "a file's hash": lambda said: said["seal"]["files"][0].update(sha256="cd" * 32),
    "the head": lambda said: said["seal"]["chain"].update(head="ef" * 32),
    "the code": lambda said: said.update(code="AAAA-BBBB-CCCC"),
    "a field added": lambda said: said.update(note="auténtico"),
}


@pytest.mark.parametrize("name", JSON)
def test_what_is_altered_in_the_json_is_named(name: str, tmp_path: Path) -> None:
    said = json.loads(as_json())
    JSON[name](said)
    naive = json.dumps(said, ensure_ascii=False, indent=2).encode()
    assert found(tmp_path / "file", naive, known=False)
    said.update(counted=open_data.counts(said))
    said.update(sha256=open_data.content_hash(said))
    forged = json.dumps(said, ensure_ascii=False, indent=2).encode()
    assert not found(tmp_path / "file", forged, known=False)  # all that it can say of itself fits
    assert any(each.startswith("$.") for each in found(tmp_path / "file", forged, known=True))


# The workbook.


@cache
def as_excel() -> bytes:
    return excel.render(signed_quarter()[0])


def cell(sheet: str, row: int, column: str, value: Any) -> Callable[[Any], Any]:
    """Return an edit of the cell in that row below the head named so."""

    def edit(book: Any) -> None:
        head = [each.value for each in book[sheet][1]]
        book[sheet].cell(row, head.index(column) + 1).value = value

    return edit


EXCEL: dict[str, Callable[[Any], Any]] = {
    "the title": lambda book: book[sheets.SUMMARY].cell(1, 1, "Otro informe"),
    "the whole's figure": lambda book: book[sheets.SUMMARY].cell(7, 2, 0.9),
    "a target": cell(sheets.PROGRESS, 2, sheets.AMOUNT, 1),
    "what was counted": cell(sheets.PROGRESS, 3, sheets.COUNTED, 99),
    "a share": cell(sheets.PROGRESS, 2, sheets.LINE_SHARE, 1),
    "a signal": cell(sheets.PROGRESS, 2, sheets.SIGNAL, "Cumplida"),
    "a sentence": cell(sheets.PROGRESS, 2, sheets.SENTENCE, "Se cumplió."),
    "a row of progress taken out": lambda book: book[sheets.PROGRESS].delete_rows(4),
    "a row of progress added": lambda book: book[sheets.PROGRESS].append(["Otro órgano"]),
    "two rows exchanged": lambda book: exchange(book[sheets.PROGRESS], 2, 3),
    "an activity's text": cell(sheets.ACTIVITIES, 2, sheets.NARRATIVE, "Otra cosa."),
    "an activity's day": cell(sheets.ACTIVITIES, 2, sheets.TO, "31/03/2024"),
    "who registered": cell(sheets.ACTIVITIES, 2, sheets.REGISTERED_BY, "Otra Persona"),
    "an activity taken out": lambda book: book[sheets.ACTIVITIES].delete_rows(2),
    "a file's name": cell(sheets.EVIDENCE, 2, sheets.NAME, "otra.pdf"),
    "a file taken out": lambda book: book[sheets.EVIDENCE].delete_rows(2),
    "a hash": cell(sheets.SEAL, 2, sheets.SHA256, "cd" * 32),
    "an annex row taken out": lambda book: book[sheets.SEAL].delete_rows(2),
    "a signer": lambda book: signer(book, "Otra Persona, 8 de abril de 2024"),
    "a sheet taken out": lambda book: book.remove(book[sheets.PARTICIPANTS]),
    "a sheet added": lambda book: book.create_sheet("Notas").append(["auténtico"]),
    "a sheet hidden": lambda book: setattr(book[sheets.EVIDENCE], "sheet_state", "hidden"),
}


def exchange(sheet: Any, one: int, other: int) -> None:
    for first, second in zip(sheet[one], sheet[other], strict=True):
        first.value, second.value = second.value, first.value


def signer(book: Any, name: str) -> None:
    row = next(row for row in book[sheets.SEAL].iter_rows() if row[0].value == headings.SIGNATURES)
    row[4].value = name


@pytest.mark.parametrize("name", EXCEL)
def test_what_is_altered_in_the_workbook_is_named(name: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(as_excel()))
    EXCEL[name](book)
    out = BytesIO()
    book.save(out)
    assert any(each.startswith("sheet ") for each in found(tmp_path / "file", out.getvalue(), known=False))
    named = found(tmp_path / "file", out.getvalue(), known=True)
    assert any(each.startswith(("sheet ", "sheets:")) for each in named[1:] or named), named


def test_a_workbook_of_any_texts_has_the_hashes_that_it_states(tmp_path: Path) -> None:
    for report in (signed_quarter()[0], replayed(), hostile(replayed())):
        assert found(tmp_path / "file", excel.render(report), known=False) == []


# CSV.


def set_cell(column: int, rows: list[list[str]]) -> None:
    rows[2][column] = "9"


CSV: dict[str, Callable[[list[list[str]]], Any]] = {
    "a head": lambda rows: rows[0].__setitem__(5, "linea_de_accion"),
    "a row taken out": lambda rows: rows.pop(3),
    "the last row taken out": lambda rows: rows.pop(),
    "a row twice": lambda rows: rows.append(rows[3]),
    "two rows exchanged": lambda rows: rows.__setitem__(slice(1, 3), [rows[2], rows[1]]),
    "a column taken out": lambda rows: [row.pop() for row in rows],
    "a column added": lambda rows: rows.__setitem__(slice(None), [[*row, "1"] for row in rows]),
    **{f"the column {name}": partial(set_cell, column) for column, name in enumerate(open_data.COLUMNS)},
}


@pytest.mark.parametrize("name", CSV)
def test_what_is_altered_in_the_table_is_named(name: str, tmp_path: Path) -> None:
    genuine = open_data.as_csv(signed_quarter()[0])
    rows = list(csv.reader(io.StringIO(genuine.decode("utf-8-sig"), newline="")))
    CSV[name](rows)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    assert found(tmp_path / "file", out.getvalue().encode("utf-8-sig"), known=True)


def test_other_line_ends_are_named_too(tmp_path: Path) -> None:
    genuine = open_data.as_csv(signed_quarter()[0])
    assert found(tmp_path / "file", genuine.replace(b"\r\n", b"\n"), known=True) == [
        "file: its bytes differ, though its cells are the same"
    ]


# Word.


@cache
def as_word() -> bytes:
    report, album = signed_quarter()
    return word.render(report, album.place)


def paragraph(document: Any, beginning: str) -> Any:
    return next(each for each in document.paragraphs if each.text.startswith(beginning))


WORD: dict[str, Callable[[Any], Any]] = {
    "a closing sentence": lambda document: (
        paragraph(document, "Del 100").runs[0].__setattr__("text", "Se cumplió.")
    ),
    "a paragraph taken out": lambda document: remove(paragraph(document, "Del 100")),
    "a paragraph added": lambda document: document.add_paragraph("Todo va bien."),
    "a goal": lambda document: (
        document.tables[5].rows[1].cells[0].paragraphs[0].__setattr__("text", "1 acta")
    ),
    "an annex row taken out": lambda document: remove(document.tables[-2].rows[1]),
    "a table taken out": lambda document: remove(document.tables[3]),
}


def remove(part: Any) -> None:
    part._element.getparent().remove(part._element)


@pytest.mark.parametrize("name", WORD)
def test_what_is_altered_in_word_is_named(name: str, tmp_path: Path) -> None:
    document = docx.Document(BytesIO(as_word()))
    WORD[name](document)
    out = BytesIO()
    document.save(out)
    assert any(each.startswith("text ") for each in found(tmp_path / "file", out.getvalue(), known=True))


@pytest.mark.parametrize(
    "content", [as_json, as_excel, lambda: open_data.as_csv(signed_quarter()[0]), as_word]
)
def test_an_unaltered_file_is_as_it_was_signed(content: Callable[[], bytes], tmp_path: Path) -> None:
    assert found(tmp_path / "file", content(), known=True) == []
    assert found(tmp_path / "file", content(), known=False) == []


def test_a_unit_report_has_another_code_than_the_whole() -> None:
    assert signed_unit()[0].code != signed_quarter()[0].code
