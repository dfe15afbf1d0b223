"""The styles of the bundled template, which an agency can change."""

from reports.design import HEADINGS, SMALLER, Design

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WIDTH = 9404  # of the text, in twentieths of a point: letter paper less its margins
DESIGN = Design()  # the same as the PDF's; `reports.word.look` puts a programme's own in its place
FONT, MONO = DESIGN.font, "Courier New"
INK = {"title": DESIGN.accent, "quiet": DESIGN.quiet, "draft": DESIGN.alarm}
RULE, EDGE = DESIGN.rule, DESIGN.edge
TEXT, CAPTION = DESIGN.text_size, DESIGN.text_size + SMALLER
SHADE = f'<w:shd w:val="clear" w:color="auto" w:fill="{DESIGN.tint}"/>'


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _look(size: float, bold: bool = False, italic: bool = False, colour: str = "", caps: bool = False) -> str:
    """Return character properties, in the order required by the format."""
    return "".join(
        (
            "<w:b/><w:bCs/>" if bold else "",
            "<w:i/><w:iCs/>" if italic else "",
            "<w:caps/>" if caps else "",
            f'<w:color w:val="{INK[colour]}"/>' if colour else "",
            f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>',
        )
    )


def _space(before: int = 0, after: int = 0, line: float = 0) -> str:
    """Return the space before and after in points, and the line spacing as a multiple."""
    between = f' w:line="{round(line * 240)}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before * 20}" w:after="{after * 20}"{between}/>'


def _style(
    identifier: str, name: str, paragraph: str, look: str, after: str = "", level: int | None = None
) -> str:
    following = f'<w:next w:val="{after}"/>' if after else ""
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    custom = ' w:customStyle="1"' if name.startswith("Informe") else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/>{following}<w:qFormat/>'
        f"<w:pPr>{paragraph}{outline}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def _border(side: str, size: int = 4, gap: int = 1, colour: str = RULE) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{gap}" w:color="{colour}"/>'


_TOGETHER = "<w:keepNext/><w:keepLines/>"
_HANGING = '<w:ind w:left="454" w:hanging="454"/>'
_CENTRE, _LEFT, _BOTH = (f'<w:jc w:val="{each}"/>' for each in ("center", "left", "both"))
_END_TAB = f'<w:tabs><w:tab w:val="right" w:leader="{{}}" w:pos="{WIDTH}"/></w:tabs>'
_CONTENTS_TAB = _END_TAB.format("dot")
_MARGIN_TAB = _END_TAB.format("none")


def _headings() -> str:
    sizes = [TEXT + larger for larger in HEADINGS]
    looks = (
        (_space(20, 10), _look(sizes[0], bold=True, colour="title", caps=True)),
        (_space(16, 6), _look(sizes[1], bold=True, colour="title")),
        (_space(14, 4), _look(sizes[2], bold=True, colour="title")),
        (_space(10, 4), _look(sizes[3], bold=True, colour="quiet")),
    )
    return "".join(
        _style(f"Heading{level}", f"heading {level}", _TOGETHER + space + _LEFT, look, "BodyText", level - 1)
        for level, (space, look) in enumerate(looks, start=1)
    )


def _text() -> str:
    bullet = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    rule = f"<w:pBdr>{_border('bottom', 4, 4)}</w:pBdr>"
    above = f"<w:pBdr>{_border('top', 4, 4)}</w:pBdr>"
    return "".join(
        (
            _style("BodyText", "Body Text", _space(0, 8, 1.15) + _BOTH, _look(TEXT)),
            _style("ListBullet", "List Bullet", bullet + _space(0, 6, 1.15) + _BOTH, _look(TEXT)),
            _style("Caption", "caption", "<w:keepLines/>" + _space(4, 12) + _CENTRE,
                   _look(CAPTION, colour="quiet")),
            _style("Title", "Title", _space(70, 14) + _CENTRE, _look(22, bold=True, colour="title")),
            _style("Subtitle", "Subtitle", _space(0, 40) + _CENTRE, _look(14, colour="quiet")),
            _style("TOCHeading", "TOC Heading", _TOGETHER + rule + _space(0, 16) + _LEFT,
                   _look(TEXT + HEADINGS[0], bold=True, colour="title", caps=True), "Normal"),
            _style("TOC1", "toc 1", _CONTENTS_TAB + _space(6, 3), _look(11)),
            _style("TOC2", "toc 2", _CONTENTS_TAB + _space(0, 3) + '<w:ind w:left="340"/>',
                   _look(10.5)),
            _style("Header", "header", rule + _MARGIN_TAB, _look(8, colour="quiet")),
            _style("Footer", "footer", above + _MARGIN_TAB, _look(8, colour="quiet")),
        )
    )  # fmt: skip


