"""Texts of plain questions, besides the answers of the commands that they stand for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from handlers.texts.activities.capture import excerpt
from handlers.texts.escaping import Html, escape
from handlers.texts.progress import progress as progress_texts
from models.programme.view import LineView, UnitView
from models.quarter import Quarter
from spanish.writing import days, formats

IT_ASKS = "❓ Es una pregunta"
IT_TELLS = "✅ Registrar actividad"

# By command: examples of plain questions for it.
_EXAMPLES = {
    "avance": ("¿Cómo va jurídica?", "¿Cuántas actas llevamos?"),
    "pendientes": ("¿Qué le falta a archivo?", "¿Quién no ha reportado?"),
    "calendario": ("¿Cuándo cierra el trimestre?",),
    "actividades": ("¿Qué hizo archivo en febrero?",),
    "informe": ("Mándeme el informe del primer trimestre",),
}


class State(Enum):
    """How far a unit is with reporting a quarter; worst first."""

    SILENT, LATE, OWING, COMPLETE = range(4)


@dataclass(frozen=True)
class Reported:
    """The quarter that is reported on, and its close."""

    quarter: Quarter
    today: date
    close: date
    closed: bool


def not_answerable(commands: Collection[str]) -> str:
    """Return that the question cannot be answered, with examples for the person's commands."""
    examples = [each for name, given in _EXAMPLES.items() if name in commands for each in given]
    listed = "\n".join(f"· «{each}»" for each in examples)
    return (
        "Recibí su pregunta, pero no sé contestarla. Puede preguntarme, por ejemplo:\n\n"
        f"{listed}\n\nCon /ayuda le muestro lo demás."
    )


def is_it_a_question(text: str) -> Html:
    """Return the question whether a text is a report or a question."""
    return Html("«{}»\n\n¿Es algo que se hizo, o es una pregunta?").format(excerpt(text))


def asked(text: str) -> Html:
    return Html("❓ «{}»").format(excerpt(text))


def line_button(unit: UnitView, line: LineView) -> str:
    return f"{progress_texts.short(unit.name)} · {line.number}"


def reported_page(page: Reported, units: Sequence[tuple[State, UnitView]]) -> Html:
    """Return the units, grouped by state."""
    behind = "Fuera de plazo" if page.closed else "Con atraso"
    closes = "Cerró" if page.closed else "Cierra"
    groups = (
        ("✖️", "Sin nada registrado", State.SILENT),
        ("🔴", behind, State.LATE),
        ("🟡", "Con pendientes", State.OWING),
        ("✅", "Al corriente", State.COMPLETE),
    )
    said = [
        Html("{} <b>{}:</b> {}").format(sign, name, _listed(found))
        for sign, name, state in groups
        if (found := tuple(unit for each, unit in units if each is state))
    ]
    head = Html("<b>¿Quién falta de reportar?</b> · {}").format(formats.quarter(page.quarter))
    foot = Html("{} el {}.").format(closes, days.day(page.close, page.today.year))
    return Html("\n\n").join([head, Html("\n").join(said), foot])


def more_lines(number: int) -> str:
    """Return how many lines are not shown."""
    return f"\n\n…y {number} más. Nombre un órgano para ver las suyas: «¿cuántas actas lleva jurídica?»"


def _listed(units: tuple[UnitView, ...]) -> Html:
    return escape(formats.joined([progress_texts.short(unit.name) for unit in units]))
