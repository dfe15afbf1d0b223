"""Texts of reopening a quarter."""

from datetime import date

from handlers.texts.escaping import Html
from models.quarter import Quarter
from models.quarter_end.reopening import Reopen
from spanish.writing import days, formats
from spanish.writing.nouns import of

MENU = "Reabrir el trimestre de una unidad"
ACCEPT = "✅ Reabrir"
CANCELLED = "✖️ No se reabrió nada."
WHICH_UNIT = "🔓 ¿De qué órgano administrativo se reabre un trimestre?"
EDITS = {"reason": "Motivo", "until": "Hasta cuándo"}


WHY_NOT = "🔒 ¿Por qué no procede? Escríbalo; lo verá quien lo pidió."
WITHOUT_REASON = "Sin dar motivo"
NOT_REFUSED = "✖️ La petición sigue sin respuesta."
REFUSED = "🔒 Listo: ya le avisé a quien lo pidió que no procede."


def asked_for(about: str) -> str:
    """Return the reason of a reopening that answers a request; plain text."""
    return f"Se pidió para {about}"


def refused(unit: str, quarter: Quarter, about: str, reason: str) -> Html:
    """Return, for who asked, that planning does not reopen it."""
    why = Html("\nMotivo: {}").format(reason) if reason else ""
    return Html(
        "🔒 Planeación respondió que <b>no procede</b> reabrir el {} {}, que usted pidió para {}.{}"
    ).format(formats.quarter(quarter), of(unit), about, why)


def which_quarter(unit: str) -> Html:
    return Html("🔓 {}\n\n¿Qué trimestre se reabre?").format(unit)


def why(unit: str, quarter: Quarter) -> Html:
    return Html("{}\n\n¿Por qué se reabre? Escríbalo; lo verá la persona titular.").format(
        _head(unit, quarter)
    )


def until_when(unit: str, quarter: Quarter) -> Html:
    return Html(
        "{}\n\n¿Hasta qué día, completo, se podrá registrar y corregir? También puede escribirlo: «15/04»."
    ).format(_head(unit, quarter))


def day_button(day: date) -> str:
    return days.short(day)


def card(unit: str, quarter: Quarter, content: Reopen, signed: bool) -> Html:
    kept = "\nLa firma que hay se conserva, pero habrá que firmar de nuevo." if signed else ""
    until = (
        Html("\n<b>Hasta:</b> {}, todo el día").format(days.weekday(content.until)) if content.until else ""
    )
    return Html("{}\n\n<b>Motivo:</b> {}{}\n{}").format(
        _head(unit, quarter), content.reason or "", until, kept
    )


def reopened(unit: str, quarter: Quarter, until: date) -> Html:
    return Html("🔓 <b>Reabierto</b>: {} {}, hasta el {}. Ya avisé a su unidad.").format(
        formats.quarter(quarter), of(unit), days.weekday(until)
    )


def news(unit: str, quarter: Quarter, content: Reopen, signed: bool) -> Html:
    """Return the notice for the unit's directors and for those who asked."""
    until = days.weekday(content.until) if content.until else ""
    again = " Después hay que firmarlo de nuevo con /firmar." if signed else ""
    return Html(
        "🔓 Planeación reabrió el <b>{}</b> {} hasta el {}.\n"
        "Motivo: {}\n\nHasta ese día se puede registrar y corregir.{}"
    ).format(formats.quarter(quarter), of(unit), until, content.reason or "", again)


def _head(unit: str, quarter: Quarter) -> Html:
    return Html("🔓 <b>Reabrir</b> · {}\n{}").format(unit, formats.quarter(quarter))
