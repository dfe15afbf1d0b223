"""Workbooks and YAML as people and their programs save them are read, or refused with the place."""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from models.programme_file.file import read, read_path
from tests.models.programme_file.programme_sample import SOUND, spoiled
from tests.support.files.workbooks import edited, with_cell, with_part, workbook

BOOK = workbook(SOUND)
MEANT = read(SOUND).programme
Edit = Callable[[Any], object]


def errors(content: bytes | str, name: str = "") -> list[str]:
    return [f"{each.place}: {each.message}" for each in read(content, name).errors]


def with_parts(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return the package with each part changed by `change`."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            new.writestr(each, change(each.filename, old.read(each)))
    return packed.getvalue()


def strict(_name: str, part: bytes) -> bytes:
    part = part.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    return part.replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )


def prefixed(name: str, part: bytes) -> bytes:
    """Return every element of a sheet with a namespace prefix, as some libraries write."""
    if not name.startswith("xl/worksheets/sheet"):
        return part
    part = re.sub(rb"<(/?)(\w+)(?=[\s/>])", rb"<\1x:\2", part)
    return part.replace(b"xmlns=", b"xmlns:x=")


def coloured(name: str, part: bytes) -> bytes:
    """Add rows that have only a colour, up to the last row of the sheet."""
    if not name.startswith("xl/worksheets/sheet4"):
        return part
    rows = b"".join(
        b'<row r="%d" s="1"><c r="A%d" s="1"/><c r="B%d" s="1"></c></row>' % (n, n, n)
        for n in range(60, 1_048_577, 40)
    )
    return part.replace(b"</sheetData>", rows + b"</sheetData>")


def escaped(name: str, part: bytes) -> bytes:
    if name != "xl/sharedStrings.xml":
        return part
    return part.replace(b"Una</t>", b"Una_x000D_</t>")


def texts(sheet: str, *columns: str) -> Edit:
    """Turn every number of those columns into a text."""

    def edit(book: Any) -> None:
        for column in columns:
            for cell in book[sheet][column][1:]:
                if isinstance(cell.value, int | float):
                    cell.value = f" {cell.value}\u00a0"

    return edit


def renamed(**names: str) -> Edit:
    def edit(book: Any) -> None:
        for old, new in names.items():
            book[old].title = new

    return edit


def titled(sheet: str, title: str, new: str) -> Edit:
    def edit(book: Any) -> None:
        (cell,) = [each for each in book[sheet][1] if each.value == title]
        cell.value = new

    return edit


def above(book: Any) -> None:
    for sheet in book:
        sheet.insert_rows(1, 2)
        sheet["A1"] = "PROGRAMA ANUAL DE TRABAJO"
        sheet.merge_cells("A1:F1")


def from_1904(book: Any) -> None:
    book.epoch = CALENDAR_MAC_1904


def hidden(book: Any) -> None:
    book["Líneas"].row_dimensions[3].hidden = True
    book["Metas"].sheet_state = "hidden"
    book["Metas"].auto_filter.ref = "A1:D5"


def with_hours(book: Any) -> None:
    for cell in book["Líneas"]["E"][1:]:
        if cell.value is not None:
            cell.value = datetime.combine(cell.value.date(), datetime.min.time().replace(hour=8, minute=30))


@pytest.mark.parametrize(
    "edit",
    [
        texts("Líneas", "B"),
        texts("Metas", "B"),
        texts("Metas", "B", "D", "E", "F", "G", "H", "I"),
        renamed(Metas="METAS", Líneas="lineas ", Unidades=" unidades", Institución="Institucio\u0301n"),
        renamed(Metas="Metas (2)"),
        titled("Líneas", "Título", "Ti\u0301tulo\u200b"),
        titled("Líneas", "Título", " TITULO:"),
        titled("Metas", "Cantidad", "Can\u00adtidad"),
        titled("Unidades", "Estrategia 1", "ESTRATEGIA  1"),
        above,
        from_1904,
        hidden,
        with_hours,
    ],
)
def test_a_workbook_is_read_however_it_was_saved(edit: Edit) -> None:
    content = edited(BOOK, edit)
    assert errors(content) == []
    assert read(content).programme == MEANT


@pytest.mark.parametrize("change", [strict, prefixed, coloured, escaped])
def test_a_package_of_any_program_is_read(change: Callable[[str, bytes], bytes]) -> None:
    content = with_parts(BOOK, change)
    assert content != BOOK
    assert errors(content) == []
    assert read(content).programme == MEANT


@pytest.mark.parametrize(
    "part", [b"<fills count='1'><fill/></fills>", b"<fonts><font><sz val='x'/></font></fonts>"]
)
def test_a_broken_style_is_ignored(part: bytes) -> None:
    def spoil(name: str, given: bytes) -> bytes:
        return re.sub(rb"<fills.*</fills>", part, given) if name == "xl/styles.xml" else given

    assert read(with_parts(BOOK, spoil)).programme == MEANT


