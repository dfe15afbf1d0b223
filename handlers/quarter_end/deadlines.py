"""`/pendientes`: what is missing for a quarter, each with a button to complete it.

The data of each button names what it shows: see `handlers.progress.buttons`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from handlers.activities.buttons import Settle, ShowActivity
from handlers.activities.listing import Listing
from handlers.activity_form import unregistered
from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.progress import late_units, quarter_query, reported
from handlers.progress.buttons import (
    BareActivities,
    DutiesData,
    LateUnits,
    OwnDuties,
    PendingActivities,
    ReportedUnits,
    SameDuties,
    UnitDuties,
    WholeDuties,
)
from handlers.quarter_end import duty_buttons
from handlers.texts import general
from handlers.texts.activities.activities import counts_now
from handlers.texts.escaping import Html
from handlers.texts.progress import progress as progress_texts
from handlers.texts.quarter_end import calendar as calendar_texts
from handlers.texts.quarter_end import deadlines as texts
from models.activities import unfinished
from models.activities.reading import ActivityView
from models.calendar import closing
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.programme.view import LineView, ProgrammeView, UnitView
from models.progress.progress import progress
from models.quarter import Quarter, as_of
from models.quarter_end.duties import checklist, telling
from models.rights import Action

PAGE = 6  # duties or activities per page


def ask(context: TurnContext) -> None:
    """`/pendientes [unidad] [trimestre] [año]`; without a unit, the person's own, else the institution."""
    query = quarter_query.read(context)
    if query is None:
        return
    if len(query.units) == 1:
        _show_unit(context, query.programme, query.quarter, query.units[0].id, 0)
    elif query.named:
        paging.choose(context, texts.WHICH_UNIT, _unit_buttons(query.units, query.quarter))
    elif query.units:
        _show_own(context, query.programme, query.quarter)
    else:
        _show_whole(context, query.programme, query.quarter)


def press(context: TurnContext, data: DutiesData) -> None:
    """Show another unit, quarter or page in place, or the activities that are incomplete."""
    match data:
        case SameDuties():
            context.answer(progress_texts.SAME)
        case WholeDuties(quarter):
            _show_whole(context, quarter_query.programme_of(context, quarter), quarter)
        case OwnDuties(quarter):
            _show_own(context, quarter_query.programme_of(context, quarter), quarter)
        case ReportedUnits(quarter):
            reported.show(context, quarter_query.programme_of(context, quarter), quarter)
        case LateUnits(quarter):
            late_units.show(context, quarter_query.programme_of(context, quarter), quarter)
        case UnitDuties(unit_id, quarter, offset):
            _show_unit(context, quarter_query.programme_of(context, quarter), quarter, unit_id, offset)
        case _ if not context.incoming.private:
            context.refuse(general.PRIVATE_ONLY)
        case BareActivities(line_id, quarter, offset):
            _show_bare(context, quarter_query.programme_of(context, quarter), quarter, line_id, offset)
        case PendingActivities(line_id, quarter, offset):
            _show_pending(context, quarter_query.programme_of(context, quarter), quarter, line_id, offset)


def _show_unit(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, unit_id: int, offset: int
) -> None:
    unit = quarter_query.unit_in(programme, unit_id)
    every = telling(checklist(context.session, unit, quarter, context.now))
    found = [each for each in every if not each.done]
    mine = [each for each in found if duty_buttons.is_owed(context, each)]
    offset = min(offset, max(len(mine) - 1, 0)) // PAGE * PAGE
    page = texts.UnitPage(
        status=progress(context.session, programme, quarter, context.today, unit),
        left=_left(context, quarter, closing.deadline(context.session, unit.id, quarter).last_day),
        today=context.today,
        mine=mine,
        others=[each for each in found if not duty_buttons.is_owed(context, each)],
        offset=offset,
        size=PAGE,
        done=sum(each.done and duty_buttons.is_owed(context, each) for each in every),
        signed=not found and closing.signed(context.session, unit.id, quarter) is not None,
    )
    shown = list(enumerate(mine, 1))[offset : offset + PAGE]
    mends = [row for place, duty in shown if (row := duty_buttons.buttons(context, unit, duty, place))]
    page_buttons = _page_buttons(
        lambda start: UnitDuties(unit.id, quarter, start), offset, offset + PAGE < len(mine)
    )
    quarters = _quarters(quarter, lambda other: UnitDuties(unit.id, other, 0))
    again = [button(texts.REFRESH, UnitDuties(unit.id, quarter, offset))]
    cards = unregistered.item(context)
    text = Html("{}\n\n{}").format(cards.text, texts.unit_page(page)) if cards else texts.unit_page(page)
    context.edit(text, [*(cards.keyboard if cards else []), *mends, *page_buttons, quarters, again])


def _show_own(context: TurnContext, programme: ProgrammeView, quarter: Quarter) -> None:
    _show_units(
        context, programme, quarter, quarter_query.own_units(context, programme), OwnDuties, texts.OWN
    )


def _show_whole(context: TurnContext, programme: ProgrammeView, quarter: Quarter) -> None:
    institution = programme.institution
    title = institution.get("short_name") or institution.get("name") or progress_texts.EVERYBODY
    _show_units(context, programme, quarter, programme.units, WholeDuties, title)


