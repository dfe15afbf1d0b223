"""What is said of a quarter that is closed, and of its reopening."""

from handlers.texts.escaping import Html, sentence
from models.quarter import Quarter
from spanish.writing import formats

DATE_TODAY = "📅 Fecharla hoy"
ASK_REOPENING = "🔓 Pedir reapertura"
REOPEN = "🔓 Reabrir"
ASKED = "Planeación ya tiene su petición; le avisaré cuando se reabra."


def closed_card(refusal: str) -> Html:
    """Below a card that cannot be registered as it is."""
    return Html("🔒 <b>{}</b>").format(sentence(refusal))


def asks_for_reopening(name: str, unit: str, quarter: Quarter) -> Html:
    """To planning."""
    return Html("🔓 <b>{}</b> pide reabrir el {} de {}: tiene algo que registrar o corregir en él.").format(
        name, formats.quarter(quarter), unit
    )
