"""What one activity moves: the figures of its line with it and without it."""

from datetime import date

from sqlmodel import Session, select

from models.calendar.calendar import calendar
from models.programme.view import LineView, ProgrammeView
from models.progress.combining import combined, registered_values
from models.progress.status import LineStatus, line_status
from models.progress.tally import Tally, tally
from models.quarter import Quarter
from models.tables.activity import Entry


def moved(
    session: Session, programme: ProgrammeView, line: LineView, activity_id: int, today: date
) -> tuple[LineStatus, LineStatus]:
    """Return the line's figures as of today without the activity, and with it."""
    on = min(today, date(programme.year, 12, 31))
    quarter = calendar(session).quarter_in_hand(on)
    if quarter.year != programme.year:
        quarter = Quarter.of(on)
    with_it = tally(session, programme.id, on, line.unit_id)
    rows = session.exec(select(Entry.id).where(Entry.activity_id == activity_id)).all()
    without = _without(session, line, with_it, {each or 0 for each in rows}, on)
    return line_status(line, without, quarter, on), line_status(line, with_it, quarter, on)


def _without(session: Session, line: LineView, sums: Tally, entry_ids: set[int], on: date) -> Tally:
    """Return the line's sums, combined again from all values but those of the entries."""
    found = registered_values(session, [target.id for target in line.targets], on)
    counted = dict(sums.counted)
    for target in line.targets:
        values = found.get(target.id, [])
        if any(each.entry_id in entry_ids for each in values):
            others = [each.quantity for each in values if each.entry_id not in entry_ids]
            counted[target.id] = combined(target.in_force(on), others)
    return Tally(counted, sums.pending, sums.activities)
