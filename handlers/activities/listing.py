"""Filter and page of the list of activities, as they are stored in callback data."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from handlers.chat.context import TurnContext
from handlers.updates.callback_data import LARGEST_NUMBER, ValueFormat
from models.activities.reading import Wanted
from models.calendar import closing
from models.errors import Rejected
from models.programme.view import LineView, ProgrammeView, UnitView
from models.quarter import Quarter
from models.rights import Action

MINE, UNITS = "m", "u"


@dataclass(frozen=True)
class Listing:
    """The activities of `year`, or of one quarter, that the person may read; the other fields narrow it.

    Observers may read the activities of signed quarters.
    """

    year: int
    quarter: int | None = None
    mine: bool = False
    unit_id: int | None = None
    line_id: int | None = None
    offset: int = 0

    @classmethod
    def first(cls, context: TurnContext) -> Self:
        """Return the filter with which `/actividades` begins: all readable units in this year's programme."""
        programme = context.programmes.of(context.today) or context.programmes.newest()
        return cls(year=programme.year if programme else context.today.year)

    @classmethod
    def unpack(cls, text: str) -> Self:
        """Parse the form of `LISTING` in callback data.

        Raises ValueError for a number too large for a row id.
        """
        whose, unit, line, when, offset = text.split(":")
        if max(unit_id := int(unit), line_id := int(line), start := int(offset)) > LARGEST_NUMBER:
            raise ValueError(f"no row has such a number: {text}")
        quarter = int(when[-1]) if "-" in when else None
        return cls(int(when[:4]), quarter, whose == MINE, unit_id or None, line_id or None, start)

    def pack(self) -> str:
        """Return the form that `unpack` parses."""
        when = Quarter(self.year, self.quarter).key if self.quarter else str(self.year)
        whose = MINE if self.mine else UNITS
        return f"{whose}:{self.unit_id or 0}:{self.line_id or 0}:{when}:{self.offset}"

    def at(self, offset: int) -> Self:
        return replace(self, offset=max(offset, 0))

    def programme(self, context: TurnContext) -> ProgrammeView | None:
        return context.programmes.years.get(self.year)

    def units(self, context: TurnContext) -> list[UnitView]:
        """Return the units of the year's programme that the person may read and that the filter includes."""
        programme = self.programme(context)
        return [
            unit
            for unit in (programme.units if programme else ())
            if self.unit_id in (None, unit.id)
            and context.member.may(Action.READ_ACTIVITIES, unit.id, signed=True)
        ]

    def line(self, units: list[UnitView]) -> LineView | None:
        """Return the line of the filter, or None.

        Raises `Rejected("stale_button")` if none of the units has it.
        """
        if self.line_id is None:
            return None
        found = next((line for unit in units for line in unit.lines if line.id == self.line_id), None)
        if found is None:
            raise Rejected("stale_button")
        return found

    def wanted(self, context: TurnContext) -> Wanted:
        """Return the conditions of the database query."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        if self.quarter:
            quarter = Quarter(self.year, self.quarter)
            first, last = quarter.first_day, quarter.last_day
        units = self.units(context)
        return Wanted(
            unit_ids=tuple(unit.id for unit in units),
            periods=_periods(context, units, self.year, (first, last)),
            first_day=first,
            last_day=last,
            line_id=self.line_id,
            author_id=context.member.person_id if self.mine else None,
        )


LISTING = ValueFormat(("m:#:#:PERIOD:#", "u:#:#:PERIOD:#"), Listing.unpack, Listing.pack)


def _periods(
    context: TurnContext, units: list[UnitView], year: int, days: tuple[date, date]
) -> tuple[tuple[int, date, date], ...] | None:
    """Limit units that are readable only when signed to their signed quarters; None means no limit."""
    limited = [unit for unit in units if not context.member.may(Action.READ_ACTIVITIES, unit.id)]
    if not limited:
        return None
    whole = [(unit.id, *days) for unit in units if unit not in limited]
    signed = [
        (unit.id, quarter.first_day, quarter.last_day)
        for unit in limited
        for quarter in closing.signed_quarters(context.session, unit.id, year)
    ]
    return (*whole, *signed)
