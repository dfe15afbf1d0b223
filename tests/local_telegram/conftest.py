"""A local Telegram with one bot and two people, in the test's event loop."""

from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from local_telegram.server import LocalTelegram
from local_telegram.world.world import World
from tests.support.phones.phone import Phone
from tests.support.waiting import PATIENCE

MORNING = datetime(2024, 3, 20, 15, 0, tzinfo=UTC)
ANA, LUIS = 11, 12

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


def plain_request() -> HTTPXRequest:
    """Return a request without certificates, which take longer to load than most tests run."""
    return HTTPXRequest(httpx_kwargs={"trust_env": False, "verify": False})


@pytest.fixture
def world() -> World:
    return World(MORNING)


@pytest.fixture
async def server(world: World) -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram(world) as running:
        yield running


@pytest.fixture
async def bot(server: LocalTelegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    """python-telegram-bot's own client, with `retry_after` as a timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    request, poller = plain_request(), plain_request()
    async with Bot(
        server.world.token,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=request,
        get_updates_request=poller,
    ) as client:
        yield client


@pytest.fixture
async def http(server: LocalTelegram) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        base_url=server.url, trust_env=False, verify=False, timeout=PATIENCE
    ) as client:
        yield client


@pytest.fixture
def call(http: httpx.AsyncClient, world: World) -> Call:
    """Return a function that calls a method with JSON and returns the response's body."""

    async def perform(method: str, /, **parameters: Any) -> dict[str, Any]:
        answer = await http.post(f"/bot{world.token}/{method}", json=parameters)
        body: dict[str, Any] = answer.json()
        assert body["ok"] is (answer.status_code == 200)
        assert body.get("error_code", 200) == answer.status_code
        return body

    return perform


@pytest.fixture
async def ana(server: LocalTelegram) -> AsyncIterator[Phone]:
    """A person who started the bot."""
    async with Phone(server, ANA, "Ana") as phone:
        await phone.send("/start")
        server.world.updates.clear()
        yield phone


@pytest.fixture
async def luis(server: LocalTelegram) -> AsyncIterator[Phone]:
    """A person who never wrote to the bot."""
    async with Phone(server, LUIS, "Luis") as phone:
        yield phone
