"""`/actividades`: the list of registered activities, in pages, filtered by author, unit, line and quarter.

The callback data of each button holds the whole filter; see `Listing`.
"""

from dataclasses import replace

from handlers.activities.buttons import (
    ActivitiesData,
    ChooseLine,
    SameActivities,
    Settle,
    ShowActivities,
    ShowActivity,
)
from handlers.activities.listing import Listing
from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.texts.activities import activities as texts
from handlers.texts.escaping import Html, escape
from models.activities import returning
from models.activities.reading import ActivityView, count, page
from models.calendar import closing
from models.errors import Rejected
from models.programme.view import TargetView, UnitView
from models.quarter import Quarter
from models.rights import Action
from models.tables.people import Role
from spanish.reading.progress_query import find_units, read_words

PAGE = 5
MINE_WORDS = frozenset(("mias", "mios", "mis", "propias"))


def ask(context: TurnContext) -> None:
    """`/actividades [mías] [unidad] [línea] [trimestre] [año]`, in any order."""
    query = read_words(context.incoming.arguments)
    listing = Listing.first(context)
    if query.year and query.year not in context.programmes.years:
        context.refuse(texts.no_programme(query.year, sorted(context.programmes.years)))
        return
    listing = replace(listing, year=query.year or listing.year, quarter=query.quarter)
    words = [word for word in query.words if word not in MINE_WORDS]
    listing = replace(listing, mine=len(words) < len(query.words))
    found = find_units(words, listing.units(context))
    if found.unknown or (words and not found.units and not found.whole):
        context.say(texts.not_understood(found.unknown or tuple(words)))
        return
    units = list(found.units) or listing.units(context)
    if found.units and len(units) > 1 and query.line is None:
        _ask_unit(context, listing, units)
        return
    if len(units) == 1:
        listing = replace(listing, unit_id=units[0].id)
    if query.line is None:
        show(context, listing)
    else:
        _show_numbered(context, listing, units, query.line)


def press(context: TurnContext, data: ActivitiesData) -> None:
    """Show another page, scope, quarter or line by editing the message."""
    match data:
        case ShowActivities(listing):
            show(context, listing)
        case ChooseLine(listing):
            _ask_line(context, listing)
        case SameActivities():
            context.answer(texts.SAME)


def _show_numbered(context: TurnContext, listing: Listing, units: list[UnitView], number: int) -> None:
    """Show the line with that number, or ask which unit if several have one.

    Raises `Rejected("line_unknown")`.
    """
    having = [(unit, line) for unit in units if (line := unit.line(number))]
    if not having:
        raise Rejected("line_unknown")
    if len(having) == 1:
        show(context, replace(listing, unit_id=having[0][0].id, line_id=having[0][1].id))
        return
    choices = [
        button(unit.name, ShowActivities(replace(listing, unit_id=unit.id, line_id=line.id)))
        for unit, line in having
    ]
    paging.choose(context, texts.WHICH_UNIT, choices)


def _ask_unit(context: TurnContext, listing: Listing, units: list[UnitView]) -> None:
    choices = [button(unit.name, ShowActivities(replace(listing, unit_id=unit.id))) for unit in units]
    paging.choose(context, texts.WHICH_UNIT, choices)


def _ask_line(context: TurnContext, listing: Listing) -> None:
    """Ask for a line of the listing's unit; if it has several units, ask for the unit first."""
    listing = replace(listing, line_id=None, offset=0)
    units = listing.units(context)
    if not units:
        raise Rejected("stale_button")
    if len(units) > 1:
        choices = [button(unit.name, ChooseLine(replace(listing, unit_id=unit.id))) for unit in units]
        every = button(texts.EVERY_UNIT, ShowActivities(listing))
        paging.choose(context, texts.WHICH_UNIT, choices, [[every]])
        return
    choices = [
        button(f"{line.number} · {line.title}", ShowActivities(replace(listing, line_id=line.id)))
        for line in units[0].lines
    ]
    ways = [button(texts.EVERY_LINE, ShowActivities(listing))]
    if len(replace(listing, unit_id=None).units(context)) > 1:
        ways.append(button(texts.OTHER_UNIT, ChooseLine(replace(listing, unit_id=None))))
    paging.choose(context, texts.which_line(units[0]), choices, rows(ways, 1))


