"""Column widths of tables whose number of columns depends on the report."""

from typing import Any

from docx.oxml.ns import qn

from reports.column_widths import shares

STYLE = "InformeTabla"  # the style's id, which Word keeps when the style is renamed
BY_CONTENT = "InformeConsejo"
LABEL = 0.34  # share of the table's width for the first column, unless there are only two or three


def spread(body: Any) -> None:
    """Set the widths of such tables' columns: the first one for labels, others equal, or by content.

    docxtpl adds columns without useful widths.
    """
    for table in body.iter(qn("w:tbl")):
        style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        name = style.get(qn("w:val")) if style is not None else None
        if name == STYLE:
            _spread(table)
        elif name == BY_CONTENT:
            _set(table, shares([_texts(row) for row in table.findall(qn("w:tr"))]))


def _texts(row: Any) -> list[str]:
    return ["".join(each.text or "" for each in cell.iter(qn("w:t"))) for cell in row.findall(qn("w:tc"))]


def _spread(table: Any) -> None:
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    whole = sum(int(each.get(qn("w:w"))) for each in columns)
    label = int(whole * max(LABEL, 1 / len(columns)))
    other = (whole - label) // max(1, len(columns) - 1)
    _fit(table, [label, *[other] * (len(columns) - 1)])


def _set(table: Any, given: tuple[float, ...]) -> None:
    """Make the table as wide as it says, with its columns' shares."""
    whole = int(table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}").get(qn("w:w")))
    _fit(table, [int(whole * each) for each in given])


def _fit(table: Any, widths: list[int]) -> None:
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    for column, width in zip(columns, widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table.findall(qn("w:tr")):
        for cell, width in zip(row.findall(qn("w:tc")), widths, strict=False):
            given = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
            if given is not None:
                given.set(qn("w:type"), "dxa")
                given.set(qn("w:w"), str(width))
