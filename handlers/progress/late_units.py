"""The units that are overdue with a closed quarter, each with «Lo atiendo»."""

from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.keyboards import button
from handlers.progress.buttons import Attend
from handlers.texts.reminders import reminders as texts
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.programme.view import ProgrammeView
from models.quarter import Quarter
from models.quarter_end import overdue
from models.quarter_end.duties import duties, telling
from models.reminders.recipients import audience
from models.rights import Action

SHOWN = 10  # units per page, and in the notice that leads here


def show(context: TurnContext, programme: ProgrammeView, quarter: Quarter) -> None:
    """Show the overdue units that nobody has taken charge of.

    Raises `Rejected("not_allowed")`, also in groups.
    """
    in_use_since = audience(context.session, context.today).in_use_since
    late = overdue.units(context.session, quarter, in_use_since)
    mine = [unit for unit in programme.units if context.member.may(Action.ATTEND, unit.id)]
    if not mine or not context.incoming.private:
        raise Rejected("not_allowed")
    found = [
        (unit, telling(duties(context.session, unit, quarter, context.now)))
        for unit in mine
        if unit.id in late
    ]
    days = calendar(context.session)
    close = days.close_day(quarter)
    if not found:
        context.edit(texts.all_attended(quarter))
        return
    paging.show(
        context,
        found,
        lambda units: texts.overdue_units(quarter, close, days.working_days(close, context.today), units),
        lambda units: [
            [button(texts.unit_button(texts.ATTEND, unit, True), Attend(unit.id, quarter))]
            for unit, _ in units
        ],
        most=SHOWN,
    )
