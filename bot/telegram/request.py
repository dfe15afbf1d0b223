"""The bot's HTTP client: python-telegram-bot's request interface over aiohttp.

The library's own client (httpx) takes more than half of an echo's time; `docs/performance.md` has the
figures. The URL of every call contains the token, so no error raised here contains a URL, nor has a cause or
context that does.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any

import aiohttp
from aiohttp.connector import Connection
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.answer import refusal
from bot.telegram.uploads import Outgoing

OnHeaders = Callable[[Mapping[str, str]], None]
MaySend = Callable[[], bool]
DOWNLOAD_SECONDS, SILENT_SECONDS = 600, 20  # for a whole file, and for a pause in it
PIECE = 64 * 1024  # bytes
Seconds = Any  # a number, None for no limit, or `BaseRequest.DEFAULT_NONE` for the value given to `__init__`


class AiohttpRequest(BaseRequest):
    """A pool of HTTP connections to the Bot API. Proxies named in the environment are not used.

    Timeouts are in seconds; None waits for ever. `write_timeout` (`media_write_timeout` for uploads),
    `connect_timeout` and `pool_timeout` together limit the time until the response begins, with
    `read_timeout`, which also limits every pause while reading. `on_headers` gets the headers of each
    response. `may_send` is asked right before a request is written to its connection; if it returns false,
    nothing is written, and `NetworkError` is raised.

    Raises `TimedOut`, and `NetworkError` for any other failure of the connection.
    """

    def __init__(
        self,
        *,
        connection_pool_size: int = 256,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
        on_headers: OnHeaders | None = None,
        may_send: MaySend | None = None,
    ) -> None:
        self._may_send = may_send
        self._pool_size = connection_pool_size
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._media_write_timeout = media_write_timeout
        self._on_headers = on_headers
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=_Connector(self._may_send, limit=self._pool_size),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=False,
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Outgoing | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return the status and body of the response. Called by python-telegram-bot."""
        uploads = request_data is not None and request_data.contains_files
        read = _given(read_timeout, self._read_timeout)
        write = _given(write_timeout, self._media_write_timeout if uploads else self._write_timeout)
        connect = _given(connect_timeout, self._connect_timeout)
        pool = _given(pool_timeout, self._pool_timeout)
        limits = aiohttp.ClientTimeout(connect=_sum(pool, connect), sock_connect=connect, sock_read=read)
        failure: TelegramError
        try:
            return await self._exchange(url, method, request_data, limits, _sum(pool, connect, write, read))
        except TimeoutError:
            failure = TimedOut()
        except (aiohttp.ClientError, OSError) as error:
            failure = NetworkError(_describe(error))
        # Not inside `except`, where an error that contains the URL would be its context.
        raise failure

    async def pieces(self, url: str) -> AsyncGenerator[bytes, None]:
        """Yield the content of the file at that URL in pieces, without keeping it.

        Raises like `do_request`; BadRequest or RetryAfter if the server says so instead.
        """
        if self._session is None:
            raise RuntimeError("This AiohttpRequest is not initialized.")
        limits = aiohttp.ClientTimeout(
            total=DOWNLOAD_SECONDS, sock_connect=self._connect_timeout, sock_read=SILENT_SECONDS
        )
        failure: TelegramError
        try:
            async with self._session.get(url, allow_redirects=False, timeout=limits) as response:
                if self._on_headers is not None:
                    self._on_headers(response.headers)
                if response.status == 200 and response.content_type == "text/html":
                    failure = NetworkError("a page came instead of the file")
                elif response.status == 200:
                    async for piece in response.content.iter_chunked(PIECE):
                        yield piece
                    return
                else:
                    failure = refusal(response.status, await response.content.read(PIECE))
        except TimeoutError:
            failure = TimedOut()
        except (aiohttp.ClientError, OSError) as error:
            failure = NetworkError(_describe(error))
        raise failure

    async def _exchange(
        self,
        url: str,
        method: str,
        request_data: RequestData | Outgoing | None,
        limits: aiohttp.ClientTimeout,
        until_answered: float | None,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("This AiohttpRequest is not initialized.")
        async with asyncio.timeout(until_answered):
            response = await self._session.request(
                method, url, allow_redirects=False, timeout=limits, **_body(request_data)
            )
        async with response:
            if self._on_headers is not None:
                self._on_headers(response.headers)
            return response.status, await response.read()


class _Connector(aiohttp.TCPConnector):
    """A pool whose connections are handed out only if `may_send` allows it at that moment."""

    def __init__(self, may_send: MaySend | None, limit: int) -> None:
        super().__init__(limit=limit)
        self._may_send = may_send

    async def connect(self, *given: Any, **named: Any) -> Connection:
        connection = await super().connect(*given, **named)
        if self._may_send is not None and not self._may_send():
            connection.release()
            raise aiohttp.ClientConnectionError
        return connection


def _given(value: Seconds, default: float | None) -> float | None:
    return default if value is BaseRequest.DEFAULT_NONE else value


def _sum(*limits: float | None) -> float | None:
    """Return the sum, or None (no limit) if any of them is None."""
    numbers = [limit for limit in limits if limit is not None]
    return sum(numbers) if len(numbers) == len(limits) else None


_as_json = json.JSONEncoder(ensure_ascii=False).encode


def _body(request_data: RequestData | Outgoing | None) -> dict[str, Any]:
    """Return the body: JSON, which is fastest to write, or a form if files are uploaded."""
    if request_data is None:
        return {}
    if not request_data.contains_files:
        content = _as_json(request_data.parameters).encode()
        return {"data": content, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(quote_fields=False)  # Telegram reads names as UTF-8 and does not unquote them
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, file, kind) in request_data.multipart_data.items():
        form.add_field(name, file, filename=filename, content_type=kind)
    return {"data": form}


def _describe(error: Exception) -> str:
    """Return what failed, without the URL."""
    reason = getattr(error, "strerror", None)
    return f"{type(error).__name__}: {reason}" if reason else type(error).__name__
