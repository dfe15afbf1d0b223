"""What is said while planning reopens a quarter."""

from datetime import date

from handlers.texts.escaping import escape
from models.quarter import Quarter
from models.quarter_end.reopening import Reopen
from spanish.writing import days, formats

MENU = "Reabrir el trimestre de una unidad"
ACCEPT = "✅ Reabrir"
CANCELLED = "✖️ No se reabrió nada."
WHICH_UNIT = "🔓 ¿De qué órgano administrativo se reabre un trimestre?"
EDITS = {"reason": "Motivo", "until": "Hasta cuándo"}


def which_quarter(unit: str) -> str:
    return f"🔓 {escape(unit)}\n\n¿Qué trimestre se reabre?"


def why(unit: str, quarter: Quarter) -> str:
    return f"{_head(unit, quarter)}\n\n¿Por qué se reabre? Escríbalo; lo verá la persona titular."


def until_when(unit: str, quarter: Quarter) -> str:
    return (
        f"{_head(unit, quarter)}\n\n¿Hasta qué día, completo, se podrá registrar y corregir? "
        "También puede escribirlo: «15/04»."
    )


def day_button(day: date) -> str:
    return days.short(day)


def card(unit: str, quarter: Quarter, content: Reopen, signed: bool) -> str:
    kept = "\nLa firma que hay se conserva, pero habrá que firmar de nuevo." if signed else ""
    until = f"\n<b>Hasta:</b> {days.weekday(content.until)}, todo el día" if content.until else ""
    return f"{_head(unit, quarter)}\n\n<b>Motivo:</b> {escape(content.reason or '')}{until}\n{kept}"


def reopened(unit: str, quarter: Quarter, until: date) -> str:
    return (
        f"🔓 <b>Reabierto</b>: {formats.quarter(quarter)} de {escape(unit)}, hasta el {days.weekday(until)}. "
        "Ya avisé a la persona titular."
    )


def news(unit: str, quarter: Quarter, content: Reopen, signed: bool) -> str:
    """To the unit's director, and to whoever had asked."""
    until = days.weekday(content.until) if content.until else ""
    again = " Después hay que firmarlo de nuevo con /firmar." if signed else ""
    return (
        f"🔓 Planeación reabrió el <b>{formats.quarter(quarter)}</b> de {escape(unit)} hasta el {until}.\n"
        f"Motivo: {escape(content.reason or '')}\n\nHasta ese día se puede registrar y corregir.{again}"
    )


def _head(unit: str, quarter: Quarter) -> str:
    return f"🔓 <b>Reabrir</b> · {escape(unit)}\n{formats.quarter(quarter)}"
