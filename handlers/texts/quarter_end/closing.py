"""What is said of a quarter that is closed, and of its reopening."""

import html

from handlers.texts.escaping import escape
from models.quarter import Quarter
from spanish.writing import formats

DATE_TODAY = "📅 Fecharla hoy"
ASK_REOPENING = "🔓 Pedir reapertura"
REOPEN = "🔓 Reabrir"
ASKED = "Planeación ya tiene su petición; le avisaré cuando se reabra."


def closed_card(refusal: str) -> str:
    """Below a card that cannot be registered as it is."""
    return f"🔒 <b>{html.escape(refusal, quote=False)}</b>"


def asks_for_reopening(name: str, unit: str, quarter: Quarter) -> str:
    """To planning."""
    return (
        f"🔓 <b>{escape(name)}</b> pide reabrir el {formats.quarter(quarter)} de {escape(unit)}: "
        "tiene algo que registrar o corregir en él."
    )
