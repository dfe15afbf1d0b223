"""Pictures in a Word document: fitted to the width of the text, with alternative text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate
from markupsafe import Markup

from reports import picture
from reports.design import Design
from reports.picture_rows import ALONE
from reports.quarterly.content import Figure, FigureGroup, Report, Series
from reports.texts import headings, pages
from reports.word.printing import attribute

ABREAST = 2  # pictures in a row
GROUP = 0.84  # of the text's height: the greatest height of a group, which is kept on one page
MILLIMETRE = 36_000  # EMU
GAP = int(4 * MILLIMETRE)  # between pictures
STRUCTURE = 0.6  # of the text's height: the greatest height of the picture of the structure
CHART = 0.8  # of the text's height: the greatest height of the bars of progress
RESOLUTION = 220  # pixels per inch of photographs, as Word itself compresses them for printing
EMU_PER_INCH = 914_400
CHART_PIXELS = 1440  # width of the bars of progress
LOGO = (1_800_000, 1_260_000)  # EMU: 50 × 35 mm
_MEDIA = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "GIF": ("gif", "image/gif")}
# The sizes of the frame and of the picture in it must be equal.
_DRAWING = """</w:t></w:r><w:r><w:drawing><wp:inline {namespaces} distT="0" distB="0" distL="0" distR="0">\
<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="0" name="{name}" descr="{said}"/><wp:cNvGraphicFramePr>\
<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>\
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>\
<pic:cNvPr id="0" name="{name}" descr="{said}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>\
<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>\
</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>\
<w:r><w:t xml:space="preserve">"""
_NAMESPACES = Markup(nsdecls("wp", "a", "pic", "r"))


@dataclass(frozen=True)
class Frame:
    """The size of a page's text area, in EMU."""

    width: int
    height: int

    @classmethod
    def of(cls, document: Any) -> "Frame":
        page = document.sections[0]
        return cls(
            page.page_width - page.left_margin - page.right_margin,
            page.page_height - page.top_margin - page.bottom_margin,
        )


@dataclass(frozen=True)
class Picture:
    """A picture that can be shown: its name in the .docx package, and its size in pixels."""

    part: Part
    width: int
    height: int

    @property
    def aspect(self) -> float:
        return self.width / self.height


@dataclass(frozen=True)
class Drawing:
    """The value of a template's tag for a picture, with its size on paper in EMU."""

    template: DocxTemplate
    picture: Picture
    width: int
    height: int
    name: str
    alternative: str

    def __html__(self) -> str:
        """Return the markup, related to the part that is being filled in: the text, a header or a footer."""
        part = self.template.current_rendering_part
        return Markup(_DRAWING).format(
            namespaces=_NAMESPACES,
            cx=self.width,
            cy=self.height,
            name=attribute(self.name),
            said=attribute(self.alternative),
            relation=part.relate_to(self.picture.part, RELATIONSHIP_TYPE.IMAGE),
        )


@dataclass(frozen=True)
class Row:
    """A row of drawings, or a remark instead of one; `together`: keep it on a page with what follows."""

    shown: tuple[Drawing, ...]
    remark: str | None
    together: bool


