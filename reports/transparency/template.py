"""Fills the file that was downloaded from the platform: finds its sheet and heads, and writes below them."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from reports.own_template import UnusableTemplate
from reports.quarterly.content import Report
from reports.transparency.cells import WrongWord, number, rows
from reports.transparency.format import PlatformColumn, PlatformFormat, format_of
from reports.word.packing import pack

HEADS_WITHIN = 30  # rows from the top in which the heads are looked for
FEWEST = 5  # known heads by which the row is recognized
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>")

Columns = dict[int, PlatformColumn]  # by number, from 1


def fill(report: Report, template: Path) -> bytes:
    """Return the downloaded file with one row for each indicator, all else as it was.

    Raises `UnusableTemplate` if it is no such file, has heads that the year's format does not know, or a word
    is not in its catalogue.
    """
    form = format_of(report.quarter.year)
    try:
        book = openpyxl.load_workbook(template)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise UnusableTemplate(f"{template} is no workbook: {error or type(error).__name__}") from error
    sheet, head, columns = _heads(book, form, template)
    catalogues = {
        column.field: words
        for place, column in columns.items()
        if (words := _catalogue(book, sheet, head + 1, place))
    }
    first = next(row for row in range(head + 1, sheet.max_row + 2) if _is_empty(sheet, row, columns))
    try:
        for row, cells in enumerate(rows(report, form, list(columns.values()), catalogues), first):
            for place, value in zip(columns, cells, strict=True):
                _put(sheet.cell(row, place), number(value))
    except WrongWord as error:
        raise UnusableTemplate(f"the platform would refuse the file: {error}") from error
    return _packed(book)


def _heads(book: Any, form: PlatformFormat, template: Path) -> tuple[Any, int, Columns]:
    """Return the sheet, the row of its heads, and its columns. Raises `UnusableTemplate`."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=HEADS_WITHIN):
            heads = {each.column: str(each.value) for each in row if each.value not in (None, "")}
            found = {place: form.column_of(head) for place, head in heads.items()}
            if sum(each is not None for each in found.values()) < FEWEST:
                continue
            unknown = [heads[place] for place, each in found.items() if each is None]
            if unknown:
                raise UnusableTemplate(
                    f"{template} has columns that the format «{form.name}» does not know: "
                    f"{'; '.join(unknown)}. Add them to its file in reports/transparency/formats."
                )
            return sheet, row[0].row, {place: each for place, each in found.items() if each is not None}
    raise UnusableTemplate(f"{template} has no row with the heads of the format «{form.name}»")


def _catalogue(book: Any, sheet: Any, row: int, place: int) -> tuple[str, ...]:
    """Return the words that a column's cells may have, by the file's own list; empty if it has none."""
    for each in sheet.data_validations.dataValidation:
        covered = (
            area.min_col <= place <= area.max_col and area.max_row >= row for area in each.sqref.ranges
        )
        if each.type == "list" and any(covered):
            return _words(book, sheet, str(each.formula1 or ""))
    return ()


def _words(book: Any, sheet: Any, formula: str) -> tuple[str, ...]:
    """Return the words of `"a,b"`, of `Hidden_1!$A$1:$A$2`, or of the name of such an area."""
    formula = formula.lstrip("=")
    if formula.startswith('"'):
        return tuple(each.strip() for each in formula.strip('"').split(","))
    if formula in book.defined_names:
        formula = book.defined_names[formula].attr_text.lstrip("=")
    named, _, area = formula.rpartition("!")
    there = book[named.strip("'")] if named else sheet
    first_column, first_row, last_column, last_row = range_boundaries(area.replace("$", ""))
    cells = there.iter_rows(first_row, last_row, first_column, last_column, values_only=True)
    return tuple(str(value) for row in cells for value in row if value not in (None, ""))


def _is_empty(sheet: Any, row: int, columns: Columns) -> bool:
    return all(sheet.cell(row, place).value in (None, "") for place in columns)


def _put(cell: Any, value: Any) -> None:
    """Write a value; a text stays a text, also one that looks like a formula."""
    cell.value = None if value == "" else value
    if isinstance(value, str) and value:
        cell.data_type = "s"


def _packed(book: Any) -> bytes:
    """Return the workbook, with equal bytes for equal content: without the moment of writing."""
    written, timeless = BytesIO(), BytesIO()
    book.save(written)
    with ZipFile(written) as source, ZipFile(timeless, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, _MODIFIED.sub(b"", content) if name == "docProps/core.xml" else content)
    return pack(timeless, {})
