"""What is said while an activity is given back, and to whom it concerns."""

from handlers.texts.activities import facts, fields
from handlers.texts.activities.activities import excerpt
from handlers.texts.escaping import escape
from models.programme.view import Programmes
from models.storage.forms import ActivityForm

RETURN = "↩️ Devolver"
TAKE_BACK = "↩️ Retirar la devolución"
LET_STAND = "👌 Dar por revisada"
UNREVIEWED = "👁 <b>Sin revisión</b>: la registró la persona titular de su unidad."
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
}  # by the step of a correction that mends it
CHOICES = {**FIELDS, OTHER: "Otro"}
REASONS = {
    "quantity": ("No coincide con la evidencia", "Falta decir qué quedó pendiente"),
    "days": ("No coincide con la evidencia", "Es de otro trimestre"),
    "people": ("No coinciden con la lista de asistencia", "Faltan mujeres y hombres"),
    "evidence": ("Falta la evidencia", "No se distingue bien", "Es de otra actividad"),
    "narrative": ("Falta detalle", "No coincide con la evidencia"),
    OTHER: ("No corresponde a esa línea", "Está duplicada", "No se realizó"),
}  # buttons; other words can be typed


def which_field(known: Programmes, activity: ActivityForm) -> str:
    return f"{_shown(known, activity)}\n\n¿Qué hay que corregir? Toque el dato, o escriba el motivo."


def why(known: Programmes, activity: ActivityForm, field: str | None) -> str:
    return (
        f"{_shown(known, activity)}\n\n<b>{FIELD}:</b> {CHOICES[field or OTHER]}\n"
        "¿Por qué se devuelve? Toque un motivo o escríbalo: así lo leerá quien la registró."
    )


def card(known: Programmes, activity: ActivityForm, field: str | None, reason: str) -> str:
    return (
        f"{_shown(known, activity)}\n\n<b>{FIELD}:</b> {CHOICES[field or OTHER]}\n"
        f"<b>{REASON}:</b> {escape(reason)}\n\nSigue contando mientras se corrige."
    )


def returned(reason: str, field: str | None) -> str:
    """«Falta la evidencia» (Evidencia)."""
    about = f" ({FIELDS[field]})" if field in FIELDS else ""
    return f"«{escape(reason)}»{about}"


def given_back(number: int, reason: str, field: str | None, told: list[str]) -> str:
    incoming = (
        f"Ya se lo avisé a {escape(' y a '.join(told))}."
        if told
        else "No hay a quién avisarle: quien la registró ya no tiene acceso. Puede corregirla usted."
    )
    return (
        f"↩️ <b>Devuelta la n.º {number}</b>: {returned(reason, field)}\n{incoming} "
        f"Cuando se corrija o se retire, le aviso. /actividad_{number}"
    )


def correct(field: str | None) -> str:
    """The button straight to what is wrong."""
    return f"✏️ Corregir: {FIELDS[field]}" if field in FIELDS else "✏️ Corregir"


def give_notice(
    known: Programmes, activity: ActivityForm, who: str, reason: str, field: str | None, theirs: bool
) -> str:
    """To its author, or to the unit's director where the author cannot be told."""
    whose = "una actividad que usted registró" if theirs else "una actividad de su unidad"
    return (
        f"↩️ <b>{escape(who)} devolvió {whose}</b>: {returned(reason, field)}\n\n"
        f"{_facts(known, activity, f'La n.º {activity.activity_id}')}\n\n"
        "Sigue contando mientras la corrige. Toque el botón, o retírela si no procede."
    )


def return_taken_back(number: int, who: str) -> str:
    return f"👌 {escape(who)} retiró la devolución de la n.º {number}: queda como está. /actividad_{number}"


def corrected(number: int, who: str, changes: list[str]) -> str:
    """To its author, when somebody else corrected it."""
    said = "\n".join(changes)
    return f"✏️ <b>{escape(who)} corrigió la n.º {number}</b>, que usted registró:\n\n{said}"


def moved_away(number: int, who: str, unit: str) -> str:
    return f"✏️ <b>{escape(who)} corrigió la n.º {number}</b>, que usted registró: ahora es de {escape(unit)}."


def withdrawn(number: int, who: str, reason: str) -> str:
    return (
        f"🗑 <b>{escape(who)} retiró la n.º {number}</b>, que usted registró: {escape(reason)}\n"
        "Ya no cuenta; queda en su historia."
    )


def answered(number: int, who: str, reason: str, changes: list[str]) -> str:
    """To who returned it, when it was corrected."""
    said = "\n".join(changes)
    return (
        f"✅ <b>{escape(who)} corrigió la n.º {number}</b>, que usted devolvió por "
        f"«{escape(excerpt(reason))}»:\n\n{said}"
    )


def answered_by_evidence(number: int, who: str, reason: str) -> str:
    return (
        f"✅ <b>{escape(who)} agregó evidencia a la n.º {number}</b>, que usted devolvió por "
        f"«{escape(excerpt(reason))}»."
    )


def answered_by_withdrawal(number: int, who: str, reason: str) -> str:
    return (
        f"🗑 <b>{escape(who)} retiró la n.º {number}</b>, que usted devolvió por "
        f"«{escape(excerpt(reason))}». Ya no cuenta."
    )


def _shown(known: Programmes, activity: ActivityForm) -> str:
    return _facts(known, activity, f"↩️ <b>Devolver la n.º {activity.activity_id}</b>")


def _facts(known: Programmes, activity: ActivityForm, title: str) -> str:
    return "\n".join([title, *facts.lines(known, activity)])
