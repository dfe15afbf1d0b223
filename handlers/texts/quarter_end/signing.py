"""What is said while a quarter is signed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.texts.escaping import escape
from handlers.texts.progress.progress import SIGNS, excerpt
from handlers.texts.quarter_end.report import to_review
from models.programme.view import UnitView
from models.progress.status import LineStatus, UnitStatus
from models.quarter import Quarter
from models.quarter_end.duties import Duty, DutyKind
from models.tables.signature import Signature
from spanish.writing import days, formats
from spanish.writing.measures import amount, awaited, counted

MENU = "Revisar y firmar el trimestre de su unidad"
ACCEPT = "✅ Firmar"
CANCELLED = "✖️ No se firmó nada. Con /firmar lo retoma."
LOOK_AGAIN = "🔄 Revisar de nuevo"
SEE = "📊 Ver el avance"
REPORT = "📄 Ver el informe"
READ_WHOLE = "📖 Leer completa"
WHICH_UNIT = "✍️ ¿De qué órgano administrativo va a firmar?"
NOTHING_TO_SIGN = "No hay ningún trimestre por firmar: los que terminaron ya están firmados."
CHANGED = "Algo cambió desde que se lo mostré. Revíselo de nuevo, por favor, antes de firmar."
REVIEWED = 2  # findings on the page
TITLE = 40  # characters of a line's title
WORDS = 240  # characters of a presentation that still leave the card on one screen
_HOLES = {
    DutyKind.NOTHING_REGISTERED: "nada registrado y nadie ha dicho por qué",
    DutyKind.UNEXPLAINED_DEVIATION: "se aparta del plan y falta la observación",
    DutyKind.NO_PRESENTATION: "Falta la presentación del trimestre",
}


def page(
    stood: UnitStatus,
    quarter: Quarter,
    content: dict[str, Any],
    in_place_of: str | None,
    findings: Sequence[str],
) -> str:
    """Everything that a signature would hold, what it leaves out, and what to look at in the report."""
    figure = (
        f"Avance <b>{formats.shown(stood.exact)}</b> · "
        f"planeado {formats.shown(stood.planned)} {SIGNS[stood.signal]}"
    )
    blocks = [
        f"{_head('Por firmar', stood.unit, quarter)}\n{figure}",
        "\n".join(_line(each) for each in stood.lines),
        f"<b>Se firma:</b> {_held(content)}.",
    ]
    if said := content["presentation"]:
        blocks.append(f"📖 <b>Presentación</b>\n«{escape(said if fits(said) else excerpt(said, WORDS))}»")
    if left_out := _left_out(stood, content):
        blocks.append(f"<b>Queda fuera:</b> {left_out}.")
    if bare := sum(not each["evidence"] for line in content["lines"] for each in line["activities"]):
        blocks.append(f"⚠️ {_number(bare, 'actividad', 'actividades')} sin evidencia; no impide firmar.")
    if findings:
        head = f"🔎 <b>En el informe conviene revisar</b> ({len(findings)}):"
        blocks.append(to_review(head, findings, REVIEWED))
    if in_place_of:
        blocks.append(f"Firmará en lugar de <b>{escape(in_place_of)}</b>.")
    blocks.append("<i>Al firmar, estas cifras quedan como están. Después solo Planeación puede reabrir.</i>")
    return "\n\n".join(blocks)


def fits(presentation: str) -> bool:
    """Whether it is shown whole."""
    return len(presentation) <= WORDS


def blocked(unit: UnitView, quarter: Quarter, total: int, holes: Sequence[tuple[int, Duty]]) -> str:
    """What must be mended or explained first: of `total` things those given, each with its place."""
    numbers = {line.id: line.number for line in unit.lines}
    said = [f"{place}. {_hole(each, numbers)}" for place, each in holes]
    what = "esto" if len(holes) == total else f"esto ({formats.number(total)} cosas)"
    return (
        f"{_head('Todavía no se puede firmar', unit, quarter)}\n\n"
        f"Antes hay que atender o explicar {what}:\n" + "\n".join(said)
    )


def signed(signature: Signature, unit: UnitView, zone: ZoneInfo, in_place_of: str | None) -> str:
    quarter = Quarter(signature.year, signature.quarter)
    place = f", en lugar de {escape(in_place_of)}" if in_place_of else ""
    return (
        f"✅ <b>Firmado</b> · {escape(unit.name)}\n{formats.quarter(quarter)}\n\n"
        f"{moment(signature.signed_at, zone)}{place}. El trimestre queda cerrado para su unidad y así se "
        f"mostrará en /avance y en el informe.\n\nHuella: <code>{signature.sha256}</code>"
    )


def moment(at: datetime, zone: ZoneInfo) -> str:
    """«8 de abril, 10:32»."""
    local = at.astimezone(zone)
    return f"{days.day(local.date())}, {local:%H:%M}"


def unit_button(unit: UnitView) -> str:
    return unit.name


def _head(title: str, unit: UnitView, quarter: Quarter) -> str:
    return (
        f"✍️ <b>{title}</b> · {escape(unit.name)}\n{formats.quarter(quarter)}, al {days.day(quarter.last_day)}"
    )


def _line(line: LineStatus) -> str:
    """«1 Documentos… 64 % 🟢: 9 de 16 actas · 9 de 12 acuerdos»."""
    amounts = " · ".join(
        f"{amount(each.counted, each.target)} de {escape(counted(each.amount, each.target))}"
        for each in line.targets
    )
    title = f"<b>{line.line.number}</b> {escape(excerpt(line.line.title, TITLE))}"
    if not line.counting:
        return f"{title}\n{amounts}"
    return f"{title}\n{formats.shown(line.exact)} {SIGNS[line.signal]} {amounts}"


def _held(content: dict[str, Any]) -> str:
    """«14 actividades, 30 evidencias, la presentación, 2 observaciones y 1 línea sin movimiento»."""
    activities = [each for line in content["lines"] for each in line["activities"]]
    files = [file for each in activities for file in each["evidence"]]
    observations = sum(line["observation"] is not None for line in content["lines"])
    still = sum(line["standstill"] is not None for line in content["lines"])
    unfetched = sum(file["sha256"] is None and file["kind"] != "location" for file in files)
    evidence = _number(len(files), "evidencia", "evidencias")
    said = [_number(len(activities), "actividad", "actividades")]
    if files:
        said.append(f"{evidence} ({unfetched} sin descargar)" if unfetched else evidence)
    if content["presentation"]:
        said.append("la presentación")
    if observations:
        said.append(_number(observations, "observación", "observaciones"))
    if still:
        said.append(_number(still, "línea sin movimiento", "líneas sin movimiento"))
    return formats.joined(said)


def _left_out(stood: UnitStatus, content: dict[str, Any]) -> str:
    """«3 acuerdos por publicar (línea 1) y 1 actividad retirada»."""
    said = [
        f"{escape(counted(each.pending, each.target))} por {awaited(each.target.counts_when)} "
        f"(línea {line.line.number})"
        for line in stood.lines
        for each in line.targets
        if each.pending
    ]
    reasons = Counter(
        reason
        for line in content["lines"]
        for reason, _ in {(each["reason"], each["activity"]) for each in line["origins"]}
    )
    if withdrawn := reasons["withdrawn"]:
        said.append(_number(withdrawn, "actividad retirada", "actividades retiradas"))
    return formats.joined(said) if said else ""


def _hole(duty: Duty, numbers: dict[int, int]) -> str:
    if duty.kind is DutyKind.RETURNED:
        return f"Actividad devuelta, por corregir: /actividad_{duty.activity_id}"
    said = _HOLES[duty.kind]
    return f"<b>Línea {numbers[duty.line_id]}</b>: {said}" if duty.line_id in numbers else said


def _number(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{formats.number(count)} {many}"
