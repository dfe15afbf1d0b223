"""What is said while an activity is captured."""

from datetime import date, timedelta

from handlers.texts.activities import evidence as evidence_texts
from handlers.texts.activities import fields, notes
from handlers.texts.escaping import escape
from models.evidence.attachment import Gathered
from models.programme.view import LineView, TargetView, UnitView
from models.progress.tally import Tally
from models.storage.forms import ActivityForm
from spanish.reading.activity import Understood
from spanish.writing import days
from spanish.writing.measures import amount, awaited, counted

MENU = "Registrar paso a paso, o /registrar 2 asesorías ayer"
REGISTER = "✅ Registrar"
CANCEL = "✖️ Cancelar"
BACK = "⬅️ Atrás"
UNDO = "↩️ Deshacer"
CORRECT = "✏️ Corregir"
ANOTHER = "🆕 Empezar otra"

CANCELLED = "✖️ Captura cancelada. No se registró nada; con /registrar empieza otra."
NOTHING_TO_CANCEL = "No tiene nada a medias."
NO_LONGER_YOURS = (
    "🔒 Su función cambió desde que empezó esto, así que ya no puede verlo ni terminarlo aquí. No se "
    "registró nada. Si todavía hace falta, pídalo a quien lleva ahora esa unidad."
)
STILL_OPEN = "📌 Tiene esta captura sin terminar: sigue <b>sin registrarse</b>."
MOVED_ON = "Ese botón ya no está vigente. Le muestro en qué íbamos."
WHICH_UNIT = "📝 <b>Registrar una actividad</b>\n\n¿De qué órgano administrativo es?"
OTHER_LINE = "Otra línea…"
NONE_PENDING = "Ninguno"
DAY_WORDS = ("hoy", "ayer", "antier")
WHICH_DAYS = "¿Qué día fue? También puede escribirlo: «13/03» o «del 4 al 6 de marzo»."
WHICH_FIELD = "📝 ¿Qué dato quiere cambiar?"
WHAT_WAS_DONE = "📝 Cuénteme en un mensaje qué se hizo; así aparecerá en el informe."
EXCERPT = 120  # characters of a message by which it is recognized

_EDITS = {**fields.BUTTONS, "evidence": "Evidencia", "more": "Más…"}
del _EDITS[fields.QUANTITIES.name]  # its buttons have the measures' names


def excerpt(text: str, limit: int = EXCERPT) -> str:
    """The beginning of a text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def about(content: ActivityForm, evidence: Gathered) -> str:
    """Which message a question is about; nothing where there is none yet."""
    lines = [f"<i>«{escape(excerpt(content.narrative))}»</i>"] if content.narrative else []
    if evidence:
        lines.append(f"📎 {evidence_texts.gathered(evidence)}")
    return "\n".join(lines) + "\n\n" if lines else ""


def expired(narrative: str) -> str:
    """Nobody touched it for a fortnight."""
    which = f" «{escape(excerpt(narrative))}»" if narrative else ""
    return (
        f"⌛ Su captura{which} caducó: pasó 14 días abierta y no se registró. "
        "Si todavía hace falta, escríbamela otra vez."
    )


def several_expired(number: int) -> str:
    """The same of several at once."""
    return (
        f"⌛ Caducaron {number} capturas que tenía a medias: pasaron 14 días abiertas y no se registraron. "
        "Si alguna todavía hace falta, escríbamela otra vez."
    )


def header(unit: UnitView, line: LineView) -> str:
    return f"📝 {escape(unit.name)} · Línea {line.number}\n<b>{escape(line.title)}</b>\n\n"


def which_line(unit: UnitView) -> str:
    return f"📝 {escape(unit.name)}\n\n¿A qué línea de acción corresponde?"


def how_many(unit: UnitView, line: LineView, target: TargetView) -> str:
    measure = escape(target.measure.lower())
    return (
        f"{header(unit, line)}¿Qué cantidad de <b>{measure}</b>? Toque o escriba el número.\n"
        "Si fue un paso que todavía no cuenta para la meta, toque 0."
    )


def how_many_pending(unit: UnitView, line: LineView, target: TargetView, quantity: int) -> str:
    return (
        f"{header(unit, line)}Para la meta cuenta lo que ya está «{escape(target.counts_when or '')}». "
        f"De {escape(counted(quantity, target))}, ¿qué cantidad sigue <b>pendiente</b>?"
    )


def all_pending(quantity: int, target: TargetView) -> str:
    return f"Todo ({amount(quantity, target)})"


def plain(quantity: int, target: TargetView) -> str:
    """The amount as it would be typed: without thousands separators."""
    return amount(quantity, target).replace(",", "")


def which_days(unit: UnitView, line: LineView) -> str:
    return f"{header(unit, line)}{WHICH_DAYS}"


def day_button(word: str, today: date) -> str:
    day = today - timedelta(days=DAY_WORDS.index(word))
    return f"{word.capitalize()} · {days.short(day)}"


def what_was_done(unit: UnitView, line: LineView) -> str:
    return f"{header(unit, line)}Cuénteme en un mensaje qué se hizo; así aparecerá en el informe."


def optional(unit: UnitView, line: LineView, field: fields.OptionalField) -> str:
    return f"{header(unit, line)}{field.question}"


def edit_button(step: str, targets: dict[int, TargetView]) -> str:
    """The name of the field that a card's button changes."""
    name, _, target_id = step.partition(".")
    if name in _EDITS:
        return _EDITS[name]
    measure = targets[int(target_id)].measure
    return f"{measure}: pendientes" if name == "pending" else measure


