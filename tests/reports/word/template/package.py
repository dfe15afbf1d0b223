"""The template's package: page margins, settings and members."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.reports.word.template.markup import TAB, p, run
from tests.reports.word.template.styles import INK, W, numbering, styles
from tests.reports.word.template.text import text

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def field(code: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def page() -> str:
    """Return the page properties: US Letter, as used in Mexico; the cover has empty margins."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        '<w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="12240" w:h="15840"/>'
        '<w:pgMar w:top="1474" w:right="1418" w:bottom="1361" w:left="1418" w:header="680" w:footer="567" '
        'w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def header() -> str:
    draft = "{% if report.draft %}{{ words.DRAFT }}{% endif %}"
    mark = f'<w:r><w:rPr><w:b/><w:color w:val="{INK["draft"]}"/></w:rPr><w:t>{draft}</w:t></w:r>'
    line = p("Header", "*{{ institution.short_name | brief }}", " · {{ report.heading | brief }}", TAB)
    return f"{HEAD}<w:hdr {_names()}>{line.replace('</w:p>', mark + '</w:p>')}</w:hdr>"


def footer() -> str:
    motto = "{% if institution.motto %}«{{ institution.motto | brief }}»{% endif %}"
    line = p("Footer", motto, TAB, "Página ").removesuffix("</w:p>")
    return f"{HEAD}<w:ftr {_names()}>{line}{field('PAGE')}{run(' de ')}{field('NUMPAGES')}</w:p></w:ftr>"


def _names() -> str:
    return f'xmlns:w="{W}" xmlns:r="{R}"'


def document() -> str:
    return f"{HEAD}<w:document {_names()}><w:body>{text()}{page()}</w:body></w:document>"


SETTINGS = f"""{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>\
<w:autoHyphenation/><w:doNotHyphenateCaps/>\
<w:characterSpacingControl w:val="doNotCompress"/><w:compat>\
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>\
</w:compat><w:themeFontLang w:val="es-MX"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>\
</w:settings>"""
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE_PART = "application/vnd.openxmlformats-package"
_TYPES = {  # the members that are no relations, and what they are
    "/word/document.xml": f"{_WORD_PART}.document.main+xml",
    "/word/styles.xml": f"{_WORD_PART}.styles+xml",
    "/word/numbering.xml": f"{_WORD_PART}.numbering+xml",
    "/word/settings.xml": f"{_WORD_PART}.settings+xml",
    "/word/header1.xml": f"{_WORD_PART}.header+xml",
    "/word/footer1.xml": f"{_WORD_PART}.footer+xml",
    "/docProps/core.xml": f"{_PACKAGE_PART}.core-properties+xml",
}
CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:language>es-MX</dc:language></cp:coreProperties>'
)


def _types() -> str:
    members = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{_PACKAGE_PART}.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{members}</Types>'
    )


def _relations(*of: tuple[str, str]) -> str:
    """Return relations of those kinds to those targets, numbered from rId1."""
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(of, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def make() -> bytes:
    properties = f"{_PACKAGE}/relationships/metadata/core-properties"
    parts = ("header", "footer", "styles", "numbering", "settings")
    members = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            (f"{R}/officeDocument", "word/document.xml"), (properties, "docProps/core.xml")
        ),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": _relations(*((f"{R}/{part}", _target(part)) for part in parts)),
        "word/styles.xml": HEAD + styles(),
        "word/numbering.xml": HEAD + numbering(),
        "word/settings.xml": SETTINGS,
        "word/header1.xml": header(),
        "word/footer1.xml": footer(),
        "docProps/core.xml": CORE,
    }
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return written.getvalue()


def _target(part: str) -> str:
    return f"{part}1.xml" if part in ("header", "footer") else f"{part}.xml"
