"""Puts the design of a programme in place of the bundled template's, which is the default one."""

from dataclasses import fields
from typing import Any

from docx.oxml.ns import qn

from reports.design import Design

_COLOURS = (qn("w:color"), qn("w:fill"), qn("w:val"))
_FONTS = tuple(qn(f"w:{name}") for name in ("ascii", "hAnsi", "eastAsia", "cs"))
_SIZES = (qn("w:sz"), qn("w:szCs"))  # of characters, in half points; borders have sizes as attributes


def apply(document: Any, design: Design) -> None:
    """Change fonts, colours and sizes in the styles, the text, headers and footers."""
    default = Design()
    if design == default:
        return
    changed = {
        getattr(default, each.name): getattr(design, each.name)
        for each in fields(Design)
        if each.type == "str"
    }
    styles = document.styles.element
    section = document.sections[0]
    for element in (styles, document.element, section.header.part.element, section.footer.part.element):
        for each in element.iter():
            for name in (*_COLOURS, *_FONTS):
                value = each.get(name)
                if value in changed:
                    each.set(name, changed[value])
    larger = 2 * (design.text_size - default.text_size)
    for each in styles.iter(*_SIZES):
        each.set(qn("w:val"), str(int(each.get(qn("w:val"))) + larger))
