"""Calls Bot API methods by name over python-telegram-bot's request layer."""

import asyncio
import base64
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from telegram.constants import PollingLimit
from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter, TelegramError

from bot.measures import Measures
from bot.storage.single_instance import HeldLock
from bot.storage.store import Store
from bot.telegram import local_files
from bot.telegram.answer import number, plain, result_of
from bot.telegram.local_files import LocalFiles
from bot.telegram.request import AiohttpRequest, OnHeaders
from bot.telegram.uploads import outgoing

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else each 429 emits a deprecation warning
BATCH = PollingLimit.MAX_LIMIT  # updates in one poll at most
LONG_POLL = 25  # seconds that getUpdates waits for updates
UPLOAD_PATIENCE = 20  # seconds for any upload, to which its size adds
SLOWEST = 100_000  # bytes per second of the slowest accepted upload
CERTAIN_AGAIN = 0.05  # seconds between two looks whether this process is the one that works
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")  # kinds of updates


class Unsendable(TelegramError):
    """The parameters cannot be made into a request; retrying will not help."""


class TooLarge(TelegramError):
    """The file is larger than the limit of the download."""

    def __init__(self) -> None:
        super().__init__("The file is too large")


class WebhookActive(TelegramError):
    """A webhook is set for this token, so polling is refused."""

    def __init__(self) -> None:
        super().__init__("A webhook is set for this token")


@dataclass(frozen=True)
class WebhookAddress:
    """Where Telegram sends updates, and the `secret` that it shows there.

    `certificate` is the content of a PEM file, for one that no authority signed; `max_connections` is how
    many updates Telegram sends at a time.
    """

    url: str
    secret: str = field(repr=False)
    certificate: bytes | None = None
    max_connections: int = 40


class Api:
    """A bot at a Bot API server. Raises errors of `telegram.error`; none contains the token."""

    def __init__(
        self,
        token: str,
        root: str,
        on_headers: OnHeaders | None = None,
        store: Store | None = None,
        files: Path | None = None,
        lock: HeldLock | None = None,
        measures: Measures | None = None,
    ) -> None:
        self._lock, self._measures = lock, measures or Measures()
        self._address, self._files = f"{root}/bot{token}", f"{root}/file/bot{token}"
        self._store, self._local = store, LocalFiles(token, root, files)
        self.answered = 0  # number of calls answered with a result
        may_send = None if lock is None else lambda: lock.is_certain
        self._request = AiohttpRequest(on_headers=on_headers, read_timeout=20, may_send=may_send)

    async def __aenter__(self) -> "Api":
        await self._request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._request.shutdown()

    def __repr__(self) -> str:
        return "Api(<token>)"

    async def call(self, method: str, payload: dict[str, Any], read_timeout: float | None = None) -> Any:
        """Call a method and return its `result`. Files that the payload names are uploaded.

        Waits while another process may have the database's lock. Raises `LockLost` if it has, `FileGone` if a
        file is missing, and `Unsendable` if the parameters make no valid request.
        """
        await self._be_certain()
        limits = {} if read_timeout is None else {"read_timeout": read_timeout}
        failure: TelegramError
        try:
            async with outgoing(payload, self._store) as parcel:
                if parcel.bytes:
                    limits["write_timeout"] = UPLOAD_PATIENCE + parcel.bytes / SLOWEST
                answer = await self._request.do_request(f"{self._address}/{method}", "POST", parcel, **limits)
            result = result_of(*answer)
            self.answered += 1
            self._measures.called(method, None)
            return result
        except TelegramError as error:
            self._measures.called(method, error)
            raise
        except Exception as error:
            failure = Unsendable(plain(f"{type(error).__name__}: {error}"))
        raise failure  # not inside `except`, where an error that contains the URL would be its context

    async def _be_certain(self) -> None:
        """Wait until this process certainly has the database's lock. Raises `LockLost`."""
        while self._lock is not None and not self._lock.is_certain:
            self._lock.require()
            await asyncio.sleep(CERTAIN_AGAIN)

    async def username(self) -> str:
        """Return the bot's username."""
        return (await self.account())[1]

    async def account(self) -> tuple[int, str]:
        """Return the bot's id and username."""
        me = await self.call("getMe", {})
        if not isinstance(me, dict) or not isinstance(me.get("username"), str) or not number(me.get("id")):
            raise NetworkError("getMe was answered by something else")
        return int(me["id"]), str(me["username"])

    async def download(self, file_id: str, write: Callable[[bytes], None], largest: int) -> None:
        """Pass the file to `write` in pieces; what `write` raises is propagated.

        Raises `TooLarge` as soon as the size exceeds `largest` bytes, and NetworkError if the connection
        breaks or the size is not the one that Telegram stated.
        """
        try:
            found = await self.call("getFile", {"file_id": file_id})
        except BadRequest as error:
            if "too big" in error.message.lower():
                raise TooLarge from None
            raise
        if not isinstance(found, dict) or not isinstance(found.get("file_path"), str):
            raise NetworkError("getFile was answered by something else")
        stated, received = number(found.get("file_size")) or 0, 0
        if stated > largest:
            raise TooLarge
        async with aclosing(self._pieces(str(found["file_path"]))) as pieces:
            async for piece in pieces:
                received += len(piece)
                if received > largest:
                    raise TooLarge
                write(piece)
        if stated and received != stated:
            raise NetworkError("the file came with another size than stated")

    async def _pieces(self, path: str) -> AsyncGenerator[bytes, None]:
        """Yield the content of the file, from the server or from the disk if a local path was given."""
        if not local_files.is_local(path):
            async with aclosing(self._request.pieces(f"{self._files}/{quote(path)}")) as pieces:
                async for piece in pieces:
                    yield piece
            return
        with await asyncio.to_thread(self._local.open, path) as file:
            while piece := await asyncio.to_thread(file.read, local_files.PIECE):
                yield piece

    async def updates(self, offset: int, wait: int = LONG_POLL, limit: int = BATCH) -> list[Any]:
        """Return up to `limit` updates from `offset` on, waiting up to `wait` seconds. Confirms those below.

        Raises `WebhookActive` if a webhook is set.
        """
        payload = {"offset": offset, "limit": limit, "timeout": wait, "allowed_updates": list(WANTED)}
        try:
            batch = await self.call("getUpdates", payload, read_timeout=wait + 10)
        except Conflict as error:
            if "webhook" not in error.message.lower():
                raise
            raise WebhookActive from None
        if not isinstance(batch, list):
            raise NetworkError("getUpdates was answered by something else")
        return batch

    async def set_webhook(self, hook: WebhookAddress) -> None:
        """Have updates sent to that address; pending ones are kept. Raises BadRequest if it is refused."""
        payload: dict[str, Any] = {
            "url": hook.url,
            "secret_token": hook.secret,
            "max_connections": hook.max_connections,
            "allowed_updates": list(WANTED),
            "drop_pending_updates": False,
        }
        if hook.certificate is not None:
            content = base64.b64encode(hook.certificate).decode()
            payload["certificate"] = {"base64": content, "name": "certificate.pem"}
        await self.call("setWebhook", payload)

    async def webhook_info(self) -> dict[str, Any]:
        """Return where Telegram sends updates, how many wait, and the last error of sending one."""
        found = await self.call("getWebhookInfo", {})
        if not isinstance(found, dict):
            raise NetworkError("getWebhookInfo was answered by something else")
        return found

    async def remove_webhook(self) -> None:
        """Delete the webhook; pending updates are kept."""
        await self.call("deleteWebhook", {"drop_pending_updates": False})


def pause_of(error: RetryAfter) -> float:
    """Return the seconds that Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
