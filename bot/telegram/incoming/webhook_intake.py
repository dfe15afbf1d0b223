"""Takes updates that Telegram sends to the webhook: one transaction for those that wait, commit, then 200.

`bot.server.webhook` passes each update here and answers when it is committed.

1. `setWebhook` is called at the start, and again whenever Telegram says that updates go elsewhere.
2. Updates wait in `Arrivals` until it is their turn, and are handled in the batches that are due.
3. If the database cannot store a batch, it is tried again for as long as Telegram's request waits. Then the
   request is answered with an error, and Telegram sends the update again.
"""

import asyncio
import logging
from typing import Any

from sqlalchemy import Engine
from telegram.error import BadRequest, InvalidToken, RetryAfter

from bot.telegram.api import Api, WebhookAddress, pause_of
from bot.telegram.incoming.arrivals import Arrival, Arrivals
from bot.telegram.incoming.intake import DENIALS
from bot.telegram.incoming.poll_failure import log_failure
from bot.telegram.incoming.reception import BACK_OFF, FINAL, Reception
from models.storage import inbox
from models.storage.database import reading

log = logging.getLogger(__name__)

PATIENCE = 25.0  # seconds that a request waits for its commit; Telegram gives up later
MOST_WAITING = 1_000  # updates that wait at a time; Telegram sends the others again
ASK_EVERY = 30.0  # seconds between two looks at whether Telegram sends updates here


class WebhookRefused(Exception):
    """Telegram refuses the webhook's address; says why."""


class WebhookIntake:
    """Sets the webhook, and has the updates that arrive handled in order."""

    def __init__(self, api: Api, reception: Reception, engine: Engine, hook: WebhookAddress) -> None:
        self._api, self._reception, self._engine, self._hook = api, reception, engine, hook
        self._arrivals = Arrivals(0)
        self._arrived = asyncio.Event()
        self._told_error = 0  # the time of the last error of Telegram that was logged, as it says it
        self._open = False

    async def run(self) -> None:
        """Work until cancelled.

        Raises what cannot be recovered from: `WebhookRefused`, `InvalidToken`, `LockLost`, `DatabaseGone`.
        """
        with reading(self._engine) as session:
            self._arrivals = Arrivals(inbox.largest(session))
        self._open = True
        try:
            await self._reception.run(self._handle_for_ever(), self._keep_set())
        finally:
            self._open = False
            self._arrivals.give_up()

    async def receive(self, raw: Any) -> bool:
        """Return True once the update is committed, or False if Telegram should send it again later."""
        if not self._open or len(self._arrivals) >= MOST_WAITING:
            return False
        arrival = self._arrivals.add(raw, asyncio.get_running_loop().time())
        arrival.awaited += 1
        self._arrived.set()
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(arrival.committed)
        except TimeoutError:
            return False
        finally:
            arrival.awaited -= 1
            if not arrival.awaited and not arrival.committed.done():
                self._arrivals.remove(arrival)

    async def _handle_for_ever(self) -> None:
        failures = 0
        batch: list[Arrival] = []
        while True:
            try:
                idle = self._reception.queues_idle
                limit = self._reception.batch_size.updates
                batch = self._arrivals.due(asyncio.get_running_loop().time(), limit)
                if batch:
                    self._reception.hear()
                    self._reception.take([each.raw for each in batch])
                    self._arrivals.taken(batch)
                more_come, batch = len(batch) == limit, []  # of which nobody is told from here on
                if not idle:
                    self._reception.take_queued(more_come)
                failures = 0
                await self._next()
            except FINAL:
                raise
            except Exception as error:
                pause = self._reception.pause_after(error, failures, [each.raw for each in batch])
                failures += 1
                await asyncio.sleep(pause)

    async def _next(self) -> None:
        """Wait until an update arrives, or need not wait any longer for an earlier one."""
        loop = asyncio.get_running_loop()
        if not self._reception.queues_idle:
            await asyncio.sleep(0)  # so that what arrives meanwhile is handled first
            return
        due_at = self._arrivals.next_at()
        if self._arrivals.due(loop.time(), 1):
            await asyncio.sleep(0)  # so that messages are sent between two batches
            return
        self._arrived.clear()
        try:
            async with asyncio.timeout_at(due_at):
                await self._arrived.wait()
        except TimeoutError:
            return

    async def _keep_set(self) -> None:
        """Set the webhook, then ask every half minute whether it is still set, and whether sending fails."""
        failures, denied, is_set = 0, 0, False
        while True:
            try:
                if not is_set:
                    await self._api.set_webhook(self._hook)
                    is_set = True
                    log.info("Telegram sends updates to %s", self._hook.url)
                info = await self._api.webhook_info()
                self._reception.hear()
                is_set, failures, denied = self._is_ours(info), 0, 0
                self._tell_trouble(info)
                await asyncio.sleep(ASK_EVERY if is_set else 1.0)
            except FINAL:
                raise
            except BadRequest as error:
                raise WebhookRefused(error.message) from None
            except RetryAfter as error:
                await asyncio.sleep(pause_of(error))
            except Exception as error:
                denied = denied + 1 if isinstance(error, InvalidToken) else 0
                if denied == DENIALS:
                    raise
                pause = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
                failures += 1
                log_failure(error, pause)
                await asyncio.sleep(pause)

    def _is_ours(self, info: dict[str, Any]) -> bool:
        if info.get("url") == self._hook.url:
            return True
        log.warning("Another program changed the webhook of this token; it is set again")
        return False

    def _tell_trouble(self, info: dict[str, Any]) -> None:
        """Log an error of Telegram's sending that was not logged yet."""
        at = info.get("last_error_date")
        if type(at) is int and at > self._told_error:
            first, self._told_error = not self._told_error, at
            if not first or info.get("pending_update_count"):  # else it is over since long before the start
                log.warning(
                    "Telegram could not send an update to WEBHOOK_URL: %s; %s wait",
                    info.get("last_error_message"),
                    info.get("pending_update_count"),
                )

    def stop(self) -> None:
        self._reception.stop()
