"""A line with its unit's progress, and when what is shown was signed."""

from handlers.chat.context import TurnContext
from handlers.texts.progress import progress as texts
from models.errors import Rejected
from models.programme.view import ProgrammeView
from models.progress.progress import progress
from models.progress.status import LineStatus, ProgressStatus, UnitStatus
from models.quarter import Quarter
from models.quarter_end.since_signed import changes_after_signature


def of_line(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, line_id: int
) -> tuple[ProgressStatus, UnitStatus, LineStatus]:
    """Return the line's progress, with its unit's. Raises `Rejected("line_outside_quarter")`."""
    found = next(((unit, line) for unit, line in programme.lines() if line.id == line_id), None)
    if found is None:
        raise Rejected("stale_button")
    status = progress(context.session, programme, quarter, context.today, found[0])
    unit_status = status.units[0]
    shown = next((each for each in unit_status.lines if each.line.id == line_id), None)
    if shown is None:
        raise Rejected("line_outside_quarter", number=found[1].number, line=found[1])
    return status, unit_status, shown


def signature_note(
    context: TurnContext, unit: UnitStatus, quarter: Quarter, line: LineStatus | None = None
) -> str:
    """Return when the quarter was signed, and what has changed since; "" if it is not signed."""
    if unit.signed is None:
        return ""
    signed_on = unit.signed.at.astimezone(context.zone).date()
    part: LineStatus | UnitStatus = line or unit
    live = unit.signed.live if line is None else unit.signed.live.line(line.line.number)
    if live is None or live.exact == part.exact:
        return texts.signed_note(signed_on, quarter.year)
    changes = changes_after_signature(context.session, unit.unit.id, quarter, unit.signed.at)
    return texts.signed_note(signed_on, quarter.year, changes, live.exact)
