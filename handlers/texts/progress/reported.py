"""Who has reported: how each unit stands with a quarter, or with another period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from handlers.texts.answers.questions import period
from handlers.texts.escaping import Html, escape
from handlers.texts.progress import progress as progress_texts
from models.programme.view import UnitView
from models.quarter import Quarter
from spanish.reading.questions import QuestionPeriod
from spanish.writing import days, formats


class State(Enum):
    """How a unit stands with a quarter; the worst first."""

    SILENT, LATE, OWING, COMPLETE = range(4)


@dataclass(frozen=True)
class Reported:
    """The quarter for which units report, and its close."""

    quarter: Quarter
    today: date
    close: date
    closed: bool


def reported_page(page: Reported, units: Sequence[tuple[State, UnitView]]) -> Html:
    """Those units, by how they stand with the quarter."""
    behind = "Sin firmar a tiempo" if page.closed else "Con alguna línea atrasada"
    closes = "Cerró" if page.closed else "Cierra"
    groups = (
        (State.SILENT, "Sin nada registrado"),
        (State.LATE, behind),
        (State.OWING, "Con pendientes"),
        (State.COMPLETE, "Al corriente"),
    )
    said = [
        Html("{} <b>{}:</b> {}").format(_SIGNS[state], name, _listed(found))
        for state, name in groups
        if (found := tuple(unit for each, unit in units if each is state))
    ]
    head = Html("<b>¿Quién falta de reportar?</b> · {}").format(formats.quarter(page.quarter))
    foot = Html("{} el {}.").format(closes, days.day(page.close, page.today.year))
    return Html("\n\n").join([head, Html("\n").join(said), foot])


QUARTER = "¿Quién falta en el trimestre?"
# No colours: those are signals of progress (`handlers.texts.progress.signs`).
_SIGNS = {State.SILENT: "✖️", State.LATE: "⌛", State.OWING: "📝", State.COMPLETE: "✅"}
_SAID = {
    State.SILENT: "✖️ sin nada registrado",
    State.LATE: "⌛ con alguna línea atrasada",
    State.OWING: "📝 con pendientes",
    State.COMPLETE: "✅ al corriente",
}


def of_units(
    units: Sequence[tuple[UnitView, int, State]], asked: QuestionPeriod, quarter: Quarter, today: date
) -> Html:
    """«Archivo: 8 actividades en marzo. 1er trimestre: 📝 con pendientes», for each unit."""
    return Html("\n\n").join(
        Html("<b>{}</b>: {} · {}\n{}: {}").format(
            unit.name, _activities(number), period(asked, today), formats.quarter(quarter), _SAID[state]
        )
        for unit, number, state in units
    )


def silent_page(
    silent: Sequence[UnitView], others: Sequence[tuple[UnitView, int]], asked: QuestionPeriod, today: date
) -> Html:
    """Who registered nothing of those days, and how much the others."""
    head = Html("<b>¿Quién no tiene nada de esos días?</b> · {}").format(period(asked, today))
    first = Html("✖️ <b>Sin actividades:</b> {}").format(_listed(tuple(silent)) if silent else "nadie")
    said = [
        Html("{}: {}").format(progress_texts.short(unit.name), _activities(number)) for unit, number in others
    ]
    return Html("\n\n").join([head, Html("\n").join([first, *said])])


def _activities(number: int) -> str:
    return "1 actividad" if number == 1 else f"{formats.number(number)} actividades"


def _listed(units: tuple[UnitView, ...]) -> Html:
    return escape(formats.joined([progress_texts.short(unit.name) for unit in units]))
