"""The few forms of Word's markup that the template uses, and the tags that docxtpl fills in."""

from tests.reports.word.template.styles import WIDTH

KEEP = "<w:keepNext/>"
LOOSE = '<w:keepNext w:val="0"/>'
NEW_PAGE = "<w:pageBreakBefore/>"
TAB = "\t"


def p(style: str, *texts: str, more: str = "") -> str:
    """Return a paragraph; a text that begins with `*` is bold, a tab is a tab."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{"".join(map(run, texts))}</w:p>'


def run(text: str) -> str:
    if text == TAB:
        return "<w:r><w:tab/></w:r>"
    bold = "<w:rPr><w:b/><w:bCs/></w:rPr>" if text.startswith("*") else ""
    return f'<w:r>{bold}<w:t xml:space="preserve">{text.removeprefix("*")}</w:t></w:r>'


def tag(text: str) -> str:
    """Return a paragraph that docxtpl removes when the template is filled in."""
    return p("InformeEtiqueta", f"{{%p {text} %}}")


def when(condition: str, *parts: str) -> str:
    return "".join((tag(f"if {condition}"), *parts, tag("endif")))


def each(names: str, *parts: str) -> str:
    return "".join((tag(f"for {names}"), *parts, tag("endfor")))


def heading(level: int, text: str, key: str | None = None, more: str = "") -> str:
    anchor = f"{{{{ anchor({key}) }}}}" if key else ""
    return p(f"Heading{level}", text + anchor, more=more)


def paragraphs(of: str) -> str:
    return each(f"text in {of}", p("BodyText", "{{ text }}"))


def cell(width: int, *parts: str, more: str = "", kind: str = "dxa") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="{kind}"/>{more}</w:tcPr>{"".join(parts)}</w:tc>'


def row(*cells: str, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def loop(text: str, width: int = WIDTH) -> str:
    """Return a row that docxtpl removes when the template is filled in."""
    return row(cell(width, p("InformeEtiqueta", f"{{%tr {text} %}}")))


def column(text: str) -> str:
    """Return a cell that docxtpl removes when the template is filled in."""
    return cell(900, p("InformeEtiqueta", f"{{%tc {text} %}}"))


def table(style: str, columns: tuple[int, ...], *rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
