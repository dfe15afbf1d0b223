"""Texts of invitations, the list of people, and one person's card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.texts.escaping import Html
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
    """An invitation as listed; times are local."""

    number: int
    role: Role
    unit: str | None
    name: str | None
    made_by: str | None
    made_on: date
    expires_at: datetime


ASK_ROLE = Html("👤 <b>Nueva invitación</b>\n\n¿Qué función tendrá la persona?")
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

# Sent to the person concerned.
REACTIVATED = "👋 Su acceso está activo de nuevo. Con /ayuda le muestro lo que puedo hacer por usted."


def ask_unit(role: Role) -> Html:
    return Html("👤 <b>Nueva invitación</b> · {}\n\n¿De qué unidad?").format(ROLES[role])


def invited(role: Role, unit_name: str | None) -> Html:
    """Return what replaces the buttons once the invitation is made."""
    return Html("✅ Invitación creada: <b>{}</b>. Va en el mensaje siguiente.").format(pair(role, unit_name))


def invitation(
    role: Role, unit_name: str | None, name: str | None, link: str, code: str, expires_at: datetime
) -> Html:
    """Return the caption of the QR picture, fit to be forwarded; `expires_at` in local time."""
    whom = Html(" para <b>{}</b>").format(name) if name else ""
    return Html(
        "🔑 <b>Invitación{}</b>\n{}\n\n"
        "Abra este enlace y toque «Iniciar»:\n{}\n\n"
        "O escriba en el chat: <code>/start {}</code>\n\n"
        "Sirve una sola vez y vence el {} a las {:%H:%M}."
    ).format(whom, pair(role, unit_name), link, code, days.day(expires_at.date()), expires_at)


def people_list(shown: list[RosterEntry], first: int, total: int) -> Html:
    """Return one page; `first` is the number of its first person, from 1."""
    head = Html("👥 <b>Personas</b> · {}–{} de {}").format(first, first + len(shown) - 1, total)
    lines = [Html("{}. {}").format(number, _line(each)) for number, each in enumerate(shown, first)]
    return Html("\n").join([head, "", *lines])


def list_button(number: int, each: RosterEntry) -> str:
    name = each.name if len(each.name) <= 24 else each.name[:23] + "…"
    return f"{number} · {name}"


def card(each: RosterEntry, joined_on: str) -> Html:
    """Return one person's card."""
    pairs = [Html("• {}").format(pair_name(held)) for held in each.pairs] or [
        Html("• Sin función ni unidad: no puede entrar")
    ]
    marks = []
    if each.suspended_at:
        marks.append("⛔ Acceso suspendido: el asistente no le responde.")
    if each.unreachable_at:
        marks.append("📵 No le llegan los mensajes: bloqueó al asistente o cerró su cuenta.")
    return Html("\n").join(
        [Html("👤 <b>{}</b>").format(each.name), Html("Desde el {}").format(joined_on), "", *pairs, *marks]
    )


def edit_button(held: Pair) -> str:
    """Return the label of the pair's button; plain text."""
    return f"✏️ {ROLES[held.role]}" + (f" · {held.unit.name}" if held.unit else "")


def pair_name(held: Pair) -> Html:
    """Return the pair as HTML."""
    return pair(held.role, held.unit.name if held.unit else None)


def ask_suspend(each: RosterEntry) -> Html:
    return Html(
        "¿Suspender a <b>{}</b>?\n\n"
        "Deja de tener acceso de inmediato, también con los botones que tenga abiertos. "
        "Lo que registró se conserva."
    ).format(each.name)


def ask_reactivate(each: RosterEntry) -> Html:
    return Html("¿Reactivar a <b>{}</b>? Recupera su acceso con las mismas funciones.").format(each.name)


def ask_take_pin(each: RosterEntry) -> Html:
    return Html(
        "¿Quitar el PIN de <b>{}</b>?\n\nCompruebe antes, en persona o por "
        "teléfono, que es "
        "quien lo pide. La próxima vez que haga falta pondrá otro."
    ).format(each.name)


def open_invitations(shown: list[OpenInvitation], first: int, total: int) -> Html:
    """Return one page; `first` is the number of its first invitation, from 1."""
    lines = [Html("{}. {}").format(number, open_invitation(each)) for number, each in enumerate(shown, first)]
    head = Html("📨 <b>Invitaciones abiertas</b> · {}–{} de {}").format(first, first + len(shown) - 1, total)
    return Html("\n").join([head, "", *lines])


def open_invitation(each: OpenInvitation) -> Html:
    whom = Html(" para <b>{}</b>").format(each.name) if each.name else ""
    return Html("n.º {}{}: {}; la hizo {}, vence el {} a las {:%H:%M}").format(
        each.number,
        whom,
        pair(each.role, each.unit),
        each.made_by or OPERATOR,
        days.day(each.expires_at.date()),
        each.expires_at,
    )


def revoke_button(number: int, each: OpenInvitation) -> str:
    return f"{REVOKE} {number}"


def revoked(each: OpenInvitation) -> str:
    """Return that the invitation was revoked, as HTML above the rest of the list."""
    return f"✖️ Se anuló la invitación n.º {each.number}: su código ya no sirve."


def came_in(name: str, telegram_name: str, role: Role, unit: str | None, each: OpenInvitation) -> Html:
    """Return, for planning, who joined by which invitation."""
    known = clean_name(telegram_name)
    called = Html(", «{}»").format(known) if known else ", sin nombre que se vea"
    called = Html(" (en Telegram{})").format(called) if telegram_name != name else ""
    return Html(
        "📨 Entró <b>{}</b>{}: {}. Usó la invitación n.º "
        "{}, que "
        "hizo {} el {}. Si no es quien esperaba, "
        "suspenda su acceso en /personas"
    ).format(name, called, pair(role, unit), each.number, each.made_by or OPERATOR, days.day(each.made_on))


def many_guesses(until: datetime) -> str:
    """Return, for planning, that codes are refused; `until` in local time."""
    return (
        "⚠️ Varias cuentas están probando códigos de invitación al azar. Hasta las "
        f"{until:%H:%M} no recibo ninguno de quien todavía no está dado de alta; después, los que "
        "usted entregó "
        "vuelven a servir."
    )


def pair_card(each: RosterEntry, held: Pair) -> Html:
    return Html("👤 <b>{}</b>\n{}\n\n¿Qué desea cambiar?").format(each.name, pair_name(held))


def ask_remove(each: RosterEntry, held: Pair) -> Html:
    return Html("¿Quitar a <b>{}</b> esto?\n\n{}").format(each.name, pair_name(held))


def ask_new_role(each: RosterEntry, held: Pair) -> Html:
    return Html("👤 <b>{}</b>\nHoy: {}\n\n¿Qué función tendrá?").format(each.name, pair_name(held))


def ask_new_unit(each: RosterEntry, held: Pair, role: Role) -> Html:
    return Html("👤 <b>{}</b>\nHoy: {}\n\n¿De qué unidad será {}?").format(
        each.name, pair_name(held), ROLES[role].lower()
    )


def your_access(pairs: Sequence[Html]) -> Html:
    """Return, for a person whose pairs changed, what they are now; `pairs` are HTML."""
    return Html("ℹ️ Planeación actualizó su acceso. Ahora es: <b>{}</b>.").format(Html("; ").join(pairs))


def _line(each: RosterEntry) -> Html:
    pairs = Html("; ").join(pair_name(held) for held in each.pairs) or "sin función"
    marks = (" ⛔" if each.suspended_at else "") + (" 📵" if each.unreachable_at else "")
    return Html("<b>{}</b>{} · {}").format(each.name, marks, pairs)
