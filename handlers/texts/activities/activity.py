"""One activity as it is shown to those who may read it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.texts.activities import evidence, fields, review
from handlers.texts.activities.activities import STEP, excerpt, number, withdrawal_reason
from handlers.texts.escaping import escape
from models.activities.detail import Deed, Detail
from models.activities.fields import form_of
from models.activities.reading import EntryView
from models.programme.view import LineView, TargetView
from spanish.writing import days
from spanish.writing.measures import amount, awaited, counted

CORRECT = "✏️ Corregir"
WITHDRAW = "🗑 Retirar"
HISTORY = "🕘 Historia"
BACK = "⬅️ A la lista"
UNSETTLE = "↩️ Quitar lo que ya contaba"
SHOWN_NARRATIVE = 900  # characters; the whole of it is kept


def counts_now(entry: EntryView, target: TargetView) -> str:
    return f"☑️ Ya cuenta: {counted(entry.pending, target)}"


def show_evidence(pieces: int) -> str:
    return f"📎 Ver evidencia ({pieces})"


def page(found: Detail, unit_name: str, line: LineView | None, zone: ZoneInfo, reviewer: bool = False) -> str:
    """The whole activity on one screen; `line` is empty where no programme has it any more.

    To a `reviewer` of directors' own entries it says so where this one was not reviewed.
    """
    activity = found.activity
    title = f"🗂 <b>Actividad {number(activity)}</b>"
    where = f"{escape(unit_name)} · Línea {line.number}\n<b>{escape(line.title)}</b>" if line else ""
    if activity.withdrawn_at:
        title = f"🗑 <s><b>Actividad {number(activity)}</b></s>"
    blocks = [f"{title}\n{where}", "\n".join(_facts(found, line)), "\n".join(_deeds(found, zone, reviewer))]
    return "\n\n".join(blocks)


def _facts(found: Detail, line: LineView | None) -> list[str]:
    said = fields.details(form_of(found.activity, documents=found.documents))
    if found.evidence:
        said.append(f"<b>Evidencia:</b> {evidence.gathered(found.evidence)}")
    narrative = escape(excerpt(found.activity.narrative, SHOWN_NARRATIVE))
    return [f"<b>{fields.QUANTITIES.label}:</b> {_what(found, line)}", *said, f"«{narrative}»"]


def _what(found: Detail, line: LineView | None) -> str:
    targets = {target.id: target for target in line.targets} if line else {}
    said = [
        _entry(entry, targets[entry.target_id], found)
        for entry in found.view.entries
        if entry.quantity and entry.target_id in targets
    ]
    return " · ".join(said) or STEP.lower()


def _entry(entry: EntryView, target: TargetView, found: Detail) -> str:
    """«4 acuerdos (2 cuentan desde el 20 de marzo; 1 por publicar)»; of what is withdrawn nothing counts."""
    if found.withdrawn:
        return escape(counted(entry.quantity, target))
    notes = []
    for each in found.settled.get(entry.id, ()):
        one = each.quantity == 10**target.decimals
        verb = "cuenta" if one else "cuentan"
        notes.append(f"{amount(each.quantity, target)} {verb} desde el {days.day(each.counts_on)}")
    if entry.pending:
        notes.append(f"<b>{amount(entry.pending, target)} por {awaited(target.counts_when)}</b>")
    inside = f" ({'; '.join(notes)})" if notes else ""
    return escape(counted(entry.quantity, target)) + inside


def _deeds(found: Detail, zone: ZoneInfo, reviewer: bool) -> list[str]:
    activity = found.activity
    said = [f"Registró {deed(found.registered, zone)}"]
    if found.returned:
        row = found.returned.row
        said.append(f"↩️ <b>Devuelta:</b> {review.returned(row.reason, row.field)}")
        said.append(f"La devolvió {deed(found.returned.deed, zone)}; falta corregirla o retirarla.")
    if found.unreviewed and reviewer:
        said.append(review.UNREVIEWED)
    if found.corrected:
        said.append(f"Versión {activity.version} · corrigió {deed(found.corrected, zone)}")
    if found.withdrawn:
        said.append(f"<b>{withdrawal_reason(activity)}</b>; ya no cuenta · {deed(found.withdrawn, zone)}")
    return said


def deed(done: Deed, zone: ZoneInfo) -> str:
    """«Ana Juárez el 20 de marzo, 09:00»."""
    return f"{escape(done.name or 'el programa')} el {moment(done.at, zone)}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """«20 de marzo, 09:00», in local time."""
    local = at.astimezone(zone)
    return f"{days.day(local.date())}, {local:%H:%M}"
