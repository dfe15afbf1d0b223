"""The weekly digest: what the week before added, and how far the year is."""

from datetime import datetime, time, timedelta

from handlers.chat.context import TurnContext
from handlers.chat.keyboards import button
from handlers.progress.buttons import UnitProgress, WholeProgress
from handlers.reminders.section import Section, status_of
from handlers.texts.reminders import reminders as texts
from handlers.texts.reminders import week as week_texts
from handlers.texts.reminders.week import Week
from models.calendar.calendar import calendar
from models.programme.view import programmes
from models.progress.registered import registered_between
from models.progress.status import ProgressStatus
from models.quarter import Quarter
from models.quarter_end.punctuality import Punctuality, punctuality
from models.reminders.due_notices import DueNotice

PAST_TELLS = 10  # working days after a close during which that quarter is still mentioned
SEVEN_DAYS = timedelta(days=7)


def weekly(context: TurnContext, due_notice: DueNotice) -> Section:
    """Return the section of a unit, or for planning of the institution."""
    quarter, status = due_notice.quarter, status_of(context, due_notice)
    unit = due_notice.unit
    week = _week(context, status, unit.id if unit else None)
    if unit is not None:
        text = week_texts.weekly_unit(status, status.units[0], week)
        return Section(text, [[button(texts.SEE_PROGRESS, UnitProgress(unit.id, quarter))]])
    past = _closed_lately(context, quarter.previous)
    told = [punctuality(context.session, status.programme, quarter, context.now), *past]
    dates = calendar(context.session)
    closes = [
        (each, dates.close_day(each.quarter), context.now >= dates.closes_at(each.quarter)) for each in told
    ]
    text = week_texts.weekly_whole(status, closes, week)
    return Section(text, [[button(texts.SEE_PROGRESS, WholeProgress(quarter))]])


def _week(context: TurnContext, status: ProgressStatus, unit_id: int | None) -> Week:
    """Return what was registered in the week before this one, from Monday to Sunday."""
    this = context.today - timedelta(days=context.today.weekday())
    ends = datetime.combine(this, time.min, context.zone)
    begins = datetime.combine(this - SEVEN_DAYS, time.min, context.zone)
    added = registered_between(context.session, status.programme.id, begins, ends, unit_id)
    return Week(this - SEVEN_DAYS, added)


def _closed_lately(context: TurnContext, quarter: Quarter) -> list[Punctuality]:
    """Return the previous quarter if a unit is still open in it or its close is recent; else nothing."""
    programme = programmes(context.session).years.get(quarter.year)
    if programme is None:
        return []
    dates = calendar(context.session)
    found = punctuality(context.session, programme, quarter, context.now)
    ago = dates.working_days(dates.close_day(quarter), context.today)
    return [found] if found.incomplete or ago <= PAST_TELLS else []
