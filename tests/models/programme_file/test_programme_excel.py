"""The workbook: every error with its cell, and other files refused in one sentence."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from models.programme_file.file import read, read_path, write
from models.programme_file.problem import ProblemSeverity
from models.programme_file.reading import read_json
from tests.models.programme_file.programme_sample import SOUND, spoiled
from tests.support.files.workbooks import bomb, edited, with_cell, with_part, with_password, workbook
from tests.support.waiting import PATIENCE

BOOK = workbook(SOUND)
# Unidades: A key … F, G the strategies. Metas: row 2 Actas, 3 Kilómetros, 4 Convenios, 5 Asesorías.


def _errors(content: bytes) -> list[str]:
    reading = read(content)
    assert (reading.programme is None) == bool(reading.errors)
    return [f"{each.place}: {each.message}" for each in reading.errors]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "says"),
    [
        ("Metas", "D2", -3, "Metas!D2: the amount must be more than 0, not -3"),
        ("Metas", "D2", None, "Metas!D2: this cell must not be empty"),
        ("Metas", "D2", "=8+8", "Metas!D2: a formula stands here: write its value in its place"),
        ("Metas", "D2", "#N/A", "Metas!D2: an error of Excel's stands here: write the value"),
        ("Metas", "D2", "dieciséis", "Metas!D2: a plain number is expected"),
        ("Metas", "D2", 16.5, "Metas!D2: 16.5 has more decimals than the target's 0: say decimals: 1"),
        ("Metas", "D2", 17, "Metas!F2: the plan adds up to 16, but the amount is 17"),
        ("Metas", "G2", "cuatro", "Metas!G2: a plain number is expected"),
        ("Metas", "J2", 4, "Metas!F2: the plan stands in quarters and in months: leave one of them empty"),
        ("Metas", "C3", "ACTAS", "Metas!C3: the line has two targets in ACTAS"),
        (
            "Metas",
            "A2",
            "juridca",
            "Metas!A2: «juridca» is no key of the sheet Unidades: is «juridica» meant?",
        ),
        ("Metas", "A2", None, "Metas!A2: the unit's key is missing here"),
        ("Metas", "A4", None, "Líneas!A3: the line has no target: at least one is needed"),
        ("Líneas", "A4", "juridica", "Unidades!A3: the unit has no line: at least one is needed"),
        ("Metas", "B2", 9, "Metas!B2: «juridica» has no line 9 on the sheet Líneas"),
        ("Metas", "B2", None, "Metas!B2: the line's number is missing here"),
        ("Metas", "W2", "quizá", "Metas!W2: true or false is expected"),
        ("Metas", "AA2", "Mediana", "Metas!AA2: «Mediana» is no way to combine amounts"),
        ("Metas", "AA2", "último VALOR", "Metas!F2: the amounts do not add up"),
        ("Metas", "AB2", "minutas\nActas", "Metas!AB2: «Actas» already stands for a measure of the line"),
        ("Metas", "Y4", -1, "Metas!Y4: a quantity of 0 or more is expected, not -1"),
        ("Metas", "X4", "2025-06-30", "Metas!X4: the opening is dated 2025-06-30, outside 2024"),
        ("Líneas", "F2", "31/12/2023", "Líneas!F2: the line ends on 2023-12-31, before it starts"),
        ("Líneas", "F2", "31/02/2024", "Líneas!F2: «31/02/2024» is not a date"),
        ("Líneas", "F2", True, "Líneas!F2: a date is expected"),
        ("Líneas", "C2", None, "Líneas!C2: this cell must not be empty"),
        ("Líneas", "B3", 1, "Líneas!B3: the unit has two lines with number 1"),
        ("Unidades", "A3", "juridica", "Unidades!A3: the key «juridica» belongs to two units"),
        ("Unidades", "E2", "Otra más", "Unidades!F2: fill either «Estrategia» or the numbered ones"),
        ("Institución", "B15", 1824, "Institución!B15: the number must be 2000 or more"),
        ("Institución", "A2", "Nombe", "Institución!A2: «Nombe» is no row of this sheet: is «Nombre» meant?"),
        ("Institución", "A3", "Nombre", "Institución!A3: «Nombre» stands here twice"),
        ("Institución", "A2", None, "Institución!A2: this row has no name"),
        ("Institución", "B18", "mayo", "Institución!B18: «mayo» is not a date"),
        ("Metas", "C1", "Medidas", "Metas!C1: «Medidas» is no column of this sheet: is «Medida» meant?"),
        ("Metas", "C1", "Cantidad", "Metas!D1: the column «Cantidad» stands here twice"),
        ("Metas", "C1", "Cantidad", "Metas!A1: the header is wrong: it lacks «Medida»"),
        ("Metas", "AC3", "una nota", "Metas!AC3: this column has no title"),
        ("Metas", "C6000", "x", "Metas!C6000: a programme has at most 5,000 rows and 200 columns"),
    ],
)
def test_an_error_is_named_at_its_cell(sheet: str, cell: str, value: object, says: str) -> None:
    assert [each for each in _errors(with_cell(BOOK, sheet, cell, value)) if each.startswith(says)]


def test_one_wrong_cell_hides_no_other() -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["Metas"]["D2"], book["Líneas"]["C3"], book["Institución"]["B2"] = -1, None, None

    assert [each.partition(":")[0] for each in _errors(edited(BOOK, spoil))] == [
        "Institución!B2",
        "Líneas!C3",
        "Metas!D2",
    ]


def test_values_as_people_type_them_are_read() -> None:
    typed = spoiled(
        ("title: Documentos para las sesiones", 'title: "2024"\n        demand_driven: true'),
        ("amount: 7", "amount: 8"),
    )

    def type_all(book: openpyxl.Workbook) -> None:
        book["Líneas"]["E2"], book["Líneas"]["G2"], book["Líneas"]["C2"] = "01/01/2024", "SI", 2024
        book["Metas"]["D5"], book["Metas"]["G4"] = "8", None
        book.create_sheet("Notas")["A1"] = "no se lee"

    assert read(edited(BOOK, type_all)).programme == read(typed).programme


def test_columns_may_be_reordered_and_optional_ones_missing() -> None:
    def rearrange(book: openpyxl.Workbook) -> None:
        book["Líneas"].delete_cols(10, 9)  # the indicators
        book["Metas"].move_range("C1:C5", cols=30)  # the measures last

    assert read(edited(BOOK, rearrange)).programme == read(SOUND).programme


def test_the_workbook_is_comfortable_to_edit() -> None:
    book = openpyxl.load_workbook(BytesIO(BOOK))
    assert book.sheetnames == ["Institución", "Unidades", "Líneas", "Metas"]
    assert [sheet.freeze_panes for sheet in book] == ["B2", "B2", "B2", "D2"]
    (choice,) = book["Líneas"].data_validations.dataValidation
    assert choice.formula1 == '"Sí,No"' and "G2:G" in str(choice.sqref)
    assert book["Metas"].column_dimensions["C"].width > 30


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (with_part(BOOK, "xl/vbaProject.bin", b"Attribute VB_Name"), "the workbook has macros"),
        (bomb(BOOK), "unpacked the workbook would be too large for a programme"),
        (BOOK[: len(BOOK) // 2], "this is no Excel workbook, or it is broken"),
        (b"PK\3\4", "this is no Excel workbook, or it is broken"),
        (with_part(BOOK, "xl/workbook.xml", b"<workbook"), "the workbook is broken"),
        (with_part(BOOK, "xl/styles.xml", b"<!DOCTYPE a [<!ENTITY a 'b'>]>&a;"), "the workbook is broken"),
        (with_password(), "the workbook has a password: save it without one"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "an Excel file of before 2007"),
        (edited(BOOK, lambda book: book.remove(book["Metas"])), "the workbook lacks the sheet «Metas»"),
        (
            edited(BOOK, lambda book: book["Metas"].delete_rows(1, 9)),
            "the header is wrong: it lacks «Unidad»",
        ),
    ],
    ids=["macro", "bomb", "half", "nothing", "xml", "entities", "password", "xls", "sheet", "header"],
)
def test_a_file_that_is_no_workbook_of_a_programme_is_refused_in_one_sentence(
    content: bytes, says: str
) -> None:
    (error,) = read(content).errors
    assert says in error.message


def test_a_file_with_a_workbooks_name_is_not_read_as_yaml() -> None:
    (error,) = read(b"hola", "programa.xlsx").errors
    assert "no Excel workbook" in error.message


def test_a_file_of_a_hundred_megabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "programa.xlsx"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    (error,) = read_path(path).errors
    assert error.message == "the file has 100,000,000 bytes; a programme has at most 5,000,000"


def _read_apart(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "models.programme_file.reading", str(path), path.name]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_separate_process_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "programa.xlsx"
    path.write_bytes(BOOK)
    reading = read_json(json.loads(_read_apart(path).stdout))
    assert reading == read(BOOK)
    assert [each.severity for each in reading.problems] == [ProblemSeverity.WARNING]
    path.write_bytes(with_cell(BOOK, "Metas", "D2", -3))
    assert read_json(json.loads(_read_apart(path).stdout)) == read(path.read_bytes())


def test_strategies_may_be_a_text_or_a_list() -> None:
    one = read(workbook(spoiled(("[Una, Otra]", "Una")))).programme
    assert one is not None and one.units[0].strategy == "Una"
    longer = read(workbook(spoiled(("[Una, Otra]", "[Una, Otra, 'Y otra']")))).programme
    assert longer is not None and longer.units[0].strategy == ("Una", "Otra", "Y otra")
    assert "strategy: [Una, Otra, Y otra]" in write(longer)
