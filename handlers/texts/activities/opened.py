"""Texts about the drafts that a person has open."""

from handlers.texts.activities.capture import excerpt
from handlers.texts.escaping import Html
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind

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
}


def name(draft: Draft) -> str:
    """Return the label of the draft's button."""
    content = draft.content
    number = f" de la n.º {content['activity_id']}" if content.get("activity_id") else ""
    said = content.get("narrative") or content.get("text") or content.get("name") or ""
    return NAMES[draft.kind] + number + (f": {excerpt(str(said), 40)}" if said else "")


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
