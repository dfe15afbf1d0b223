"""Texts of `/ausencia`: a director's absence and the deputy."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.escaping import Html
from handlers.texts.people.roles import ROLES
from models.people.appointing import LONGEST
from models.tables.notice import StandIn
from models.tables.people import Role
from spanish.writing import days

MENU = "Anotar una ausencia y quién suple"
SAVE = "✅ Guardar"
CANCELLED = "✖️ No se guardó ninguna ausencia."
EDITS = {"who": "Persona", "days": "Días", "deputy": "Quién suple"}
WHO = Html("🗓 <b>Ausencia</b>\n\n¿Quién estará ausente?")
ANOTHER = "➕ Otra ausencia"
BACK_AGAIN = "↩️ Terminar"
ACTS_SHOWN = 12  # activity numbers listed per kind
ACTS = {  # by the action in the audit trail
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


def which_days(name: str, unit: str) -> Html:
    return Html(
        "🗓 <b>Ausencia</b> · {} ({})\n\n"
        "¿Qué días? Toque un botón o escríbalos: «del 8 al 12 de abril». Son {} días cuando mucho."
    ).format(name, unit, LONGEST)


def which_deputy(name: str, unit: str) -> Html:
    return Html(
        "🗓 <b>Ausencia</b> · {} ({})\n\n"
        "¿Quién suple esos días? Recibirá los avisos y podrá revisar y firmar en su lugar."
    ).format(name, unit)


def card(name: str, unit: str, deputy: str, first: date, last: date) -> Html:
    return Html("🗓 <b>Ausencia</b>\n<b>{}:</b> {} ({})\n<b>Días:</b> {}\n<b>Suple:</b> {}").format(
        ROLES[Role.DIRECTOR], name, unit, days.span(first, last), deputy
    )


def saved(name: str, unit: str, deputy: str, first: date, last: date) -> Html:
    return Html(
        "✅ {} ({}) estará ausente {}; suple {}. Ya se le avisó. Para terminarla antes: /ausencia"
    ).format(name, unit, _when(first, last), deputy)


def to_deputy(name: str, unit: str, first: date, last: date, with_pin: bool) -> Html:
    pin = " Para firmar le pediré un PIN; póngalo desde ahora con /pin" if with_pin else ""
    return Html(
        "🗓 {} usted suple a <b>{}</b> en {}: recibe sus "
        "avisos y puede revisar y firmar en su lugar. Se le informa de lo que decida.{}"
    ).format(_capital(_when(first, last)), name, unit, pin)


def to_director(unit: str, deputy: str, first: date, last: date) -> Html:
    return Html(
        "🗓 Planeación anotó su ausencia {} en {}; suple <b>{}</b>. Si regresa antes: /ausencia"
    ).format(_when(first, last), unit, deputy)


def absences(rows: Sequence[tuple[StandIn, str, str, str]]) -> Html:
    """Return the list of absences: row, director's name, unit's name, deputy's name."""
    lines = [
        Html("• {} ({}), {}; suple {}").format(name, unit, _when(row.from_day, row.to_day), deputy)
        for row, name, unit, deputy in rows
    ]
    return Html("\n").join([Html("🗓 <b>Ausencias</b>"), *lines])


def end_button(name: str) -> str:
    return f"{BACK_AGAIN} · {name}"


def ended(name: str, unit: str) -> Html:
    return Html("↩️ Terminó la ausencia de {} en {}; vuelve a recibir sus avisos.").format(name, unit)


def deputy_ended(name: str, unit: str) -> Html:
    return Html("↩️ {} ya no está ausente: usted deja de suplir en {}. Gracias.").format(name, unit)


def ended_with_post(name: str, unit: str) -> Html:
    """Return, for the deputy, that the absence ended because a role changed."""
    return Html(
        "↩️ Terminó su suplencia de {} en {}: cambió la función de alguno "
        "de los dos. "
        "Lo que dejó abierto ya no se puede firmar."
    ).format(name, unit)


def your_deputy_ended(deputy: str, unit: str) -> Html:
    """Return the same for the director."""
    return Html(
        "↩️ {} ya no suple en {}: cambió la función de alguno de los dos. "
        "Si hace falta, se nombra a otra persona con /ausencia"
    ).format(deputy, unit)


def signed_in_place(deputy: str, unit: str, quarter: str, moment: str) -> Html:
    """Return, for the director, that the deputy signed in their place."""
    return Html(
        "✍️ <b>{} firmó en su lugar</b> el {} de {}, {}.\n\n"
        "Si no debía hacerlo, avise a Planeación: puede reabrir el trimestre y usted lo firma."
    ).format(deputy, quarter, unit, moment)


def acts_in_place(deputy: str, unit: str, acts: Sequence[tuple[str, int | None]]) -> Html:
    """Return, for the director, the deputy's other acts since the last notice, one line per kind."""
    numbers: dict[str, list[int]] = {}
    for action, activity_id in acts:
        numbers.setdefault(ACTS[action], []).extend([activity_id] if activity_id is not None else [])
    listed = Html("\n").join(Html("• {}").format(_act(name, known)) for name, known in numbers.items())
    return Html("🗓 <b>{}</b> hizo esto en su lugar en {}:\n{}").format(deputy, unit, listed)


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
