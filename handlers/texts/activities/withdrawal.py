"""What is said while an activity is withdrawn."""

from handlers.texts.activities import facts
from handlers.texts.escaping import escape
from models.programme.view import Programmes
from models.storage.forms import ActivityForm

WITHDRAW = "✅ Retirar"
CANCELLED = "✖️ No se retiró: la actividad sigue registrada y cuenta."
REASON = "Motivo"
REASONS = ("Duplicada", "No se realizó", "Me equivoqué de línea")  # buttons; other words can be typed


def why(known: Programmes, activity: ActivityForm) -> str:
    return (
        f"{_shown(known, activity)}\n\n¿Por qué se retira? Toque un motivo o escríbalo. "
        "No se borra: queda en su historia y deja de contar."
    )


def card(known: Programmes, activity: ActivityForm, reason: str) -> str:
    return (
        f"{_shown(known, activity)}\n\n<b>{REASON}:</b> {escape(reason)}\n"
        "Al retirarla deja de contar y ya no admite cambios."
    )


def withdrawn(number: int, reason: str) -> str:
    return (
        f"🗑 <b>Retirada la n.º {number}</b>: {escape(reason)}\n"
        f"Ya no cuenta. Queda en su historia: /actividad_{number}"
    )


def _shown(known: Programmes, activity: ActivityForm) -> str:
    """What would be withdrawn."""
    title = f"🗑 <b>Retirar la n.º {activity.activity_id}</b>"
    return "\n".join([title, *facts.lines(known, activity)])
