"""Sends updates to the bot's webhook, as Telegram does.

1. Updates of one chat are sent in order: the next when the one before was answered with a 2xx status. Those
   of different chats are sent at once, up to `max_connections` of them.
2. What is answered otherwise, or not at all, is sent again: after the answer's `Retry-After`, else after
   waits that grow. The error is shown by getWebhookInfo.
3. A planned fault for the method `webhook` loses the request (`drop="before"`) or the answer to it
   (`drop="after"`), so that the update is sent twice.
"""

import asyncio
import ssl
from typing import Any

import aiohttp

from local_telegram.world.bell import wait_until
from local_telegram.world.updates import Json, PendingUpdate
from local_telegram.world.world import World

AGAIN_AFTER = (0.2, 0.5, 1, 2, 5)  # seconds until an update is sent again, the last one repeatedly
ANSWER_WITHIN = 60.0  # seconds
CONNECTIONS = 40  # where the bot names no number
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105, the name of a header
IDLE = 3600.0  # seconds


class Courier:
    def __init__(self, world: World) -> None:
        self._world = world
        self._ended = False
        self._wakes_at = 0.0
        self._sending: dict[int, asyncio.Task[None]] = {}  # by the number of the update
        self._chats: set[int] = set()  # of which an update is being sent
        self._again: dict[int, tuple[float, int]] = {}  # when an update is sent again, and how often it was

    async def run(self) -> None:
        """Send updates whenever there are some and a webhook is set, until `end`."""
        async with aiohttp.ClientSession(trust_env=False) as session:
            try:
                while not self._ended:
                    await wait_until([self._world.updates.bell], lambda: self._begin(session), self._pause())
            finally:
                for task in self._sending.values():
                    task.cancel()
                await asyncio.gather(*self._sending.values(), return_exceptions=True)

    def end(self) -> None:
        self._ended = True
        self._world.updates.bell.ring()

    def _pause(self) -> float:
        """Return the seconds until an update is to be sent again."""
        now = asyncio.get_running_loop().time()
        self._wakes_at = self._next_at() or now + IDLE
        return max(0.0, self._wakes_at - now) + 0.001

    def _next_at(self) -> float | None:
        """Return when the next update is to be sent again."""
        return min((at for at, _ in self._again.values()), default=None)

    def _begin(self, session: aiohttp.ClientSession) -> bool | None:
        """Begin to send what may be sent now; return None to go on waiting as planned."""
        if self._ended:
            return True
        world, now = self._world, asyncio.get_running_loop().time()
        with world.lock:
            hook = dict(world.webhook)
            waiting = world.updates.waiting(world.now()) if hook.get("url") else []
        self._again = {
            number: self._again[number] for each in waiting if (number := each.number) in self._again
        }
        blocked, begun = set(self._chats), None
        for each in waiting:
            if len(self._sending) >= hook.get("max_connections", CONNECTIONS):
                break
            chat = _chat(each)
            at, tries = self._again.get(each.number, (0.0, 0))
            if chat not in blocked and at <= now:
                self._again.pop(each.number, None)
                self._chats.add(chat)
                self._sending[each.number] = asyncio.create_task(self._send(session, hook, each, tries))
                begun = True
            blocked.add(chat)
        earlier = self._next_at()
        return begun or (True if earlier is not None and earlier < self._wakes_at else None)

    async def _send(
        self, session: aiohttp.ClientSession, hook: Json, each: PendingUpdate, tries: int
    ) -> None:
        world, chat = self._world, _chat(each)
        world.begun["webhook"] += 1
        try:
            error, wait = await self._outcome(session, hook, each, chat)
            with world.lock:
                if error is None:
                    world.updates.remove(each.number)
                    return
                world.webhook_error = {
                    "last_error_date": int(world.now().timestamp()),
                    "last_error_message": error,
                }
            pause = AGAIN_AFTER[min(tries, len(AGAIN_AFTER) - 1)] if wait is None else wait
            self._again[each.number] = asyncio.get_running_loop().time() + pause, tries + 1
        finally:
            del self._sending[each.number]
            self._chats.discard(chat)
            world.updates.bell.ring()

    async def _outcome(
        self, session: aiohttp.ClientSession, hook: Json, each: PendingUpdate, chat: int
    ) -> tuple[str | None, float | None]:
        """Return the error, or None if it arrived; and the seconds that the answer asks to wait, if any."""
        with self._world.lock:
            fault = self._world.faults.next_for("webhook", chat)
        if fault is not None and fault.drop == "before":
            return "Connection timed out", None
        try:
            status, reason, after = await self._post(session, hook, each.update)
        except TimeoutError:
            return "Read timeout expired", None
        except (aiohttp.ClientError, OSError) as error:
            return _words(error), None
        if fault is not None and fault.drop == "after":
            return "Connection reset by peer", None
        if 200 <= status < 300:
            return None, None
        return f"Wrong response from the webhook: {status} {reason}", after

    async def _post(
        self, session: aiohttp.ClientSession, hook: Json, update: Json
    ) -> tuple[int, str | None, float | None]:
        headers = {"X-Avance-Now": self._world.now().isoformat(timespec="microseconds")}
        if hook.get("secret_token"):
            headers[SECRET] = hook["secret_token"]
        async with session.post(
            hook["url"],
            json=update,
            headers=headers,
            allow_redirects=False,
            ssl=_trusting(hook.get("certificate")),
            timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN),
        ) as response:
            after = response.headers.get("Retry-After", "")
            return response.status, response.reason, float(after) if after.isdigit() else None


def _trusting(certificate: Any) -> ssl.SSLContext | bool:
    """Return what TLS verifies by: the certificate that the bot uploaded, or the machine's authorities."""
    if certificate is None:
        return True
    return ssl.create_default_context(cadata=certificate.content.decode())


def _words(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError):
        return "SSL error {error:0A000086:SSL routines::certificate verify failed}"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "Connection refused"
    return "Connection reset by peer"


def _chat(each: PendingUpdate) -> int:
    """Return the chat to whose queue the update belongs, or its person if it names none."""
    content = each.update[each.kind]
    message = content.get("message", content)
    return int(message.get("chat", {}).get("id", each.person_id))