class Illustrations:
    """The pictures of one document, by their names in the package, for `packing`.

    `files`: their contents; `pixels`: how long their longest side has to be where it is printed largest.
    """

    def __init__(self, template: DocxTemplate, pictures: Callable[[str], Path], design: Design) -> None:
        self.files: dict[str, Path | bytes] = {}
        self.pixels: dict[str, int] = {}
        self._template = template
        self._frame = Frame.of(template.get_docx())
        self._pictures, self._design = pictures, design
        self._known: dict[str, Picture | None] = {}

    def rows(self, group: FigureGroup) -> tuple[Row, ...]:
        """Return a group in rows of two, all of equal height."""
        rows = list(self._abreast(group.figures))
        aspects = [
            sum(picture.aspect for each in row if (picture := self._of_copy(each.copy_sha256)))
            for row in rows
        ]
        most = self._design.picture_height * MILLIMETRE * (ALONE if len(group.figures) == 1 else 1)
        fitting = [
            (self._frame.width - GAP * (len(row) - 1)) / each
            for row, each in zip(rows, aspects, strict=True)
            if each
        ]
        height = int(min(most, self._frame.height * GROUP / len(rows), *fitting))
        return tuple(self._row(row, height) for row in rows)

    def structure(self, content: bytes, alternative: str) -> Drawing | None:
        """Return the picture of the structure, as large as allowed; None if it is not a picture."""
        return self._single(content, alternative, self._frame.width, int(self._frame.height * STRUCTURE))

    def chart(self, report: Report) -> Drawing | None:
        """Return the bars of progress, in a resolution for printing; None if there are none."""
        chart = picture.chart_of_report(report)
        if not chart.bars:
            return None
        drawn = picture.draw(chart, width=CHART_PIXELS)
        return self._single(
            drawn, picture.alternative(chart), self._frame.width, int(self._frame.height * CHART)
        )

    def logo(self, content: bytes, alternative: str) -> Drawing | None:
        return self._single(content, alternative, *LOGO)

    def _abreast(self, figures: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
        """Yield the figures two by two; one whose file is missing has a row of its own."""
        pair: tuple[Figure, ...] = ()
        for figure in figures:
            there = self._of_copy(figure.copy_sha256) is not None
            if pair and not there:
                yield pair
                pair = ()
            pair += (figure,)
            if not there or len(pair) == ABREAST:
                yield pair
                pair = ()
        if pair:
            yield pair

    def _row(self, figures: tuple[Figure, ...], highest: int) -> Row:
        """Return a row of pictures with equal heights."""
        pictures = [picture for each in figures if (picture := self._of_copy(each.copy_sha256))]
        names = [f"{headings.SERIES[each.series][0]} {each.number}" for each in figures]
        if not pictures:
            return Row((), f"{names[0]}. {pages.PICTURE_MISSING}", together=True)
        room = self._frame.width - GAP * (len(pictures) - 1)
        height = min(highest, int(room / sum(each.aspect for each in pictures)))
        drawings = (
            Drawing(self._template, picture, *self._extent(picture, height), name, figure.alternative)
            for picture, name, figure in zip(pictures, names, figures, strict=True)
        )
        return Row(tuple(drawings), None, together=True)

    def _extent(self, picture: Picture, height: int) -> tuple[int, int]:
        """Return width and height on paper, and note how many pixels that takes."""
        width, height = _extent(picture, height)
        needed = max(width, height) * RESOLUTION // EMU_PER_INCH + 1
        name = picture.part.partname.membername
        self.pixels[name] = max(needed, self.pixels.get(name, 0))
        return width, height

    def _single(self, content: bytes, alternative: str, width: int, height: int) -> Drawing | None:
        picture = self._read(_for_word(content))
        if picture is None:
            return None
        fitting = min(height, int(width / picture.aspect))
        name = headings.SERIES[Series.IMAGE][0]
        return Drawing(self._template, picture, *_extent(picture, fitting), name, alternative)

    def _of_copy(self, sha256: str) -> Picture | None:
        if sha256 not in self._known:
            self._known[sha256] = self._read(self._pictures(sha256))
        return self._known[sha256]

    def _read(self, file: Path | bytes) -> Picture | None:
        """Return a picture that Word can show; None if the file is missing or something else.

        Only its header is read. Its content is added when the file is packed: with 120 pictures in it,
        python-docx would keep the package in memory twice, and compare each picture with all before it.
        """
        from PIL import Image

        try:
            with Image.open(file if isinstance(file, Path) else BytesIO(file)) as opened:
                (width, height), form = opened.size, opened.format
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None
        if form not in _MEDIA:
            return None
        extension, media_type = _MEDIA[form]
        name = PackURI(f"/word/media/figure{len(self.files) + 1}.{extension}")
        self.files[name.membername] = file
        return Picture(Part(name, media_type, b""), width, height)


def _for_word(content: bytes) -> bytes:
    """Return the institution's picture, as PNG if Word does not support its format."""
    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as opened:
            if opened.format in _MEDIA:
                return content
            written = BytesIO()
            opened.convert("RGBA").save(written, "PNG")
            return written.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return content


def _extent(picture: Picture, height: int) -> tuple[int, int]:
    return max(1, int(height * picture.aspect)), max(1, height)
