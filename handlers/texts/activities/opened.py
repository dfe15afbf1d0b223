"""What is said of everything that a person has open."""

from handlers.texts.activities.capture import excerpt
from models.storage.draft import Draft
from models.tables.draft import DraftKind

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
    """What a button calls it."""
    content = draft.content
    number = f" de la n.º {content['activity_id']}" if content.get("activity_id") else ""
    said = content.get("narrative") or content.get("text") or content.get("name") or ""
    return NAMES[draft.kind] + number + (f": {excerpt(str(said), 40)}" if said else "")


def how_many(number: int) -> str:
    return f"Tiene <b>{number} sin terminar</b>: están a salvo y siguen sin registrarse."


def every(number: int, waiting: int) -> str:
    """The head of the list."""
    if not number:
        return "No tiene nada sin terminar."
    one = number == 1
    said = f"📋 Tiene <b>{number} sin terminar</b>. Toque {'la' if one else 'una'} para verla otra vez."
    return f"{said}\n\n{_waiting(waiting)}" if waiting else said


def waits(number: int) -> str:
    """A message came that has no room; said once for all that follow it."""
    return (
        f"📥 Ya tiene <b>{number} capturas sin terminar</b>. Lo que envíe desde ahora <b>queda guardado</b> "
        "y espera su turno: cada vez que registre o cancele una, le muestro la siguiente."
    )


def waited(left: int) -> str:
    """Above a card that is shown now."""
    return (
        f"📥 Esta estaba en espera. {_waiting(left)}"
        if left
        else "📥 Esta estaba en espera; ya es la última."
    )


def _waiting(number: int) -> str:
    return f"Queda{'n' if number > 1 else ''} <b>{number}</b> más en espera."
