"""Texts of withdrawing an activity."""

from handlers.texts.activities import facts
from handlers.texts.escaping import Html
from models.programme.view import Programmes
from models.storage.forms import ActivityForm

WITHDRAW = "✅ Retirar"
CANCELLED = "✖️ No se retiró: la actividad sigue registrada y cuenta."
REASON = "Motivo"
REASONS = ("Duplicada", "No se realizó", "Me equivoqué de línea")  # offered as buttons; others can be typed


def why(known: Programmes, activity: ActivityForm) -> Html:
    return Html(
        "{}\n\n¿Por qué se retira? <b>Al tocar un motivo queda retirada</b>; también puede escribirlo.\n"
        "No se borra: queda en su historia, deja de contar y ya no admite cambios."
    ).format(_shown(known, activity))


def card(known: Programmes, activity: ActivityForm, reason: str) -> Html:
    return Html("{}\n\n<b>{}:</b> {}\nAl retirarla deja de contar y ya no admite cambios.").format(
        _shown(known, activity), REASON, reason
    )


def withdrawn(number: int, reason: str) -> Html:
    return Html("🗑 <b>Retirada la n.º {}</b>: {}\nYa no cuenta. Queda en su historia: /actividad_{}").format(
        number, reason, number
    )


def _shown(known: Programmes, activity: ActivityForm) -> Html:
    """Return the activity that would be withdrawn."""
    title = Html("🗑 <b>Retirar la n.º {}</b>").format(activity.activity_id)
    return Html("\n").join([title, *facts.lines(known, activity)])
