"""`python -m bot pin`: resets a person's PIN."""

from bot.cli_context import CliContext
from bot.commands.named_person import find
from bot.failure import Failure
from models.errors import Rejected
from models.people import pin
from models.storage.database import transaction


def take_away(context: CliContext, said: str) -> str:
    """Reset it and return what to print. Raises `Failure` if not exactly one person with a PIN matches."""
    with transaction(context.engine) as session:
        found = find(session, said)
        try:
            pin.reset(session, found.id or 0, "command line", context.now)
        except Rejected:
            raise Failure(f"{found.name} has no PIN yet; the bot asks for one when it is needed") from None
    return f"The PIN of {found.name} was taken away. The bot asks for a new one when it is needed."
