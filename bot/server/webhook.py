"""Where Telegram sends updates: checks who calls, passes the update on, and answers once it is committed.

| status | when |
|---|---|
| 200 | the update is committed |
| 403 | the secret is wrong, or the caller is none of Telegram's |
| 400, 408, 413 | no JSON came, not in time, or too much |
| 503 | nobody works with the database in this process, or it cannot be written: Telegram comes again |
"""

import asyncio
import hmac
from collections.abc import Callable, Mapping
from typing import Protocol

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.server.callers import caller, is_telegram
from bot.settings import Settings
from bot.telegram.answer import read

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105, the header's name
LARGEST = 1024 * 1024  # bytes of an update; the largest that Telegram sends have some ten thousand
READ_WITHIN = 20.0  # seconds
AGAIN_AFTER = 1  # second


class Receiver(Protocol):
    """Takes updates; see `bot.telegram.incoming.webhook_intake.WebhookIntake`."""

    async def receive(self, raw: object) -> bool: ...


class Webhook:
    """The endpoint. `receiver` is None while another process works with the database."""

    def __init__(self, settings: Settings, hear: Callable[[Mapping[str, str]], None]) -> None:
        self.receiver: Receiver | None = None
        self._secret = settings.secret_of_webhook.encode()
        self._only_telegram, self._proxy_header = settings.webhook_only_telegram, settings.proxy_header
        self._hear = hear

    async def answer(self, request: Request) -> Response:
        if not self._is_allowed(request):
            return Response(status_code=403)
        if self.receiver is None:
            return _come_again()
        try:
            async with asyncio.timeout(READ_WITHIN):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408)
        if body is None:
            return Response(status_code=413, headers={"Connection": "close"})
        update = read(body)
        if update is None:
            return Response(status_code=400)
        self._hear(request.headers)
        return Response() if await self.receiver.receive(update) else _come_again()

    def _is_allowed(self, request: Request) -> bool:
        if self._only_telegram and not is_telegram(caller(request, self._proxy_header)):
            return False
        shown = _shown(request.headers)
        return hmac.compare_digest(shown, self._secret)


def _shown(headers: Headers) -> bytes:
    return headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")


def _come_again() -> Response:
    return Response(status_code=503, headers={"Retry-After": str(AGAIN_AFTER)})


async def _body(request: Request) -> bytes | None:
    """Return the body, or None as soon as it is too large."""
    stated = request.headers.get("content-length", "")
    if stated.isdigit() and int(stated) > LARGEST:
        return None
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return None
    return bytes(body)
