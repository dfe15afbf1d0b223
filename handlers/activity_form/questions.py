"""The questions about an activity and its card, as text and buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.activity_form import answers, apply_text, doubts, join_card, report_text, text_quantities
from handlers.activity_form.steps import (
    DAYS,
    EVIDENCE,
    LINE,
    MORE,
    NARRATIVE,
    OPTIONAL,
    PENDING,
    QUANTITY,
    REPORT_TEXT,
    UNIT,
)
from handlers.chat.context import TurnContext
from handlers.chat.flows import CHOOSE, EDIT, Choice, StepQuestion
from handlers.reading.units import capturable_units
from handlers.texts.activities import belonging, evidence, notes
from handlers.texts.activities import capture as texts
from handlers.texts.activities import doubts as doubt_texts
from handlers.texts.activities.fields import optional
from models.activities import registration
from models.activities.twins import named_already, twins
from models.evidence import attachment
from models.evidence.attachment import Gathered
from models.programme.view import LineView, TargetView, UnitView
from models.progress.combining import figure_with
from models.progress.tally import tally
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.forms import ActivityForm
from models.tables.evidence import Evidence

LIKELIEST = 3  # lines offered if the text may be about several
EVERY_LINE = "every"  # the value of «Otra línea…»
TARGETS_SHOWN = 2  # targets with a button on the card; the others are behind «Más»


@dataclass(frozen=True)
class Shown:
    """What a card is made from."""

    unit: UnitView
    line: LineView
    content: ActivityForm
    evidence: Gathered


def ask(context: TurnContext, content: ActivityForm, step: str) -> StepQuestion:
    """Return the question about one field, above it what the capture began with and its files, if any."""
    asked = _ask(context, content, step)
    files = attachment.gathered(context.session, draft_id=content.draft_id)
    about = texts.about(content if content.direct else ActivityForm(), files)
    return replace(asked, text=about + asked.text)


def _ask(context: TurnContext, content: ActivityForm, step: str) -> StepQuestion:
    name, _, target_id = step.partition(".")
    if name == UNIT:
        return StepQuestion(
            texts.WHICH_UNIT, [Choice(each.name, str(each.id)) for each in capturable_units(context, content)]
        )
    if name == LINE:
        unit = answers.unit_of(context, content)
        lines = apply_text.ordered_lines(context, content, unit)
        few = content.direct and content.narrative and content.line_id is None and not content.every_line
        shown = lines[:LIKELIEST] if few and len(lines) > LIKELIEST + 1 else lines
        choices = [Choice(f"{line.number} · {line.title}", str(line.id)) for line in shown]
        if len(shown) < len(lines):
            choices.append(Choice(texts.OTHER_LINE, EVERY_LINE))
        return StepQuestion(texts.which_line(unit), choices)
    if name == NARRATIVE and content.line_id is None:
        return StepQuestion(texts.WHAT_WAS_DONE)
    if name == DAYS and content.line_id is None:
        return StepQuestion(texts.WHICH_DAYS, _day_choices(context), width=2)
    unit, line = registration.find_line(context.programmes, content)
    if name == QUANTITY:
        target = answers.target_of(line, int(target_id))
        doubted = doubts.ask(context, content, unit, line, target)
        return doubted or _ask_quantity(unit, line, target)
    if name == PENDING:
        return _ask_pending(unit, line, answers.target_of(line, int(target_id)), content)
    if name == DAYS:
        return StepQuestion(texts.which_days(unit, line), _day_choices(context), width=2)
    if name == NARRATIVE:
        return StepQuestion(texts.what_was_done(unit, line), copied=content.narrative or "")
    field = optional(name)
    assert field is not None, name
    return StepQuestion(texts.optional(unit, line, field), [Choice(field.none, answers.NONE)])


def ask_belonging(context: TurnContext, content: ActivityForm) -> StepQuestion:
    """Return the question whether a text is part of the card before, or what a file belongs to."""
    files = attachment.gathered(context.session, draft_id=content.draft_id)
    parent = draft_rows.whole(context.session, content.parent) if content.parent is not None else None
    if parent is not None:
        said = str(parent.content.get("narrative") or "")
        yes = Choice(belonging.YES, f"{join_card.DRAFT}{parent.id}")
        no = Choice(belonging.NO, join_card.NEW)
        return StepQuestion(belonging.is_it_part(content.narrative or "", said, files), [yes, no])
    choices = [
        Choice(belonging.card_choice(each.content.get("narrative")), f"{join_card.DRAFT}{each.id}")
        for each in join_card.recent_cards(context, content.draft_id)
    ]
    choices += [
        Choice(belonging.activity_choice(each), f"{join_card.ACTIVITY}{each.id}")
        for each in join_card.recent_activities(context)
    ]
    return StepQuestion(belonging.whose_file(files), [*choices, Choice(belonging.NEW, join_card.NEW)])


def ask_evidence(shown: Shown, pieces: Sequence[Evidence]) -> StepQuestion:
    """Return the list of files, each with a button to remove it."""
    choices = [
        Choice(texts.take_off(evidence.piece(place, each)), str(each.id), CHOOSE)
        for place, each in enumerate(pieces, 1)
    ]
    return StepQuestion(texts.which_evidence(shown.unit, shown.line, shown.evidence), choices, width=2)


def card(context: TurnContext, shown: Shown, steps: list[str]) -> StepQuestion:
    """Return the filled card; rarely changed fields are behind «Más»."""
    line, content = shown.line, shown.content
    programme = context.programmes.of(content.ends_on or context.today)
    so_far = tally(context.session, programme.id, context.today, shown.unit.id) if programme else None
    alike = notes.Alike(twins(context.session, content), _named_already(context, content))
    read = text_quantities.read_of(context, content, shown.unit, line)
    rates = _rates_with(context, line, content)
    left_out = doubt_texts.left_out(line, content, read)
    said = report_text.settled(context, content)
    text = texts.card(shown.unit, line, said, so_far, rates, shown.evidence, alike, read, left_out)
    return StepQuestion(text, _edits(line, [*_first(steps), EVIDENCE, MORE]), width=3)


def _rates_with(context: TurnContext, line: LineView, content: ActivityForm) -> dict[int, int]:
    """The figures of the targets that do not add up, once the card is registered."""
    day = content.ends_on or context.today
    claims = [(target, content.claim(target.id)) for target in line.targets]
    return {
        target.id: figure_with(context.session, target, context.today, day, claim.quantity - claim.pending)
        for target, claim in claims
        if claim is not None and target.in_force(day).combine.is_rate
    }


def _named_already(context: TurnContext, content: ActivityForm) -> list[notes.Known]:
    """Return activities that name one of the same documents; a number only if the person may read it."""
    programme = context.programmes.newest()
    units = {unit.id: unit.name for unit in programme.units} if programme else {}
    return [
        notes.Known(
            each.number,
            each.activity_id if context.member.may(Action.READ_ACTIVITIES, each.unit_id) else None,
            units.get(each.unit_id),
        )
        for each in named_already(context.session, content)
    ]


def more(context: TurnContext, shown: Shown, steps: list[str]) -> StepQuestion:
    """Return the buttons of the card's rarely changed fields."""
    first = _first(steps)
    return StepQuestion(
        texts.WHICH_FIELD,
        _edits(shown.line, [*(each for each in steps if each not in first), REPORT_TEXT]),
        width=2,
    )


