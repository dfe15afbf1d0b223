"""Inviting people, the list of people, and one person's card."""

from dataclasses import dataclass
from datetime import date, datetime

from handlers.texts.escaping import escape
from handlers.texts.people.roles import ROLES, pair
from models.clean_text import clean_name
from models.people.roster import Pair, RosterEntry
from models.tables.people import Role
from spanish.writing import days

MENU_PEOPLE = "Ver a las personas; suspender o cambiar de unidad"
MENU_INVITE = "Invitar a una persona"
OPERATOR = "quien administra el asistente"


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation as it is listed; moments in local time."""

    number: int
    role: Role
    unit: str | None
    name: str | None
    made_by: str | None
    made_on: date
    expires_at: datetime


ASK_ROLE = "👤 <b>Nueva invitación</b>\n\n¿Qué función tendrá la persona?"
UNKNOWN_ROLE = "👤 No reconocí esa función. ¿Cuál tendrá la persona?"
UNIT_NOT_FOUND = "No encontré esa unidad. "
CANCEL = "✖️ Cancelar"
INVITATION_CANCELLED = "Invitación cancelada: no se creó ningún código."

BACK_TO_LIST = "« Personas"
BACK_TO_PERSON = "« Regresar"
PREVIOUS = "‹ Anteriores"
NEXT = "Siguientes ›"
SUSPEND = "⛔ Suspender"
REACTIVATE = "▶️ Reactivar"
CHANGE_ROLE = "🔁 Cambiar función"
CHANGE_UNIT = "🏢 Cambiar unidad"
REMOVE = "➖ Quitar"
YES_SUSPEND = "✅ Sí, suspender"
YES_REACTIVATE = "✅ Sí, reactivar"
YES_REMOVE = "✅ Sí, quitar"
TAKE_PIN = "🔒 Quitar su PIN"
YES_TAKE_PIN = "✅ Sí, quitar el PIN"
OPEN_INVITATIONS = "📨 Invitaciones abiertas"
REVOKE = "✖️ Anular"
NO_OPEN_INVITATIONS = "📨 No hay invitaciones abiertas. Con /invitar crea una."

# Heard by the person concerned.
REACTIVATED = "👋 Su acceso está activo de nuevo. Con /ayuda le muestro lo que puedo hacer por usted."


def ask_unit(role: Role) -> str:
    return f"👤 <b>Nueva invitación</b> · {ROLES[role]}\n\n¿De qué unidad?"


def invited(role: Role, unit_name: str | None) -> str:
    """Put where the buttons were, once the invitation is made."""
    return f"✅ Invitación creada: <b>{pair(role, unit_name)}</b>. Va en el mensaje siguiente."


def invitation(
    role: Role, unit_name: str | None, name: str | None, link: str, code: str, expires_at: datetime
) -> str:
    """The caption under the QR picture, fit to be forwarded; `expires_at` in local time."""
    whom = f" para <b>{escape(name)}</b>" if name else ""
    return (
        f"🔑 <b>Invitación{whom}</b>\n{pair(role, unit_name)}\n\n"
        f"Abra este enlace y toque «Iniciar»:\n{escape(link)}\n\n"
        f"O escriba en el chat: <code>/start {code}</code>\n\n"
        f"Sirve una sola vez y vence el {days.day(expires_at.date())} a las {expires_at:%H:%M}."
    )


def people_list(shown: list[RosterEntry], first: int, total: int) -> str:
    """One page; `first` is the number of the first one shown, from 1."""
    head = f"👥 <b>Personas</b> · {first}–{first + len(shown) - 1} de {total}"
    lines = [f"{number}. {_line(each)}" for number, each in enumerate(shown, first)]
    return "\n".join([head, "", *lines])


def list_button(number: int, each: RosterEntry) -> str:
    name = each.name if len(each.name) <= 24 else each.name[:23] + "…"
    return f"{number} · {name}"


def card(each: RosterEntry, joined_on: str) -> str:
    """One person."""
    pairs = [f"• {pair_name(held)}" for held in each.pairs] or ["• Sin función ni unidad: no puede entrar"]
    marks = []
    if each.suspended_at:
        marks.append("⛔ Acceso suspendido: el asistente no le responde.")
    if each.unreachable_at:
        marks.append("📵 No le llegan los mensajes: bloqueó al asistente o cerró su cuenta.")
    return "\n".join([f"👤 <b>{escape(each.name)}</b>", f"Desde el {joined_on}", "", *pairs, *marks])


def edit_button(held: Pair) -> str:
    """Plain text: a button shows no HTML."""
    return f"✏️ {ROLES[held.role]}" + (f" · {held.unit.name}" if held.unit else "")


def pair_name(held: Pair) -> str:
    """HTML."""
    return pair(held.role, held.unit.name if held.unit else None)


def ask_suspend(each: RosterEntry) -> str:
    return (
        f"¿Suspender a <b>{escape(each.name)}</b>?\n\n"
        "Deja de tener acceso de inmediato, también con los botones que tenga abiertos. "
        "Lo que registró se conserva."
    )


def ask_reactivate(each: RosterEntry) -> str:
    return f"¿Reactivar a <b>{escape(each.name)}</b>? Recupera su acceso con las mismas funciones."


def ask_take_pin(each: RosterEntry) -> str:
    return (
        f"¿Quitar el PIN de <b>{escape(each.name)}</b>?\n\nCompruebe antes, en persona o por "
        "teléfono, que es "
        "quien lo pide. La próxima vez que haga falta pondrá otro."
    )


def open_invitations(shown: list[OpenInvitation], first: int, total: int) -> str:
    """One page; `first` is the number of the first one shown, from 1."""
    lines = [f"{number}. {open_invitation(each)}" for number, each in enumerate(shown, first)]
    head = f"📨 <b>Invitaciones abiertas</b> · {first}–{first + len(shown) - 1} de {total}"
    return "\n".join([head, "", *lines])


def open_invitation(each: OpenInvitation) -> str:
    whom = f" para <b>{escape(each.name)}</b>" if each.name else ""
    return (
        f"n.º {each.number}{whom}: {pair(each.role, each.unit)}; la hizo {escape(each.made_by or OPERATOR)}, "
        f"vence el {days.day(each.expires_at.date())} a las {each.expires_at:%H:%M}"
    )


def revoke_button(number: int, each: OpenInvitation) -> str:
    return f"{REVOKE} {number}"


def revoked(each: OpenInvitation) -> str:
    """HTML, above what is left of the list."""
    return f"✖️ Se anuló la invitación n.º {each.number}: su código ya no sirve."


def came_in(name: str, telegram_name: str, role: Role, unit: str | None, each: OpenInvitation) -> str:
    """To planning: who came in by which invitation."""
    known = clean_name(telegram_name)
    called = f", «{escape(known)}»" if known else ", sin nombre que se vea"
    called = f" (en Telegram{called})" if telegram_name != name else ""
    return (
        f"📨 Entró <b>{escape(name)}</b>{called}: {pair(role, unit)}. Usó la invitación n.º "
        f"{each.number}, que "
        f"hizo {escape(each.made_by or OPERATOR)} el {days.day(each.made_on)}. Si no es quien esperaba, "
        "suspenda su acceso en /personas"
    )


def many_guesses(until: datetime) -> str:
    """To planning; `until` in local time."""
    return (
        "⚠️ Varias cuentas están probando códigos de invitación al azar. Hasta las "
        f"{until:%H:%M} no recibo ninguno de quien todavía no está dado de alta; después, los que "
        "usted entregó "
        "vuelven a servir."
    )


def pair_card(each: RosterEntry, held: Pair) -> str:
    return f"👤 <b>{escape(each.name)}</b>\n{pair_name(held)}\n\n¿Qué desea cambiar?"


def ask_remove(each: RosterEntry, held: Pair) -> str:
    return f"¿Quitar a <b>{escape(each.name)}</b> esto?\n\n{pair_name(held)}"


def ask_new_role(each: RosterEntry, held: Pair) -> str:
    return f"👤 <b>{escape(each.name)}</b>\nHoy: {pair_name(held)}\n\n¿Qué función tendrá?"


def ask_new_unit(each: RosterEntry, held: Pair, role: Role) -> str:
    return (
        f"👤 <b>{escape(each.name)}</b>\nHoy: {pair_name(held)}\n\n¿De qué unidad será {ROLES[role].lower()}?"
    )


def your_access(pairs: list[str]) -> str:
    """Heard by the person whose pairs changed; `pairs` are HTML."""
    return f"ℹ️ Planeación actualizó su acceso. Ahora es: <b>{'; '.join(pairs)}</b>."


def _line(each: RosterEntry) -> str:
    pairs = "; ".join(pair_name(held) for held in each.pairs) or "sin función"
    marks = (" ⛔" if each.suspended_at else "") + (" 📵" if each.unreachable_at else "")
    return f"<b>{escape(each.name)}</b>{marks} · {pairs}"
