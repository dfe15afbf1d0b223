"""The steps of a settlement: how much of a pending quantity counts, and from which day."""

from collections.abc import Mapping
from typing import Any

from handlers.activity_form import closed
from handlers.chat.context import TurnContext
from handlers.chat.flows import CARD, EDIT, Choice, StepQuestion
from handlers.texts.activities import capture as capture_texts
from handlers.texts.activities import settlement as texts
from handlers.texts.quarter_end import closing as closing_texts
from models.activities import settlement
from models.errors import Rejected
from models.programme.view import TargetView
from models.quarter import Quarter
from models.quarter_end import requests
from models.storage.draft import Draft
from models.storage.forms import Settling
from models.tables.activity import Activity, Entry
from spanish.reading.days import read_past_days
from spanish.reading.quantities import read_quantity

QUANTITY, DAYS = "quantity", "days"


class SettlementFlow:
    """The steps of a settlement; see `flows.Flow`."""

    accept = capture_texts.REGISTER
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {}

    def read(self, stored: dict[str, Any]) -> Settling:
        return Settling.model_validate(stored)

    def steps(self, context: TurnContext, content: Settling) -> list[str]:
        return [QUANTITY, DAYS]

    def question(self, context: TurnContext, content: Settling, step: str) -> StepQuestion:
        entry, activity, target = find(context, content.entry_id)
        left = settlement.pending_of(context.session, entry)
        if step == QUANTITY:
            few = range(1, left) if target.decimals == 0 and left <= 6 else range(0)
            everything = Choice(capture_texts.all_pending(left, target), capture_texts.plain(left, target))
            choices = [everything, *(Choice(str(each), str(each)) for each in few)]
            return StepQuestion(texts.how_many(activity, target, left), choices, width=4)
        if step == CARD:
            edits = [Choice(texts.EDITS[name], name, EDIT) for name in (QUANTITY, DAYS)]
            card = StepQuestion(texts.card(activity, target, content, left), edits, width=2)
            day = content.counts_on or context.today
            refused = closed.refusal(context, content.draft_id, activity.unit_id, day)
            return closed.guarded(context, card, refused, day)
        days = [
            Choice(capture_texts.day_button(word, context.today), word) for word in capture_texts.DAY_WORDS
        ]
        return StepQuestion(texts.which_day(activity, target, content), days, width=2)

    def choose(self, context: TurnContext, content: Settling, step: str, value: str) -> Settling:
        if step == CARD:
            return _way_out(context, content, value)
        return self.write(context, content, step, value)

    def write(self, context: TurnContext, content: Settling, step: str, text: str) -> Settling:
        entry, activity, target = find(context, content.entry_id)
        if step == QUANTITY:
            quantity = read_quantity(text, target.decimals, target.measure, target.aliases)
            answered = content.answering(step, quantity=quantity)
        else:
            answered = content.answering(step, counts_on=read_past_days(text, context.today)[1])
        settlement.check_settlement(context.session, entry, activity, answered, context.today)
        return answered

    def finish(self, context: TurnContext, draft: Draft, content: Settling) -> None:
        entry, activity, target = find(context, content.entry_id)
        settlement.settle(context.session, draft, content, context.member, context.today, context.now)
        left = settlement.pending_of(context.session, entry)
        context.edit(texts.settled(activity, target, content, left))


def _way_out(context: TurnContext, content: Settling, value: str) -> Settling:
    """Handle a card's button for a closed quarter: count from today, or ask for a reopening."""
    if value == closed.TODAY:
        return content.answering(DAYS, counts_on=context.today)
    if value != closed.REOPENING or content.counts_on is None:
        raise Rejected("stale_button")
    _, activity, _ = find(context, content.entry_id)
    about = closing_texts.about_settlement(activity.id or 0, activity.narrative, requests.ABOUT_LIMIT)
    closed.ask(context, activity.unit_id, Quarter.of(content.counts_on), about)
    return content


def find(context: TurnContext, entry_id: int) -> tuple[Entry, Activity, TargetView]:
    """Return the entry, its activity and its target.

    Raises `Rejected` if it is gone or not the person's to settle.
    """
    entry, activity = settlement.find_entry(context.session, entry_id, context.member)
    return entry, activity, target_of(context, activity, entry.target_id)


def target_of(context: TurnContext, activity: Activity, target_id: int) -> TargetView:
    """Return a target of the activity's line. Raises `Rejected("line_gone")`."""
    found = context.programmes.line(activity.line_id)
    target = next((each for each in found[2].targets if each.id == target_id), None) if found else None
    if target is None:
        raise Rejected("line_gone")
    return target
