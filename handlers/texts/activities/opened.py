"""Texts about the drafts that a person has open."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.activities import evidence
from handlers.texts.activities.capture import excerpt
from handlers.texts.escaping import Html, escape
from models.evidence.attachment import Gathered
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from spanish.writing import days

MENU_CANCEL = "Dejar lo que está a medias"
SEE = "📋 Ver lo que tengo abierto"
NAMES = {
    DraftKind.ACTIVITY: "📝 Captura",
    DraftKind.SETTLEMENT: "☑️ Algo que ya cuenta",
    DraftKind.CORRECTION: "✏️ Corrección",
    DraftKind.WITHDRAWAL: "🗑 Retiro",
    DraftKind.RETURN: "↩️ Devolución",
    DraftKind.STANDSTILL: "💤 Sin movimiento",
    DraftKind.OBSERVATION: "🗒 Observación",
    DraftKind.PRESENTATION: "🗒 Presentación",
    DraftKind.SIGNATURE: "✍️ Firma",
    DraftKind.REOPENING: "🔓 Reapertura",
    DraftKind.ADJUSTMENT: "🎯 Ajuste de meta",
    DraftKind.IMPORT: "📄 Programa",
    DraftKind.CALENDAR: "📅 Calendario",
    DraftKind.ABSENCE: "🧳 Ausencia",
    DraftKind.INVITATION: "📨 Invitación",
    DraftKind.NAME: "🪪 Nombre",
    DraftKind.REFUSAL: "🚫 Respuesta a una solicitud",
    DraftKind.CAPTION: "🖼 Pie de foto",
}


def name(draft: Draft) -> str:
    """Return the label of the draft's button."""
    content = draft.content
    number = f" de la n.º {content['activity_id']}" if content.get("activity_id") else ""
    said = content.get("narrative") or content.get("text") or content.get("name") or ""
    return NAMES[draft.kind] + number + (f": {excerpt(str(said), 40)}" if said else "")


def cancelled(said: str, draft: Draft, others: int = 0) -> Html:
    """Return that a draft was cancelled, which one, and how many others are open."""
    about = draft.content.get("narrative") or draft.content.get("text") or draft.content.get("reason") or ""
    number = draft.content.get("activity_id")
    lines = [escape(said)]
    if about or number:
        named = [f"n.º {number}"] if number else []
        quoted = [f"«{excerpt(str(about))}»"] if about else []
        lines.append(Html("<i>{}</i>").format(": ".join([*named, *quoted])))
    if others:
        lines.append(escape("Sigue abierta otra." if others == 1 else f"Siguen abiertas otras {others}."))
    return Html("\n").join(lines)


def see_all(number: int) -> str:
    return f"📋 Ver las {number}"


def register(draft: Draft, several: bool) -> str:
    """Return the label of the button that registers a complete card from a list."""
    return f"✅ Registrar · {_said(draft, 34)}" if several else "✅ Registrar"


def finish(draft: Draft, several: bool) -> str:
    """Return the label of the button that brings a card with an open question, or of a closed quarter."""
    return f"📝 Terminar · {_said(draft, 34)}" if several else "📝 Terminarla"


def unregistered(named: Sequence[tuple[Draft, Gathered, date]], number: int, waiting: int) -> Html:
    """Return the item of a list: how many cards are not registered; the latest, with their day and files."""
    head = Html("📝 <b>{} sin registrar</b>").format("1 tarjeta" if number == 1 else f"{number} tarjetas")
    lines = [
        Html("• {} <i>({})</i>{}").format(
            _said(draft, 60),
            days.short(begun_on),
            Html(" · 📎 {}").format(evidence.gathered(files)) if files else "",
        )
        for draft, files, begun_on in named
    ]
    more = [_waiting(waiting)] if waiting else []
    return Html("\n").join([head, *lines, *more])


def nudge(number: int, begun_on: date) -> Html:
    """Return what stands above a card that stayed open, or above the list of several."""
    if number == 1:
        return Html("🔔 Esta captura, del {}, sigue <b>sin registrarse</b>. Si está bien, toque ✅.").format(
            days.weekday(begun_on)
        )
    return Html("🔔 Esto sigue sin registrarse:")


def _said(draft: Draft, limit: int) -> str:
    """Return the beginning of the draft's text, or what it is without one."""
    said = draft.content.get("narrative") or ""
    number = draft.content.get("activity_id")
    return excerpt(str(said), limit) if said else f"{NAMES[draft.kind]}{f' n.º {number}' if number else ''}"


def how_many(number: int) -> Html:
    return Html("Tiene <b>{} sin terminar</b>: están a salvo y siguen sin registrarse.").format(number)


def every(number: int, waiting: int) -> Html:
    """Return the heading of the list."""
    if not number:
        return Html("No tiene nada sin terminar.")
    one = number == 1
    said = Html("📋 Tiene <b>{} sin terminar</b>. Toque {} para verla otra vez.").format(
        number, "la" if one else "una"
    )
    return Html("{}\n\n{}").format(said, _waiting(waiting)) if waiting else said


def waits(number: int) -> Html:
    """Return that further messages are stored until there is room; sent once."""
    return Html(
        "📥 Ya tiene <b>{} capturas sin terminar</b>. Lo que envíe desde ahora <b>queda guardado</b> "
        "y espera su turno: cada vez que registre o cancele una, le muestro la siguiente."
    ).format(number)


def waited(left: int) -> Html:
    """Return the line above a card that had to wait."""
    return (
        Html("📥 Esta estaba en espera. {}").format(_waiting(left))
        if left
        else Html("📥 Esta estaba en espera; ya es la última.")
    )


def _waiting(number: int) -> Html:
    return Html("Queda{} <b>{}</b> más en espera.").format("n" if number > 1 else "", number)
