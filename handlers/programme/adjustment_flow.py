"""The steps of adjusting a target: quantity, plan, day it takes effect, reason and official letter."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.flows import EDIT, Choice, StepQuestion
from handlers.chat.keyboards import button
from handlers.programme.buttons import AdjustTarget, LineOfProgramme
from handlers.programme.programme import adjust, find_target
from handlers.quarter_end import unit_news
from handlers.texts.programme import importing as import_texts
from handlers.texts.programme import programme as texts
from handlers.texts.quarter_end import unit_news as news_texts
from models.combine import plan_fault
from models.errors import Rejected
from models.programme.view import Plan
from models.programme_changes import adjustment
from models.programme_changes.drafts import (
    LETTER_LIMIT,
    REASON_LIMIT,
    Adjusting,
    check_letter,
    check_reason,
    check_since,
)
from models.rights import Action
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from spanish.reading.days import read_days
from spanish.reading.quantities import read_quantity

AMOUNT, PLAN, SINCE, REASON, LETTER = STEPS = ("amount", "plan", "since", "reason", "letter")
EVENLY, TODAY, YEAR, NONE = "evenly", "today", "year", "none"
_BETWEEN = re.compile(r"\s*[;/|]\s*|,?\s+")  # «4, 4, 5, 5», «4 4 5 5»; «1,200» is one number
_NOT_FIXED = ("?", "-", "–")


class AdjustmentFlow:
    """The steps of adjusting a target; see `flows.Flow`."""

    accept = texts.SAVE
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {REASON: REASON_LIMIT, LETTER: LETTER_LIMIT}

    def read(self, stored: dict[str, Any]) -> Adjusting:
        return Adjusting.model_validate(stored)

    def steps(self, context: TurnContext, content: Adjusting) -> list[str]:
        return list(STEPS)

    def question(self, context: TurnContext, content: Adjusting, step: str) -> StepQuestion:
        programme, unit, line, target = find_target(context, content.target_id)
        if step == AMOUNT:
            return StepQuestion(texts.how_many(unit, line, target, context.today))
        if step == PLAN:
            text = texts.which_plan(unit, line, target, content.amount or 0)
            rate = target.terms[-1].combine.is_rate
            return StepQuestion(text, [Choice(texts.THE_SAME if rate else texts.EVENLY, EVENLY)])
        if step == SINCE:
            choices = [Choice(texts.FROM_START, YEAR)]
            if context.today.year == programme.year:
                choices.insert(0, Choice(import_texts.today_choice(context.today), TODAY))
            return StepQuestion(texts.since_when(unit, line, target), choices)
        if step == REASON:
            return StepQuestion(import_texts.WHY)
        if step == LETTER:
            return StepQuestion(import_texts.WHICH_LETTER, [Choice(import_texts.NO_LETTER, NONE)])
        edits = [Choice(texts.EDITS[name], name, EDIT) for name in STEPS]
        return StepQuestion(texts.card(unit, line, target, content, context.today), edits, width=3)

    def choose(self, context: TurnContext, content: Adjusting, step: str, value: str) -> Adjusting:
        if (step, value) == (PLAN, EVENLY):
            return content.answering(PLAN, plan=None)
        if (step, value) == (LETTER, NONE):
            return content.answering(LETTER, letter=None)
        if step == SINCE and value in (TODAY, YEAR):
            year = find_target(context, content.target_id)[0].year
            return content.answering(SINCE, since=context.today if value == TODAY else date(year, 1, 1))
        raise Rejected("stale_button")

    def write(self, context: TurnContext, content: Adjusting, step: str, text: str) -> Adjusting:
        programme, _, _, target = find_target(context, content.target_id)
        if step == AMOUNT:
            amount = read_quantity(text, target.decimals)
            adjustment.check_amount(amount, target.decimals)
            how = target.terms[-1].combine
            stays = content.plan is None or plan_fault(how, content.plan, amount) is None
            answered = content if stays else content.forgetting(PLAN)
            return answered.answering(AMOUNT, amount=amount)
        if step == PLAN:
            example = texts.example_plan(content.amount or 0, target)
            plan = _read_plan(text, target.decimals, example)
            how = target.terms[-1].combine
            adjustment.check_plan(plan, content.amount or 0, target.decimals, how)
            return content.answering(PLAN, plan=plan)
        if step == SINCE:
            first, last = read_days(text, context.today)
            if first != last:
                raise Rejected("day_unreadable")
            return content.answering(SINCE, since=check_since(first, programme.year))
        if step == REASON:
            return content.answering(REASON, reason=check_reason(text))
        if step == LETTER:
            return content.answering(LETTER, letter=check_letter(text))
        raise Rejected("card_awaits_tap")

    def finish(self, context: TurnContext, draft: Draft, content: Adjusting) -> None:
        context.member.require(Action.CHANGE_PROGRAMME)
        _, unit, line, target = find_target(context, content.target_id)
        adjustment.adjust_target(context.session, draft, content, context.member, context.now)
        assert content.amount is not None and content.since is not None
        before, reason = target.terms[-1].amount, content.reason or ""
        told = news_texts.target_changed(unit, line, target, before, content.amount, content.since, reason)
        unit_news.tell_target(context, unit, line, told)
        see = button(texts.SEE, LineOfProgramme(line.id))
        context.edit(texts.adjusted(line, target, content), [[see]], draft.id)


def _read_plan(text: str, decimals: int, example: str) -> Plan:
    """Parse 4 quarterly or 12 monthly quantities. Raises `Rejected`, with the example of a right plan."""
    entries = [each for each in _BETWEEN.split(text.strip()) if each]
    if len(entries) not in (4, 12):
        raise Rejected("plan_length", length=len(entries), example=example)
    return tuple(None if each in _NOT_FIXED else read_quantity(each, decimals) for each in entries)


CONVERSATION = Conversation(
    callbacks=(Callback(AdjustTarget, Action.CHANGE_PROGRAMME, adjust),),
    flows={DraftKind.ADJUSTMENT: AdjustmentFlow()},
)
