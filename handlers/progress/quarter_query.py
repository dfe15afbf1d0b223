"""Parses the arguments of commands about units and a quarter, in any order and spelling."""

from dataclasses import dataclass

from handlers.chat.context import TurnContext
from handlers.texts.progress import progress as texts
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.programme.view import ProgrammeView, UnitView
from models.quarter import Quarter
from spanish.reading.progress_query import find_units, read_words


@dataclass(frozen=True)
class Asked:
    """The parsed arguments: `units` are those named, else the person's own; empty means the institution."""

    programme: ProgrammeView
    quarter: Quarter
    units: tuple[UnitView, ...]
    named: bool = False
    line: int | None = None


def read(context: TurnContext) -> Asked | None:
    """Parse the command's arguments; return None after telling the person why it is not possible.

    Without a quarter it is the quarter in hand: the one before until its close.
    """
    query = read_words(context.incoming.arguments)
    in_hand = calendar(context.session).quarter_in_hand(context.today)
    programme = context.programmes.years.get(query.year or in_hand.year)
    if programme is None and query.year is None:
        programme = context.programmes.of(context.today) or context.programmes.newest()
    if programme is None:
        context.refuse(texts.no_programme(query.year or in_hand.year, sorted(context.programmes.years)))
        return None
    found = find_units(query.words, programme.units)
    if found.unknown:
        context.say(texts.unknown_words(found.unknown))
        return None
    quarter = in_hand
    if query.quarter is not None:
        quarter = Quarter(programme.year, query.quarter)
    elif programme.year != in_hand.year:
        quarter = Quarter(programme.year, 4 if programme.year < in_hand.year else 1)
    units = found.units or (() if found.whole else own_units(context, programme))
    return Asked(programme, quarter, units, named=bool(found.units), line=query.line)


def own_units(context: TurnContext, programme: ProgrammeView) -> tuple[UnitView, ...]:
    """Return the programme's units to which the person belongs."""
    return tuple(unit for unit in programme.units if unit.id in context.member.unit_ids)


def programme_of(context: TurnContext, quarter: Quarter) -> ProgrammeView:
    """Return the programme of the quarter's year. Raises `Rejected("stale_button")` if there is none."""
    programme = context.programmes.years.get(quarter.year)
    if programme is None:
        raise Rejected("stale_button")
    return programme


def unit_in(programme: ProgrammeView, unit_id: int) -> UnitView:
    """Return the programme's unit with that id. Raises `Rejected("stale_button")` if there is none."""
    unit = programme.unit(unit_id)
    if unit is None:
        raise Rejected("stale_button")
    return unit
