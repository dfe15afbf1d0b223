"""`/ausencia`: a director is away, and who decides in their place."""

from collections.abc import Sequence
from datetime import date
from html import escape

from handlers.texts.roles import ROLES
from models.notice import StandIn
from models.people import Role
from reports.texts import days

SAVE = "✅ Guardar"
CANCELLED = "✖️ No se guardó ninguna ausencia."
EDITS = {"who": "Persona", "days": "Días", "deputy": "Quién suple"}
WHO = "🗓 <b>Ausencia</b>\n\n¿Quién estará ausente?"
ANOTHER = "➕ Otra ausencia"
BACK_AGAIN = "↩️ Terminar"


def who_button(name: str, unit: str) -> str:
    return f"{name} · {unit}"


def which_days(name: str, unit: str) -> str:
    return (
        f"🗓 <b>Ausencia</b> · {escape(name)} ({escape(unit)})\n\n"
        "¿Qué días? Toque un botón o escríbalos: «del 8 al 12 de abril»."
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


def to_deputy(name: str, unit: str, first: date, last: date) -> str:
    return (
        f"🗓 {_capital(_when(first, last))} usted suple a <b>{escape(name)}</b> en {escape(unit)}: recibe sus "
        "avisos y puede revisar y firmar en su lugar."
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


def days_button(first: date, last: date) -> str:
    return _capital(days.short(first) if first == last else f"{days.short(first)} – {days.short(last)}")


def _when(first: date, last: date) -> str:
    return f"el {days.weekday(first)}" if first == last else days.dates(first, last)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
