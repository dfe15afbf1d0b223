"""Texts of invitations, the list of people, and one person's card."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.escaping import Html
from handlers.texts.people.roles import ROLES, pair
from models.people.roster import Pair, RosterEntry
from models.tables.people import Role
from spanish.writing import days

MENU_PEOPLE = "Ver a las personas; corregir, suspender o cambiar de unidad"
CANCEL = "✖️ Cancelar"
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
RENAME = "✏️ Corregir nombre"
SAVE_NAME = "✅ Guardar"
NAME_KEPT = "✖️ El nombre queda como estaba."
FORGET = "🗑 Olvidar a esta persona"
YES_FORGET = "🗑 Sí, olvidar para siempre"
EVERYBODY = "👥 Ver a todas"
YES_TAKE_PIN = "✅ Sí, quitar el PIN"

# Sent to the person concerned.
REACTIVATED = "👋 Su acceso está activo de nuevo. Con /ayuda le muestro lo que puedo hacer por usted."


def people_list(shown: list[RosterEntry], first: int, total: int) -> Html:
    """Return one page; `first` is the number of its first person, from 1."""
    head = Html("👥 <b>Personas</b> · {}–{} de {}").format(first, first + len(shown) - 1, total)
    lines = [Html("{}. {}").format(number, _line(each)) for number, each in enumerate(shown, first)]
    return Html("\n").join([head, "", *lines])


def found_list(said: str, shown: list[RosterEntry]) -> Html:
    """Return the people whom some words name."""
    lines = [Html("{}. {}").format(number, _line(each)) for number, each in enumerate(shown, 1)]
    return Html("\n").join([Html("👥 <b>Personas</b> · «{}»").format(said), "", *lines])


def nobody_found(said: str) -> Html:
    return Html("🔎 No encuentro a nadie con «{}». Puede buscar por nombre, área o función.").format(said)


def ask_name(before: str) -> Html:
    return Html("✏️ <b>{}</b>\n\n¿Cómo se escribe su nombre completo?").format(before)


def name_card(before: str, after: str) -> Html:
    return Html("✏️ <b>{}</b> se llamará <b>{}</b>, también en lo ya registrado.").format(before, after)


def renamed(after: str) -> Html:
    return Html("✅ Listo: ahora se llama <b>{}</b>.").format(after)


def your_name(after: str) -> Html:
    """Return, for the person, that planning corrected their name."""
    return Html("ℹ️ Planeación corrigió su nombre. Ahora aparece como <b>{}</b>.").format(after)


def ask_forget(each: RosterEntry) -> Html:
    return Html(
        "¿Olvidar a <b>{}</b>?\n\n"
        "Su nombre y su cuenta de Telegram se borran de todo, también de los textos y de lo firmado; ahí "
        "quedará «[persona {}]». Pierde su acceso de inmediato. Lo que registró y las cifras se conservan, y "
        "la bitácora sigue verificándose.\n\n<b>No se puede deshacer.</b>"
    ).format(each.name, each.person_id)


def forgotten(number: int, texts: int) -> str:
    return (
        f"🗑 Olvidada: es ahora la persona {number}. Su nombre se quitó de {texts} textos. Los respaldos "
        "hechos antes todavía lo tienen, hasta que se borren."
    )


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


def notice_accepted(version: str, on: date) -> Html:
    """Return the last line of a person's card: which privacy notice they accepted."""
    return Html("\n🔏 Aceptó el aviso de privacidad, versión {}, el {}").format(version, days.day(on))


def notice_unaccepted() -> Html:
    return Html("\n🔏 Todavía no acepta el aviso de privacidad")


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


def pair_card(each: RosterEntry, held: Pair) -> Html:
    return Html("👤 <b>{}</b>\n{}\n\n¿Qué desea cambiar?").format(each.name, pair_name(held))


def ask_remove(each: RosterEntry, held: Pair) -> Html:
    return Html("¿Quitar a <b>{}</b> esto?\n\n{}").format(each.name, pair_name(held))


def ask_new_role(each: RosterEntry, held: Pair) -> Html:
    return Html("👤 <b>{}</b>\nHoy: {}\n\n¿Qué función tendrá?").format(each.name, pair_name(held))


def role_here(role: Role, held: Pair) -> str:
    """Return the label of the button for another role in the unit that the person has."""
    return f"{ROLES[role]} · {held.unit.name}" if held.unit is not None else ROLES[role]


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
