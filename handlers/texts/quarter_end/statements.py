"""What is said of a quarter's statements: observations, the presentation, «sin movimiento»."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.texts.activities.activity import deed
from handlers.texts.escaping import escape
from handlers.texts.progress.progress import SIGNS
from models.activities.detail import Deed
from models.programme.view import LineView, UnitView
from models.progress.status import LineStatus
from models.quarter import Quarter
from spanish.writing import formats

MENU_PRESENTATION = "Escribir la presentación del trimestre de su unidad"
MENU_OBSERVATION = "Escribir la observación de una línea para el informe"
SAVE = "✅ Guardar"
TEXT, REASON = "Texto", "Motivo"
TAKE_OFF = "🗑 Quitarla"
ADD = "➕ Agregar a lo que hay"
ANEW = "↺ Empezar de nuevo"
OWED = "📋 Lo que falta"
MOVED = "↩️ Sí hubo movimiento"
STOOD_STILL = "✅ Confirmar"
CANCELLED = "✖️ No se cambió nada: queda como estaba."
WHICH_UNIT = "¿De qué órgano administrativo?"
REASONS = (
    "Está programada para otro trimestre",
    "Depende de terceros",
    "Falta de presupuesto",
    "Se reprogramó",
)  # buttons; other words can be typed
SHORT = 3_000  # characters of a text that still fit below a heading


def which_line(unit: UnitView, quarter: Quarter) -> str:
    return (
        f"💬 <b>Observaciones</b> · {escape(unit.name)}\n{formats.quarter(quarter)}\n\n"
        "¿De qué línea? Aparecen en el informe junto al porcentaje; 💬 ya tiene una."
    )


def line_button(line: LineView, stands: bool) -> str:
    return f"{'💬 ' if stands else ''}{line.number} · {line.title}"


def unit_button(unit: UnitView, stands: bool) -> str:
    return f"{'📖 ' if stands else ''}{unit.name}"


def said(text: str, by: str | None, at: datetime, zone: ZoneInfo) -> str:
    """What stands, and whose words it is."""
    return f"«{escape(text)}»\n<i>{deed(Deed(by, at), zone)}</i>"


# observations


def ask_observation(unit: UnitView, line: LineStatus, quarter: Quarter, stands: str) -> str:
    now = f"Ahora dice:\n{stands}\n\nEscriba la nueva" if stands else "Escríbala en un mensaje"
    return (
        f"{_of_line('💬', 'Observación', unit, line.line, quarter)}\n{_figures(line)}\n\n"
        f"{now}: por qué va así y qué sigue. Hasta 1,500 caracteres; aparece en el informe."
    )


def observation_card(unit: UnitView, line: LineStatus, quarter: Quarter, text: str) -> str:
    shown = f"«{escape(text)}»" if text else "La observación se quita del informe."
    return f"{_of_line('💬', 'Observación', unit, line.line, quarter)}\n{_figures(line)}\n\n{shown}"


def observed(unit: UnitView, line: LineView, quarter: Quarter, text: str) -> str:
    done = "Guardada" if text else "Quitada"
    return (
        f"✅ <b>{done} la observación</b> de la línea {line.number} · {escape(unit.name)} · "
        f"{formats.quarter(quarter)}"
    )


def _figures(line: LineStatus) -> str:
    """«Avance 12.5 % · planeado 25 % 🟡»."""
    if not line.line.counting_targets:
        return "Sus metas son informativas."
    shown = f"Avance {formats.shown(line.exact)} · planeado {formats.shown(line.planned)}"
    return f"{shown} {SIGNS[line.signal]}"


# presentations


def ask_presentation(unit: UnitView, quarter: Quarter, stands: bool) -> str:
    now = "Arriba está la que hay; lo que envíe la reemplaza. " if stands else ""
    return (
        f"{_of_unit(unit, quarter)}\n\n{now}Cuénteme el trimestre de la unidad, en uno o varios "
        "mensajes: hasta 4,000 caracteres en total. Es la primera parte de su informe."
    )


def presentation_so_far(unit: UnitView, quarter: Quarter, text: str, limit: int) -> str:
    """How it will read; what does not fit below the heading was sent above it."""
    reads = f"{escape(text)}\n\n" if len(text) <= SHORT else "Así se leerá ⬆️\n\n"
    length = f"{len(text):,} de {limit:,} caracteres."
    if len(text) > limit:
        foot = f"<b>{length}</b> No cabe: toque {ANEW} y envíela más corta."
    else:
        foot = f"<i>{length} Puede enviar más, o guardarla.</i>"
    return f"{_of_unit(unit, quarter)}\n\n{reads}{foot}"


def presentation_taken_off(unit: UnitView, quarter: Quarter) -> str:
    return f"{_of_unit(unit, quarter)}\n\nSe quita: la unidad queda sin presentación."


def presented(unit: UnitView, quarter: Quarter, text: str) -> str:
    done = "Guardada" if text else "Quitada"
    return f"✅ <b>{done} la presentación</b> · {escape(unit.name)} · {formats.quarter(quarter)}"


def pages(text: str) -> list[str]:
    """A long text in messages, cut between words, as HTML."""
    found = []
    while len(text) > SHORT:
        cut = max(text.rfind("\n", 0, SHORT), text.rfind(" ", 0, SHORT))
        cut = cut if cut > 0 else SHORT
        found.append(escape(text[:cut]))
        text = text[cut:].lstrip()
    return [*found, escape(text)]


# standstills


def ask_why(unit: UnitView, line: LineView, quarter: Quarter) -> str:
    return (
        f"{_of_line('⏸', 'Sin movimiento', unit, line, quarter)}\n\n"
        "¿Por qué no hubo movimiento? Toque un motivo o escríbalo; queda en el informe."
    )


def standstill_card(unit: UnitView, line: LineView, quarter: Quarter, reason: str) -> str:
    heading = _of_line("⏸", "Sin movimiento", unit, line, quarter)
    return f"{heading}\n\n<b>{REASON}:</b> {escape(reason)}"


def standstill_stands(unit: UnitView, line: LineView, quarter: Quarter, stands: str) -> str:
    return f"{_of_line('⏸', 'Sin movimiento', unit, line, quarter)}\n\n{stands}"


def stood_still(unit: UnitView, line: LineView, quarter: Quarter, reason: str) -> str:
    return (
        f"⏸ <b>Sin movimiento</b> · {escape(unit.name)} · Línea {line.number} · "
        f"{formats.quarter(quarter)}: {escape(reason)}"
    )


def moved(unit: UnitView, line: LineView, quarter: Quarter) -> str:
    return (
        f"↩️ Quitado el «sin movimiento» · {escape(unit.name)} · Línea {line.number} · "
        f"{formats.quarter(quarter)}"
    )


def _of_line(sign: str, what: str, unit: UnitView, line: LineView, quarter: Quarter) -> str:
    return (
        f"{sign} <b>{what}</b> · {formats.quarter(quarter)}\n"
        f"{escape(unit.name)} · Línea {line.number}\n{escape(line.title)}"
    )


def _of_unit(unit: UnitView, quarter: Quarter) -> str:
    return f"📖 <b>Presentación</b> · {formats.quarter(quarter)}\n{escape(unit.name)}"
