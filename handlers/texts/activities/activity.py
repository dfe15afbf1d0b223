"""Texts of one activity, for those who may read it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.texts.activities import evidence, fields, review
from handlers.texts.activities.activities import STEP, excerpt, number, withdrawal_reason
from handlers.texts.escaping import Html, escape
from models.activities.detail import Deed, Detail
from models.activities.fields import form_of
from models.activities.reading import EntryView
from models.programme.view import LineView, TargetView
from spanish.writing import days
from spanish.writing.measures import amount, awaited, counted

CORRECT = "✏️ Corregir"
WITHDRAW = "🗑 Retirar"
HISTORY = "🕘 Historia"
PICTURES = "🖼 En el informe"
BACK = "⬅️ A la lista"
UNSETTLE = "↩️ Quitar lo que ya contaba"
SHOWN_NARRATIVE = 900  # characters shown; the whole is stored


def counts_now(entry: EntryView, target: TargetView) -> str:
    return f"☑️ Ya cuenta: {counted(entry.pending, target)}"


def show_evidence(pieces: int) -> str:
    return f"📎 Ver evidencia ({pieces})"


def page(
    found: Detail, unit_name: str, line: LineView | None, zone: ZoneInfo, reviewer: bool = False
) -> Html:
    """Return the whole activity; `line` is None if no programme has it any more.

    A `reviewer` of directors' own activities also sees whether this one was reviewed.
    """
    activity = found.activity
    title = Html("🗂 <b>Actividad {}</b>").format(number(activity))
    where = Html("{} · Línea {}\n<b>{}</b>").format(unit_name, line.number, line.title) if line else ""
    if activity.withdrawn_at:
        title = Html("🗑 <s><b>Actividad {}</b></s>").format(number(activity))
    blocks = [
        Html("{}\n{}").format(title, where),
        Html("\n").join(_facts(found, line)),
        Html("\n").join(_deeds(found, zone, reviewer)),
    ]
    return Html("\n\n").join(blocks)


def _facts(found: Detail, line: LineView | None) -> list[Html]:
    said = fields.details(form_of(found.activity, documents=found.documents))
    if found.evidence:
        said.append(Html("<b>Evidencia:</b> {}").format(evidence.gathered(found.evidence)))
    what = Html("<b>{}:</b> {}").format(fields.QUANTITIES.label, _what(found, line))
    return [what, *said, Html("«{}»").format(excerpt(found.activity.narrative, SHOWN_NARRATIVE))]


def _what(found: Detail, line: LineView | None) -> Html:
    targets = {target.id: target for target in line.targets} if line else {}
    said = [
        _entry(entry, targets[entry.target_id], found)
        for entry in found.view.entries
        if entry.quantity and entry.target_id in targets
    ]
    return Html(" · ").join(said) or escape(STEP.lower())


def _entry(entry: EntryView, target: TargetView, found: Detail) -> Html:
    """Return «4 acuerdos (2 cuentan desde el 20 de marzo; 1 por publicar)»; if withdrawn, «4 acuerdos»."""
    if found.withdrawn:
        return escape(counted(entry.quantity, target))
    notes = []
    for each in found.settled.get(entry.id, ()):
        one = each.quantity == 10**target.decimals
        verb = "cuenta" if one else "cuentan"
        notes.append(
            Html("{} {} desde el {}").format(amount(each.quantity, target), verb, days.day(each.counts_on))
        )
    if entry.pending:
        notes.append(
            Html("<b>{} por {}</b>").format(amount(entry.pending, target), awaited(target.counts_when))
        )
    inside = Html(" ({})").format(Html("; ").join(notes)) if notes else ""
    return escape(counted(entry.quantity, target)) + inside


def _deeds(found: Detail, zone: ZoneInfo, reviewer: bool) -> list[Html]:
    activity = found.activity
    said = [Html("Registró {}").format(deed(found.registered, zone))]
    if found.returned:
        row = found.returned.row
        said.append(Html("↩️ <b>Devuelta:</b> {}").format(review.returned(row.reason, row.field)))
        said.append(
            Html("La devolvió {}; falta corregirla o retirarla.").format(deed(found.returned.deed, zone))
        )
    if found.unreviewed and reviewer:
        said.append(review.UNREVIEWED)
    if found.corrected:
        said.append(Html("Versión {} · corrigió {}").format(activity.version, deed(found.corrected, zone)))
    if found.withdrawn:
        said.append(
            Html("<b>{}</b>; ya no cuenta · {}").format(
                withdrawal_reason(activity), deed(found.withdrawn, zone)
            )
        )
    return said


def deed(done: Deed, zone: ZoneInfo) -> Html:
    """Return who and when: «Ana Juárez el 20 de marzo, 09:00»."""
    return Html("{} el {}").format(done.name or "el programa", moment(done.at, zone))


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Return day and time in local time: «20 de marzo, 09:00»."""
    local = at.astimezone(zone)
    return f"{days.day(local.date())}, {local:%H:%M}"
