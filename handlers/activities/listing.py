"""Filter and page of the list of activities, as they are stored in callback data."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from handlers.chat.context import TurnContext
from handlers.updates.callback_data import LARGEST_NUMBER, ValueFormat
from models.activities.reading import Wanted
from models.calendar import closing
from models.errors import Rejected
from models.people import roster
from models.people.roster import RosterEntry
from models.programme.view import LineView, ProgrammeView, UnitView
from models.quarter import Quarter
from models.rights import Action
from models.tables.people import Role

MINE, UNITS, AUTHORS = "m", "u", "p"
_DAY = "%Y%m%d"


@dataclass(frozen=True)
class Listing:
    """Activities of `year`, of one quarter of it or of some days; all that the person may read unless it says
    less.

    `author_id` is somebody whose activities they are. Observers may read what lies in signed quarters.
    """

    year: int
    quarter: int | None = None
    mine: bool = False
    unit_id: int | None = None
    line_id: int | None = None
    offset: int = 0
    days: tuple[date, date] | None = None  # the first and the last
    author_id: int | None = None
    registered: bool = False  # in those days, whenever it was done

    @classmethod
    def first(cls, context: TurnContext) -> Self:
        """Return the filter with which `/actividades` begins: all readable units in this year's programme."""
        programme = context.programmes.of(context.today) or context.programmes.newest()
        return cls(year=programme.year if programme else context.today.year)

    @classmethod
    def unpack(cls, text: str) -> Self:
        """From a button's data, which has the form of `LISTING`. Raises ValueError for a number too large."""
        whose, *numbers, unit, line, when, offset = text.split(":")
        author_id = int(numbers[0]) if numbers else None
        unit_id, line_id, start = int(unit), int(line), int(offset)
        if max(unit_id, line_id, start, author_id or 0) > LARGEST_NUMBER:
            raise ValueError(f"no row has such a number: {text}")
        days, quarter = None, None
        if "-T" in when:
            quarter = int(when[-1])
        elif "-" in when:
            first, last = (datetime.strptime(each, _DAY).date() for each in when.lstrip("r").split("-"))  # noqa: DTZ007
            days = first, last
        where = (unit_id or None, line_id or None)
        year = int(when.lstrip("r")[:4])
        return cls(year, quarter, whose == MINE, *where, start, days, author_id, when.startswith("r"))

    def pack(self) -> str:
        """Return the form that `unpack` parses."""
        when = Quarter(self.year, self.quarter).key if self.quarter else str(self.year)
        if self.days is not None:
            when = ("r" if self.registered else "") + "-".join(each.strftime(_DAY) for each in self.days)
        whose = MINE if self.mine else UNITS if self.author_id is None else f"{AUTHORS}:{self.author_id}"
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

    def author(self, context: TurnContext) -> str | None:
        """The name of whose activities they are, if they are somebody's else.

        Raises `Rejected("stale_button")` where the person may not know who is of that unit.
        """
        if self.author_id is None:
            return None
        entry = roster.entry(context.session, self.author_id)
        if not may_name(context, entry):
            raise Rejected("stale_button")
        return entry.name

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
        registered = None
        if self.days is not None and self.registered:
            first, registered = date(self.year - 1, 1, 1), _instants(self.days, context.zone)
        elif self.days is not None:
            first, last = self.days
        units = self.units(context)
        return Wanted(
            unit_ids=tuple(unit.id for unit in units),
            periods=_periods(context, units, self.year, (first, last)),
            first_day=first,
            last_day=last,
            line_id=self.line_id,
            author_id=context.member.person_id if self.mine else self.author_id,
            registered=registered,
        )


_FORMS = tuple(
    f"{whose}:#:#:{when}:#" for whose in ("m", "u", "p:#") for when in ("PERIOD", "SPAN", "REGISTERED")
)
LISTING = ValueFormat(_FORMS, Listing.unpack, Listing.pack)


def may_name(context: TurnContext, entry: RosterEntry) -> bool:
    """Whether the person reads the activities of one of their units; who has none is of planning."""
    may = context.member.may
    units = [pair.unit.id for pair in entry.pairs if pair.unit is not None]
    if not units:
        return bool(context.member.unit_ids) or Role.PLANNING in context.member.roles
    return any(may(Action.READ_ACTIVITIES, unit_id) for unit_id in units)


def _instants(days: tuple[date, date], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of those days, and the first after them."""
    first, last = days
    midnight = time(0, tzinfo=zone)
    return datetime.combine(first, midnight), datetime.combine(last + timedelta(days=1), midnight)


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
