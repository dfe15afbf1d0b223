"""Texts of reopening a quarter."""

from datetime import date

from handlers.texts.escaping import Html
from models.quarter import Quarter
from models.quarter_end.reopening import Reopen
from spanish.writing import days, formats

MENU = "Reabrir el trimestre de una unidad"
ACCEPT = "✅ Reabrir"
CANCELLED = "✖️ No se reabrió nada."
WHICH_UNIT = "🔓 ¿De qué órgano administrativo se reabre un trimestre?"
EDITS = {"reason": "Motivo", "until": "Hasta cuándo"}


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
    return Html("🔓 <b>Reabierto</b>: {} de {}, hasta el {}. Ya avisé a la persona titular.").format(
        formats.quarter(quarter), unit, days.weekday(until)
    )


def news(unit: str, quarter: Quarter, content: Reopen, signed: bool) -> Html:
    """Return the notice for the unit's directors and for those who asked."""
    until = days.weekday(content.until) if content.until else ""
    again = " Después hay que firmarlo de nuevo con /firmar." if signed else ""
    return Html(
        "🔓 Planeación reabrió el <b>{}</b> de {} hasta el {}.\n"
        "Motivo: {}\n\nHasta ese día se puede registrar y corregir.{}"
    ).format(formats.quarter(quarter), unit, until, content.reason or "", again)


def _head(unit: str, quarter: Quarter) -> Html:
    return Html("🔓 <b>Reabrir</b> · {}\n{}").format(unit, formats.quarter(quarter))
