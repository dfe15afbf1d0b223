"""Fills a draft's form from a text. Fields that the person corrected since the last text stay."""

from datetime import date

from handlers.activity_form import answers, awaited
from handlers.activity_form.steps import (
    BELONGS,
    DAYS,
    DOUBT,
    LINE,
    NARRATIVE,
    OPTIONAL,
    PENDING,
    QUANTITY,
    UNIT,
)
from handlers.activity_form.text_quantities import with_quantities
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.reading import readings as reading
from handlers.reading.units import capturable_units
from handlers.texts.activities import fields
from models.activities import registration
from models.activities.precedents import Precedent, precedents
from models.errors import Rejected
from models.programme.view import LineView, UnitView
from models.storage import draft
from models.storage.forms import ActivityForm, NarrativePart
from spanish.reading.activity import Understood
from spanish.reading.acts import Act

Lines = list[tuple[UnitView, LineView]]


def retell(context: TurnContext, content: ActivityForm, text: str) -> ActivityForm:
    """Return the content with that narrative and the fields that it describes otherwise than the one before.

    A text that is too long is kept as far as it goes. Raises `Rejected` for one without words.
    """
    text = drafts.fitting_words(context, text, registration.NARRATIVE_LIMIT)
    registration.check_narrative(text)
    before = Understood.nothing()
    if content.narrative and not content.unread:
        before, _ = _understood(context, content, content.narrative)
    after, lines = _understood(context, content, text)
    told = content.answering(NARRATIVE, narrative=text, report_text=None, unread=after.unread)
    told = _with_act(told, content, before, after)
    if content.line_id in (None, before.line_id) and after.line_id not in (None, content.line_id):
        told = _on_line(told, next(each for each in lines if each[1].id == after.line_id))
    told = _with_days(context, told, before, after)
    told = _with_facts(told, before, after)
    same_line = told.line_id == content.line_id
    told = with_quantities(context, told, content.narrative or "" if same_line else "", after)
    return _with_pending(context, told, content)


def act_of(context: TurnContext, content: ActivityForm) -> Act:
    """Return what the content's text does: tell of something done, plan, ask, …"""
    placed = context.programmes.line(content.line_id) if content.line_id is not None else None
    text = content.narrative or ""
    if placed is not None:
        return reading.of_line(context, text, *placed[1:]).act
    lines = _lines(context, content)
    return reading.understand(context, text, lines, history_of(context, lines)).act


def _with_act(
    told: ActivityForm, content: ActivityForm, before: Understood, after: Understood
) -> ActivityForm:
    """Return the content with the step `DOUBT` if the text tells nothing done, as it did not before.

    Not if it was answered before the first text, and not in a correction.
    """
    if content.activity_id is not None or after.act is before.act:
        return told
    if not content.narrative and DOUBT in content.answered:
        return told
    if after.act is Act.TOLD:
        return told.model_copy(update={"doubtful": False})
    return told.forgetting(DOUBT).model_copy(update={"doubtful": True})


def _with_pending(context: TurnContext, told: ActivityForm, content: ActivityForm) -> ActivityForm:
    """Return the content with the step `DOUBT` if the text tells, as it did not before, what counts now."""
    if awaited.find(context, told) is None or awaited.find(context, content) is not None:
        return told
    return told.forgetting(DOUBT).model_copy(update={"doubtful": True})


def _understood(context: TurnContext, content: ActivityForm, text: str) -> tuple[Understood, Lines]:
    """Return what the text says, read with the lines in force on its day, and those lines.

    A day that the text names replaces the content's day.
    """
    lines = _lines(context, content)
    history = history_of(context, lines)
    said = reading.understand(context, text, lines, history)
    if said.ends_on in (None, content.ends_on):
        return said, lines
    named = _lines(context, content.model_copy(update={"ends_on": said.ends_on}))
    return (said if named == lines else reading.understand(context, text, named, history)), named


def understood(context: TurnContext, content: ActivityForm, text: str) -> Understood:
    """Return what the text says, read with the lines of its day that the person may register."""
    return _understood(context, content, text)[0]


def history_of(context: TurnContext, lines: Lines) -> tuple[Precedent, ...]:
    """Return the precedents of the lines' units; every reading of a message uses the same ones."""
    return precedents(context.session, dict.fromkeys(unit.id for unit, _ in lines))


def _lines(context: TurnContext, content: ActivityForm) -> Lines:
    return [(unit, line) for unit in capturable_units(context, content) for line in unit.lines]


def begin(context: TurnContext, content: ActivityForm, text: str) -> ActivityForm:
    """Return the content after a draft's first text: optional fields answered, its day that of sending."""
    told = content.answering(DAYS, starts_on=context.relative_to, ends_on=context.relative_to)
    for step in (BELONGS, *OPTIONAL):
        told = told.answering(step)
    return retell(context, told, text)


