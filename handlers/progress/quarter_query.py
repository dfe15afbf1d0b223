"""What «/pendientes» and «/calendario» are asked for: units and a quarter, in any order and any spelling."""

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
    """`units` are those that were named, else the person's own; none: the institution."""

    programme: ProgrammeView
    quarter: Quarter
    units: tuple[UnitView, ...]
    named: bool = False
    line: int | None = None


def read(context: TurnContext) -> Asked | None:
    """What the words after the command ask for; None where that cannot be had, and the person was told why.

    Without a quarter it is the one in hand: the one before until its close.
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
    """The person's own among the programme's."""
    return tuple(unit for unit in programme.units if unit.id in context.member.unit_ids)


def programme_of(context: TurnContext, quarter: Quarter) -> ProgrammeView:
    """The programme of a button's quarter. Raises `Rejected("stale_button")` where its year has none."""
    programme = context.programmes.years.get(quarter.year)
    if programme is None:
        raise Rejected("stale_button")
    return programme


def unit_in(programme: ProgrammeView, unit_id: int) -> UnitView:
    """Raises `Rejected("stale_button")` where the programme does not have it."""
    unit = programme.unit(unit_id)
    if unit is None:
        raise Rejected("stale_button")
    return unit
