"""Texts about closed quarters and requests to reopen them."""

from datetime import date

from handlers.texts.escaping import Html, sentence
from handlers.texts.progress.progress import excerpt
from models.programme.view import LineView
from models.quarter import Quarter
from spanish.writing import days, formats
from spanish.writing.nouns import of

DATE_TODAY = "📅 Fecharla hoy"
ASK_REOPENING = "🔓 Pedir reapertura"
GRANT = "Procede"
REFUSE = "No procede"
ABOUT_SOMETHING = "registrar o corregir algo"
ASKED = "Planeación ya tiene su petición; le avisaré cuando se reabra."


def closed_card(refusal: str) -> Html:
    """Return the text below a card that cannot be registered."""
    return Html("🔒 <b>{}</b>").format(sentence(refusal))


def asks_for_reopening(name: str, unit: str, quarter: Quarter, about: str) -> Html:
    """Return, for planning, who asks to reopen which quarter, and what for."""
    return Html("🔓 <b>{}</b> pide reabrir el {} {}.\nPara: {}").format(
        name, formats.quarter(quarter), of(unit), about
    )


def still_waits(said: Html) -> Html:
    """Return the request once more, for planning, since nobody answered it."""
    return Html("⏳ <b>Sigue sin respuesta</b>\n\n{}").format(said)


def about_card(narrative: str, day: date, limit: int) -> str:
    """Return, as plain text, that an activity of that day is to be registered."""
    return f"registrar «{excerpt(narrative, limit - 40)}», del {days.day(day)}"


def about_settlement(number: int, narrative: str, limit: int) -> str:
    return f"decir que ya cuenta la actividad n.º {number}, «{excerpt(narrative, limit - 60)}»"


def about_activity(number: int, narrative: str, limit: int) -> str:
    return f"cambiar la actividad n.º {number}, «{excerpt(narrative, limit - 50)}»"


def about_line(line: LineView) -> str:
    return f"la línea {line.number}, «{excerpt(line.title, 120)}»"
