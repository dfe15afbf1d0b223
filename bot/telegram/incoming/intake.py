"""Polls for updates: getUpdates, one transaction for the batch, commit, then the next offset."""

import asyncio
import logging
import math
from typing import Any

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.telegram.api import LONG_POLL, Api, WebhookActive, pause_of
from bot.telegram.incoming.offset import LARGEST_OFFSET, confirming
from bot.telegram.incoming.reception import FINAL, Reception

log = logging.getLogger(__name__)

DENIALS = 4  # polls in a row that say the token is none: one alone may be a server that restarts
WEBHOOK_AGAIN = 1.0  # seconds before updates are asked for again
UNCONFIRMED = 1.0  # seconds before a batch is asked for again in which nothing can be confirmed


class Intake:
    """Polls for updates and has each batch handled before it is confirmed."""

    def __init__(self, api: Api, reception: Reception) -> None:
        self._api, self._reception = api, reception
        self._denied = 0  # polls in a row of which Telegram said that the token is none

    async def run(self) -> None:
        """Poll until cancelled.

        Raises only what cannot be recovered from: an `InvalidToken` that repeats, `LockLost`, and
        `DatabaseGone`, which is checked every second.
        """
        await self._reception.run(self._poll())

    async def _poll(self) -> None:
        """Poll, handle and confirm in a loop.

        An offset is sent only to confirm the batch just handled; the long poll itself has none and returns
        whatever is unconfirmed. Updates handled before a crash are recognised by their inbox rows. See
        docs/decisions/0013.
        """
        offset, failures, largest = 0, 0, math.inf
        batch: list[Any] = []
        while True:
            try:
                # The poll does not wait if it confirms a batch, or is the first after a silence, since cards
                # and stored updates of the inbox are due.
                batch = []
                at_once = not self._reception.is_quiet or offset
                limit = self._reception.batch_size.updates
                batch = await self._api.updates(offset, 0 if at_once else LONG_POLL, limit)
                self._reception.hear()
                if batch:
                    self._reception.take(batch)
                offset = confirming(batch, largest)
                failures, self._denied = 0, 0
                if batch and not offset:  # nothing can be confirmed, so Telegram sends it again
                    await asyncio.sleep(UNCONFIRMED)
                more_come, batch = len(batch) == limit, []  # of which nobody is told from here on
                self._reception.take_queued(more_come)
            except FINAL:
                raise
            except RetryAfter as error:
                await asyncio.sleep(pause_of(error))
            except WebhookActive:
                log.warning(
                    "A webhook was set for this token, and updates went to its address; it is removed"
                )
                await self._remove_webhook()
            except Exception as error:
                if isinstance(error, BadRequest):  # the only bad request that a poll can make
                    offset, largest = 0, LARGEST_OFFSET
                self._note_denial(error)
                pause = self._reception.pause_after(error, failures, batch)
                failures += 1
                await asyncio.sleep(pause)

    def _note_denial(self, error: Exception) -> None:
        """Raise the `InvalidToken` if it came `DENIALS` times in a row."""
        self._denied = self._denied + 1 if isinstance(error, InvalidToken) else 0
        if self._denied == DENIALS:
            raise error

    async def _remove_webhook(self) -> None:
        try:
            await self._api.remove_webhook()
        except TelegramError as error:
            log.warning("The webhook could not be removed (%s); again in %s s", error.message, WEBHOOK_AGAIN)
        await asyncio.sleep(WEBHOOK_AGAIN)  # so that two programs that undo each other's setting do it slowly

    def stop(self) -> None:
        self._reception.stop()
