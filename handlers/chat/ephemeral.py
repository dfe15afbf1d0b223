"""Messages in a group that only one person and the bot see (Bot API 10.3).

A command of a menu in which it is ephemeral comes as such a message, and is answered alike. A server that
does not know them sends commands as usual, which are answered for all to see; one that refuses an answer gets
it as a usual message (`bot.telegram.outgoing.fallback`).
"""

from typing import Any

from handlers.updates.parsing import IncomingUpdate

EDIT = "editEphemeralMessageText"
PARAMETERS = "ephemeral_message_parameters"


def answering(incoming: IncomingUpdate) -> dict[str, Any]:
    """Return the parameters of a new message for who wrote or tapped."""
    receiver: dict[str, Any] = {"receiver_user_id": incoming.user_id}
    if incoming.callback_id is not None:
        return {PARAMETERS: {**receiver, "callback_query_id": incoming.callback_id}}
    return {PARAMETERS: receiver, "reply_parameters": {"ephemeral_message_id": incoming.ephemeral_id}}


def edited(incoming: IncomingUpdate) -> dict[str, Any]:
    """Return the parameters that name the message whose button was pressed."""
    return {"receiver_user_id": incoming.user_id, "ephemeral_message_id": incoming.ephemeral_id}
