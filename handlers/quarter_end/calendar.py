"""`/calendario`: the quarter's end and close, the ends of the lines, the days off to come.

A button's data says what it shows: «cal:v:7:2024-T1» is unit 7 (0: the institution) in that quarter. What
planning changes are drafts: «calm:2024-T1» moves a close, «cala» adds days off, «calr:2024-07-15» takes one
away.
"""

from datetime import date

from handlers.chat import drafts, paging
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.progress import quarter_query
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
from models.tables.draft import DraftKind

VIEW, CHOOSE, SAME = "v", "r", "="
EVERYBODY = 0


def ask(context: TurnContext) -> None:
    """`/calendario [unidad] [trimestre] [año]`; without a unit one's own, else the institution."""
    asked = quarter_query.read(context)
    if asked is not None:
        _show(context, asked.programme, asked.quarter, asked.units)


def press(context: TurnContext) -> None:
    """Another quarter, or the days off that may be taken away, in place."""
    view, *data = (context.incoming.data or "").split(":")[1:] or [""]
    if view == SAME:
        context.answer(progress_texts.SAME)
    elif view == VIEW and len(data) == 2:
        programme, quarter = quarter_query.of_key(context, data[1])
        _show(context, programme, quarter, _units(context, programme, context.argument(2)))
    elif view == CHOOSE:
        _choose_day(context)
    else:
        raise Rejected("stale_button")


def begin_move(context: TurnContext) -> None:
    """📆: the close of a quarter, to another day."""
    _, quarter = quarter_query.of_key(context, (context.incoming.data or "").partition(":")[2])
    _begin(context, Rescheduling(change=CalendarChange.MOVE, quarter=quarter.key))


def begin_addition(context: TurnContext) -> None:
    """➕: days off."""
    _begin(context, Rescheduling(change=CalendarChange.ADD))


def begin_removal(context: TurnContext) -> None:
    """➖: one day off that was added."""
    try:
        day = date.fromisoformat((context.incoming.data or "").partition(":")[2])
    except ValueError:
        raise Rejected("stale_button") from None
    if day not in {each.day for each in rescheduling.added_days(context.session, context.today)}:
        raise Rejected("already_working_day")
    _begin(context, Rescheduling(change=CalendarChange.REMOVE, first_day=day, last_day=day))


def _begin(context: TurnContext, wanted: Rescheduling) -> None:
    """Ask for the rest. The same change that is open already is shown again: a button may be tapped twice."""
    context.member.require(Action.KEEP_CALENDAR)
    draft = drafts.newest_open(context)
    if draft is not None and draft.kind is DraftKind.CALENDAR:
        content: Rescheduling = drafts.read(draft)
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
    turns = [
        button(progress_texts.quarter_button(each.number, each == quarter), "cal", *_to(each, quarter, shown))
        for each in Quarter.all_of(quarter.year)
    ]
    context.edit(texts.page(page), [turns, *_keeping(context, quarter, bool(page.added))])


def _to(quarter: Quarter, here: Quarter, unit_id: int) -> tuple[int | str, ...]:
    return (SAME,) if quarter == here else (VIEW, unit_id, quarter.key)


def _keeping(context: TurnContext, quarter: Quarter, removable: bool) -> Keyboard:
    """What planning may change, in private."""
    if not (context.incoming.private and context.member.may(Action.KEEP_CALENDAR)):
        return []
    first = [button(texts.MOVE, "calm", quarter.key)] if _may_move(context, quarter) else []
    second = [button(texts.ADD, "cala")]
    if removable:
        second.append(button(texts.REMOVE, "cal", CHOOSE, quarter.key))
    return [row for row in (first, second) if row]


def _may_move(context: TurnContext, quarter: Quarter) -> bool:
    """Whether there is a day left to which its close may move."""
    return context.today <= quarter.next.last_day


def _choose_day(context: TurnContext) -> None:
    context.member.require(Action.KEEP_CALENDAR)
    _, quarter = quarter_query.of_key(context, (context.incoming.data or "").rpartition(":")[2])
    added = rescheduling.added_days(context.session, context.today)
    paging.show(
        context,
        added,
        lambda _: texts.WHICH_DAY,
        lambda days: rows(
            [button(texts.day_button(each.day), "calr", each.day.isoformat()) for each in days], 2
        ),
        below=[[button(texts.BACK, "cal", VIEW, EVERYBODY, quarter.key)]],
    )


def _units(context: TurnContext, programme: ProgrammeView, unit_id: int) -> tuple[UnitView, ...]:
    """That unit; for none one's own where there are several, else the institution."""
    if unit_id == EVERYBODY:
        mine = quarter_query.own_units(context, programme)
        return mine if len(mine) > 1 else ()
    return (quarter_query.unit_in(programme, unit_id),)