def _first(steps: list[str]) -> list[str]:
    quantities = [step for step in steps if step.startswith(QUANTITY)][:TARGETS_SHOWN]
    return [LINE, *quantities, DAYS, *OPTIONAL[:1]]


def _edits(line: LineView, steps: list[str]) -> list[Choice]:
    targets = {target.id: target for target in line.targets}
    return [Choice(texts.edit_button(step, targets), step, EDIT) for step in steps]


def _ask_quantity(unit: UnitView, line: LineView, target: TargetView) -> StepQuestion:
    offered = (0,) if target.terms[-1].combine.is_rate else (1, 2, 3, 4, 5, 0)
    choices = [Choice(str(each), str(each)) for each in offered]
    return StepQuestion(texts.how_many(unit, line, target), choices, width=6)


def _ask_pending(unit: UnitView, line: LineView, target: TargetView, content: ActivityForm) -> StepQuestion:
    claim = content.claim(target.id)
    quantity = claim.quantity if claim else 0
    few = range(1, quantity) if target.decimals == 0 and quantity <= 6 else range(0)
    choices = [Choice(texts.NONE_PENDING, "0"), *(Choice(str(each), str(each)) for each in few)]
    choices.append(Choice(texts.all_pending(quantity, target), texts.plain(quantity, target)))
    return StepQuestion(texts.how_many_pending(unit, line, target, quantity), choices, width=4)


def _day_choices(context: TurnContext) -> list[Choice]:
    return [Choice(texts.day_button(word, context.today), word) for word in texts.DAY_WORDS]
