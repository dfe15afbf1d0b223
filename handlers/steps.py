"""The names of the questions about an activity, and in which units a person may answer them."""

from handlers.talk import Talk
from models.programme_view import UnitView
from models.rights import Action

UNIT, LINE, QUANTITY, PENDING, DAYS = "unit", "line", "quantity", "pending", "days"
NARRATIVE, PEOPLE, PLACE, DOCUMENTS = "narrative", "people", "place", "documents"
BELONGS = "belongs"  # of which activity a text or a file is
EVIDENCE, MORE = "evidence", "more"  # never asked, only opened by the card's buttons


def capturable_units(talk: Talk) -> list[UnitView]:
    """The units in which the person may register, of the programme of the day on which it is said."""
    programme = talk.programmes.of(talk.today) or talk.programmes.newest()
    units = programme.units if programme else ()
    return [unit for unit in units if unit.lines and talk.member.may(Action.CAPTURE, unit.id)]