def _own() -> str:
    """Return styles that are not built into Word."""
    mark = "<w:pBdr>{}</w:pBdr>".format(
        "".join(_border(side, 12, 6, INK["draft"]) for side in ("top", "left", "bottom", "right"))
    )
    narrow = '<w:ind w:left="3000" w:right="3000"/>'
    cell = _space(2, 2)
    return "".join(
        _style(identifier, f"Informe {name}", paragraph, look)
        for identifier, name, paragraph, look in (
            ("InformeLogotipo", "logotipo", _space(0, 18) + _CENTRE, _look(11)),
            ("InformeInstitucion", "institución", _space(20, 0) + _CENTRE, _look(16, bold=True)),
            ("InformeOrgano", "órgano de gobierno", _space(0, 40) + _CENTRE, _look(13)),
            ("InformeBorrador", "borrador", "<w:keepNext/>" + mark + _space(20, 14) + narrow + _CENTRE,
             _look(18, bold=True, colour="draft")),
            ("InformeNota", "nota", _space(0, 6) + _CENTRE, _look(10, italic=True)),
            ("InformeLema", "lema", _space(50, 0) + _CENTRE, _look(13, italic=True, colour="title")),
            ("InformeFotografias", "fotografías", "<w:keepNext/>" + _space(6, 4) + _CENTRE, _look(11)),
            ("InformeCierre", "cierre", "<w:keepLines/>" + _space(4, 10, 1.15) + _BOTH, _look(TEXT)),
            ("InformeRotulo", "rótulo del recuadro", "<w:keepNext/>" + cell + _CENTRE, _look(10, bold=True)),
            ("InformeDato", "dato del recuadro", "<w:keepNext/>" + cell + _CENTRE, _look(10.5)),
            ("InformeCelda", "celda", cell + _LEFT, _look(9.5)),
            ("InformeCifra", "cifra", cell + _CENTRE, _look(9.5)),
            ("InformeLista", "lista numerada", _space(2, 2, 1.15) + _HANGING + _BOTH, _look(TEXT)),
            ("InformeFirma", "firma", _space(0, 2) + _CENTRE, _look(11)),
            ("InformeMenor", "celda menor", _space(1, 1) + _LEFT, _look(7.5)),
            ("InformeHuella", "huella", _space(1, 1) + _LEFT, _fonts(MONO) + _look(6.5)),
            ("InformeEtiqueta", "etiqueta de plantilla", "", _look(8, colour="quiet")),
        )
    )  # fmt: skip


def _tables() -> str:
    sides = "".join(
        _border(side, 4, 0, EDGE) for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return "".join(
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="Informe {name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/><w:right w:w="{margin}" w:type="dxa"/>'
        f'</w:tblCellMar></w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
        for identifier, name, margin in (
            ("InformeRecuadro", "recuadro", 108),
            ("InformeTabla", "tabla", 85),
            ("InformeSello", "sello", 57),
            ("InformeConsejo", "tabla del órgano de gobierno", 57),
        )
    )


def styles() -> str:
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FONT)}{_look(TEXT)}'
        '<w:lang w:val="es-MX" w:eastAsia="es-MX" w:bidi="es-MX"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        "</w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        f"{_headings()}{_text()}{_own()}{_tables()}</w:styles>"
    )


def numbering() -> str:
    """Return the numbering of bullets."""
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="454" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>"
    )
