"""Texts of signing a quarter."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers.texts.escaping import Html, escape, joined
from handlers.texts.progress.progress import excerpt
from handlers.texts.progress.signs import marked
from handlers.texts.quarter_end.report import to_review
from models.programme.view import UnitView
from models.progress.status import LineStatus, UnitStatus
from models.quarter import Quarter
from models.quarter_end.duties import Duty, DutyKind
from models.tables.signature import Signature
from spanish.writing import days, formats
from spanish.writing.measures import awaited, counted, reached

MENU = "Revisar y firmar el trimestre de su unidad"
ACCEPT = "✅ Firmar"
CANCELLED = "✖️ No se firmó nada. Con /firmar lo retoma."
LOOK_AGAIN = "🔄 Revisar de nuevo"
SEE = "📊 Ver el avance"
REPORT = "📄 Ver el informe"
READ_WHOLE = "📖 Leer completa"
WHICH_UNIT = "✍️ ¿De qué órgano administrativo va a firmar?"
CHANGED = "Algo cambió desde que se lo mostré. Revíselo de nuevo, por favor, antes de firmar."
REVIEWED = 2  # findings on the page
TITLE = 40  # characters of a line's title
WORDS = 240  # characters of a presentation that still leave the card on one screen
_BLOCKING = {
    DutyKind.NOTHING_REGISTERED: "nada registrado y nadie ha dicho por qué",
    DutyKind.UNEXPLAINED_DEVIATION: "se aparta del plan y falta la observación",
    DutyKind.NO_PRESENTATION: "Falta la presentación del trimestre",
}


def page(
    status: UnitStatus,
    quarter: Quarter,
    content: dict[str, Any],
    in_place_of: str | None,
    findings: Sequence[str],
) -> Html:
    """Return everything that the signature would contain, what it leaves out, and the report's findings."""
    figure = Html("Avance <b>{}</b> · planeado {} {}").format(
        formats.shown(status.exact), formats.shown(status.planned), marked(status.signal)
    )
    blocks = [
        Html("{}\n{}").format(_head("Por firmar", status.unit, quarter), figure),
        Html("\n").join(_line(each) for each in status.lines),
        Html("<b>Se firma:</b> {}.").format(_held(content)),
    ]
    if said := content["presentation"]:
        blocks.append(
            Html("📖 <b>Presentación</b>\n«{}»").format(said if fits(said) else excerpt(said, WORDS))
        )
    if left_out := _left_out(status, content):
        blocks.append(Html("<b>Queda fuera:</b> {}.").format(left_out))
    if bare := sum(not each["evidence"] for line in content["lines"] for each in line["activities"]):
        blocks.append(
            Html("⚠️ {} sin evidencia; no impide firmar.").format(_number(bare, "actividad", "actividades"))
        )
    if findings:
        head = Html("🔎 <b>En el informe conviene revisar</b> ({}):").format(len(findings))
        blocks.append(to_review(head, findings, REVIEWED))
    if in_place_of:
        blocks.append(Html("Firmará en lugar de <b>{}</b>.").format(in_place_of))
    blocks.append(
        Html("<i>Al firmar, estas cifras quedan como están. Después solo Planeación puede reabrir.</i>")
    )
    return Html("\n\n").join(blocks)


def nothing_to_sign(ended: Quarter | None, coming: Quarter | None) -> str:
    """Return why there is nothing to sign, and from when the next quarter can be signed.

    `ended` is the newest quarter that has ended, `coming` the first that has not.
    """
    why = "Todavía no termina ningún trimestre."
    if ended is not None:
        why = "No hay ningún trimestre por firmar: los que terminaron ya están firmados."
    if coming is None:
        return why
    return f"{why} El {formats.quarter(coming)} se firma desde el {days.weekday(coming.last_day)}."


def fits(presentation: str) -> bool:
    """Return whether the presentation is shown whole."""
    return len(presentation) <= WORDS


def blocked(unit: UnitView, quarter: Quarter, total: int, blocking: Sequence[tuple[int, Duty]]) -> Html:
    """Return the duties that block the signature, each with its number; `total` is how many there are."""
    numbers = {line.id: line.number for line in unit.lines}
    said = [Html("{}. {}").format(place, _blocking(each, numbers)) for place, each in blocking]
    what = "esto" if len(blocking) == total else Html("esto ({} cosas)").format(formats.number(total))
    return Html("{}\n\nAntes hay que atender o explicar {}:\n").format(
        _head("Todavía no se puede firmar", unit, quarter), what
    ) + Html("\n").join(said)


def signed(signature: Signature, unit: UnitView, zone: ZoneInfo, in_place_of: str | None) -> Html:
    quarter = Quarter(signature.year, signature.quarter)
    place = Html(", en lugar de {}").format(in_place_of) if in_place_of else ""
    return Html(
        "✅ <b>Firmado</b> · {}\n{}\n\n"
        "{}{}. El trimestre queda cerrado para su unidad y así se "
        "mostrará en /avance y en el informe.\n\nHuella: <code>{}</code>"
    ).format(unit.name, formats.quarter(quarter), moment(signature.signed_at, zone), place, signature.sha256)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return «8 de abril, 10:32» in local time."""
    local = at.astimezone(zone)
    return f"{days.day(local.date())}, {local:%H:%M}"


def unit_button(unit: UnitView) -> str:
    return unit.name


def _head(title: str, unit: UnitView, quarter: Quarter) -> Html:
    return Html("✍️ <b>{}</b> · {}\n{}, al {}").format(
        title, unit.name, formats.quarter(quarter), days.day(quarter.last_day)
    )


def _line(line: LineStatus) -> Html:
    """Return «1 Documentos… 64 % 🟢: 9 de 16 actas · 9 de 12 acuerdos»."""
    amounts = Html(" · ").join(
        escape(reached(each.counted, each.amount, each.target, each.combine)) for each in line.targets
    )
    title = Html("<b>{}</b> {}").format(line.line.number, excerpt(line.line.title, TITLE))
    if not line.counting:
        return Html("{}\n{}").format(title, amounts)
    return Html("{}\n{} {} {}").format(title, formats.shown(line.exact), marked(line.signal), amounts)


def _held(content: dict[str, Any]) -> str:
    """Return «14 actividades, 30 evidencias, la presentación, 2 observaciones y 1 línea sin movimiento»."""
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


def _left_out(status: UnitStatus, content: dict[str, Any]) -> Html:
    """Return «3 acuerdos por publicar (línea 1) y 1 actividad retirada»."""
    said = [
        Html("{} por {} (línea {})").format(
            counted(each.pending, each.target), awaited(each.target.counts_when), line.line.number
        )
        for line in status.lines
        for each in line.targets
        if each.pending
    ]
    reasons = Counter(
        reason
        for line in content["lines"]
        for reason, _ in {(each["reason"], each["activity"]) for each in line["origins"]}
    )
    if withdrawn := reasons["withdrawn"]:
        said.append(escape(_number(withdrawn, "actividad retirada", "actividades retiradas")))
    return joined(said) if said else Html()


def _blocking(duty: Duty, numbers: dict[int, int]) -> Html:
    if duty.kind is DutyKind.RETURNED:
        return Html("Actividad devuelta, por corregir: /actividad_{}").format(duty.activity_id)
    said = _BLOCKING[duty.kind]
    return (
        Html("<b>Línea {}</b>: {}").format(numbers[duty.line_id], said)
        if duty.line_id in numbers
        else escape(said)
    )


def _number(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{formats.number(count)} {many}"
