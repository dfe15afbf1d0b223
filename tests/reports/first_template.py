"""`python -m tests.reports.first_template`: makes `reports/templates/informe.docx` as it is bundled.

The bundled template is this file's, so that a change of it can be read; a test holds the two together. An
agency edits a copy of the .docx in Word or LibreOffice and never needs this.
"""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.word import BUNDLED
from tests.reports.first_styles import INK, RULE, SHADE, WIDTH, numbering, styles

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KEEP = "<w:keepNext/>"
LOOSE = '<w:keepNext w:val="0"/>'
NEW_PAGE = "<w:pageBreakBefore/>"
TAB = "\t"


def p(style: str, *texts: str, more: str = "") -> str:
    """A paragraph; a text that begins with `*` is bold, a tab is a tab."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{"".join(map(run, texts))}</w:p>'


def run(text: str) -> str:
    if text == TAB:
        return "<w:r><w:tab/></w:r>"
    bold = "<w:rPr><w:b/><w:bCs/></w:rPr>" if text.startswith("*") else ""
    return f'<w:r>{bold}<w:t xml:space="preserve">{text.removeprefix("*")}</w:t></w:r>'


def tag(text: str) -> str:
    """A paragraph that is gone when the template is filled in."""
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
    """A row that is gone when the template is filled in."""
    return row(cell(width, p("InformeEtiqueta", f"{{%tr {text} %}}")))


def column(text: str) -> str:
    """A cell that is gone when the template is filled in."""
    return cell(900, p("InformeEtiqueta", f"{{%tc {text} %}}"))


def table(style: str, columns: tuple[int, ...], *rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def cover() -> str:
    return "".join(
        (
            when("logo", p("InformeLogotipo", "{{ logo }}")),
            p("InformeInstitucion", "{{ institution.name }}"),
            p("Title", "{{ report.title }}"),
            p("Subtitle", "{{ report.heading }}"),
            when("institution.governing_body", p("InformeOrgano", "{{ institution.governing_body }}")),
            when(
                "report.draft",
                p("InformeBorrador", "{{ words.DRAFT }}"),
                when("report.draft_note", p("InformeNota", "{{ report.draft_note }}")),
            ),
            when("institution.motto", p("InformeLema", "«{{ institution.motto }}»")),
        )
    )


def contents() -> str:
    entry = ("{{ entry.title }}", TAB, "{{ entry.page }}")
    return p("TOCHeading", "{{ words.CONTENTS }}", more=NEW_PAGE) + each(
        "entry in contents",
        tag("if entry.level == 1"),
        p("TOC1", *entry),
        tag("else"),
        p("TOC2", *entry),
        tag("endif"),
    )


def institution() -> str:
    return "".join(
        (
            heading(1, "{{ words.PRESENTATION }}", "'presentation'", NEW_PAGE),
            paragraphs("report.opening"),
            each(
                "unit in units if unit.presentation",
                heading(2, "{{ unit.name }}"),
                paragraphs("unit.presentation"),
            ),
            when(
                "institution.mission",
                heading(1, "{{ words.MISSION }}", "'mission'"),
                paragraphs("institution.mission"),
            ),
            when(
                "institution.vision",
                heading(1, "{{ words.VISION }}", "'vision'"),
                paragraphs("institution.vision"),
            ),
            when(
                "institution.principles",
                heading(1, "{{ words.PRINCIPLES }}", "'principles'"),
                each(
                    "principle in institution.principles",
                    p("ListBullet", "*{{ principle[0] }}: ", "{{ principle[1] }}"),
                ),
            ),
            when(
                "institution.structure or structure_image",
                heading(1, "{{ words.STRUCTURE }}", "'structure'"),
                paragraphs("institution.structure"),
                when(
                    "structure_image",
                    p("InformeFotografias", "{{ structure_image }}"),
                    when("institution.structure_caption", p("Caption", "{{ institution.structure_caption }}")),
                ),
            ),
        )
    )


def unit() -> str:
    return "".join(
        (
            tag("if loop.first"),
            heading(2, "{{ unit.name }}", "unit.key"),
            tag("else"),
            heading(2, "{{ unit.name }}", "unit.key", NEW_PAGE),
            tag("endif"),
            when("unit.objective", heading(3, "{{ words.OBJECTIVE }}"), p("BodyText", "{{ unit.objective }}")),
            when(
                "unit.strategy",
                heading(3, "{{ words.STRATEGY }}"),
                each(
                    "text in unit.strategy",
                    tag("if unit.strategy_listed"),
                    p("ListBullet", "{{ text }}"),
                    tag("else"),
                    p("BodyText", "{{ text }}"),
                    tag("endif"),
                ),
            ),
            each("line in unit.lines", line()),
        )
    )


def line() -> str:
    description = "{% if line.description %}: {{ line.description }}{% else %}.{% endif %}"
    return "".join(
        (
            heading(3, "{{ words.line(line.number) }}"),
            p("BodyText", "*{{ line.title }}", description, more=KEEP),
            box(),
            when(
                "line.activities or line.tables or line.standstill or line.closing or line.observation",
                heading(4, "{{ words.ACTIVITIES }}"),
            ),
            each(
                "activity in line.activities",
                paragraphs("activity.paragraphs"),
                each("group in activity.groups", pictures()),
            ),
            each("table in line.tables", figures(), p("Caption", "{{ table.caption }}")),
            when("line.standstill", p("BodyText", "{{ line.standstill }}")),
            when(
                "line.closing or line.observation",
                p(
                    "InformeCierre",
                    "*{{ line.closing or '' }}",
                    "{% if line.observation %}{% if line.closing %} {% endif %}{{ line.observation }}{% endif %}",
                ),
            ),
        )
    )


def box() -> str:
    """The goal with its dates; it stays in one piece, and with what follows."""
    left, right = 5904, WIDTH - 5904
    return table(
        "InformeRecuadro",
        (left, right),
        row(
            cell(left, p("InformeRotulo", "{{ words.GOAL }}"), more=SHADE),
            cell(right, p("InformeRotulo", "{{ words.STARTS }}"), more=SHADE),
        ),
        row(
            cell(left, p("InformeDato", "{{ line.goal }}"), more='<w:vMerge w:val="restart"/>'),
            cell(right, p("InformeDato", "{{ line.starts_on | date }}")),
        ),
        row(
            cell(left, p("InformeDato"), more="<w:vMerge/>"),
            cell(right, p("InformeRotulo", "{{ words.ENDS }}"), more=SHADE),
        ),
        row(
            cell(left, p("InformeDato"), more="<w:vMerge/>"),
            cell(right, p("InformeDato", "{{ line.ends_on | date }}")),
        ),
    )


def pictures() -> str:
    side_by_side = "{% for picture in row.shown %}{% if not loop.first %} {% endif %}{{ picture }}{% endfor %}"
    return each(
        "row in rows(group)",
        tag("if row.remark"),
        p("InformeNota", "{{ row.remark }}", more=KEEP),
        tag("elif row.together"),
        p("InformeFotografias", side_by_side),
        tag("else"),
        p("InformeFotografias", side_by_side, more=LOOSE),
        tag("endif"),
    ) + p("Caption", "{{ group.caption }}")


def figures() -> str:
    """Scheduled and done: as many columns as the table has, the first a label."""

    def cells(of: str, bold: str = "", more: str = "") -> tuple[str, ...]:
        return (
            cell(3600, p("InformeCelda", f"{bold}{{{{ {of}[0] }}}}", more=KEEP), more=more),
            column(f"for value in {of}[1:]"),
            cell(1934, p("InformeCifra", f"{bold}{{{{ value }}}}", more=KEEP), more=more),
            column("endfor"),
        )

    return table(
        "InformeTabla",
        (3600, 1934, 1935, 1935),
        row(*cells("table.head", "*", SHADE), head=True),
        loop("for values in table.rows"),
        row(*cells("values")),
        loop("endfor"),
        loop("if table.total"),
        row(*cells("table.total", "*")),
        loop("endif"),
    )


def annex() -> str:
    return "".join(
        (
            when(
                "institution.privacy_notice",
                heading(1, "{{ words.PRIVACY }}", "'privacy'"),
                paragraphs("institution.privacy_notice"),
            ),
            heading(1, "{{ words.ANNEX }}", "'annex'", NEW_PAGE),
            p("BodyText", "{{ words.SEAL_MEANING }}"),
            heading(2, "{{ words.FILES }}"),
            p("BodyText", "{{ words.counted_files(report.seal.files | length, missing) }}"),
            when("sealed", files()),
            heading(2, "{{ words.SIGNATURES }}"),
            signatures(),
            heading(2, "{{ words.CHAIN }}"),
            p("BodyText", "{{ words.chain(report.seal.entries) }}", more=KEEP),
            p("InformeHuella", "{{ report.seal.head }}"),
        )
    )


_ANNEX = (2104, 2100, 5200)  # the last takes 64 characters of `InformeHuella` in one line


def files() -> str:
    first, second, third = _ANNEX
    return table(
        "InformeSello",
        _ANNEX,
        row(
            cell(first, p("InformeMenor", "*{{ words.ENTRY }}"), more=SHADE),
            cell(second, p("InformeMenor", "*{{ words.FILE }}"), more=SHADE),
            cell(third, p("InformeMenor", "*{{ words.HASH }}"), more=SHADE),
            head=True,
        ),
        loop("for unit in sealed"),
        row(cell(WIDTH, p("InformeMenor", "*{{ unit.unit }}", more=KEEP), more='<w:gridSpan w:val="3"/>')),
        loop("for file in unit.files"),
        row(
            cell(first, p("InformeMenor", "{{ words.entry(file.line, file.activity) }}")),
            cell(second, p("InformeMenor", "{{ words.file(file.kind, file.name, file.bytes) }}")),
            cell(third, p("InformeHuella", "{{ file.sha256 or words.NO_FILE }}")),
        ),
        loop("endfor"),
        loop("endfor"),
    )


def signatures() -> str:
    first, second, third = _ANNEX
    signed = "{% for part in words.signed(who.signed_by, who.in_place_of, who.signed_at) %}"
    return table(
        "InformeSello",
        _ANNEX,
        row(
            cell(first, p("InformeMenor", "*{{ words.UNIT }}"), more=SHADE),
            cell(second, p("InformeMenor", "*{{ words.SIGNED_BY }}"), more=SHADE),
            cell(third, p("InformeMenor", "*{{ words.HASH }}"), more=SHADE),
            head=True,
        ),
        loop("for unit in units"),
        loop("if unit.signature"),
        row(
            cell(first, p("InformeMenor", "{{ unit.name }}")),
            cell(
                second,
                p(
                    "InformeMenor",
                    "{% set who = unit.signature %}" + signed + "{% if not loop.first %}. {% endif %}"
                    "{{ part }}{% endfor %}",
                ),
            ),
            cell(third, p("InformeHuella", "{{ unit.signature.sha256 }}")),
        ),
        loop("else"),
        row(
            cell(first, p("InformeMenor", "{{ unit.name }}")),
            cell(second, p("InformeMenor", "{{ words.UNSIGNED }}")),
            cell(third, p("InformeHuella")),
        ),
        loop("endif"),
        loop("endfor"),
    )


def field(code: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def page() -> str:
    """Letter, as Mexico's offices print; nothing in the margins of the cover."""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        f'<w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="12240" w:h="15840"/>'
        f'<w:pgMar w:top="1814" w:right="1418" w:bottom="1588" w:left="1418" w:header="794" w:footer="680" '
        f'w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def header() -> str:
    draft = "{% if report.draft %}{{ words.DRAFT }}{% endif %}"
    mark = f'<w:r><w:rPr><w:b/><w:color w:val="{INK["draft"]}"/></w:rPr><w:t>{draft}</w:t></w:r>'
    text = p("Header", "*{{ institution.short_name | brief }}", " · {{ report.title | brief }}", TAB)
    return f"{HEAD}<w:hdr {_names()}>{text.replace('</w:p>', mark + '</w:p>')}</w:hdr>"


