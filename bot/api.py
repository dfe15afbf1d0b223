"""Calls of the Bot API by name: python-telegram-bot's request layer, without its objects for each answer."""

import base64
import os
from datetime import timedelta
from typing import Any

from telegram import InputFile
from telegram.error import RetryAfter
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.request import AiohttpRequest, OnHeaders

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else every 429 warns of what `retry_after` is to become
LONG_POLL = 25  # seconds that Telegram holds a getUpdates open when there is nothing new


class Api:
    """One bot at one Bot API server. Raises `telegram.error`s; neither they nor its repr show the token."""

    def __init__(self, token: str, root: str, on_headers: OnHeaders | None = None) -> None:
        self._address = f"{root}/bot{token}"
        self._request = AiohttpRequest(on_headers=on_headers, read_timeout=20)

    async def __aenter__(self) -> "Api":
        await self._request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._request.shutdown()

    def __repr__(self) -> str:
        return "Api(<token>)"

    async def call(self, method: str, payload: dict[str, Any], read_timeout: float | None = None) -> Any:
        """The `result` of the answer. A `photo_base64` in the payload is uploaded as the photo."""
        rest = {name: value for name, value in payload.items() if name != "photo_base64"}
        parameters = [RequestParameter(name, value, None) for name, value in rest.items()]
        if encoded := payload.get("photo_base64"):
            photo = InputFile(base64.b64decode(encoded), filename="foto.png")
            parameters.append(RequestParameter.from_input("photo", photo))
        limits = {} if read_timeout is None else {"read_timeout": read_timeout}
        return await self._request.post(f"{self._address}/{method}", RequestData(parameters), **limits)

    async def updates(self, offset: int, wait: int = LONG_POLL) -> list[dict[str, Any]]:
        """The next 100 updates from `offset` on, which confirms those below; waits `wait` seconds for one."""
        wanted = ["message", "callback_query", "my_chat_member"]
        payload = {"offset": offset, "limit": 100, "timeout": wait, "allowed_updates": wanted}
        batch: list[dict[str, Any]] = await self.call("getUpdates", payload, read_timeout=wait + 10)
        return batch


def pause_of(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
