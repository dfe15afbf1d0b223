"""How a programme stands in a quarter: signed figures where a unit signed it, live ones elsewhere.

`/avance`, `/pendientes` and the report all take their figures from here.
"""

from datetime import date

from sqlmodel import Session

from models.programme_view import ProgrammeView, UnitView
from models.quarter import Quarter, asked
from models.standing import Standing, stand
from models.tally import tally


def progress(
    session: Session, programme: ProgrammeView, quarter: Quarter, today: date, unit: UnitView | None = None
) -> Standing:
    """How a programme or one of its units stands in a quarter: at today, or at a past one's last day."""
    on = asked(quarter, today)
    counts = tally(session, programme.id, on, unit.id if unit else None)
    return stand(programme, (unit,) if unit else programme.units, counts, quarter, on)
