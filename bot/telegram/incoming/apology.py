"""Tells people that their messages are not lost while the database cannot be written.

No outbox row can be stored then, so the message is sent directly, once per chat.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine
from telegram.error import TelegramError

from bot.telegram.api import Api
from handlers.texts import general
from handlers.updates.parsing import parse
from models.rights import member
from models.storage import database

log = logging.getLogger(__name__)

AFTER = 8.0  # seconds; locks of command line commands are shorter
APART = 0.05  # seconds between two chats


class Apology:
    """Sends the message. Call `waits` with each batch that could not be stored, and `over` when one was."""

    def __init__(self, api: Api, engine: Engine) -> None:
        self._api, self._engine = api, engine
        self._since: float | None = None
        self._seen: set[int] = set()  # chats that were told, or belong to nobody linked
        self._tasks: set[asyncio.Task[None]] = set()

    def waits(self, batch: Sequence[Any]) -> None:
        """Tell the chats of the batch that were not told yet, once this has lasted for some seconds."""
        now = asyncio.get_running_loop().time()
        if self._since is None:
            self._since = now
        if now - self._since >= AFTER and (chats := self._to_tell(batch)):
            task = asyncio.create_task(self._tell(chats))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def over(self) -> None:
        self._since = None
        self._seen.clear()

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _to_tell(self, batch: Sequence[Any]) -> list[int]:
        """Return private chats of linked people; none if the database cannot be read either."""
        incoming = [each for raw in batch if isinstance(raw, dict) and (each := parse(raw)) is not None]
        fresh = {
            each.chat_id: each.user_id
            for each in incoming
            if each.private and each.blocked is None and each.chat_id not in self._seen
        }
        if not fresh:
            return []
        try:
            with database.reading(self._engine) as session:
                found = [chat for chat, user in fresh.items() if member(session, user) is not None]
        except Exception as error:
            log.warning("Nobody can be told that the bot waits (%s)", type(error).__name__)
            return []
        self._seen |= fresh.keys()
        return found

    async def _tell(self, chats: Sequence[int]) -> None:
        for chat in chats:
            try:
                await self._api.call("sendMessage", {"chat_id": chat, "text": general.KEPT_WAITING})
            except TelegramError as error:
                log.info("Chat %s could not be told that the bot waits: %s", chat, error.message)
            await asyncio.sleep(APART)
