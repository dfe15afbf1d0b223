"""Texts of capturing an activity: questions, card and confirmation."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from handlers.texts.activities import evidence as evidence_texts
from handlers.texts.activities import fields, notes
from handlers.texts.escaping import Html, escape
from models.combine import Combine
from models.evidence.attachment import Gathered
from models.programme.view import LineView, TargetView, UnitView
from models.progress.tally import Tally
from models.storage.forms import ActivityForm
from spanish.reading.activity import Understood
from spanish.writing import days
from spanish.writing.measures import amount, awaited, counted
from spanish.writing.nouns import lower

MENU = "Registrar paso a paso, o con lo que se hizo: /registrar …"
REGISTER = "✅ Registrar"
CANCEL = "✖️ Cancelar"
BACK = "⬅️ Atrás"
COPY = "📋 Copiar el texto de ahora"
UNDO = "↩️ Deshacer"
CORRECT = "✏️ Corregir"
ANOTHER = "🆕 Empezar otra"
REVIVE = "↩️ Recuperarla"
REVIVED = Html("↩️ Esta captura había caducado; aquí está otra vez, <b>sin registrarse</b>.")

CANCELLED = "✖️ Captura cancelada. No se registró nada; con /registrar empieza otra."
NOTHING_TO_CANCEL = "No tiene nada a medias."
NO_LONGER_YOURS = (
    "🔒 Su función cambió desde que empezó esto, así que ya no puede verlo ni terminarlo aquí. No se "
    "registró nada. Si todavía hace falta, pídalo a quien lleva ahora esa unidad."
)
STILL_OPEN = Html("📌 Tiene esta captura sin terminar: sigue <b>sin registrarse</b>.")
MOVED_ON = "Ese botón ya no está vigente. Le muestro en qué íbamos."
WHICH_UNIT = Html("📝 <b>Registrar una actividad</b>\n\n¿De qué órgano administrativo es?")
OTHER_LINE = "Otra línea…"
MADE_AGAIN = "🔄 Hacerlo otra vez de lo que se escribió"
NONE_PENDING = "Ninguno"
DAY_WORDS = ("hoy", "ayer", "antier")
WHICH_DAYS = "¿Qué día fue? También puede escribirlo: «13/03» o «del 4 al 6 de marzo»."
WHICH_FIELD = "📝 ¿Qué dato quiere cambiar?"
WHAT_WAS_DONE = "📝 Cuénteme en un mensaje qué se hizo; así aparecerá en el informe."
SHOWN_REPORT_TEXT = 400  # characters of the report's text on a card; the whole is stored
EXCERPT = 120  # characters quoted of a message

_EDITS = {**fields.BUTTONS, "evidence": "Evidencia", "more": "Más…"}
del _EDITS[fields.QUANTITIES.name]  # quantities are labelled with their measure


def copied(text: str) -> Html:
    """Return a text that is too long for a button, so that one tap copies it."""
    return Html("\n\nTóquelo para copiarlo y corregirlo:\n<code>{}</code>").format(text)


def excerpt(text: str, limit: int = EXCERPT) -> str:
    """Return the text on one line, cut to `limit` characters with «…»."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def about(content: ActivityForm, evidence: Gathered) -> Html:
    """Return the text and files that a question is about; empty if there are none yet."""
    lines = [Html("<i>«{}»</i>").format(excerpt(content.narrative))] if content.narrative else []
    if evidence:
        lines.append(Html("📎 {}").format(evidence_texts.gathered(evidence)))
    return Html("\n").join(lines) + "\n\n" if lines else Html()


def expired(narrative: str, evidence: Gathered) -> Html:
    """Return that one draft expired after 14 days; a button brings it back."""
    which = Html(" «{}»").format(excerpt(narrative)) if narrative else ""
    files = Html(" (📎 {})").format(evidence_texts.gathered(evidence)) if evidence else ""
    return Html(
        "⌛ Su captura{}{} caducó: pasó 14 días abierta, sin registrarse. "
        "Si todavía hace falta, recupérela: vuelve con todo lo que tenía."
    ).format(which, files)


def several_expired(number: int) -> str:
    """Return that several drafts expired after 14 days."""
    return (
        f"⌛ Caducaron {number} capturas que tenía a medias: pasaron 14 días abiertas y no se registraron. "
        "Si todavía hacen falta, tóquelas: vuelven con todo lo que tenían."
    )


def report_text(now: str) -> Html:
    """Return the question for the text that the report prints."""
    return Html(
        "📄 Así lo dirá el informe:\n\n«{}»\n\n"
        "Escriba cómo debe decirlo. Lo que usted envió se conserva aparte."
    ).format(now)


def header(unit: UnitView, line: LineView) -> Html:
    return Html("📝 {} · Línea {}\n<b>{}</b>\n\n").format(unit.name, line.number, line.title)


def which_line(unit: UnitView) -> Html:
    return Html("📝 {}\n\n¿A qué línea de acción corresponde?").format(unit.name)


def how_many(unit: UnitView, line: LineView, target: TargetView) -> Html:
    measure = escape(lower(target.measure))
    if target.terms[-1].combine.is_rate:
        return Html(
            "{}¿Qué valor se midió (<b>{}</b>)? Escriba el número; no se suma a los anteriores.\n"
            "Si fue un paso que todavía no cuenta para la meta, toque 0."
        ).format(header(unit, line), measure)
    return Html(
        "{}¿Qué cantidad de <b>{}</b>? Toque o escriba el número.\n"
        "Si fue un paso que todavía no cuenta para la meta, toque 0."
    ).format(header(unit, line), measure)


