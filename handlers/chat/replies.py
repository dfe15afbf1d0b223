"""Which message a message of the bot answers."""

from typing import Any

from telegram import ReplyParameters


def replying_to(message_id: int) -> dict[str, Any]:
    """The `reply_parameters` of a payload; sent without them where that message is gone."""
    return ReplyParameters(message_id, allow_sending_without_reply=True).to_dict()
