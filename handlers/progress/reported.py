"""«¿Quién no ha reportado?»: how far each unit is with reporting a quarter."""

from collections.abc import Sequence

from sqlmodel import Session

from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.progress.buttons import ReportedUnits, UnitDuties
from handlers.texts.progress import progress as progress_texts
from handlers.texts.progress import reported as texts
from handlers.texts.progress.reported import State
from models.activities import unfinished
from models.calendar.calendar import calendar
from models.programme.view import ProgrammeView, UnitView
from models.quarter import Quarter
from models.quarter_end.punctuality import punctuality


def show(context: TurnContext, programme: ProgrammeView, quarter: Quarter) -> None:
    """Show which units have nothing registered in the quarter, which are overdue, and which owe something."""
    days = calendar(context.session)
    head = texts.Reported(
        quarter=quarter,
        today=context.today,
        close=days.close_day(quarter),
        closed=context.now >= days.closes_at(quarter),
    )
    found_states = states(context, programme, quarter)
    found = [(state, unit) for state in State for unit in programme.units if found_states[unit.id] is state]
    paging.show(
        context,
        found,
        lambda units: texts.reported_page(head, units),
        lambda units: _keys(units, quarter),
        here=ReportedUnits(quarter).pack(),
    )


def states(context: TurnContext, programme: ProgrammeView, quarter: Quarter) -> dict[int, State]:
    """How each unit stands with the quarter."""
    kept = punctuality(context.session, programme, quarter, context.now)
    silent = _silent(context.session, programme, quarter)
    found = {}
    for unit in programme.units:
        if unit in silent:
            state = State.SILENT
        elif unit in kept.complete:
            state = State.COMPLETE
        else:
            state = State.LATE if unit in kept.late else State.OWING
        found[unit.id] = state
    return found


def _keys(units: Sequence[tuple[State, UnitView]], quarter: Quarter) -> Keyboard:
    return rows(
        [
            button(progress_texts.short(unit.name), UnitDuties(unit.id, quarter, 0))
            for state, unit in units
            if state is not State.COMPLETE
        ],
        2,
    )


def _silent(session: Session, programme: ProgrammeView, quarter: Quarter) -> tuple[UnitView, ...]:
    """Return the units with nothing registered in the quarter."""
    registered = unfinished.registered(session, [line.id for _, line in programme.lines()], quarter)
    return tuple(unit for unit in programme.units if not any(line.id in registered for line in unit.lines))
