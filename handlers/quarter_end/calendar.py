"""`/calendario`: the quarter's end and close, the days on which lines end, and coming days off.

Planning's changes are drafts: moving a close, adding days off, removing one.
"""

from handlers.chat import drafts, paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.progress import quarter_query
from handlers.quarter_end.buttons import (
    AddDaysOff,
    CalendarData,
    ChooseDayOff,
    MoveClose,
    RemoveDayOff,
    SameCalendar,
    ShowCalendar,
)
from handlers.quarter_end.calendar_flow import CalendarFlow
from handlers.texts.progress import progress as progress_texts
from handlers.texts.quarter_end import calendar as texts
from models.calendar import closing
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.programme.view import ProgrammeView, UnitView
from models.quarter import Quarter
from models.quarter_end import rescheduling
from models.quarter_end.rescheduling import CalendarChange, Rescheduling
from models.rights import Action
from models.tables.chat.draft import DraftKind

EVERYBODY = 0


def ask(context: TurnContext) -> None:
    """`/calendario [unidad] [trimestre] [año]`; without a unit, the person's own, else the institution."""
    asked = quarter_query.read(context)
    if asked is not None:
        _show(context, asked.programme, asked.quarter, asked.units)


def press(context: TurnContext, data: CalendarData) -> None:
    """Show another quarter, or the days off that may be removed, in place."""
    match data:
        case SameCalendar():
            context.answer(progress_texts.SAME)
        case ShowCalendar(unit_id, quarter):
            programme = quarter_query.programme_of(context, quarter)
            _show(context, programme, quarter, _units(context, programme, unit_id))
        case ChooseDayOff(quarter):
            _choose_day(context, quarter)


def begin_move(context: TurnContext, data: MoveClose) -> None:
    """📆: begin moving a quarter's close."""
    quarter_query.programme_of(context, data.quarter)
    _begin(context, Rescheduling(change=CalendarChange.MOVE, quarter=data.quarter.key))


def begin_addition(context: TurnContext, data: AddDaysOff) -> None:
    """➕: begin adding days off."""
    _begin(context, Rescheduling(change=CalendarChange.ADD))


def begin_removal(context: TurnContext, data: RemoveDayOff) -> None:
    """➖: begin removing a day off that was added."""
    day = data.day
    if day not in {each.day for each in rescheduling.added_days(context.session, context.today)}:
        raise Rejected("already_working_day")
    _begin(context, Rescheduling(change=CalendarChange.REMOVE, first_day=day, last_day=day))


def _begin(context: TurnContext, wanted: Rescheduling) -> None:
    """Begin the change, or show the draft of the same change that is already open."""
    context.member.require(Action.KEEP_CALENDAR)
    draft = drafts.newest_open(context)
    if draft is not None and draft.kind is DraftKind.CALENDAR:
        content: Rescheduling = drafts.read(context, draft)
        if (content.change, content.quarter) == (wanted.change, wanted.quarter) and (
            wanted.change is not CalendarChange.REMOVE or content.first_day == wanted.first_day
        ):
            drafts.show(context, draft, edit=False)
            return
    drafts.open_new(context, DraftKind.CALENDAR, wanted)


def _show(
    context: TurnContext, programme: ProgrammeView, quarter: Quarter, units: tuple[UnitView, ...]
) -> None:
    session = context.session
    days = calendar(session)
    page = texts.CalendarPage(
        days=days,
        quarter=quarter,
        today=context.today,
        units=units or programme.units,
        whole=not units,
        move=rescheduling.close_move(session, quarter),
        added={each.day: each.reason for each in rescheduling.added_days(session, context.today)},
        until=closing.deadline(session, units[0].id, quarter).last_day if len(units) == 1 else None,
        signed=closing.signed(session, units[0].id, quarter) if len(units) == 1 else None,
    )
    shown = units[0].id if len(units) == 1 else EVERYBODY
    page_buttons = [
        button(
            progress_texts.quarter_button(each.number, each == quarter),
            SameCalendar() if each == quarter else ShowCalendar(shown, each),
        )
        for each in Quarter.all_of(quarter.year)
    ]
    context.edit(texts.page(page), [page_buttons, *_keeping(context, quarter, bool(page.added))])


def _keeping(context: TurnContext, quarter: Quarter, removable: bool) -> Keyboard:
    """Return planning's buttons for changes; none in groups or for others."""
    if not (context.incoming.private and context.member.may(Action.KEEP_CALENDAR)):
        return []
    first = [button(texts.MOVE, MoveClose(quarter))] if _may_move(context, quarter) else []
    second = [button(texts.ADD, AddDaysOff())]
    if removable:
        second.append(button(texts.REMOVE, ChooseDayOff(quarter)))
    return [row for row in (first, second) if row]


def _may_move(context: TurnContext, quarter: Quarter) -> bool:
    """Return whether there is a day left to which the quarter's close may move."""
    return context.today <= quarter.next.last_day


def _choose_day(context: TurnContext, quarter: Quarter) -> None:
    context.member.require(Action.KEEP_CALENDAR)
    quarter_query.programme_of(context, quarter)
    added = rescheduling.added_days(context.session, context.today)
    paging.show(
        context,
        added,
        lambda _: texts.WHICH_DAY,
        lambda days: rows([button(texts.day_button(each.day), RemoveDayOff(each.day)) for each in days], 2),
        below=[[button(texts.BACK, ShowCalendar(EVERYBODY, quarter))]],
    )


def _units(context: TurnContext, programme: ProgrammeView, unit_id: int) -> tuple[UnitView, ...]:
    """Return that unit.

    For `EVERYBODY`, the person's own if they have several, else none for the institution.
    """
    if unit_id == EVERYBODY:
        mine = quarter_query.own_units(context, programme)
        return mine if len(mine) > 1 else ()
    return (quarter_query.unit_in(programme, unit_id),)


CONVERSATION = Conversation(
    commands=(Command("calendario", Action.READ_PROGRESS, ask, texts.MENU, in_groups=True),),
    callbacks=(
        Callback(CalendarData, Action.READ_PROGRESS, press, in_groups=True),
        Callback(MoveClose, Action.KEEP_CALENDAR, begin_move),
        Callback(AddDaysOff, Action.KEEP_CALENDAR, begin_addition),
        Callback(RemoveDayOff, Action.KEEP_CALENDAR, begin_removal),
    ),
    flows={DraftKind.CALENDAR: CalendarFlow()},
)
