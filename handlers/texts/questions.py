"""What is said to plain questions, beside the answers of the commands that they mean."""

from dataclasses import dataclass
from datetime import date
from html import escape

from handlers.texts import progress as progress_texts
from handlers.texts.capture import excerpt
from models.programme_view import LineView, UnitView
from models.quarter import Quarter
from reports.texts import days, formats

IT_ASKS = "❓ Es una pregunta"
IT_TELLS = "✅ Registrar actividad"

# By command: what of it is asked in plain words.
_EXAMPLES = {
    "avance": ("¿Cómo va jurídica?", "¿Cuántas actas llevamos?"),
    "pendientes": ("¿Qué le falta a archivo?", "¿Quién no ha reportado?"),
    "calendario": ("¿Cuándo cierra el trimestre?",),
    "actividades": ("¿Qué hizo archivo en febrero?",),
    "informe": ("Mándeme el informe del primer trimestre",),
}


@dataclass(frozen=True)
class Reported:
    """Who has reported for a quarter; each unit is in one of the four."""

    quarter: Quarter
    today: date
    close: date
    closed: bool
    silent: tuple[UnitView, ...]
    late: tuple[UnitView, ...]
    owing: tuple[UnitView, ...]
    complete: tuple[UnitView, ...]


def not_answerable(commands: list[str]) -> str:
    """A question that no command answers; with what can be asked of those that the person has."""
    examples = [each for name, given in _EXAMPLES.items() if name in commands for each in given]
    listed = "\n".join(f"· «{each}»" for each in examples)
    return (
        "Recibí su pregunta, pero no sé contestarla. Puede preguntarme, por ejemplo:\n\n"
        f"{listed}\n\nCon /ayuda le muestro lo demás."
    )


def is_it_a_question(text: str) -> str:
    """A text that may tell something done or ask for it."""
    return f"«{escape(excerpt(text))}»\n\n¿Es algo que se hizo, o es una pregunta?"


def asked(text: str) -> str:
    return f"❓ «{escape(excerpt(text))}»"


def line_button(unit: UnitView, line: LineView) -> str:
    return f"{progress_texts.short(unit.name)} · {line.number}"


def reported_page(page: Reported) -> str:
    """The units, by how they stand with the quarter."""
    behind = "Fuera de plazo" if page.closed else "Con atraso"
    closes = "Cerró" if page.closed else "Cierra"
    groups = (
        ("✖️", "Sin nada registrado", page.silent),
        ("🔴", behind, page.late),
        ("🟡", "Con pendientes", page.owing),
        ("✅", "Al corriente", page.complete),
    )
    said = [f"{sign} <b>{name}:</b> {_listed(units)}" for sign, name, units in groups if units]
    head = f"<b>¿Quién falta de reportar?</b> · {formats.quarter(page.quarter)}"
    foot = f"{closes} el {days.day(page.close, page.today.year)}."
    return "\n\n".join([head, "\n".join(said), foot])


def _listed(units: tuple[UnitView, ...]) -> str:
    return escape(formats.joined([progress_texts.short(unit.name) for unit in units]))
