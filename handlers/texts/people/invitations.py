"""Texts of invitations: asking for them, the message to forward, the list of open ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.texts.escaping import Html
from handlers.texts.people.people import NEXT, PREVIOUS
from handlers.texts.people.roles import ROLES, pair
from models.clean_text import clean_name
from models.tables.people import Role
from spanish.writing import days

__all__ = ["NEXT", "PREVIOUS"]

MENU_INVITE = "Invitar a una persona, o a varias"
OPERATOR = "quien administra el asistente"
OPEN_INVITATIONS = "📨 Invitaciones abiertas"
INVITE = "➕ Invitar"
REVOKE = "✖️ Anular"
NO_OPEN_INVITATIONS = "📨 No hay invitaciones abiertas. Con /invitar crea una."
ASK_ROLE = Html("👤 <b>Nueva invitación</b>\n\n¿Qué función tendrá la persona?")
UNKNOWN_ROLE = "👤 No reconocí esa función."
UNIT_NOT_FOUND = "No encontré esa unidad."
INVITATION_CANCELLED = "Invitación cancelada: no se creó ningún código."
CREATE = "✅ Crear"
NAMELESS = "Sin nombre: el que tenga en Telegram"
CHANGE_NAMES = "✏️ Nombre"


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


@dataclass(frozen=True)
class Offered:
    """What an invitation's message says; `expires_at` is local."""

    institution: str
    role: Role
    unit: str | None
    name: str | None
    link: str
    code: str
    expires_at: datetime


def ask_unit(role: Role) -> Html:
    return Html("👤 <b>Nueva invitación</b> · {}\n\n¿De qué unidad?").format(ROLES[role])


def open_button(count: int) -> str:
    return f"{OPEN_INVITATIONS} ({count})"


def ask_name(role: Role, unit: str | None) -> Html:
    return Html(
        "👤 <b>Nueva invitación</b> · {}\n\n¿Cómo se llama? Escriba nombre y apellidos, por ejemplo "
        "«Ana López Ruiz». Si son varias personas, una en cada renglón."
    ).format(pair(role, unit))


def card(people: Sequence[tuple[str | None, Role, str | None]]) -> Html:
    """Return the invitations that ✅ creates; each is name, role and unit."""
    lines = [
        Html("{}. <b>{}</b> · {}").format(number, name or "sin nombre", pair(role, unit))
        for number, (name, role, unit) in enumerate(people, 1)
    ]
    head = "Una invitación" if len(people) == 1 else f"{len(people)} invitaciones, una para cada persona"
    hint = "" if len(people) == 1 else "\n\nSi es una sola persona, escriba su nombre sin comas."
    return Html("👤 <b>{}</b>\n\n{}{}").format(head, Html("\n").join(lines), hint)


def made(count: int) -> str:
    """Return what replaces the card once the invitations are made."""
    if count == 1:
        return "✅ Invitación creada. Va en el mensaje siguiente."
    return f"✅ {count} invitaciones creadas. Van en los mensajes siguientes: reenvíe cada una a su persona."


def invitation(offered: Offered) -> Html:
    """Return the caption of the QR picture, fit to be forwarded: whose it is, what for, how to use it."""
    whom = Html(" para <b>{}</b>").format(offered.name) if offered.name else ""
    return Html(
        "🔑 <b>Invitación{}</b>\n{}\n\n"
        "{}le invita a Avance, el asistente de Telegram con el que se registran las actividades del programa "
        "anual de trabajo y se ve cómo va.\n\n"
        "Abra este enlace y toque «Iniciar»:\n{}\n\n"
        "O escriba en el chat: <code>/start {}</code>\n\n"
        "Sirve una sola vez y vence el {} a las {:%H:%M}."
    ).format(
        whom,
        pair(offered.role, offered.unit),
        Html("<b>{}</b> ").format(offered.institution) if offered.institution else "Se ",
        offered.link,
        offered.code,
        days.day(offered.expires_at.date()),
        offered.expires_at,
    )


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