def begin_with_file(context: TurnContext, caption: str | None = None) -> ActivityForm:
    """Return the content of a draft that begins with a file and perhaps a caption. Raises `Rejected`."""
    units = capturable_units(context)
    if not units:
        raise Rejected("no_programme", year=context.today.year)
    content = ActivityForm(direct=True, unit_id=units[0].id if len(units) == 1 else None)
    if len(units) == 1:
        content = content.answering(UNIT)
    if caption:
        return begin(context, content, caption)
    for step in OPTIONAL:
        content = content.answering(step)
    return content.answering(DAYS, starts_on=context.relative_to, ends_on=context.relative_to)


def take_narrative(context: TurnContext, content: ActivityForm, text: str) -> ActivityForm:
    """Answer the question what was done; in a draft that began with a file it is the first text."""
    if content.direct and NARRATIVE not in content.answered:
        told = begin(context, content, text)
    else:
        registration.check_narrative(text)
        told = content.answering(NARRATIVE, narrative=text, report_text=None)
    return noted(context, told, (part(context, text),))


def part(context: TurnContext, text: str) -> NarrativePart:
    """Return the current message as a part of a narrative."""
    return NarrativePart(message_id=context.incoming.message_id or 0, text=text)


def noted(context: TurnContext, content: ActivityForm, parts: tuple[NarrativePart, ...]) -> ActivityForm:
    """Return the content with its messages, and remember the current one in case it is edited."""
    if context.incoming.message_id and context.incoming.callback_id is None and content.draft_id:
        draft.note_message(
            context.session, context.incoming.chat_id, context.incoming.message_id, content.draft_id
        )
    return content.model_copy(update={"parts": parts})


def with_line(context: TurnContext, content: ActivityForm, line: LineView | None) -> ActivityForm:
    """Choose the line and take its quantities from the text. Raises `Rejected` if there is no line."""
    told = answers.take_line(content, line)
    if not content.direct or told.line_id == content.line_id or told.line_id is None:
        return told
    if told.starts_on and told.ends_on and not _days_fit(context, told.line_id, told.starts_on, told.ends_on):
        told = told.forgetting(DAYS)
    return _with_pending(context, with_quantities(context, told), content)


def ordered_lines(context: TurnContext, content: ActivityForm, unit: UnitView) -> tuple[LineView, ...]:
    """Return the unit's lines, the likeliest first if there is a text to judge by."""
    if not content.direct or not content.narrative or content.unread:
        return unit.lines
    lines = [(unit, line) for line in unit.lines]
    said = reading.understand(context, content.narrative, lines, history_of(context, lines))
    place = {line_id: number for number, line_id in enumerate(said.candidates)}
    return tuple(sorted(unit.lines, key=lambda line: place.get(line.id, len(place))))


def _on_line(content: ActivityForm, chosen: tuple[UnitView, LineView]) -> ActivityForm:
    unit, line = chosen
    told = content.forgetting(QUANTITY, PENDING).answering(LINE, line_id=line.id, claims=())
    return told.answering(UNIT, unit_id=unit.id)


def _with_days(
    context: TurnContext, content: ActivityForm, before: Understood, after: Understood
) -> ActivityForm:
    """Return the content with the days of the text; impossible days are left to be asked."""
    told = content
    if after.day_unread and not before.day_unread:
        return told.forgetting(DAYS)
    if (
        after.starts_on
        and after.ends_on
        and (after.starts_on, after.ends_on)
        != (
            before.starts_on,
            before.ends_on,
        )
    ):
        told = told.answering(DAYS, starts_on=after.starts_on, ends_on=after.ends_on)
        told = answers.in_its_year(context, told)
    elif after.act is Act.PLAN and before.act is not Act.PLAN:
        told = told.forgetting(DAYS)
    if told.starts_on is None or told.ends_on is None or told.line_id is None:
        return told
    return told if _days_fit(context, told.line_id, told.starts_on, told.ends_on) else told.forgetting(DAYS)


def _days_fit(context: TurnContext, line_id: int, starts_on: date, ends_on: date) -> bool:
    try:
        registration.check_days(context.programmes, line_id, starts_on, ends_on, context.today)
    except Rejected:
        return False
    return True


def _with_facts(content: ActivityForm, before: Understood, after: Understood) -> ActivityForm:
    told = content
    for field in fields.OPTIONAL:
        earlier, later = field.told(before), field.told(after)
        if later and later != earlier:
            value = field.joined(field.value(told), earlier, later)
            told = told.answering(field.name, **{field.attribute: value})
    return told
