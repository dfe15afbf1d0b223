"""Texts about closed quarters and requests to reopen them."""

from handlers.texts.escaping import Html, sentence
from models.quarter import Quarter
from spanish.writing import formats

DATE_TODAY = "📅 Fecharla hoy"
ASK_REOPENING = "🔓 Pedir reapertura"
REOPEN = "🔓 Reabrir"
ASKED = "Planeación ya tiene su petición; le avisaré cuando se reabra."


def closed_card(refusal: str) -> Html:
    """Return the text below a card that cannot be registered."""
    return Html("🔒 <b>{}</b>").format(sentence(refusal))


def asks_for_reopening(name: str, unit: str, quarter: Quarter) -> Html:
    """Return, for planning, who asks to reopen which quarter."""
    return Html("🔓 <b>{}</b> pide reabrir el {} de {}: tiene algo que registrar o corregir en él.").format(
        name, formats.quarter(quarter), unit
    )
