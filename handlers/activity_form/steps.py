"""The names of the steps of an activity's form."""

from handlers.chat.context import TurnContext
from handlers.texts.activities import fields
from models.calendar.calendar import calendar
from models.storage.forms import ActivityForm

UNIT, LINE, QUANTITY = fields.UNIT.name, fields.LINE.name, fields.QUANTITIES.name
DAYS, NARRATIVE = fields.DAYS.name, fields.NARRATIVE.name
OPTIONAL = tuple(each.name for each in fields.OPTIONAL)
PLACE = "place"  # of the optional fields the one that any words answer
PENDING = "pending"  # the pending part of a quantity
DOUBT = "doubt"  # whether a text is a question or a report
BELONGS = "belongs"  # which activity a text or file belongs to
EVIDENCE, MORE = "evidence", "more"  # opened by the card's buttons only
REPORT_TEXT = fields.REPORT_TEXT.name  # likewise


def is_day_first(context: TurnContext, content: ActivityForm) -> bool:
    """Return whether the day is asked before the line, since it chooses between two years' programmes.

    True while last year's last quarter is still open, unless the line was chosen already.
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
