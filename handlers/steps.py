"""The names of the questions about an activity, and in which units a person may answer them."""

from handlers.talk import Talk
from models.calendar import calendar
from models.filled import Filled
from models.programme_view import UnitView
from models.rights import Action

UNIT, LINE, QUANTITY, PENDING, DAYS = "unit", "line", "quantity", "pending", "days"
NARRATIVE, PEOPLE, PLACE, DOCUMENTS = "narrative", "people", "place", "documents"
DOUBT = "doubt"  # whether a text asks or tells
BELONGS = "belongs"  # of which activity a text or a file is
EVIDENCE, MORE = "evidence", "more"  # never asked, only opened by the card's buttons


def capturable_units(talk: Talk, content: Filled | None = None) -> list[UnitView]:
    """The units in which the person may register, with the lines among which they choose.

    The activity's day chooses the programme, and the lines in force on it; while no day is known its line
    does, else the day on which it is said.
    """
    day = content.ends_on if content else None
    programme = talk.programmes.of(day) if day else None
    if programme is not None and day is not None:
        programme = programme.on(day)
    elif (
        content is not None
        and content.line_id is not None
        and (found := talk.programmes.line(content.line_id))
    ):
        programme = found[0]
    programme = programme or talk.programmes.of(talk.today) or talk.programmes.newest()
    units = programme.units if programme else ()
    return [unit for unit in units if unit.lines and talk.member.may(Action.CAPTURE, unit.id)]


def is_day_first(talk: Talk, content: Filled) -> bool:
    """Whether the day is asked before the line: it chooses between two years' programmes.

    While last year's last quarter is still captured; not where the line was chosen already.
    """
    if content.line_id is not None and DAYS not in content.answered:
        return False
    year = talk.today.year
    years = talk.programmes.years
    return (
        year in years and year - 1 in years and calendar(talk.session).quarter_in_hand(talk.today).year < year
    )
