"""Buttons that run a command, as if it were typed."""

from dataclasses import dataclass, replace

from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.updates.callback_data import CallbackData, Word
from models.errors import Rejected
from models.rights import Action


@dataclass(frozen=True)
class RunCommand(CallbackData, verb="cmd"):
    """A command, as if it were typed."""

    name: Word


def run(context: TurnContext, data: RunCommand) -> None:
    """Run the command as a message of its own. Raises `Rejected`: "stale_button", "not_allowed"."""
    found = context.conversations.commands.get(data.name)
    if found is None:
        raise Rejected("stale_button")
    context.member.require(found.action)
    context.answer()
    context.incoming = replace(
        context.incoming, command=data.name, arguments="", data=None, message_id=None, callback_id=None
    )
    found.handle(context)


CONVERSATION = Conversation(callbacks=(Callback(RunCommand, Action.GET_HELP, run),))
