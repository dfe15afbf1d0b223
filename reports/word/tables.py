"""Tables whose number of columns is only known when they are filled in."""

from typing import Any

from docx.oxml.ns import qn

STYLE = "InformeTabla"  # the style's identifier: Word keeps it when the style is renamed
LABEL = 0.34  # of the table's width: the first column, unless there are only two or three


def spread(body: Any) -> None:
    """Give the columns of such tables their widths: the first what a label takes, the others the same each.

    docxtpl adds the columns that are missing, each as wide as it happens to come out.
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
