"""Holds a workbook against the hashes of its sheets, which it has itself, and against one made again."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import openpyxl

from reports import excel
from reports.cell_texts import CellTexts, cell_text, hash_of_cells, texts_of
from reports.excel.seal import SEAL
from reports.quarterly.content import Report
from reports.texts import sheets
from reports.verifying.finding import Alteration, instead

Sheets = dict[str, CellTexts]
UNKNOWN = (sheets.REGISTERED_BY,)  # columns that a signed PDF does not tell


def read(content: bytes) -> tuple[Sheets, dict[str, str]]:
    """Return what stands in the sheets, and the state of those that are hidden."""
    book = openpyxl.load_workbook(BytesIO(content))
    found = {sheet.title: texts_of(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    return found, {each.title: each.sheet_state for each in book.worksheets if each.sheet_state != "visible"}


def code_in(found: Sheets) -> str | None:
    """Return the code of a signed report that the annex has, or None."""
    return next((row[4] for row in _annex(found) if row[0] == sheets.CODE), None)


def not_as_stated(found: Sheets, hidden: dict[str, str]) -> Iterator[Alteration]:
    """Yield the sheets that have not as many rows, or not the hash, as the annex says, or are not there."""
    stated = {row[4]: row[6] for row in _annex(found) if row[0] == sheets.SHEETS}
    if not stated:
        yield Alteration(sheets.SEAL, "the hashes of the sheets are missing")
        return
    has = {sheets.SEAL: _annex_texts(found)}
    has.update((name, cells) for name, cells in found.items() if name != sheets.SEAL)
    said_of = {each.rpartition(": ")[0]: (each, hashed) for each, hashed in stated.items()}
    for name in dict.fromkeys((*said_of, *has)):
        if name not in said_of:
            yield Alteration(f"sheet {name}", "was added")
        elif name not in has:
            yield Alteration(f"sheet {name}", "is missing")
        else:
            rows = sheets.counted_rows(name, len({row for row, _ in has[name]}))
            if rows != said_of[name][0]:
                yield Alteration(f"sheet {name}", f"has {instead(rows, said_of[name][0])}")
            elif hash_of_cells(has[name]) != said_of[name][1]:
                yield Alteration(f"sheet {name}", "what stands in it has not the hash that the annex states")
    yield from (Alteration(f"sheet {name}", f"is {state}") for name, state in hidden.items())


def differing(found: Sheets, expected: Report, without: Sequence[str] = ()) -> Iterator[Alteration]:
    """Yield each cell that is not as in a workbook made again; columns with these heads are left out."""
    made, _ = read(excel.render(expected))
    if list(found) != list(made):
        yield Alteration("sheets", instead(", ".join(found), ", ".join(made)))
    for name in made:
        left = {column for (row, column), text in made[name].items() if row == 0 and text in without}
        cells = found.get(name, {})
        for place in sorted({*cells, *made[name]}):
            row, column = place
            if column in left or (left and _is_hash_row(made[name], row)):
                continue
            if cells.get(place) != made[name].get(place):
                where = f"sheet {name}, row {row + 1}, column {column + 1}"
                yield Alteration(where, instead(cells.get(place), made[name].get(place)))


def _is_hash_row(cells: CellTexts, row: int) -> bool:
    return cells.get((row, 0)) == sheets.SHEETS


def _annex(found: Sheets) -> Iterator[list[str]]:
    cells = found.get(sheets.SEAL, {})
    for row in sorted({row for row, _ in cells})[1:]:
        yield [cells.get((row, column), "") for column in range(len(SEAL))]


def _annex_texts(found: Sheets) -> CellTexts:
    rows: list[list[Any]] = [row for row in _annex(found) if row[0] != sheets.SHEETS]
    return texts_of([[cell_text(each) for each in row] for row in rows])
