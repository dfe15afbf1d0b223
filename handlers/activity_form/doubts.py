"""The question about a quantity of which the text leaves a doubt: is it a total, does a number count?"""

import re
from datetime import date

from handlers.activity_form import text_quantities
from handlers.chat.context import TurnContext
from handlers.chat.flows import Choice, StepQuestion
from handlers.texts.activities import capture, doubts
from models.activities import reading as activities
from models.activities.correction import current_form
from models.programme.view import LineView, TargetView, UnitView
from models.progress.tally import tally
from models.storage.forms import ActivityForm
from spanish.reading.activity.facts import DoubtKind
from spanish.writing.folding import fold


def ask(
    context: TurnContext, content: ActivityForm, unit: UnitView, line: LineView, target: TargetView
) -> StepQuestion | None:
    """Return the question about the target's quantity; None if the text leaves no doubt of it."""
    read = text_quantities.read_of(context, content, unit, line)
    if read is None:
        return None
    if totals := doubts.of_target(read, target, DoubtKind.TOTAL):
        return _ask_total(context, content, unit, line, target, totals[0].quantity)
    loose = doubts.of_target(read, target, DoubtKind.LOOSE)
    weak = doubts.of_target(read, target, DoubtKind.WEAK)
    if not loose and not weak:
        return None
    choices = [
        Choice(capture.plain(each.quantity, target), capture.plain(each.quantity, target))
        for each in doubts.values(read, target)
    ]
    told = (doubts.how_many, loose) if loose else (doubts.not_sure, weak)
    text = told[0](unit, line, target, content.narrative or "", told[1])
    return StepQuestion(text, choices, width=3)


def typed(
    context: TurnContext, content: ActivityForm, unit: UnitView, line: LineView, target: TargetView, text: str
) -> str:
    """Return the quantity of the button that the text names («es el total», «son nuevos»), else the text."""
    read = text_quantities.read_of(context, content, unit, line)
    totals = doubts.of_target(read, target, DoubtKind.TOTAL)
    said = fold(text).strip(" .!¡,")
    if not totals or not (_ALL_NEW.fullmatch(said) or _IS_TOTAL.fullmatch(said)):
        return text
    choices = _ask_total(context, content, unit, line, target, totals[0].quantity).choices
    return choices[0 if _ALL_NEW.fullmatch(said) else -1].value


_IS_TOTAL = re.compile(
    r"(?:no,? )?(?:(?:es|son|seria|ese es|eso es) )?(?:el |lo )?(?:total|acumulado)(?: del? .*)?"
)
_ALL_NEW = re.compile(r"(?:si,? )?(?:(?:son|es|todos|todas|todo) )*nuev[oa]s?")


def _ask_total(
    context: TurnContext,
    content: ActivityForm,
    unit: UnitView,
    line: LineView,
    target: TargetView,
    total: int,
) -> StepQuestion:
    on = content.ends_on or context.today
    so_far = _registered(context, content, unit, target, on)
    new = max(total - so_far, 0)
    choices = [Choice(doubts.all_new(total, target), capture.plain(total, target))]
    if new != total:
        label = doubts.is_total(new, target) if new else doubts.NOTHING_NEW
        choices.append(Choice(label, capture.plain(new, target)))
    return StepQuestion(doubts.new_or_total(unit, line, target, total, so_far, on), choices)


def _registered(
    context: TurnContext, content: ActivityForm, unit: UnitView, target: TargetView, on: date
) -> int:
    """Return what is registered of the target in the year up to that day, without the activity itself."""
    programme = context.programmes.of(on)
    if programme is None:
        return 0
    sums = tally(context.session, programme.id, on, unit.id)
    registered = sums.counted.get(target.id, 0) + sums.pending.get(target.id, 0)
    itself = activities.look_up(context.session, content.activity_id) if content.activity_id else None
    if itself is not None and itself.withdrawn_at is None and itself.ends_on <= on:
        claim = current_form(context.session, itself).claim(target.id)
        registered -= claim.quantity if claim else 0
    return registered
