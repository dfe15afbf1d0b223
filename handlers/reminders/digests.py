"""Makes the sections of a person's digest: text and buttons for each group of due reminders."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button
from handlers.progress import late_units
from handlers.progress.buttons import Attend, LateUnits, UnitProgress, WholeProgress
from handlers.quarter_end.buttons import ShowCalendar, Sign
from handlers.reminders.mornings import mending, mornings
from handlers.reminders.section import Section, status_of, told
from handlers.reminders.weekly import weekly
from handlers.texts.progress import progress as progress_texts
from handlers.texts.reminders import reminders as texts
from models.calendar.calendar import calendar
from models.calendar.closing import deadline, signed
from models.chain import anchor
from models.quarter_end.rescheduling import close_before, close_move
from models.reminders.due_notices import DueNotice
from models.reminders.reminders import Reminder
from models.tables.notice import NoticeKind
from models.tables.people import Role


def sections(context: TurnContext, reminders: Sequence[Reminder]) -> list[Section]:
    """Return the sections in reading order: a moved close, the close, overdue units, the week, duties."""
    by_kind: dict[NoticeKind, list[Reminder]] = defaultdict(list)
    for each in reminders:
        by_kind[each.due_notice.kind].append(each)
    return [
        *(_moved(context, each.due_notice) for each in by_kind[NoticeKind.MOVED]),
        *(_summary(context, each.due_notice) for each in by_kind[NoticeKind.SUMMARY]),
        *_overdue(context, by_kind[NoticeKind.OVERDUE]),
        *(weekly(context, each.due_notice) for each in by_kind[NoticeKind.WEEKLY]),
        *(
            Section(texts.chain_head(anchor.newest(context.session), context.today))
            for _ in by_kind[NoticeKind.HEAD]
        ),
        *mornings(context, by_kind[NoticeKind.MORNING]),
    ]


def _moved(context: TurnContext, due_notice: DueNotice) -> Section:
    move = close_move(context.session, due_notice.quarter)
    assert move is not None
    before = close_before(context.session, move)
    text = texts.close_moved(due_notice.quarter, move, before, context.today)
    return Section(text, [[button(texts.CALENDAR, ShowCalendar(0, due_notice.quarter))]])


def _overdue(context: TurnContext, reminders: Sequence[Reminder]) -> list[Section]:
    """Return a section for each overdue unit of a director; for planning, one section per quarter."""
    own = [each for each in reminders if each.due_notice.role is Role.DIRECTOR]
    found = [_overdue_unit(context, each, several=len(own) > 1) for each in own]
    watched = [each for each in reminders if each not in own]
    dates = calendar(context.session)
    for quarter in dict.fromkeys(each.due_notice.quarter for each in watched):
        units = [
            (each.due_notice.unit, each.duties)
            for each in watched
            if each.due_notice.quarter == quarter and each.due_notice.unit is not None
        ]
        shown = units[: late_units.SHOWN]
        keyboard = [
            [button(texts.unit_button(texts.ATTEND, unit, True), Attend(unit.id, quarter))]
            for unit, _ in shown
        ]
        if len(units) > len(shown):
            every = button(texts.see_all(len(units)), LateUnits(quarter))
            keyboard.append([every])
        close = dates.close_day(quarter)
        text = texts.overdue_units(quarter, close, dates.working_days(close, context.today), shown)
        found.append(Section(text + texts.and_more(len(units) - len(shown)), keyboard))
    return found


def _overdue_unit(context: TurnContext, reminder: Reminder, several: bool) -> Section:
    unit, quarter = reminder.due_notice.unit, reminder.due_notice.quarter
    assert unit is not None
    # The last day is the reopening's, if the quarter was reopened.
    close = deadline(context.session, unit.id, quarter).last_day
    ago = calendar(context.session).working_days(close, context.today)
    row = [
        button(texts.unit_button(texts.SIGN, unit, several), Sign(unit.id, quarter)),
        button(texts.unit_button(texts.ATTEND, unit, several), Attend(unit.id, quarter)),
    ]
    blocking = [each for each in reminder.duties if each.blocking]
    text = texts.overdue(unit, quarter, close, ago, told(context, reminder))
    return Section(text, [*mending(context, unit, blocking, several, closed=True), row])


def _summary(context: TurnContext, due_notice: DueNotice) -> Section:
    """Return the page of `/avance`, cut to its first page, with «Firmar» for the director."""
    quarter, unit = due_notice.quarter, due_notice.unit
    status = status_of(context, due_notice)
    close = calendar(context.session).close_day(quarter)
    every: Sequence[Any] = status.units if unit is None else status.units[0].lines

    def text(shown: Sequence[Any]) -> str:
        if unit is None:
            page = progress_texts.whole_page(status, units=shown)
        else:
            page = progress_texts.unit_page(status, status.units[0], lines=shown)
        return texts.summary(page, quarter, close, context.today) + texts.and_more(len(every) - len(shown))

    shown = paging.page(every, 1, paging.MOST if unit is None else paging.LINES, text).items
    keyboard: Keyboard = []
    if unit is not None and signed(context.session, unit.id, quarter) is None:
        keyboard.append([button(texts.SIGN, Sign(unit.id, quarter))])
    if len(shown) < len(every):
        about = WholeProgress(quarter) if unit is None else UnitProgress(unit.id, quarter)
        keyboard.append([button(texts.SEE_PROGRESS, about)])
    return Section(text(shown), keyboard)
