"""The file downloaded from the transparency platform is filled by its heads, and nothing that it refuses."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from reports import transparency
from reports.own_template import UnusableTemplate
from reports.transparency.cells import accepted
from reports.transparency.format import format_of, formats
from reports.transparency.indicators import FIELDS
from tests.bot.commands.test_cli import QuickShell
from tests.reports.samples.first_quarter_report import first_quarter_stored
from tests.reports.samples.replayed import replayed, with_line

SHEET, HEAD_ROW = "Reporte de Formatos", 7
HEADS = [each.head for each in format_of(2024).columns]
CATALOGUE = ("Ascendente", "Descendente")


def downloaded(
    file: Path, heads: Sequence[str], catalogue: Sequence[str] = CATALOGUE, named: bool = False
) -> Path:
    """Write a file as the platform gives it: ids, kinds and heads of columns, hidden rows, catalogues."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet["A1"] = "50027"
    sheet.append(["TÍTULO", None, None, "NOMBRE CORTO", None, None, "DESCRIPCIÓN"])
    sheet.append(
        ["Indicadores", None, None, "LTAIPECHF85FV", None, None, "Los indicadores de interés público"]
    )
    sheet.append([1, 4, 4] + [2] * (len(heads) - 3))
    sheet.append([435_900 + number for number in range(len(heads))])
    sheet.append(["Tabla Campos"])
    sheet.append(list(heads))
    for row in (1, 4, 5):
        sheet.row_dimensions[row].hidden = True
    hidden = book.create_sheet("Hidden_1")
    hidden.sheet_state = "hidden"
    for word in catalogue:
        hidden.append([word])
    area = f"Hidden_1!$A$1:$A${len(catalogue)}"
    if named:
        book.defined_names["Hidden_115"] = DefinedName("Hidden_115", attr_text=area)
    column = next(each.column_letter for each in sheet[HEAD_ROW] if "sentido" in str(each.value).casefold())
    validation = DataValidation(type="list", formula1="Hidden_115" if named else area, allow_blank=False)
    validation.add(f"{column}8:{column}201")
    sheet.add_data_validation(validation)
    book.save(file)
    return file


def filled(content: bytes) -> tuple[Any, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(BytesIO(content))
    head, *others = book[SHEET].iter_rows(min_row=HEAD_ROW, values_only=True)
    return book, [dict(zip(head, row, strict=True)) for row in others]


@pytest.mark.parametrize("named", [False, True])
def test_the_file_is_filled_below_its_heads_and_all_else_stays(tmp_path: Path, named: bool) -> None:
    template = downloaded(tmp_path / "pnt.xlsx", HEADS, named=named)
    book, rows = filled(transparency.render(replayed(), template))
    assert len(rows) == 27
    assert {row["Ejercicio"] for row in rows} == {2024}
    assert {row["Sentido del indicador (catálogo)"] for row in rows} == {"Ascendente"}
    assert {row["Fecha de término del periodo que se informa"] for row in rows} == {"31/03/2024"}
    sheet = book[SHEET]
    assert sheet["A1"].value == "50027" and sheet.row_dimensions[5].hidden
    assert [each.value for each in sheet[5]][:2] == [435_900, 435_901]
    assert book["Hidden_1"].sheet_state == "hidden" and sheet.data_validations.dataValidation


def test_columns_in_another_order_and_spelling_are_found_by_their_heads(tmp_path: Path) -> None:
    heads = [each.upper().replace("Ó", "O") for each in reversed(HEADS)]
    _, rows = filled(transparency.render(replayed(), downloaded(tmp_path / "pnt.xlsx", heads, named=True)))
    assert {row["EJERCICIO"] for row in rows} == {2024}
    assert rows[0]["NOTA"] is None or "Borrador" not in rows[0]["NOTA"]


def test_heads_of_another_edition_are_known(tmp_path: Path) -> None:
    heads = [each.head for each in format_of(2019).columns]
    assert heads != HEADS
    _, rows = filled(transparency.render(replayed(), downloaded(tmp_path / "pnt.xlsx", heads)))
    assert rows[0]["Metas programadas"] and rows[0]["Objetivo institucional"]


def test_a_head_that_is_not_known_is_named(tmp_path: Path) -> None:
    template = downloaded(tmp_path / "pnt.xlsx", [*HEADS, "Hipervínculo al acta"])
    with pytest.raises(UnusableTemplate, match=r"does not know: Hipervínculo al acta\. Add"):
        transparency.render(replayed(), template)


def test_a_word_outside_the_files_catalogue_is_an_error_before_delivery(tmp_path: Path) -> None:
    template = downloaded(tmp_path / "pnt.xlsx", HEADS, catalogue=("Creciente", "Decreciente"))
    with pytest.raises(UnusableTemplate, match="'Ascendente' is not in the platform's catalogue: Creciente"):
        transparency.render(replayed(), template)
    report = with_line(replayed(), 2, 2, indicator={"direction": "Hacia arriba"})
    with pytest.raises(UnusableTemplate, match=r"Coordinación de Archivo, line 2, .*'Hacia arriba'"):
        transparency.render(report)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_bytes(b"no workbook")
    with pytest.raises(UnusableTemplate, match="is no workbook"):
        transparency.render(replayed(), tmp_path / "no.xlsx")
    empty = openpyxl.Workbook()
    empty.save(tmp_path / "empty.xlsx")
    with pytest.raises(UnusableTemplate, match="no row with the heads"):
        transparency.render(replayed(), tmp_path / "empty.xlsx")


def test_characters_that_the_platform_refuses_are_replaced() -> None:
    form = format_of(2024)
    assert (
        accepted("«Sí»\n\t“eso” – ‘no’… • 3\u00a0×\u200b 2 😀 ñ", form) == '"Sí" "eso" - \'no\'... - 3 x 2 ñ'
    )


def test_a_formula_stays_a_text(tmp_path: Path) -> None:
    report = with_line(replayed(), 2, 2, description="=1+1")
    book, rows = filled(transparency.render(report, downloaded(tmp_path / "pnt.xlsx", HEADS)))
    assert "=1+1" in {row["Definición del indicador"] for row in rows}
    assert all(cell.data_type != "f" for row in book[SHEET].iter_rows() for cell in row)


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    template = downloaded(tmp_path / "pnt.xlsx", HEADS)
    assert transparency.render(replayed(), template) == transparency.render(replayed(), template)


def test_every_format_has_known_fields_and_each_year_one() -> None:
    assert len(formats()) >= 2
    for form in formats():
        assert {each.field for each in form.columns} == set(FIELDS)
    assert format_of(2020).years == (2018, 2023) and format_of(2024) is format_of(2031)


def test_the_command_fills_the_downloaded_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    with first_quarter_stored(tmp_path / "data"):
        pass
    shell = QuickShell(tmp_path, monkeypatch, capsys)
    shell.environment["PRETEND_NOW"] = "2024-04-02T09:00"
    template, target = downloaded(tmp_path / "pnt.xlsx", HEADS), tmp_path / "filled.xlsx"
    asked = ("report", "make", "2024-T1", "--format", "pnt", "-o", str(target), "--template")
    done = shell.run(*asked, str(template))
    assert done.returncode == 0, done.stderr
    assert len(filled(target.read_bytes())[1]) == 27
    target.unlink()
    done = shell.run(*asked, str(downloaded(tmp_path / "other.xlsx", [*HEADS, "Otra"])))
    assert done.returncode == 1 and "does not know: Otra" in done.stderr and not target.exists()
    assert shell.run(*asked, str(tmp_path / "gone.xlsx")).returncode == 2
