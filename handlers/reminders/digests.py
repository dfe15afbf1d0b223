"""Makes the sections of a person's digest: text and buttons for each group of due reminders."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from handlers.chat import paging
from handlers.chat.keyboards import Keyboard, button
from handlers.progress import late_units
from handlers.progress.buttons import Attend, LateUnits, UnitProgress, WholeProgress
from handlers.quarter_end.buttons import CaptureOn, NoActivity, ShowCalendar, Sign
from handlers.reminders.reminders import PutOff
from handlers.texts.progress import progress as progress_texts
from handlers.texts.reminders import reminders as texts
from models.calendar.calendar import calendar
from models.calendar.closing import deadline, signed
from models.chain import anchor
from models.programme.view import programmes
from models.progress.progress import progress
from models.progress.status import ProgressStatus
from models.quarter import Quarter
from models.quarter_end.duties import DutyKind
from models.quarter_end.punctuality import Punctuality, punctuality
from models.quarter_end.rescheduling import close_before, close_move
from models.reminders.due_notices import DueNotice
from models.reminders.reminders import Reminder
from models.tables.notice import NoticeKind
from models.tables.people import Role

MENDED = 2  # programme lines with a button of their own
PAST_TELLS = 10  # working days after a close during which that quarter is still mentioned
BARE = (DutyKind.NOTHING_REGISTERED, DutyKind.BEHIND, DutyKind.ENDS_SOON)


@dataclass(frozen=True)
class Section:
    text: str
    keyboard: Keyboard = field(default_factory=list)


def sections(session: Session, reminders: Sequence[Reminder], now: datetime) -> list[Section]:
    """Return the sections in reading order: a moved close, the close, overdue units, the week, duties."""
    by_kind: dict[NoticeKind, list[Reminder]] = defaultdict(list)
    for each in reminders:
        by_kind[each.due_notice.kind].append(each)
    return [
        *(_moved(session, each.due_notice, now) for each in by_kind[NoticeKind.MOVED]),
        *(_summary(session, each.due_notice, now) for each in by_kind[NoticeKind.SUMMARY]),
        *_overdue(session, by_kind[NoticeKind.OVERDUE]),
        *(_weekly(session, each.due_notice, now) for each in by_kind[NoticeKind.WEEKLY]),
        *(Section(texts.chain_head(anchor.newest(session))) for _ in by_kind[NoticeKind.HEAD]),
        *_mornings(session, by_kind[NoticeKind.MORNING], now),
    ]


def _mornings(session: Session, reminders: Sequence[Reminder], now: datetime) -> list[Section]:
    told = [each for each in reminders if not each.says_nothing]
    found = [_morning(session, each, now, several=len(told) > 1) for each in told]
    if found:
        found[-1].keyboard.append([button(texts.TOMORROW, PutOff())])
    return found


def _morning(session: Session, reminder: Reminder, now: datetime, several: bool) -> Section:
    due_notice, unit = reminder.due_notice, reminder.due_notice.unit
    assert unit is not None
    dates = calendar(session)
    if due_notice.until is not None:
        text = texts.reopened(
            unit, due_notice.quarter, due_notice.until, dates, _today(session, now), reminder.duties
        )
    elif due_notice.whole:
        close = dates.close_day(due_notice.quarter)
        left = dates.working_days(_today(session, now), close)
        text = texts.morning(unit, due_notice.quarter, left, close, reminder.duties)
    else:
        text = texts.line_ends(unit, reminder.duties)
    bare = list(dict.fromkeys(each.line_id for each in reminder.duties if each.kind in BARE))[:MENDED]
    still = {each.line_id for each in reminder.duties if each.kind is DutyKind.NOTHING_REGISTERED}
    keyboard: Keyboard = []
    for line in unit.lines:
        if line.id in bare:
            row = [button(texts.line_button(texts.CAPTURE, unit, line, several), CaptureOn(line.id))]
            if line.id in still:
                label = texts.line_button(texts.STILL, unit, line, several)
                row.append(button(label, NoActivity(line.id, due_notice.quarter)))
            keyboard.append(row)
    return Section(text, keyboard)


def _moved(session: Session, due_notice: DueNotice, now: datetime) -> Section:
    move = close_move(session, due_notice.quarter)
    assert move is not None
    text = texts.close_moved(due_notice.quarter, move, close_before(session, move), _today(session, now))
    return Section(text, [[button(texts.CALENDAR, ShowCalendar(0, due_notice.quarter))]])


def _overdue(session: Session, reminders: Sequence[Reminder]) -> list[Section]:
    """Return a section for each overdue unit of a director; for planning, one section per quarter."""
    own = [each for each in reminders if each.due_notice.role is Role.DIRECTOR]
    found = [_overdue_unit(session, each, several=len(own) > 1) for each in own]
    watched = [each for each in reminders if each not in own]
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
        close = calendar(session).close_day(quarter)
        text = texts.overdue_units(quarter, close, shown) + texts.and_more(len(units) - len(shown))
        found.append(Section(text, keyboard))
    return found


def _overdue_unit(session: Session, reminder: Reminder, several: bool) -> Section:
    unit, quarter = reminder.due_notice.unit, reminder.due_notice.quarter
    assert unit is not None
    close = deadline(session, unit.id, quarter).last_day  # the reopening's last day, if it was reopened
    row = [
        button(texts.unit_button(texts.SIGN, unit, several), Sign(unit.id, quarter)),
        button(texts.unit_button(texts.ATTEND, unit, several), Attend(unit.id, quarter)),
    ]
    return Section(texts.overdue(unit, quarter, close, reminder.duties), [row])


def _weekly(session: Session, due_notice: DueNotice, now: datetime) -> Section:
    today, quarter = _today(session, now), due_notice.quarter
    monday = today - timedelta(days=today.weekday())
    status = _status(session, due_notice, today)
    if due_notice.unit is not None:
        text = texts.weekly_unit(status, status.units[0], monday)
        row = button(texts.SEE_PROGRESS, UnitProgress(due_notice.unit.id, quarter))
    else:
        past = _closed_lately(session, quarter.previous, now)
        told = [punctuality(session, status.programme, quarter, now), *past]
        dates = calendar(session)
        closes = [
            (each, dates.close_day(each.quarter), now >= dates.closes_at(each.quarter)) for each in told
        ]
        text = texts.weekly_whole(status, closes, monday)
        row = button(texts.SEE_PROGRESS, WholeProgress(quarter))
    return Section(text, [[row]])


def _closed_lately(session: Session, quarter: Quarter, now: datetime) -> list[Punctuality]:
    """Return the previous quarter if a unit is still open in it or its close is recent; else nothing."""
    programme = programmes(session).years.get(quarter.year)
    if programme is None:
        return []
    dates = calendar(session)
    found = punctuality(session, programme, quarter, now)
    ago = dates.working_days(dates.close_day(quarter), _today(session, now))
    return [found] if found.incomplete or ago <= PAST_TELLS else []


def _summary(session: Session, due_notice: DueNotice, now: datetime) -> Section:
    """Return the page of `/avance`, cut to its first page, with «Firmar» for the director."""
    today, quarter, unit = _today(session, now), due_notice.quarter, due_notice.unit
    status = _status(session, due_notice, today)
    close = calendar(session).close_day(quarter)
    every: Sequence[Any] = status.units if unit is None else status.units[0].lines

    def text(shown: Sequence[Any]) -> str:
        if unit is None:
            page = progress_texts.whole_page(status, units=shown)
        else:
            page = progress_texts.unit_page(status, status.units[0], lines=shown)
        return texts.summary(page, quarter, close, today) + texts.and_more(len(every) - len(shown))

    shown = paging.page(every, 1, paging.MOST if unit is None else paging.LINES, text).items
    keyboard: Keyboard = []
    if unit is not None and signed(session, unit.id, quarter) is None:
        keyboard.append([button(texts.SIGN, Sign(unit.id, quarter))])
    if len(shown) < len(every):
        about = WholeProgress(quarter) if unit is None else UnitProgress(unit.id, quarter)
        keyboard.append([button(texts.SEE_PROGRESS, about)])
    return Section(text(shown), keyboard)


def _status(session: Session, due_notice: DueNotice, today: date) -> ProgressStatus:
    programme = programmes(session).years[due_notice.quarter.year]
    return progress(session, programme, due_notice.quarter, today, due_notice.unit)


def _today(session: Session, now: datetime) -> date:
    return now.astimezone(programmes(session).zone).date()
