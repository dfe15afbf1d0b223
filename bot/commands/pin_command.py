"""`python -m bot pin`: resets a person's PIN."""

from sqlmodel import col, select

from bot.cli_context import CliContext
from bot.failure import Failure
from models.errors import Rejected
from models.people import pin
from models.storage.database import transaction
from models.tables.people import Person
from spanish.writing.folding import fold


def take_away(context: CliContext, said: str) -> str:
    """Reset it and return what to print. Raises `Failure` if not exactly one person with a PIN matches."""
    with transaction(context.engine) as session:
        people = session.exec(select(Person).order_by(col(Person.id))).all()
        found = [each for each in people if str(each.id) == said or fold(each.name) == fold(said)]
        if len(found) > 1:
            numbers = ", ".join(str(each.id) for each in found)
            raise Failure(f"{len(found)} people are called {said!r}; give one of the numbers {numbers}", 2)
        if not found:
            raise Failure(f"nobody is called {said!r}; write the whole name as /personas shows it", 2)
        try:
            pin.reset(session, found[0].id or 0, "command line", context.now)
        except Rejected:
            raise Failure(f"{found[0].name} has no PIN yet; the bot asks for one when it is needed") from None
    return f"The PIN of {found[0].name} was taken away. The bot asks for a new one when it is needed."