def _show_units(
    context: TurnContext,
    programme: ProgrammeView,
    quarter: Quarter,
    units: tuple[UnitView, ...],
    to: Callable[[Quarter], DutiesData],
    title: str,
) -> None:
    """Show those units, each with the number of its duties."""
    left = _left(context, quarter, calendar(context.session).close_day(quarter))
    counts = [_count(context, unit, quarter) for unit in units]
    cards = unregistered.item(context)

    def page(found: Sequence[texts.DutyCount]) -> Html:
        shown = texts.units_page(title, quarter, left, context.today, counts, found)
        return Html("{}\n\n{}").format(cards.text, shown) if cards else shown

    def keyboard(found: Sequence[texts.DutyCount]) -> Keyboard:
        chosen = rows(_unit_buttons((each.unit for each in found), quarter), 2)
        return [*(cards.keyboard if cards else []), *chosen]

    paging.show(
        context,
        counts,
        page,
        keyboard,
        below=[_quarters(quarter, to)],
    )


def _count(context: TurnContext, unit: UnitView, quarter: Quarter) -> texts.DutyCount:
    every = telling(checklist(context.session, unit, quarter, context.now))
    found = [each for each in every if not each.done]
    done = sum(each.done and duty_buttons.is_owed(context, each) for each in every)
    mine = sum(duty_buttons.is_owed(context, each) for each in found)
    signed = not found and closing.signed(context.session, unit.id, quarter) is not None
    return texts.DutyCount(unit, mine, len(found) - mine, signed, done)


def _left(context: TurnContext, quarter: Quarter, close: date) -> str:
    """Return the sentence that says how much time is left before the close."""
    return calendar_texts.time_left(calendar(context.session), close, context.today)


def _show_bare(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, line_id: int, offset: int
) -> None:
    unit, line = _readable_line(context, programme, line_id)
    found = unfinished.without_evidence(context.session, line_id, quarter, offset, PAGE + 1)
    if not found and offset:
        _show_bare(context, programme, quarter, line_id, 0)
        return
    here = Listing(quarter.year, quarter.number, unit_id=unit.id, line_id=line.id)
    choices = [
        [button(texts.activity_button(each.activity), ShowActivity(each.activity.id or 0, here))]
        for each in found[:PAGE]
    ]
    text = texts.bare_page(unit, line, quarter, found[:PAGE])
    page_buttons = _page_buttons(lambda start: BareActivities(line_id, quarter, start), offset, _more(found))
    _show_list(context, quarter, unit, text, [*choices, *page_buttons])


def _show_pending(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, line_id: int, offset: int
) -> None:
    unit, line = _readable_line(context, programme, line_id)
    targets = {target.id: target for target in line.targets}
    on = as_of(quarter, context.today)
    found = unfinished.awaiting(context.session, list(targets), on, offset, PAGE + 1)
    if not found and offset:
        _show_pending(context, programme, quarter, line_id, 0)
        return
    choices = [
        [button(counts_now(each.activity, entry, targets[entry.target_id]), Settle(entry.id or 0))]
        for each in found[:PAGE]
        for entry in each.entries
        if entry.pending > 0
    ]
    text = texts.pending_page(unit, line, quarter, found[:PAGE])
    page_buttons = _page_buttons(
        lambda start: PendingActivities(line_id, quarter, start), offset, _more(found)
    )
    _show_list(context, quarter, unit, text, [*choices, *page_buttons])


def _show_list(context: TurnContext, quarter: Quarter, unit: UnitView, text: str, keyboard: Keyboard) -> None:
    back = button(texts.BACK, UnitDuties(unit.id, quarter, 0))
    context.edit(text, [*keyboard, [back]])


def _more(found: list[ActivityView]) -> bool:
    return len(found) > PAGE


def _readable_line(context: TurnContext, programme: ProgrammeView, line_id: int) -> tuple[UnitView, LineView]:
    """Return the line and its unit. Raises `Rejected` if the person may not read its activities."""
    for unit, line in programme.lines():
        if line.id == line_id:
            context.member.require(Action.READ_ACTIVITIES, unit.id)
            return unit, line
    raise Rejected("stale_button")


def _unit_buttons(units: Iterable[UnitView], quarter: Quarter) -> list[dict[str, str]]:
    return [button(progress_texts.short(unit.name), UnitDuties(unit.id, quarter, 0)) for unit in units]


def _page_buttons(to: Callable[[int], DutiesData], offset: int, more: bool) -> Keyboard:
    """Return the buttons to the previous and next page."""
    page_buttons = []
    if offset:
        page_buttons.append(button(texts.EARLIER, to(max(offset - PAGE, 0))))
    if more:
        page_buttons.append(button(texts.LATER, to(offset + PAGE)))
    return [page_buttons] if page_buttons else []


def _quarters(here: Quarter, to: Callable[[Quarter], DutiesData]) -> list[dict[str, str]]:
    """Return a button for each quarter of the year; the current one is marked."""
    return [
        button(
            progress_texts.quarter_button(each.number, each == here),
            SameDuties() if each == here else to(each),
        )
        for each in Quarter.all_of(here.year)
    ]


CONVERSATION = Conversation(
    commands=(Command("pendientes", Action.READ_PROGRESS, ask, texts.MENU, in_groups=True, paged=True),),
    callbacks=(Callback(DutiesData, Action.READ_PROGRESS, press, in_groups=True),),
)
