"""Where a report's figures come from: signed snapshots, and present ones of units that have not signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.calendar import closing
from models.programme.view import ProgrammeView, UnitView, programmes
from models.progress.snapshot_reading import read, restore_status
from models.progress.status import UnitStatus, together
from models.quarter import Quarter
from models.quarter_end.snapshot import snapshot
from models.tables.signature import Signature
from reports.quarterly.content import EarlierQuarter

Said = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A unit's quarter: its parsed snapshot, the status in it, and the signature in force, if any."""

    said: Said
    stood: UnitStatus
    signature: Signature | None


def unit_sources(
    session: Session,
    programme: ProgrammeView,
    quarter: Quarter,
    on: date,
    today: date,
    unit: UnitView | None,
) -> list[Source]:
    """Return the sources of all units with lines in force on that day, or of one unit."""
    units = (unit,) if unit else programme.units
    signed = closing.signatures(session, [each.id for each in units], quarter)
    if today < quarter.last_day:
        signed = {}
    found = []
    for each in units:
        signature = signed.get(each.id)
        text = signature.snapshot if signature else snapshot(session, programme, each, quarter, on)
        said = read(text)
        source = Source(said, restore_status(said), signature)
        if source.stood.lines or unit:
            found.append(source)
    return found


def earlier_quarters(
    session: Session, quarter: Quarter, today: date, unit: UnitView | None
) -> Iterator[EarlierQuarter]:
    """Yield the same quarter of last year and the previous one of this year, where a unit signed them.

    What was not signed is in no figure: a unit's is missing then, and so is the whole.
    """
    asked = [Quarter(quarter.year - 1, quarter.number)]
    if quarter.number > 1:
        asked.append(Quarter(quarter.year, quarter.number - 1))
    years = programmes(session).years
    for each in asked:
        programme = years.get(each.year)
        if programme is None:
            continue
        own = next((other for other in programme.units if unit and other.key == unit.key), None)
        if unit and own is None:
            continue
        sources = unit_sources(session, programme, each, each.last_day, today, own)
        signed = [source.stood for source in sources if source.signature is not None]
        if signed:
            whole = together(programme, tuple(signed), each, each.last_day).exact
            units = {one.unit.key: one.exact for one in signed}
            yield EarlierQuarter(each, whole if len(signed) == len(sources) else None, units)
