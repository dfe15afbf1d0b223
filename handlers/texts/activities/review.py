"""Texts of returning an activity: to the reviewer, and to the author and others concerned."""

from collections.abc import Sequence

from handlers.texts.activities import facts, fields
from handlers.texts.activities.activities import excerpt
from handlers.texts.escaping import Html
from models.programme.view import Programmes
from models.storage.forms import ActivityForm
from spanish.writing.nouns import of

RETURN = "↩️ Devolver"
TAKE_BACK = "↩️ Retirar la devolución"
LET_STAND = "👌 Dar por revisada"
UNREVIEWED = Html("👁 <b>Sin revisión</b>: la registró la persona titular de su unidad.")
SEND_BACK = "✅ Devolver"
CANCELLED = "✖️ No se devolvió: la actividad queda como estaba."
TAKEN_BACK = "La devolución quedó retirada."
LET_STOOD = "Quedó como revisada."
SEE = "🗂 Ver la actividad"
FIELD, REASON = "Dato", "Motivo"
OTHER = "other"
FIELDS = {
    name: {**fields.BUTTONS, "evidence": "Evidencia"}[name]
    for name in ("quantity", "days", "people", "evidence", "narrative")
}  # by the step that corrects it
CHOICES = {**FIELDS, OTHER: "Otro"}
REASONS = {
    "quantity": ("No coincide con la evidencia", "Falta decir qué quedó pendiente"),
    "days": ("No coincide con la evidencia", "Es de otro trimestre"),
    "people": ("No coinciden con la lista de asistencia", "Faltan mujeres y hombres"),
    "evidence": ("Falta la evidencia", "No se distingue bien", "Es de otra actividad"),
    "narrative": ("Falta detalle", "No coincide con la evidencia"),
    OTHER: ("No corresponde a esa línea", "Está duplicada", "No se realizó"),
}  # offered as buttons; others can be typed


def reason_button(field: str, reason: str) -> str:
    """Return «Cantidad: no coincide con la evidencia»; of no single field the reason alone."""
    return reason if field == OTHER else f"{CHOICES[field]}: {reason[:1].lower()}{reason[1:]}"


def why(known: Programmes, activity: ActivityForm) -> Html:
    return Html(
        "{}\n\n¿Por qué se devuelve? <b>Al tocar un motivo queda devuelta</b>; también puede escribirlo, y "
        "así lo leerá quien la registró."
    ).format(_shown(known, activity))


def which_field(known: Programmes, activity: ActivityForm) -> Html:
    return Html("{}\n\n¿Qué hay que corregir?").format(_shown(known, activity))


def card(known: Programmes, activity: ActivityForm, field: str | None, reason: str) -> Html:
    return Html("{}\n\n<b>{}:</b> {}\n<b>{}:</b> {}\n\nSigue contando mientras se corrige.").format(
        _shown(known, activity), FIELD, CHOICES[field or OTHER], REASON, reason
    )


def returned(reason: str, field: str | None) -> Html:
    """Return reason and field: «Falta la evidencia» (Evidencia)."""
    about = Html(" ({})").format(FIELDS[field]) if field in FIELDS else ""
    return Html("«{}»{}").format(reason, about)


def given_back(number: int, reason: str, field: str | None, told: list[str]) -> Html:
    incoming = (
        Html("Ya se lo avisé a {}.").format(" y a ".join(told))
        if told
        else "No hay a quién avisarle: quien la registró ya no tiene acceso. Puede corregirla usted."
    )
    return Html(
        "↩️ <b>Devuelta la n.º {}</b>: {}\n{} Cuando se corrija o se retire, le aviso. /actividad_{}"
    ).format(number, returned(reason, field), incoming, number)


def correct(field: str | None) -> str:
    """Return the label of the button that corrects the field."""
    return f"✏️ Corregir: {FIELDS[field]}" if field in FIELDS else "✏️ Corregir"


def give_notice(
    known: Programmes, activity: ActivityForm, who: str, reason: str, field: str | None, theirs: bool
) -> Html:
    """Return the notice of a return, for the author or (`theirs` is false) for a director."""
    whose = "una actividad que usted registró" if theirs else "una actividad de su unidad"
    return Html(
        "↩️ <b>{} devolvió {}</b>: {}\n\n"
        "{}\n\n"
        "Sigue contando mientras la corrige. Toque el botón, o retírela si no procede."
    ).format(
        who,
        whose,
        returned(reason, field),
        _facts(known, activity, Html("La n.º {}").format(activity.activity_id)),
    )


def return_taken_back(number: int, who: str) -> Html:
    return Html("👌 {} retiró la devolución de la n.º {}: queda como está. /actividad_{}").format(
        who, number, number
    )


def corrected(number: int, who: str, changes: Sequence[Html]) -> Html:
    """Return the notice of a correction, for the author if somebody else made it."""
    said = Html("\n").join(changes)
    return Html("✏️ <b>{} corrigió la n.º {}</b>, que usted registró:\n\n{}").format(who, number, said)


def moved_away(number: int, who: str, unit: str) -> Html:
    return Html("✏️ <b>{} corrigió la n.º {}</b>, que usted registró: ahora es {}.").format(
        who, number, of(unit)
    )


def withdrawn(number: int, who: str, reason: str) -> Html:
    return Html(
        "🗑 <b>{} retiró la n.º {}</b>, que usted registró: {}\nYa no cuenta; queda en su historia."
    ).format(who, number, reason)


def answered(number: int, who: str, reason: str, changes: Sequence[Html]) -> Html:
    """Return the notice of a correction, for whoever returned the activity."""
    said = Html("\n").join(changes)
    return Html("✅ <b>{} corrigió la n.º {}</b>, que usted devolvió por «{}»:\n\n{}").format(
        who, number, excerpt(reason), said
    )


def answered_by_evidence(number: int, who: str, reason: str) -> Html:
    return Html("✅ <b>{} agregó evidencia a la n.º {}</b>, que usted devolvió por «{}».").format(
        who, number, excerpt(reason)
    )


def answered_by_withdrawal(number: int, who: str, reason: str) -> Html:
    return Html("🗑 <b>{} retiró la n.º {}</b>, que usted devolvió por «{}». Ya no cuenta.").format(
        who, number, excerpt(reason)
    )


def _shown(known: Programmes, activity: ActivityForm) -> Html:
    return _facts(known, activity, Html("↩️ <b>Devolver la n.º {}</b>").format(activity.activity_id))


def _facts(known: Programmes, activity: ActivityForm, title: str) -> Html:
    return Html("\n").join([title, *facts.lines(known, activity)])
