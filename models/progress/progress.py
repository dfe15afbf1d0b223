"""The progress of a programme in a quarter: signed figures of units that signed it, else present ones.

`/avance`, `/pendientes` and the report take their figures from here.
"""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from models.calendar import closing
from models.programme.view import ProgrammeView, UnitView
from models.progress.snapshot_reading import restore
from models.progress.status import ProgressStatus, Signed, UnitStatus, progress_status, together
from models.progress.tally import tally
from models.quarter import Quarter, as_of
from models.tables.signature import Signature


def progress(
    session: Session, programme: ProgrammeView, quarter: Quarter, today: date, unit: UnitView | None = None
) -> ProgressStatus:
    """Return the progress of a programme or one unit in a quarter, as of today, or its last day if past.

    The figures of a unit that signed the quarter are the signed ones.
    """
    on = as_of(quarter, today)
    units = (unit,) if unit else programme.units
    live = progress_status(
        programme, units, tally(session, programme.id, on, unit.id if unit else None), quarter, on
    )
    if today < quarter.last_day:
        return live
    signed = closing.signatures(session, [each.id for each in units], quarter)
    if not signed:
        return live
    status = tuple(
        _as_signed(signed[each.unit.id], each) if each.unit.id in signed else each for each in live.units
    )
    return together(programme, status, quarter, on)


def _as_signed(signature: Signature, live: UnitStatus) -> UnitStatus:
    assert signature.id is not None
    given = Signed(signature.id, signature.signed_at, signature.sha256, signature.snapshot, live)
    return replace(restore(signature.snapshot), signed=given)
