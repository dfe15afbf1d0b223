"""Which units are on time with a quarter, and which are complete; the two are independent.

Complete: the unit has no duties left, the signature included. On time: before the close, no line is behind
what is due; after it, the quarter was signed while cards could still be confirmed.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.calendar.calendar import calendar
from models.programme.view import ProgrammeView, UnitView
from models.quarter import Quarter
from models.quarter_end.duties import DutyKind, duties
from models.tables.signature import Signature


@dataclass(frozen=True)
class Punctuality:
    """The units of a programme: each is either on time or late, and may be complete in both cases."""

    quarter: Quarter
    on_time: tuple[UnitView, ...]
    late: tuple[UnitView, ...]
    complete: tuple[UnitView, ...]

    @property
    def incomplete(self) -> tuple[UnitView, ...]:
        return tuple(unit for unit in (*self.on_time, *self.late) if unit not in self.complete)


def punctuality(session: Session, programme: ProgrammeView, quarter: Quarter, now: datetime) -> Punctuality:
    """Return which units of a programme are on time and complete at that instant."""
    owed = {unit.id: duties(session, unit, quarter, now) for unit in programme.units}
    if now < calendar(session).closes_at(quarter):
        late = {unit_id for unit_id, each in owed.items() if any(d.kind is DutyKind.BEHIND for d in each)}
    else:
        late = set(owed) - _signed_in_time(session, quarter)
    return Punctuality(
        quarter,
        on_time=tuple(unit for unit in programme.units if unit.id not in late),
        late=tuple(unit for unit in programme.units if unit.id in late),
        complete=tuple(unit for unit in programme.units if not owed[unit.id]),
    )


def _signed_in_time(session: Session, quarter: Quarter) -> set[int]:
    """Return the units whose first signature was in time; a later reopening does not make them late."""
    first = (
        select(col(Signature.unit_id))
        .where(col(Signature.year) == quarter.year, col(Signature.quarter) == quarter.number)
        .group_by(col(Signature.unit_id))
        .having(func.min(col(Signature.signed_at)) <= calendar(session).late_cards_until(quarter))
    )
    return set(session.connection().execute(first).scalars())
