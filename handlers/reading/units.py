"""The units in which a person may register, and their lines."""

from handlers.chat.context import TurnContext
from models.programme.view import UnitView
from models.rights import Action
from models.storage.forms import ActivityForm


def capturable_units(context: TurnContext, content: ActivityForm | None = None) -> list[UnitView]:
    """Return the units in which the person may register, with the lines to choose from.

    The activity's day chooses the programme and the lines in force; while no day is known its line does, else
    the day of the message.
    """
    day = content.ends_on if content else None
    programme = context.programmes.of(day) if day else None
    if programme is None:
        day = None
        found = context.programmes.line(content.line_id) if content and content.line_id is not None else None
        programme = found[0] if found else context.programmes.of(context.today) or context.programmes.newest()
    if programme is None:
        return []
    key = day or programme.year
    if key not in context.capturable:
        units = (programme.on(day) if day else programme).units
        may = context.member.may
        context.capturable[key] = [each for each in units if each.lines and may(Action.CAPTURE, each.id)]
    return context.capturable[key]