def show(context: TurnContext, listing: Listing) -> None:
    """A page of the list, in place of the message that was pressed or as a new one."""
    units = listing.units(context)
    line = listing.line(units)
    author = listing.author(context)
    found = page(context.session, listing.wanted(context), listing.offset, PAGE + 1)
    shown, more = found[:PAGE], len(found) > PAGE
    lines = {line.id: (unit, line) for unit in units for line in unit.lines}
    targets = {target.id: target for _, line in lines.values() for target in line.targets}
    text = texts.listing(
        texts.heading(
            listing.year, listing.quarter, listing.mine, units, line, listing.days, author, listing.registered
        ),
        texts.ActivitiesPage(
            shown,
            listing.offset,
            _marks(context, shown),
            any(context.member.may(Action.CAPTURE, unit.id) for unit in units),
            _unsigned(context, listing, units),
        ),
        lines,
        targets,
    )
    keyboard = [
        *_entries(context, listing, shown, targets),
        *_ways(context, listing),
        *_page_buttons(listing, more),
    ]
    context.edit(text, keyboard)


def _unsigned(context: TurnContext, listing: Listing, units: list[UnitView]) -> texts.Unsigned | None:
    """Return how many of the activities the person may not read before their quarter is signed."""
    wanted = listing.wanted(context)
    if wanted.periods is None or listing.mine:
        return None
    session = context.session
    hidden = count(session, replace(wanted, periods=None)) - count(session, wanted)
    if listing.quarter is None:
        return texts.Unsigned(hidden)
    signed = closing.signed_units(session, Quarter(listing.year, listing.quarter))
    return texts.Unsigned(hidden, sum(unit.id in signed for unit in units), len(units))


def _marks(context: TurnContext, shown: list[ActivityView]) -> dict[int, Html]:
    """Return a mark for each returned activity and, for planning, for each unreviewed one, by activity id."""
    ids = [each.activity.id or 0 for each in shown]
    marks = {
        each.activity_id: escape(texts.RETURNED) for each in returning.open_returns_of(context.session, ids)
    }
    if Role.PLANNING in context.member.roles:
        unreviewed = returning.unreviewed(context.session, [each.activity for each in shown])
        marks = dict.fromkeys(unreviewed, escape(texts.UNREVIEWED)) | marks
    return marks


def _entries(
    context: TurnContext, listing: Listing, shown: list[ActivityView], targets: dict[int, TargetView]
) -> Keyboard:
    """Return a button for each activity, then one for each pending quantity that the person may settle."""
    numbers = [
        button(texts.number(each.activity), ShowActivity(each.activity.id or 0, listing)) for each in shown
    ]
    pending = [
        button(texts.counts_now(each.activity, entry, targets[entry.target_id]), Settle(entry.id or 0))
        for each in shown
        for entry in each.entries
        if entry.pending
        and each.activity.withdrawn_at is None
        and entry.target_id in targets
        and context.member.may(Action.CAPTURE, each.activity.unit_id)
    ]
    return [*rows(numbers, PAGE), *rows(pending, 1)]


def _ways(context: TurnContext, listing: Listing) -> Keyboard:
    """Return the buttons for scope, line and quarter; the current one is marked."""
    anew = listing.at(0)

    def way(label: str, other: Listing) -> dict[str, str]:
        if other == anew:
            return button(texts.marked(label), SameActivities())
        return button(label, ShowActivities(other))

    several = len(replace(listing, unit_id=None).units(context)) > 1
    whose = [
        way(texts.EVERYBODYS if several else texts.OF_UNIT, replace(anew, mine=False, author_id=None)),
        way(texts.MINE, replace(anew, mine=True, author_id=None)),
        button(texts.BY_UNIT if several else texts.BY_LINE, ChooseLine(anew)),
    ]
    when = [
        way(texts.period(listing.year, number), replace(anew, quarter=number, days=None, registered=False))
        for number in (None, 1, 2, 3, 4)
    ]
    return [whose, when]


def _page_buttons(listing: Listing, more: bool) -> Keyboard:
    page_buttons = []
    if listing.offset:
        page_buttons.append(button(texts.NEWER, ShowActivities(listing.at(listing.offset - PAGE))))
    if more:
        page_buttons.append(button(texts.OLDER, ShowActivities(listing.at(listing.offset + PAGE))))
    return [page_buttons] if page_buttons else []


CONVERSATION = Conversation(
    commands=(Command("actividades", Action.READ_ACTIVITIES, ask, texts.MENU, paged=True),),
    callbacks=(Callback(ActivitiesData, Action.READ_ACTIVITIES, press),),
)