def how_many_pending(unit: UnitView, line: LineView, target: TargetView, quantity: int) -> Html:
    return Html(
        "{}Para la meta cuenta lo que ya está «{}». De {}, ¿qué cantidad sigue <b>pendiente</b>?"
    ).format(header(unit, line), target.counts_when or "", counted(quantity, target))


def all_pending(quantity: int, target: TargetView) -> str:
    return f"Todo ({amount(quantity, target)})"


def plain(quantity: int, target: TargetView) -> str:
    """Return the quantity as a person would type it, without thousands separators."""
    return amount(quantity, target).replace(",", "")


def which_days(unit: UnitView, line: LineView) -> Html:
    return Html("{}{}").format(header(unit, line), WHICH_DAYS)


def day_button(word: str, today: date) -> str:
    day = today - timedelta(days=DAY_WORDS.index(word))
    return f"{word.capitalize()} · {days.short(day)}"


def what_was_done(unit: UnitView, line: LineView) -> Html:
    return Html("{}Cuénteme en un mensaje qué se hizo; así aparecerá en el informe.").format(
        header(unit, line)
    )


def optional(unit: UnitView, line: LineView, field: fields.OptionalField) -> Html:
    return Html("{}{}").format(header(unit, line), field.question)


def edit_button(step: str, targets: dict[int, TargetView]) -> str:
    """Return the label of the card's button for that step."""
    name, _, target_id = step.partition(".")
    if name in _EDITS:
        return _EDITS[name]
    measure = targets[int(target_id)].measure
    return f"{measure}: pendientes" if name == "pending" else measure


def take_off(piece: str) -> str:
    return f"🗑 {piece}"


def which_evidence(unit: UnitView, line: LineView, evidence: Gathered) -> Html:
    """Return the list of the draft's evidence, and how to send more."""
    there = evidence_texts.gathered(evidence) or "todavía ninguna"
    return Html(
        "{}<b>Evidencia:</b> {}\n\nEnvíe fotos, documentos, notas de voz, videos o "
        "ubicaciones y se agregan aquí. Toque una para quitarla."
    ).format(header(unit, line), there)


def card(
    unit: UnitView,
    line: LineView,
    content: ActivityForm,
    so_far: Tally | None,
    rates: Mapping[int, int],
    evidence: Gathered,
    alike: notes.Alike,
    read: Understood | None = None,
    left_out: Sequence[Html] = (),
) -> Html:
    """Return the filled card. The words of the narrative in `read` are underlined.

    `rates` are the figures that targets which do not add up would have with it.
    `left_out` says which numbers of the text the quantities do not include.
    """
    return Html("\n").join(
        [
            Html("📝 <b>Por registrar</b>"),
            Html("{} · Línea {}").format(unit.name, line.number),
            Html("<b>{}</b>").format(line.title),
            "",
            Html("<b>Qué:</b> {}").format(_what(line, content, so_far, rates)),
            *_facts(content, evidence, read),
            *left_out,
            *notes.unbalanced(content, read),
            *notes.alike(alike),
        ]
    )


def registered_facts(line: LineView, content: ActivityForm, evidence: Gathered) -> list[Html]:
    """Return what was registered, a field per line."""
    return [Html("<b>Qué:</b> {}").format(_what(line, content, None)), *_facts(content, evidence)]


def withdrawn(number: int) -> str:
    """Return what replaces the confirmation of an activity that was withdrawn."""
    return f"🗑 La actividad n.º {number} fue retirada y no cuenta. /actividad_{number}"


def undone(number: int) -> str:
    """Return what stands above the card of an activity that was undone."""
    return f"↩️ La actividad n.º {number} quedó deshecha y no cuenta. Aquí está otra vez su tarjeta."


def _what(
    line: LineView, content: ActivityForm, so_far: Tally | None, rates: Mapping[int, int] | None = None
) -> Html:
    """Return «1 acta (llevan 8 de 16) · 4 acuerdos, 4 pendientes», or that it is a step."""
    said = []
    for target in line.targets:
        claim = content.claim(target.id)
        if claim is None or not claim.quantity:
            continue
        text = escape(counted(claim.quantity, target))
        if so_far is not None:
            figure = so_far.counted.get(target.id, 0)
            text += Html(" ({})").format(
                _progress_after(target, content.ends_on or date.max, figure, (rates or {}).get(target.id))
            )
        if claim.pending:
            text += Html(", <b>{} por {}</b>").format(
                amount(claim.pending, target), awaited(target.counts_when)
            )
        said.append(text)
    return Html(" · ").join(said) or Html("un paso que todavía no cuenta para la meta")


def _progress_after(target: TargetView, on: date, so_far: int, becomes: int | None) -> str:
    """«llevan 8 de 16»; of a rate «queda en 86.25 %, el promedio; la meta es 90 %»."""
    terms = target.in_force(on)
    if becomes is None or not terms.combine.is_rate:
        return f"llevan {amount(so_far, target)} de {amount(terms.amount, target)}"
    which = "el promedio" if terms.combine is Combine.AVERAGE else "el último valor"
    return f"queda en {counted(becomes, target)}, {which}; la meta es {counted(terms.amount, target)}"


def _facts(content: ActivityForm, evidence: Gathered, read: Understood | None = None) -> list[Html]:
    lines = fields.details(content)
    if evidence:
        lines.append(Html("<b>Evidencia:</b> {}").format(evidence_texts.gathered(evidence)))
    said = fields.REPORT_TEXT.show(content, None) and excerpt(content.report_text or "", SHOWN_REPORT_TEXT)
    reworded = [Html("<b>{}:</b> {}").format(fields.REPORT_TEXT.label, said)] if said else []
    return [*lines, Html("«{}»").format(notes.quoted(content.narrative or "", read)), *reworded]