@pytest.mark.parametrize(
    "written",
    [
        *(
            "01/01/2024",
            "1-1-2024",
            "01.01.2024",
            "2024-01-01",
            "2024/1/1",
            "2024-01-01 00:00:00",
            "2024-01-01T08:30",
        ),
        *(
            "1 de enero de 2024",
            "1° de enero del 2024",
            "primero de enero de 2024",
            "lunes 1 de enero de 2024",
        ),
        *("01-ene-2024", "1/ene/2024", "1 ENE. 2024", "01/01/2024 08:30 a. m.", "\u00a001/01/2024\u200b"),
    ],
)
def test_a_day_is_read_in_every_format(written: str) -> None:
    content = with_cell(BOOK, "Líneas", "E2", written)
    assert errors(content) == []
    assert read(content).programme == read(with_cell(BOOK, "Líneas", "E2", datetime(2024, 1, 1))).programme  # noqa: DTZ001


@pytest.mark.parametrize(
    "written", ["30/02/2024", "2024-13-01", "31 de junio de 2024", "enero", "1 de brumario de 2024"]
)
def test_an_impossible_day_is_named_at_its_cell(written: str) -> None:
    (error,) = errors(with_cell(BOOK, "Líneas", "E2", written))
    assert error.startswith("Líneas!E2: ")


@pytest.mark.parametrize(("written", "amount"), [("1,250", 1250), ("1 250", 1250), ("'16", 16), ("16.0", 16)])
def test_a_number_written_as_text_is_read(written: str, amount: int) -> None:
    def write(book: Any) -> None:
        book["Metas"]["D5"] = written

    programme = read(edited(BOOK, write)).programme
    assert programme is not None and amount in [
        target.amount for unit in programme.units for line in unit.lines for target in line.targets
    ]


def test_a_percentage_is_an_error() -> None:
    def write(book: Any) -> None:
        book["Metas"]["D2"], book["Metas"]["D2"].number_format = 0.5, "0%"

    (error,) = errors(edited(BOOK, write))
    assert error == (
        "Metas!D2: the cell shows 50 %, but holds 0.5: give it the number format General and write the number"
    )


def test_merged_cells_are_the_only_error() -> None:
    def merge(book: Any) -> None:
        sheet = book["Metas"]
        rows = [cell.row for cell in sheet["A"] if cell.value == "juridica"]
        sheet.merge_cells(f"A{rows[0]}:A{rows[1]}")

    assert errors(edited(BOOK, merge)) == [
        "Metas!A2: the cells A2:A3 are merged: unmerge them and write the value into each row"
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (with_part(BOOK, "xl/workbook.bin", b"x"), "a binary workbook"),
        (with_part(BOOK, "content.xml", b"<a/>"), "OpenDocument"),
        (b"Unidad,L\xednea\n1,2\n", "text, like a CSV"),
        (b"<html><table>", "text, like a CSV"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no Excel workbook, or it is broken"),
    ],
)
def test_another_kind_of_file_is_named(content: bytes, says: str) -> None:
    (error,) = errors(content, "programa.xlsx")
    assert says in error


def warnings(source: str | bytes) -> list[str]:
    reading = read(source)
    assert reading.programme is not None, reading.errors
    return [
        f"{each.line}: {each.message}" for each in reading.warnings if "indicator data" not in each.message
    ]


def test_a_text_that_is_cut_at_a_hash_is_warned_of() -> None:
    title = "title: Documentos para las sesiones"
    (warning,) = warnings(spoiled((title, "title: Documentos #1 para las sesiones")))
    assert "what follows « #» is a comment and is left out of «Documentos»" in warning
    assert warnings(spoiled((title, "title: 'Documentos #1'"))) == []
    assert warnings(spoiled((title, "title: Documentos#1"))) == []
    assert warnings(spoiled(("year: 2024", "year: 2024 # the year"))) == []


def test_curly_quotes_around_a_text_are_warned_of() -> None:
    (warning,) = warnings(spoiled(("title: Documentos para las sesiones", "title: “Documentos”")))
    assert "the quotes “ ” belong to the text" in warning


@pytest.mark.parametrize("zone", ["CST6CDT", "EST5EDT", "US/Central", "America/Chicago", "Etc/GMT+6", "UTC"])
def test_a_time_zone_outside_mexico_is_warned_of(zone: str) -> None:
    (warning,) = warnings(spoiled(("America/Mexico_City", zone)))
    assert zone in warning and "write it like America/Mexico_City" in warning


@pytest.mark.parametrize(
    "zone", ["Mexico/General", "America/Merida", "America/Tijuana", "America/Ciudad_Juarez"]
)
def test_a_time_zone_in_mexico_is_not_warned_of(zone: str) -> None:
    assert warnings(spoiled(("America/Mexico_City", zone))) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_as_written_by_windows_is_read(encoding: str) -> None:
    assert read(SOUND.encode(encoding)).programme == MEANT


def test_a_tab_is_an_error_at_its_place() -> None:
    (error,) = read(spoiled(("\n    name:", "\n\tname:"))).errors
    assert error.message == "the line begins with a tab, which YAML does not take: indent it with spaces"


def test_decomposed_and_invisible_characters_are_normalized() -> None:
    assert read(unicodedata.normalize("NFD", SOUND)).programme == MEANT
    assert read(spoiled(("Documentos para", "Docu\u200bmentos\u00a0para"))).programme == MEANT


@pytest.mark.parametrize("made", ["folder", "device"])
def test_an_unreadable_file_is_refused_in_one_sentence(tmp_path: Path, made: str) -> None:
    (error,) = read_path(tmp_path if made == "folder" else Path("/dev/zero")).errors
    assert error.message == "this is a folder or a device, not a file"
