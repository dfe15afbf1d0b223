"""What Telegram shows of the bot before anybody writes: its description, and its commands by scope."""

import logging
from typing import Any

from telegram.error import TelegramError

from bot.telegram.api import Api
from handlers.routes import CONVERSATIONS
from handlers.texts import help as texts

log = logging.getLogger(__name__)


async def introduce(api: Api) -> None:
    """Set them; what Telegram refuses or does not answer is logged, and set at the next start.

    Each linked person's own chat has a menu of its own (`handlers.people.access`). A server that
    does not know a method answers like one that does not know the token, which `getMe` proved before.
    """
    for method, payload in _calls():
        try:
            await api.call(method, payload)
        except TelegramError as error:
            log.warning("%s was refused (%s); Telegram shows what it did before", method, error.message)


def _calls() -> list[tuple[str, dict[str, Any]]]:
    groups = [
        {"command": each.name, "description": each.menu, "is_ephemeral": True}
        for each in CONVERSATIONS.commands.values()
        if each.in_groups
    ]
    return [
        ("setMyDescription", {"description": texts.DESCRIPTION}),
        ("setMyShortDescription", {"short_description": texts.SHORT_DESCRIPTION}),
        ("deleteMyCommands", {"scope": {"type": "default"}}),  # strangers see none
        ("deleteMyCommands", {"scope": {"type": "all_private_chats"}}),
        ("setMyCommands", {"commands": groups, "scope": {"type": "all_group_chats"}}),
    ]
