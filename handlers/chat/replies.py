"""The message that a message of the bot replies to."""

from typing import Any

from telegram import ReplyParameters


def replying_to(message_id: int) -> dict[str, Any]:
    """Return the `reply_parameters` of a payload; it is sent as a plain message if that one is gone."""
    return ReplyParameters(message_id, allow_sending_without_reply=True).to_dict()
