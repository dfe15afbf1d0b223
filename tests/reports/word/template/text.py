"""The content of the template, from the cover to the annex."""

from tests.reports.word.template.markup import (
    KEEP,
    LOOSE,
    NEW_PAGE,
    TAB,
    cell,
    column,
    each,
    heading,
    loop,
    p,
    paragraphs,
    row,
    table,
    tag,
    when,
)
from tests.reports.word.template.styles import SHADE, WIDTH


def text() -> str:
    units = each("unit in units", unit())
    report = heading(1, "{{ report.heading }}", "'report'", NEW_PAGE)
    report += when("chart", p("InformeFotografias", "{{ chart }}", more=LOOSE))
    return "".join((cover(), contents(), board(), institution(), report, units, annex()))


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


def board() -> str:
    """Return the pages for the governing body."""
    return each(
        "block in report.board",
        tag("if loop.first or loop.previtem.part == 'summary'"),
        heading(1, "{{ block.title }}", "block.part", NEW_PAGE),
        tag("else"),
        heading(1, "{{ block.title }}", "block.part"),
        tag("endif"),
        paragraphs("block.paragraphs"),
        each(
            "list in block.lists",
            heading(2, "{{ list[0] }}"),
            each("text in list[1]", p("ListBullet", "{{ text }}")),
        ),
        each(
            "table in block.tables",
            when("table.caption", heading(2, "{{ table.caption }}")),
            board_table(),
            p("BodyText"),
        ),
    )


def board_table() -> str:
    """Return a table of the governing body's pages; `reports.word.tables` sets the widths by the content."""

    def cells(of: str, bold: str = "", more: str = "") -> tuple[str, ...]:
        return (
            column(f"for value in {of}"),
            cell(2000, p("InformeMenor", f"{bold}{{{{ value }}}}"), more=more),
            column("endfor"),
        )

    return table(
        "InformeConsejo",
        (WIDTH // 4,) * 4,
        row(*cells("table.head", "*", SHADE), head=True),
        loop("for values in table.rows"),
        row(*cells("values")),
        loop("endfor"),
        loop("if table.total"),
        row(*cells("table.total", "*")),
        loop("endif"),
    )


def closing() -> str:
    """Return the acronyms, and the page for signatures."""
    return when(
        "institution.acronyms",
        heading(1, "{{ words.ACRONYMS }}", "'acronyms'"),
        each("pair in institution.acronyms", p("ListBullet", "*{{ pair[0] }}: ", "{{ pair[1] }}")),
    ) + when(
        "institution.signatories",
        heading(1, "{{ words.SIGNATORIES }}", "'signatories'", NEW_PAGE),
        each(
            "signatory in institution.signatories",
            p("InformeFirma", "{{ signatory[0] }}", more=KEEP),
            p("InformeFirma", more=KEEP),
            p("InformeFirma", more=KEEP),
            p("InformeFirma", "________________________________", more=KEEP),
            p("InformeFirma", "*{{ signatory[1] }}", more=KEEP),
            p("InformeFirma", "{{ signatory[2] }}"),
            p("InformeFirma"),
        ),
    )


def institution() -> str:
    return "".join(
        (
            heading(1, "{{ words.PRESENTATION }}", "'presentation'"),
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
                    when(
                        "institution.structure_caption", p("Caption", "{{ institution.structure_caption }}")
                    ),
                ),
            ),
        )
    )


def unit() -> str:
    return "".join(
        (
            tag("if not institution.design.units_on_new_page or (loop.first and not chart)"),
            heading(2, "{{ unit.name }}", "unit.key"),
            tag("else"),
            heading(2, "{{ unit.name }}", "unit.key", NEW_PAGE),
            tag("endif"),
            when(
                "unit.objective", heading(3, "{{ words.OBJECTIVE }}"), p("BodyText", "{{ unit.objective }}")
            ),
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
                each(
                    "part in text_parts(activity.paragraphs)",
                    tag("if not part.marker"),
                    p("BodyText", "{{ part.text }}"),
                    tag("elif part.marker == '•'"),
                    p("ListBullet", "{{ part.text }}"),
                    tag("else"),
                    p("InformeLista", "{{ part.marker }}", TAB, "{{ part.text }}"),
                    tag("endif"),
                ),
                each("group in activity.groups", pictures()),
            ),
            each("table in line.tables", figures(), p("Caption", "{{ table.caption }}")),
            when("line.standstill", p("BodyText", "{{ line.standstill }}")),
            when(
                "line.closing or line.observation",
                p(
                    "InformeCierre",
                    "*{{ line.closing or '' }}",
                    "{% if line.closing and line.observation %} {% endif %}{{ line.observation or '' }}",
                ),
            ),
        )
    )


def box() -> str:
    """Return the table of the goal with its dates, kept together and with what follows."""
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
    side_by_side = (
        "{% for picture in row.shown %}{% if not loop.first %} {% endif %}{{ picture }}{% endfor %}"
    )
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
    """Return the table of planned and done amounts; its columns are those of the data, labels first."""

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
            closing(),
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


# The last column takes 64 characters of `InformeHuella` in one line.
_FILES, _SIGNATURES = (1560, 2644, 5200), (2104, 2100, 5200)


def files() -> str:
    first, second, third = _FILES
    return table(
        "InformeSello",
        _FILES,
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
    first, second, third = _SIGNATURES
    return table(
        "InformeSello",
        _SIGNATURES,
        row(
            cell(first, p("InformeMenor", "*{{ words.UNIT }}"), more=SHADE),
            cell(second, p("InformeMenor", "*{{ words.SIGNED_BY }}"), more=SHADE),
            cell(third, p("InformeMenor", "*{{ words.HASH }}"), more=SHADE),
            head=True,
        ),
        loop("for signature in signatures"),
        row(
            cell(first, p("InformeMenor", "{{ signature.unit }}")),
            cell(second, p("InformeMenor", "{{ signature.signed or words.UNSIGNED }}")),
            cell(third, p("InformeHuella", "{{ signature.sha256 }}")),
        ),
        loop("endfor"),
    )
