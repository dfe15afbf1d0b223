"""The names of the questions about an activity, and in which units a person may answer them."""

from handlers.chat.context import TurnContext
from handlers.texts.activities import fields
from models.calendar.calendar import calendar
from models.storage.forms import ActivityForm

UNIT, LINE, QUANTITY = fields.UNIT.name, fields.LINE.name, fields.QUANTITIES.name
DAYS, NARRATIVE = fields.DAYS.name, fields.NARRATIVE.name
OPTIONAL = tuple(each.name for each in fields.OPTIONAL)
PENDING = "pending"  # of a quantity
DOUBT = "doubt"  # whether a text asks or tells
BELONGS = "belongs"  # of which activity a text or a file is
EVIDENCE, MORE = "evidence", "more"  # never asked, only opened by the card's buttons


def is_day_first(context: TurnContext, content: ActivityForm) -> bool:
    """Whether the day is asked before the line: it chooses between two years' programmes.

    While last year's last quarter is still captured; not where the line was chosen already.
    """
    if content.line_id is not None and DAYS not in content.answered:
        return False
    year = context.today.year
    years = context.programmes.years
    return (
        year in years
        and year - 1 in years
        and calendar(context.session).quarter_in_hand(context.today).year < year
    )
