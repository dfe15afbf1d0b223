"""Column widths of tables whose number of columns depends on the report."""

from typing import Any

from docx.oxml.ns import qn

STYLE = "InformeTabla"  # the style's id, which Word keeps when the style is renamed
LABEL = 0.34  # share of the table's width for the first column, unless there are only two or three


def spread(body: Any) -> None:
    """Set the widths of such tables' columns: the first one for labels, the others equal.

    docxtpl adds columns without useful widths.
    """
    for table in body.iter(qn("w:tbl")):
        style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        if style is not None and style.get(qn("w:val")) == STYLE:
            _spread(table)


def _spread(table: Any) -> None:
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    whole = sum(int(each.get(qn("w:w"))) for each in columns)
    label = int(whole * max(LABEL, 1 / len(columns)))
    other = (whole - label) // max(1, len(columns) - 1)
    widths = [label, *[other] * (len(columns) - 1)]
    for column, width in zip(columns, widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table.findall(qn("w:tr")):
        for cell, width in zip(row.findall(qn("w:tc")), widths, strict=False):
            given = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
            if given is not None:
                given.set(qn("w:type"), "dxa")
                given.set(qn("w:w"), str(width))
