"""A phone driven by a program: writes, taps and reads over the local server's HTTP interface."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import aiohttp

from local_telegram.world.updates import Json

PATIENCE = 120.0  # seconds to wait for an answer; a slow machine needs far less


class UnexpectedReply(Exception):
    """The bot did not send the expected message; the error's text quotes what it sent instead."""


@dataclass(frozen=True)
class Bubble:
    """One message of the bot as the screen shows it; `buttons` in reading order."""

    id: int
    text: str
    buttons: tuple[tuple[str, str], ...]  # text, data

    def data(self, label: str) -> str | None:
        """Return the callback data of the button with that text, else of the first that begins with it."""
        exact = (data for text, data in self.buttons if text == label)
        begins = (data for text, data in self.buttons if text.startswith(label))
        return next(exact, None) or next(begins, None)


class Exchange:
    """The local server's phones and clock: `async with Exchange(url)`. Raises RuntimeError on a refusal."""

    def __init__(self, server_url: str) -> None:
        self._url = server_url
        self._http: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(base_url=self._url, trust_env=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.get("/clock"))["now"])

    async def move_clock(self, instant: datetime) -> None:
        await self.post("/clock", {"now": instant.isoformat()})

    async def get(self, path: str, **query: Any) -> Json:
        async with self._http.get(path, params=query) as answer:
            return await _read(answer)

    async def post(self, path: str, body: Json) -> Json:
        async with self._http.post(path, json=body) as answer:
            return await _read(answer)


async def _read(answer: aiohttp.ClientResponse) -> Json:
    if not answer.ok:
        raise RuntimeError(f"{answer.url.path}: {await answer.text()}")
    body: Json = await answer.json()
    return body


class Handset:
    """One person's phone. `read` ignores messages that came before the last `send` or `tap`."""

    def __init__(self, exchange: Exchange, user_id: int) -> None:
        self._exchange = exchange
        self._path = f"/phone/{user_id}"
        self._seen: int | None = None

    async def send(self, text: str) -> None:
        await self._catch_up()
        await self._exchange.post(f"{self._path}/send", {"text": text})

    async def tap(self, bubble: Bubble, label: str) -> None:
        data = bubble.data(label)
        if data is None:
            raise UnexpectedReply(f"There is no button «{label}» under: {bubble.text}")
        await self._exchange.post(f"{self._path}/tap", {"message_id": bubble.id, "data": data})

    async def read(self, fits: Callable[[str], bool]) -> Bubble:
        """Return the bot's next message, new or edited, whose text fits. Raises `UnexpectedReply`."""
        deadline = time.monotonic() + PATIENCE
        other = ""
        while time.monotonic() < deadline:
            for event in await self._events(timeout=PATIENCE):
                self._seen = event["n"]
                if event["kind"] not in ("message", "edited") or not event["message"]["from_bot"]:
                    continue
                if fits(event["message"]["text"]):
                    return _bubble(event["message"])
                other = event["message"]["text"]
        raise UnexpectedReply(f"The bot did not answer as expected. Its last words: {other or 'none'}")

    async def _catch_up(self) -> None:
        if self._seen is None:
            self._seen = (await self._exchange.get(f"{self._path}/messages"))["last"]
        for event in await self._events(timeout=0):
            self._seen = event["n"]

    async def _events(self, timeout: float) -> list[Json]:
        query = {"after": self._seen or 0, "timeout": timeout}
        events: list[Json] = (await self._exchange.get(f"{self._path}/events", **query))["events"]
        return events


def _bubble(message: Json) -> Bubble:
    buttons = [button for row in message["keyboard"] for button in row]
    return Bubble(
        message["message_id"],
        message["text"],
        tuple((button["text"], button["callback_data"]) for button in buttons if "callback_data" in button),
    )
