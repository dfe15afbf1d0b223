"""What a page of `/avance` says beside its figures: the quarter before, reasons, people reached."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.chat.context import TurnContext
from handlers.texts.progress.details import Details
from models.activities.attendance import Attended, attendance, together
from models.progress import snapshot_reading
from models.progress.progress import progress
from models.progress.status import LineStatus, ProgressStatus, UnitStatus
from models.quarter_end import statements
from models.rights import Action


def details(context: TurnContext, status: ProgressStatus, line: LineStatus | None = None) -> Details:
    """Return the details of a line, of the only unit of the status, or of all its units together.

    Reasons and people only in private, for those who may read the activities that they come from.
    """
    found = _before(context, status, line)
    may = context.member.may
    if not context.incoming.private or not all(
        may(Action.READ_ACTIVITIES, each.unit.id, signed=each.signed is not None) for each in status.units
    ):
        return found
    found = replace(found, attended=_attended(context, status, line))
    if len(status.units) != 1:
        return found
    unit = status.units[0]
    return _with_reasons(context, status, unit, unit.lines if line is None else (line,), found)


def _before(context: TurnContext, status: ProgressStatus, line: LineStatus | None) -> Details:
    """Return the share at the end of the previous quarter, if that is of the same year."""
    quarter = status.quarter
    if quarter.number == 1 or context.today < quarter.first_day:
        return Details()
    only = status.units[0].unit if len(status.units) == 1 else None
    unit = status.programme.unit(only.id) if only else None
    earlier = progress(context.session, status.programme, quarter.previous, context.today, unit)
    if unit is None:
        return Details(before=(quarter.previous, earlier.exact))
    earlier_status: LineStatus | UnitStatus | None = earlier.units[0]
    if line is not None:
        earlier_status = earlier.units[0].line(line.line.number)
    return Details(before=(quarter.previous, earlier_status.exact)) if earlier_status else Details()


def _attended(context: TurnContext, status: ProgressStatus, line: LineStatus | None) -> Attended:
    """Return how many took part in the quarter, of a signed unit as it was signed."""
    live = [each.unit.id for each in status.units if each.signed is None]
    line_ids = [line.line.id] if line else []
    parts = [
        snapshot_reading.attended(each.signed.snapshot, line_ids)
        for each in status.units
        if each.signed is not None
    ]
    if live:
        parts.append(attendance(context.session, live, status.quarter.first_day, status.on, line_ids))
    return together(parts)


def _with_reasons(
    context: TurnContext,
    status: ProgressStatus,
    unit: UnitStatus,
    lines: Sequence[LineStatus],
    found: Details,
) -> Details:
    if unit.signed is not None:
        signed = snapshot_reading.read(unit.signed.snapshot)["lines"]
        observed = {each["id"]: each["observation"] for each in signed if each["observation"]}
        still = {each["id"]: each["standstill"] for each in signed if each["standstill"]}
        return replace(found, observed=observed, still=still)
    ids = [each.line.id for each in lines]
    said = statements.observations(context.session, ids, status.quarter)
    silent = statements.no_activity_reasons(context.session, ids, status.quarter)
    return replace(
        found,
        observed={line_id: statements.words(each) for line_id, each in said.items()},
        still={line_id: statements.words(each) for line_id, each in silent.items()},
    )
