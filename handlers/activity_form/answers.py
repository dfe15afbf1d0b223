"""Puts answers into the form of an activity. Each function returns the new content or raises `Rejected`."""

from typing import Any

from handlers.activity_form.steps import DAYS, LINE, PENDING, QUANTITY, UNIT
from handlers.chat.context import TurnContext
from handlers.reading.units import capturable_units
from handlers.texts.activities.fields import OptionalField
from models.activities import registration
from models.errors import Rejected, UnreadableAnswer
from models.programme.view import LineView, TargetView, UnitView
from models.storage.forms import ActivityForm, ClaimedQuantity
from spanish.reading.activity.waiting import read_waiting_answer
from spanish.reading.days import read_past_days
from spanish.reading.progress_query import find_units, read_words
from spanish.reading.quantities import read_quantity
from spanish.reading.questions.vocabulary import CLOSED_CLASS

NONE = "none"  # the value of «Sin participantes» and similar buttons


def unit_of(context: TurnContext, content: ActivityForm) -> UnitView:
    unit = next((each for each in capturable_units(context, content) if each.id == content.unit_id), None)
    if unit is None:
        raise UnreadableAnswer("unit_unknown")
    return unit


def named_unit(context: TurnContext, content: ActivityForm, text: str) -> UnitView | None:
    """Return the only unit that the text names; None if it says anything else, too."""
    try:
        words = read_words(text).words
    except Rejected:
        return None
    found = find_units(words, capturable_units(context, content))
    around = all(word in CLOSED_CLASS for word in found.unknown)
    return found.units[0] if len(found.units) == 1 and around else None


def target_of(line: LineView, target_id: int) -> TargetView:
    target = next((each for each in line.targets if each.id == target_id), None)
    if target is None:
        raise Rejected("line_gone")
    return target


def take_nothing(content: ActivityForm, field: OptionalField) -> ActivityForm:
    return content.answering(field.name, **{field.attribute: field.empty})


def take_optional(content: ActivityForm, field: OptionalField, text: str) -> ActivityForm:
    return take_value(content, field, field.read(text))


def take_value(content: ActivityForm, field: OptionalField, value: Any) -> ActivityForm:
    """Return the content with the field answered. Raises `Rejected` if the value cannot be registered."""
    field.check(value)
    return content.answering(field.name, **{field.attribute: value})


def take_unit(content: ActivityForm, unit: UnitView | None) -> ActivityForm:
    if unit is None:
        raise UnreadableAnswer("unit_unknown")
    if unit.id == content.unit_id:
        return content.answering(UNIT)
    return content.forgetting(LINE, QUANTITY, PENDING).answering(
        UNIT, unit_id=unit.id, line_id=None, claims=()
    )


def take_line(content: ActivityForm, line: LineView | None) -> ActivityForm:
    if line is None:
        raise UnreadableAnswer("line_unknown")
    if line.id == content.line_id:
        return content.answering(LINE)
    return content.forgetting(QUANTITY, PENDING).answering(LINE, line_id=line.id, claims=())


def take_quantity(
    context: TurnContext, content: ActivityForm, target: TargetView, step: str, text: str
) -> ActivityForm:
    quantity = read_quantity(text, target.decimals, target.measure, target.aliases)
    return take_amount(context, content, target, step, quantity)


def take_amount(
    context: TurnContext, content: ActivityForm, target: TargetView, step: str, quantity: int
) -> ActivityForm:
    """Return the content with that quantity, scaled. Raises `Rejected("quantity_too_large")`."""
    registration.check_quantity(target, quantity, context.today)
    claims = content.with_claim(ClaimedQuantity(target_id=target.id, quantity=quantity))
    return content.forgetting(f"{PENDING}.{target.id}").answering(step, claims=claims)


def take_pending(
    context: TurnContext, content: ActivityForm, target: TargetView, step: str, text: str
) -> ActivityForm:
    claim = content.claim(target.id)
    pending = read_waiting_answer(text, target, claim.quantity if claim else 0)
    if claim is None or pending > claim.quantity:
        raise Rejected("more_pending_than_done")
    return content.answering(step, claims=content.with_claim(claim.model_copy(update={"pending": pending})))


def take_days(context: TurnContext, content: ActivityForm, text: str) -> ActivityForm:
    """Return the content with the day or days of the text. Raises `Rejected`.

    A day of another year's programme removes the line, unless the line was just chosen.
    """
    starts_on, ends_on = read_past_days(text, context.today)
    registration.check_span(starts_on, ends_on, context.today)
    dated = content.answering(DAYS, starts_on=starts_on, ends_on=ends_on)
    if DAYS in content.answered:
        dated = in_its_year(context, dated)
    if dated.line_id is not None:
        registration.check_days(context.programmes, dated.line_id, starts_on, ends_on, context.today)
    elif context.programmes.of(ends_on) is None:
        raise Rejected("no_programme", year=ends_on.year)
    elif starts_on.year != ends_on.year:
        raise Rejected("days_in_two_years")
    return dated


def in_its_year(context: TurnContext, content: ActivityForm) -> ActivityForm:
    """Return the content without its line if its day belongs to another year's programme."""
    placed = context.programmes.line(content.line_id) if content.line_id is not None else None
    if placed is None or content.ends_on is None or placed[0].year == content.ends_on.year:
        return content
    if context.programmes.of(content.ends_on) is None:
        return content
    moved = content.forgetting(LINE, QUANTITY, PENDING).model_copy(update={"line_id": None, "claims": ()})
    if any(unit.id == content.unit_id for unit in capturable_units(context, moved)):
        return moved
    return moved.forgetting(UNIT).model_copy(update={"unit_id": None})