def take_off(piece: str) -> str:
    return f"🗑 {piece}"


def which_evidence(unit: UnitView, line: LineView, evidence: Gathered) -> str:
    """What there is, and how to send more."""
    there = evidence_texts.gathered(evidence) or "todavía ninguna"
    return (
        f"{header(unit, line)}<b>Evidencia:</b> {there}\n\nEnvíe fotos, documentos, notas de voz, videos o "
        "ubicaciones y se agregan aquí. Toque una para quitarla."
    )


def card(
    unit: UnitView,
    line: LineView,
    content: ActivityForm,
    so_far: Tally | None,
    evidence: Gathered,
    alike: notes.Alike,
    read: Understood | None = None,
) -> str:
    """The filled card: what ✅ would register. What was `read` in the text is underlined in it."""
    return "\n".join(
        [
            "📝 <b>Por registrar</b>",
            f"{escape(unit.name)} · Línea {line.number}",
            f"<b>{escape(line.title)}</b>",
            "",
            f"<b>Qué:</b> {_what(line, content, so_far)}",
            *_facts(content, evidence, read),
            *notes.unbalanced(content, read),
            *notes.alike(alike),
        ]
    )


def registered(number: int, unit: UnitView, line: LineView, content: ActivityForm, evidence: Gathered) -> str:
    return "\n".join(
        [
            f"✅ <b>Registrada</b> con el n.º {number}",
            f"{escape(unit.name)} · Línea {line.number} · {escape(line.title)}",
            "",
            f"<b>Qué:</b> {_what(line, content, None)}",
            *_facts(content, evidence),
            "",
            "Puede deshacerla durante diez minutos. Para añadirle fotos, responda a este mensaje con ellas.",
            f"/actividad_{number}",
        ]
    )


def withdrawn(number: int) -> str:
    """In place of what said that it was registered."""
    return f"🗑 La actividad n.º {number} fue retirada y no cuenta. /actividad_{number}"


def undone(number: int) -> str:
    return (
        f"↩️ La actividad n.º {number} quedó deshecha y no cuenta. Con /registrar puede volver a capturarla."
    )


def _what(line: LineView, content: ActivityForm, so_far: Tally | None) -> str:
    """«1 acta (llevan 8 de 16) · 4 acuerdos, 4 pendientes», or that it is a step."""
    said = []
    for target in line.targets:
        claim = content.claim(target.id)
        if claim is None or not claim.quantity:
            continue
        text = escape(counted(claim.quantity, target))
        if so_far is not None:
            reached = amount(so_far.counted.get(target.id, 0), target)
            whole = amount(target.in_force(content.ends_on or date.max).amount, target)
            text += f" (llevan {reached} de {whole})"
        if claim.pending:
            text += f", <b>{amount(claim.pending, target)} por {awaited(target.counts_when)}</b>"
        said.append(text)
    return " · ".join(said) or "un paso que todavía no cuenta para la meta"


def _facts(content: ActivityForm, evidence: Gathered, read: Understood | None = None) -> list[str]:
    lines = fields.details(content)
    if evidence:
        lines.append(f"<b>Evidencia:</b> {evidence_texts.gathered(evidence)}")
    return [*lines, f"«{notes.quoted(content.narrative or '', read)}»"]
