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
    if programme is not None and day is not None:
        programme = programme.on(day)
    elif (
        content is not None
        and content.line_id is not None
        and (found := context.programmes.line(content.line_id))
    ):
        programme = found[0]
    programme = programme or context.programmes.of(context.today) or context.programmes.newest()
    units = programme.units if programme else ()
    return [unit for unit in units if unit.lines and context.member.may(Action.CAPTURE, unit.id)]
