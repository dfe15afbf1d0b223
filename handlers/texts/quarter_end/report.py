"""Texts of `/informe`: what to check first, the formats, and the progress of making the file."""

from collections.abc import Sequence

from handlers.texts.escaping import Html, escape
from handlers.texts.progress.progress import excerpt
from handlers.texts.progress.signs import marked
from models.programme.view import UnitView
from models.quarter import Quarter
from models.tables.report import ReportFormat
from reports.quarterly import Report
from spanish.writing import days, formats

MENU = "Preparar el informe trimestral: Word, PDF, Excel, PNT"
WHICH_UNIT = "¿De qué órgano administrativo quiere el informe?"
EVERYBODY = "Toda la institución"
ALL_FINDINGS = "🔎 Ver todo lo que hay que revisar"
ALREADY = "Ya se está preparando; en un momento lo recibe."
BACK = "⬅️ Informe"
LABELS = {
    ReportFormat.WORD: "📄 Word",
    ReportFormat.PDF: "📕 PDF",
    ReportFormat.EXCEL: "📊 Excel",
    ReportFormat.TRANSPARENCY: "🏛 Tabla PNT",
    ReportFormat.CSV: "CSV",
    ReportFormat.JSON: "JSON",
}
PICTURE = "📊 Gráfica"
PICTURE_FILE = "avance.png"
FINDINGS_FILE = "revisar-antes-del-informe.txt"
FINDINGS_CAPTION = "Todo lo que conviene revisar antes de presentar el informe."
SHOWN = 4  # findings on the page
FINDING = 400  # characters per finding


def page(report: Report, unit: UnitView | None, findings: Sequence[str]) -> Html:
    """Return what the report would contain, with the first findings."""
    whose = escape(unit.name if unit else report.institution.short_name)
    activities = sum(len(line.activities) for each in report.units for line in each.lines)
    figures = sum(
        len(group.figures)
        for each in report.units
        for line in each.lines
        for activity in line.activities
        for group in activity.groups
    )
    blocks = [
        Html("📄 <b>Informe</b> · {}\n{}, al {}").format(
            whose, formats.quarter(report.quarter), days.day(report.on)
        ),
        _state(report),
        Html("Avance <b>{}</b> {} · {}, {}").format(
            formats.shown(report.exact),
            marked(report.signal),
            counted(activities, "actividad", "actividades"),
            counted(figures, "imagen", "imágenes"),
        ),
    ]
    if findings:
        blocks.append(
            to_review(
                Html("⚠️ <b>Antes de presentarlo, revise</b> ({}):").format(len(findings)), findings, SHOWN
            )
        )
    else:
        blocks.append(Html("✅ No encontré nada que revisar."))
    blocks.append(Html("¿En qué formato lo quiere?"))
    return Html("\n\n").join(blocks)


def to_review(head: str, findings: Sequence[str], shown: int) -> Html:
    """Return the first `shown` findings, and how many more there are."""
    listed = Html("\n").join(Html("• {}").format(excerpt(each, FINDING)) for each in findings[:shown])
    rest = len(findings) - shown
    return Html("{}\n{}").format(head, listed) + (Html("\n… y {} más").format(rest) if rest > 0 else "")


def is_cut(findings: Sequence[str], shown: int) -> bool:
    """Return whether `to_review` leaves something out."""
    return len(findings) > shown or any(len(each) > FINDING for each in findings)


def counted(number: int, one: str, many: str) -> str:
    return f"{formats.number(number)} {one if number == 1 else many}"


def gathering(kind: ReportFormat) -> str:
    """Return the first progress message: the data are being gathered."""
    return f"⏳ Preparo {LABELS[kind]}: reúno los datos…"


def shaping(kind: ReportFormat, activities: int, figures: int) -> str:
    """Return the second progress message: the file is being made."""
    what = f"{counted(activities, 'actividad', 'actividades')} y {counted(figures, 'imagen', 'imágenes')}"
    return f"⏳ Preparo {LABELS[kind]}: doy forma a {what}…"


def caption(report: Report) -> Html:
    """Return the caption of the file."""
    state = "Borrador, todavía sin todas las firmas." if report.draft else "Firmado."
    return Html("{}, {}. {}").format(report.title, formats.quarter(report.quarter), state)


def failed(kind: ReportFormat) -> str:
    return (
        f"No pude preparar {LABELS[kind]}. Lo registrado está a salvo y Planeación ya fue avisada; "
        "puede intentarlo otra vez con /informe, o pedir otro formato."
    )


def failed_notice(kind: ReportFormat, quarter: Quarter) -> str:
    """Return, for planning, that the report could not be made."""
    return (
        f"⚠️ El informe en {LABELS.get(kind, PICTURE)} ({formats.quarter(quarter)}) no se pudo preparar; "
        "la causa está en el registro técnico (log) del asistente."
    )


def too_large(kind: ReportFormat) -> str:
    return (
        f"{LABELS[kind]} pesa más de lo que Telegram permite enviar (50 MB). Pídalo por órgano "
        "administrativo, o genérelo en el servidor con «report make»."
    )


def quarter_button(number: int, here: bool) -> str:
    return f"{'• ' if here else ''}T{number}"


def _state(report: Report) -> Html:
    if report.draft:
        return Html("📝 {}").format(report.draft_note or "")
    on = days.day(report.dated_at.date(), report.quarter.year)
    return Html("🖊 Firmado el {}. Así se entrega, aunque después cambie algo.").format(on)
