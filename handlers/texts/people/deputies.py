"""`/ausencia`: a director is away, and who decides in their place."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.escaping import escape
from handlers.texts.people.roles import ROLES
from models.people.appointing import LONGEST
from models.tables.notice import StandIn
from models.tables.people import Role
from spanish.writing import days

MENU = "Anotar una ausencia y quién suple"
SAVE = "✅ Guardar"
CANCELLED = "✖️ No se guardó ninguna ausencia."
EDITS = {"who": "Persona", "days": "Días", "deputy": "Quién suple"}
WHO = "🗓 <b>Ausencia</b>\n\n¿Quién estará ausente?"
ANOTHER = "➕ Otra ausencia"
BACK_AGAIN = "↩️ Terminar"
ACTS_SHOWN = 12  # numbers of activities of each kind
ACTS = {  # in the audit's words
    "register": "registró",
    "add evidence": "agregó evidencia",
    "settle": "anotó que ya cuenta",
    "stand still": "escribió por qué una línea no tuvo movimiento",
    "undo": "deshizo",
    "correct": "corrigió",
    "withdraw": "retiró",
    "take back": "quitó que ya cuenta",
    "return": "devolvió",
    "take back return": "retiró su devolución",
    "review": "dio por buena",
    "observe": "escribió la observación de una línea",
    "present": "escribió la presentación del trimestre",
    "attend": "dijo que atiende lo vencido",
}


def who_button(name: str, unit: str) -> str:
    return f"{name} · {unit}"


def which_days(name: str, unit: str) -> str:
    return (
        f"🗓 <b>Ausencia</b> · {escape(name)} ({escape(unit)})\n\n"
        f"¿Qué días? Toque un botón o escríbalos: «del 8 al 12 de abril». Son {LONGEST} días cuando mucho."
    )


def which_deputy(name: str, unit: str) -> str:
    return (
        f"🗓 <b>Ausencia</b> · {escape(name)} ({escape(unit)})\n\n"
        "¿Quién suple esos días? Recibirá los avisos y podrá revisar y firmar en su lugar."
    )


def card(name: str, unit: str, deputy: str, first: date, last: date) -> str:
    return (
        f"🗓 <b>Ausencia</b>\n<b>{ROLES[Role.DIRECTOR]}:</b> {escape(name)} ({escape(unit)})\n"
        f"<b>Días:</b> {days.span(first, last)}\n<b>Suple:</b> {escape(deputy)}"
    )


def saved(name: str, unit: str, deputy: str, first: date, last: date) -> str:
    return (
        f"✅ {escape(name)} ({escape(unit)}) estará ausente {_when(first, last)}; suple {escape(deputy)}. "
        "Ya se le avisó. Para terminarla antes: /ausencia"
    )


def to_deputy(name: str, unit: str, first: date, last: date, with_pin: bool) -> str:
    pin = " Para firmar le pediré un PIN; póngalo desde ahora con /pin" if with_pin else ""
    return (
        f"🗓 {_capital(_when(first, last))} usted suple a <b>{escape(name)}</b> en {escape(unit)}: recibe sus "
        f"avisos y puede revisar y firmar en su lugar. Se le informa de lo que decida.{pin}"
    )


def to_director(unit: str, deputy: str, first: date, last: date) -> str:
    return (
        f"🗓 Planeación anotó su ausencia {_when(first, last)} en {escape(unit)}; suple "
        f"<b>{escape(deputy)}</b>. Si regresa antes: /ausencia"
    )


def absences(rows: Sequence[tuple[StandIn, str, str, str]]) -> str:
    """Those in force or to come: the row, the director's name, the unit's, the deputy's."""
    lines = [
        f"• {escape(name)} ({escape(unit)}), {_when(row.from_day, row.to_day)}; suple {escape(deputy)}"
        for row, name, unit, deputy in rows
    ]
    return "\n".join(["🗓 <b>Ausencias</b>", *lines])


def end_button(name: str) -> str:
    return f"{BACK_AGAIN} · {name}"


def ended(name: str, unit: str) -> str:
    return f"↩️ Terminó la ausencia de {escape(name)} en {escape(unit)}; vuelve a recibir sus avisos."


def deputy_ended(name: str, unit: str) -> str:
    return f"↩️ {escape(name)} ya no está ausente: usted deja de suplir en {escape(unit)}. Gracias."


def ended_with_post(name: str, unit: str) -> str:
    """To the deputy."""
    return (
        f"↩️ Terminó su suplencia de {escape(name)} en {escape(unit)}: cambió la función de alguno "
        "de los dos. "
        "Lo que dejó abierto ya no se puede firmar."
    )


def your_deputy_ended(deputy: str, unit: str) -> str:
    """To the director."""
    return (
        f"↩️ {escape(deputy)} ya no suple en {escape(unit)}: cambió la función de alguno de los dos. "
        "Si hace falta, se nombra a otra persona con /ausencia"
    )


def signed_in_place(deputy: str, unit: str, quarter: str, moment: str) -> str:
    """To the director, at the moment and alone."""
    return (
        f"✍️ <b>{escape(deputy)} firmó en su lugar</b> el {quarter} de {escape(unit)}, {moment}.\n\n"
        "Si no debía hacerlo, avise a Planeación: puede reabrir el trimestre y usted lo firma."
    )


def acts_in_place(deputy: str, unit: str, acts: Sequence[tuple[str, int | None]]) -> str:
    """To the director: the smaller acts since they were told last, those of a kind on one line."""
    numbers: dict[str, list[int]] = {}
    for action, activity_id in acts:
        numbers.setdefault(ACTS[action], []).extend([activity_id] if activity_id is not None else [])
    listed = "\n".join(f"• {_act(name, known)}" for name, known in numbers.items())
    return f"🗓 <b>{escape(deputy)}</b> hizo esto en su lugar en {escape(unit)}:\n{listed}"


def _act(name: str, numbers: list[int]) -> str:
    known = list(dict.fromkeys(numbers))
    shown = ", ".join(f"/actividad_{number}" for number in known[:ACTS_SHOWN])
    more = f" y {len(known) - ACTS_SHOWN} más" if len(known) > ACTS_SHOWN else ""
    return f"{name}: {shown}{more}" if shown else name


def days_button(first: date, last: date) -> str:
    return _capital(days.short(first) if first == last else f"{days.short(first)} – {days.short(last)}")


def _when(first: date, last: date) -> str:
    return f"el {days.weekday(first)}" if first == last else days.dates(first, last)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
