"""«Lo mismo que la vez pasada»: the last activity again, with the day of the message, as a card.

Line, quantities, participants, place and narrative are copied. Document numbers and evidence are not, since
they belong to one occasion. The narrative is copied unchanged, its «ayer» included; the card shows it.
"""

from datetime import date, timedelta

from handlers.activity_form import apply_text
from handlers.activity_form.flow import target_steps
from handlers.activity_form.steps import (
    BELONGS,
    DAYS,
    LINE,
    NARRATIVE,
    OPTIONAL,
    UNIT,
)
from handlers.chat.context import TurnContext
from handlers.messages import quick_fix
from handlers.reading import readings as reading
from handlers.reading.units import capturable_units
from handlers.texts.activities import fields
from models.activities.correction import current_form
from models.activities.reading import Wanted, page
from models.errors import Rejected
from models.programme.view import LineView, UnitView
from models.storage.forms import ActivityForm
from models.tables.activity import Activity
from models.tables.chat.draft import DraftKind
from spanish.reading.repetition import Repetition, read_repetition

LOOKED_AT = 20  # activities to look back; withdrawn ones are skipped
_YEAR = timedelta(days=366)


def again(context: TurnContext, text: str) -> ActivityForm | None:
    """Return a card of today from the last activity of the named line, else the person's last.

    None if the text is not a repetition or says more than is understood. Raises
    `Rejected("nothing_to_repeat")`.
    """
    asked = read_repetition(text)
    if asked is None:
        return None
    units = capturable_units(context)
    line = _named(context, units, asked.line)
    if asked.line and line is None:
        return None
    last = _last(context, units, line, asked)
    if last is None:
        raise Rejected("nothing_to_repeat")
    content = _copied(context, last)
    if not asked.change:
        return content
    return quick_fix.amended(context, DraftKind.ACTIVITY, content, asked.change)


def _named(context: TurnContext, units: list[UnitView], words: str) -> LineView | None:
    """Return the line by its number, if one unit has it, or by its words; None if not named."""
    number = words.removeprefix("linea").strip()
    if number.isdecimal():
        having = [line for unit in units if len(number) <= 3 and (line := unit.line(int(number)))]
        return having[0] if len(having) == 1 else None
    lines = [(unit, line) for unit in units for line in unit.lines]
    if not words:
        return None
    line_id = reading.understand(context, words, lines, apply_text.history_of(context, lines)).line_id
    return next((line for _, line in lines if line.id == line_id), None)


def _last(
    context: TurnContext, units: list[UnitView], line: LineView | None, asked: Repetition
) -> Activity | None:
    """Return the newest activity that is not withdrawn; one of the named day first."""
    unit_ids = tuple(unit.id for unit in units)
    author = None if line is not None else context.member.person_id
    for first, last in _spans(context.relative_to, asked.days_ago):
        wanted = Wanted(unit_ids, first, last, line.id if line else None, author)
        found = (each.activity for each in page(context.session, wanted, 0, LOOKED_AT))
        newest = next((each for each in found if each.withdrawn_at is None), None)
        if newest is not None:
            return newest
    return None


def _spans(today: date, days_ago: int | None) -> list[tuple[date, date]]:
    ever = (today - _YEAR, today)
    if days_ago is None:
        return [ever]
    day = today - timedelta(days=days_ago)
    return [(day, day), ever]


def _copied(context: TurnContext, activity: Activity) -> ActivityForm:
    placed = context.programmes.line(activity.line_id)
    if (
        placed is None
        or placed[0].year != context.relative_to.year
        or not placed[2].in_force(context.relative_to)
    ):
        raise Rejected("nothing_to_repeat")
    content = current_form(context.session, activity).model_copy(
        update={
            "activity_id": None,
            "version": None,
            "direct": True,
            "starts_on": context.relative_to,
            "ends_on": context.relative_to,
            **{each.attribute: each.empty for each in fields.OPTIONAL if not each.repeated},
        }
    )
    steps = (BELONGS, NARRATIVE, UNIT, LINE, *target_steps(context, content), DAYS, *OPTIONAL)
    for step in steps:
        content = content.answering(step)
    return content
