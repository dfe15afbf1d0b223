"""The steps of planning's changes to the calendar: the day, the reason, and a card with the consequences."""

from collections.abc import Mapping
from typing import Any

from handlers.chat.context import TurnContext
from handlers.chat.flows import CARD, EDIT, Choice, StepQuestion
from handlers.texts.quarter_end import calendar as texts
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.quarter import Quarter
from models.quarter_end import rescheduling
from models.quarter_end.rescheduling import CalendarChange, Rescheduling
from models.storage.draft import Draft
from spanish.reading.days import read_days

DAYS, REASON = "days", "reason"


class CalendarFlow:
    """The steps of a change to the calendar; see `flows.Flow`."""

    accept = texts.SAVE
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {REASON: rescheduling.REASON_LIMIT}

    def read(self, stored: dict[str, Any]) -> Rescheduling:
        return Rescheduling.model_validate(stored)

    def steps(self, context: TurnContext, content: Rescheduling) -> list[str]:
        return [] if content.change is CalendarChange.REMOVE else [DAYS, REASON]

    def question(self, context: TurnContext, content: Rescheduling, step: str) -> StepQuestion:
        days = calendar(context.session)
        if step == CARD:
            edits = [Choice(texts.EDITS[name], name, EDIT) for name in self.steps(context, content)]
            after = rescheduling.after(days, content)
            return StepQuestion(texts.card(content, days, after, context.today), edits, width=2)
        if step == REASON:
            return StepQuestion(texts.why(content, context.today))
        if content.change is CalendarChange.ADD:
            return StepQuestion(texts.WHICH_DAYS_OFF)
        quarter = Quarter.parse(content.quarter or "")
        now_on = days.close_day(quarter)
        near = [days.nth_working_day_after(max(now_on, context.today), count) for count in (1, 2, 3, 5)]
        choices = [
            Choice(texts.day_button(day), day.isoformat()) for day in near if day <= quarter.next.last_day
        ]
        return StepQuestion(texts.which_close(quarter, now_on), choices, width=2)

    def choose(self, context: TurnContext, content: Rescheduling, step: str, value: str) -> Rescheduling:
        return self.write(context, content, step, value)

    def write(self, context: TurnContext, content: Rescheduling, step: str, text: str) -> Rescheduling:
        if step == CARD:
            raise Rejected("card_awaits_tap")
        if step == REASON:
            rescheduling.check_reason(text)
            return content.answering(REASON, reason=" ".join(text.split()))
        first, last = read_days(text, context.today)
        days = calendar(context.session)
        if content.change is CalendarChange.ADD:
            rescheduling.check_days_off(days, first, last, context.today)
        else:
            if first != last:
                raise Rejected("one_day_only")
            rescheduling.check_close(days, Quarter.parse(content.quarter or ""), first, context.today)
        return content.answering(DAYS, first_day=first, last_day=last)

    def finish(self, context: TurnContext, draft: Draft, content: Rescheduling) -> None:
        before = calendar(context.session)
        rescheduling.reschedule(context.session, draft, content, context.member, context.today, context.now)
        context.edit(
            texts.changed(content, before, calendar(context.session), context.today), draft_id=draft.id
        )
