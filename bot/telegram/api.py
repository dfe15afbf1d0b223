"""Calls of the Bot API by name: python-telegram-bot's request layer, without its objects for each answer."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from telegram.constants import PollingLimit
from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter, TelegramError

from bot.storage.store import Store
from bot.telegram import local_files
from bot.telegram.answer import number, plain, result_of
from bot.telegram.local_files import LocalFiles
from bot.telegram.request import AiohttpRequest, OnHeaders
from bot.telegram.uploads import outgoing

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else every 429 warns of what `retry_after` is to become
BATCH = PollingLimit.MAX_LIMIT  # updates that one poll brings at most
LONG_POLL = 25  # seconds that Telegram holds a getUpdates open when there is nothing new
UPLOAD_PATIENCE = 20  # seconds for an upload of no size
SLOWEST = 100_000  # bytes a second of the slowest upload that is waited for


class Unsendable(TelegramError):
    """The call could not even be made of its parameters: no other try will go better."""


class TooLarge(TelegramError):
    """The file is larger than may be fetched."""

    def __init__(self) -> None:
        super().__init__("The file is too large")


class WebhookActive(TelegramError):
    """Telegram sends the updates to an address (a webhook), so that nobody can ask for them."""

    def __init__(self) -> None:
        super().__init__("A webhook is set for this token")


class Api:
    """One bot at one Bot API server. Raises `telegram.error`s; neither they nor its repr show the token."""

    def __init__(
        self,
        token: str,
        root: str,
        on_headers: OnHeaders | None = None,
        store: Store | None = None,
        files: Path | None = None,
    ) -> None:
        self._address, self._files = f"{root}/bot{token}", f"{root}/file/bot{token}"
        self._store, self._local = store, LocalFiles(token, root, files)
        self.answered = 0  # calls so far that the server answered with a result
        self._request = AiohttpRequest(on_headers=on_headers, read_timeout=20)

    async def __aenter__(self) -> "Api":
        await self._request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._request.shutdown()

    def __repr__(self) -> str:
        return "Api(<token>)"

    async def call(self, method: str, payload: dict[str, Any], read_timeout: float | None = None) -> Any:
        """The `result` of the answer. Files that the payload names are uploaded (see `bot.telegram.uploads`).

        Raises `FileGone` where one of them is not there, and `Unsendable` for parameters that make no call.
        """
        limits = {} if read_timeout is None else {"read_timeout": read_timeout}
        failure: TelegramError
        try:
            async with outgoing(payload, self._store) as parcel:
                if parcel.bytes:
                    limits["write_timeout"] = UPLOAD_PATIENCE + parcel.bytes / SLOWEST
                answer = await self._request.do_request(f"{self._address}/{method}", "POST", parcel, **limits)
            result = result_of(*answer)
            self.answered += 1
            return result
        except TelegramError:
            raise
        except Exception as error:
            failure = Unsendable(plain(f"{type(error).__name__}: {error}"))
        raise failure  # not above: an error that knows the address would be its context

    async def username(self) -> str:
        """The bot's name at Telegram."""
        me = await self.call("getMe", {})
        if not isinstance(me, dict) or not isinstance(me.get("username"), str):
            raise NetworkError("getMe was answered by something else")
        return str(me["username"])

    async def download(self, file_id: str, write: Callable[[bytes], None], largest: int) -> None:
        """Hand the file to `write` piece by piece; what `write` raises goes through.

        Raises `TooLarge` as soon as it is known to have more than `largest` bytes, and NetworkError where the
        connection breaks or something else comes than the size that Telegram stated.
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
        """The file's content: from the server, or from the disk where it says a path there."""
        if not local_files.is_local(path):
            async with aclosing(self._request.pieces(f"{self._files}/{quote(path)}")) as pieces:
                async for piece in pieces:
                    yield piece
            return
        with await asyncio.to_thread(self._local.open, path) as file:
            while piece := await asyncio.to_thread(file.read, local_files.PIECE):
                yield piece

    async def updates(self, offset: int, wait: int = LONG_POLL) -> list[Any]:
        """The next 100 updates from `offset` on, which confirms those below; waits `wait` seconds for one.

        Raises `WebhookActive` where Telegram sends them to an address instead.
        """
        wanted = ["message", "edited_message", "callback_query", "my_chat_member"]
        payload = {"offset": offset, "limit": BATCH, "timeout": wait, "allowed_updates": wanted}
        try:
            batch = await self.call("getUpdates", payload, read_timeout=wait + 10)
        except Conflict as error:
            if "webhook" not in error.message.lower():
                raise
            raise WebhookActive from None
        if not isinstance(batch, list):
            raise NetworkError("getUpdates was answered by something else")
        return batch

    async def remove_webhook(self) -> None:
        """Have updates wait here again instead of going to an address; what waits is kept."""
        await self.call("deleteWebhook", {"drop_pending_updates": False})


def pause_of(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