def footer() -> str:
    motto = "{% if institution.motto %}«{{ institution.motto | brief }}»{% endif %}"
    text = p("Footer", motto, TAB, "Página ").removesuffix("</w:p>")
    return (
        f"{HEAD}<w:ftr {_names()}>{text}{field('PAGE')}{run(' de ')}{field('NUMPAGES')}</w:p></w:ftr>"
    )


def _names() -> str:
    return f'xmlns:w="{W}" xmlns:r="{R}"'


def document() -> str:
    body = (cover(), contents(), institution(), heading(1, "{{ report.heading }}", "'report'", NEW_PAGE))
    units = each("unit in units", unit())
    return (
        f"{HEAD}<w:document {_names()}><w:body>{''.join(body)}{units}{annex()}{page()}</w:body></w:document>"
    )


SETTINGS = f"""{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>\
<w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/><w:updateFields w:val="true"/><w:compat>\
<w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" \
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>\
<w:themeFontLang w:val="es-MX"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("document", "styles", "numbering", "settings", "header1", "footer1")
TYPES = f"""{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>{"".join(
    f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.'
    f'{"document.main" if name == "document" else name.rstrip("1")}+xml"/>' for name in _PARTS)}\
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
PACKAGE = f"""{HEAD}<Relationships xmlns="{_RELATED}"><Relationship Id="rId1" Type="{_OFFICE}/relationships/\
officeDocument" Target="word/document.xml"/><Relationship Id="rId2" \
Type="{_RELATED}/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"""
RELATIONS = f"""{HEAD}<Relationships xmlns="{_RELATED}">{"".join(
    f'<Relationship Id="rId{number}" Type="{R}/{name.rstrip("1")}" Target="{name}.xml"/>'
    for number, name in enumerate(("header1", "footer1", "styles", "numbering", "settings"), start=1))}\
</Relationships>"""
CORE = f"""{HEAD}<cp:coreProperties xmlns:cp="{_RELATED.replace("relationships", "metadata/core-properties")}" \
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>es-MX</dc:language></cp:coreProperties>"""


def make() -> bytes:
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": PACKAGE,
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": RELATIONS,
        "word/styles.xml": HEAD + styles(),
        "word/numbering.xml": HEAD + numbering(),
        "word/settings.xml": SETTINGS,
        "word/header1.xml": header(),
        "word/footer1.xml": footer(),
        "docProps/core.xml": CORE,
    }
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(ZipInfo(name), text, ZIP_DEFLATED)
    return written.getvalue()


def main(path: Path = BUNDLED) -> None:
    path.write_bytes(make())


if __name__ == "__main__":
    main()
