"""Texts of a quarter's statements: observations, the presentation, «sin movimiento»."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.texts.activities.activity import deed
from handlers.texts.escaping import Html, escape
from handlers.texts.progress.signs import marked
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
CONFIRM_NO_ACTIVITY = "✅ Confirmar"
CANCELLED = "✖️ No se cambió nada: queda como estaba."
WHICH_UNIT = "¿De qué órgano administrativo?"
REASONS = (
    "Está programada para otro trimestre",
    "Depende de terceros",
    "Falta de presupuesto",
    "Se reprogramó",
)  # offered as buttons; others can be typed
SHORT = 3_000  # characters of a text that still fit below a heading


def which_line(unit: UnitView, quarter: Quarter) -> Html:
    return Html(
        "💬 <b>Observaciones</b> · {}\n{}\n\n"
        "¿De qué línea? Aparecen en el informe junto al porcentaje; 💬 ya tiene una."
    ).format(unit.name, formats.quarter(quarter))


def line_button(line: LineView, stands: bool) -> str:
    return f"{'💬 ' if stands else ''}{line.number} · {line.title}"


def unit_button(unit: UnitView, stands: bool) -> str:
    return f"{'📖 ' if stands else ''}{unit.name}"


def said(text: str, by: str | None, at: datetime, zone: ZoneInfo) -> Html:
    """Return the saved text, with its author and date."""
    return Html("«{}»\n<i>{}</i>").format(text, deed(Deed(by, at), zone))


# observations


def ask_observation(unit: UnitView, line: LineStatus, quarter: Quarter, stands: str) -> Html:
    now = Html("Ahora dice:\n{}\n\nEscriba la nueva").format(stands) if stands else "Escríbala en un mensaje"
    return Html(
        "{}\n{}\n\n{}: por qué va así y qué sigue. Hasta 1,500 caracteres; aparece en el informe."
    ).format(_of_line("💬", "Observación", unit, line.line, quarter), _figures(line), now)


def observation_card(unit: UnitView, line: LineStatus, quarter: Quarter, text: str) -> Html:
    shown = Html("«{}»").format(text) if text else "La observación se quita del informe."
    return Html("{}\n{}\n\n{}").format(
        _of_line("💬", "Observación", unit, line.line, quarter), _figures(line), shown
    )


def observed(unit: UnitView, line: LineView, quarter: Quarter, text: str) -> Html:
    done = "Guardada" if text else "Quitada"
    return Html("✅ <b>{} la observación</b> de la línea {} · {} · {}").format(
        done, line.number, unit.name, formats.quarter(quarter)
    )


def _figures(line: LineStatus) -> str:
    """Return «Avance 12.5 % · planeado 25 % 🟡»."""
    if not line.line.counting_targets:
        return "Sus metas son informativas."
    shown = f"Avance {formats.shown(line.exact)} · planeado {formats.shown(line.planned)}"
    return f"{shown} {marked(line.signal)}"


# presentations


def ask_presentation(unit: UnitView, quarter: Quarter, stands: bool) -> Html:
    now = "Arriba está la que hay; lo que envíe la reemplaza. " if stands else ""
    return Html(
        "{}\n\n{}Cuénteme el trimestre de la unidad, en uno o varios "
        "mensajes: hasta 4,000 caracteres en total. Es la primera parte de su informe."
    ).format(_of_unit(unit, quarter), now)


def presentation_so_far(unit: UnitView, quarter: Quarter, text: str, limit: int) -> Html:
    """Return the text as it will read; a long one was sent in messages above."""
    reads = Html("{}\n\n").format(text) if len(text) <= SHORT else "Así se leerá ⬆️\n\n"
    length = Html("{:,} de {:,} caracteres.").format(len(text), limit)
    if len(text) > limit:
        foot = Html("<b>{}</b> No cabe: toque {} y envíela más corta.").format(length, ANEW)
    else:
        foot = Html("<i>{} Puede enviar más, o guardarla.</i>").format(length)
    return Html("{}\n\n{}{}").format(_of_unit(unit, quarter), reads, foot)


def presentation_taken_off(unit: UnitView, quarter: Quarter) -> Html:
    return Html("{}\n\nSe quita: la unidad queda sin presentación.").format(_of_unit(unit, quarter))


def presented(unit: UnitView, quarter: Quarter, text: str) -> Html:
    done = "Guardada" if text else "Quitada"
    return Html("✅ <b>{} la presentación</b> · {} · {}").format(done, unit.name, formats.quarter(quarter))


def pages(text: str) -> list[Html]:
    """Split a long text into messages, between words, as HTML."""
    found = []
    while len(text) > SHORT:
        cut = max(text.rfind("\n", 0, SHORT), text.rfind(" ", 0, SHORT))
        cut = cut if cut > 0 else SHORT
        found.append(escape(text[:cut]))
        text = text[cut:].lstrip()
    return [*found, escape(text)]


# lines without activity


def ask_why(unit: UnitView, line: LineView, quarter: Quarter) -> Html:
    return Html(
        "{}\n\n¿Por qué no hubo movimiento? Toque un motivo o escríbalo; queda en el informe."
    ).format(_of_line("⏸", "Sin movimiento", unit, line, quarter))


def no_activity_card(unit: UnitView, line: LineView, quarter: Quarter, reason: str) -> Html:
    heading = _of_line("⏸", "Sin movimiento", unit, line, quarter)
    return Html("{}\n\n<b>{}:</b> {}").format(heading, REASON, reason)


def no_activity_stated(unit: UnitView, line: LineView, quarter: Quarter, stands: str) -> Html:
    return Html("{}\n\n{}").format(_of_line("⏸", "Sin movimiento", unit, line, quarter), stands)


def no_activity_saved(unit: UnitView, line: LineView, quarter: Quarter, reason: str) -> Html:
    return Html("⏸ <b>Sin movimiento</b> · {} · Línea {} · {}: {}").format(
        unit.name, line.number, formats.quarter(quarter), reason
    )


def moved(unit: UnitView, line: LineView, quarter: Quarter) -> Html:
    return Html("↩️ Quitado el «sin movimiento» · {} · Línea {} · {}").format(
        unit.name, line.number, formats.quarter(quarter)
    )


def _of_line(sign: str, what: str, unit: UnitView, line: LineView, quarter: Quarter) -> Html:
    return Html("{} <b>{}</b> · {}\n{} · Línea {}\n{}").format(
        sign, what, formats.quarter(quarter), unit.name, line.number, line.title
    )


def _of_unit(unit: UnitView, quarter: Quarter) -> Html:
    return Html("📖 <b>Presentación</b> · {}\n{}").format(formats.quarter(quarter), unit.name)
