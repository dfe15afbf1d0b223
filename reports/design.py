"""The design of the report, for Word and PDF alike: fonts, colours, numbering, the size of pictures.

What the programme file says under `design` stands in place of the defaults.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

LETTER = {"width": 215.9, "height": 279.4}  # mm, the paper used in Mexico
MARGINS = {"side": 25.0, "top": 26.0, "bottom": 24.0}  # mm
HEADINGS = (5.0, 3.0, 1.0, 0.0)  # points that a heading of each level is larger than the text
SMALLER = -1.0  # captions and tables
# The fonts that the PDF is set in; Arial and Times New Roman are not free, these have the same widths.
PDF_FONTS = {
    "Arial": "Liberation Sans",
    "Times New Roman": "Liberation Serif",
    "DejaVu Sans": "DejaVu Sans",
}


@dataclass(frozen=True)
class Design:
    """Colours are hexadecimal RGB, `text_size` points, `picture_height` millimetres."""

    font: str = "Arial"
    text_size: int = 10
    accent: str = "6B1D35"  # headings
    rule: str = "A57F2C"  # lines
    tint: str = "F4EEF0"  # the heads of tables
    quiet: str = "57606A"  # captions, headers and footers
    alarm: str = "B42318"  # «Borrador»
    edge: str = "C9CED4"  # borders of tables
    picture_height: int = 60  # of a row of photographs, at most
    numbered_chapters: bool = True
    units_on_new_page: bool = False

    @property
    def pdf_font(self) -> str:
        return PDF_FONTS.get(self.font, self.font)


def design_of(given: Mapping[str, Any] | None) -> Design:
    """Return the design that a programme, or a signed snapshot, asks for."""
    known = {each.name for each in fields(Design)}
    return Design(
        **{name: value for name, value in (given or {}).items() if name in known and value is not None}
    )


TEXT_WIDTH = LETTER["width"] - 2 * MARGINS["side"]
TEXT_HEIGHT = LETTER["height"] - MARGINS["top"] - MARGINS["bottom"]
