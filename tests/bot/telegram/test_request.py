"""The HTTP client against a real server on localhost."""

import asyncio
import json
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.request import AiohttpRequest
from tests.support.waiting import PATIENCE

TOKEN = "424242:TheSecretOfThisTest"


@dataclass
class Server:
    """Answers `/bot…/{method}` with what the test set for that method, and records requests."""

    port: int = 0
    answers: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = field(default_factory=dict)
    bodies: list[dict[str, Any]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.content_type == "application/json":
            self.bodies.append(await request.json())
        else:
            form = await request.post()
            self.bodies.append({name: _content(value) for name, value in form.items()})
        return await self.answers[request.match_info["method"]](request)


def _content(value: Any) -> Any:
    return (value.filename, value.content_type, value.file.read()) if hasattr(value, "file") else value


def answer(status: int, body: dict[str, Any]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def respond(_request: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status, headers={"X-Avance-Now": "2024-03-20T15:00:00+00:00"})

    return respond


def refusal(status: int, description: str, **parameters: int) -> Any:
    body = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return answer(status, body)


MESSAGE = {"message_id": 7, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "Buenos días"}


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.port = runner.addresses[0][1]
    yield server
    await runner.cleanup()


def bot_at(port: int, request: AiohttpRequest) -> Bot:
    """Return a bot that uses `request`; it is not initialized, since that would call getMe."""
    return Bot(TOKEN, base_url=f"http://127.0.0.1:{port}/bot", request=request)


async def test_a_call_arrives_as_json_and_its_answer_comes_back(server: Server) -> None:
    server.answers["sendMessage"] = answer(200, {"ok": True, "result": MESSAGE})
    async with AiohttpRequest() as request:
        message = await bot_at(server.port, request).send_message(5, "Buenos días — ñ", parse_mode="HTML")
    assert message.message_id == 7
    assert server.bodies == [{"chat_id": 5, "text": "Buenos días — ñ", "parse_mode": "HTML"}]


async def test_refusals_keep_their_kind_and_their_words(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    server.answers["sendMessage"] = refusal(400, "Bad Request: chat not found")
    server.answers["sendPhoto"] = refusal(403, "Forbidden: bot was blocked by the user")
    server.answers["sendDocument"] = refusal(429, "Too Many Requests: retry after 3", retry_after=3)
    async with AiohttpRequest() as request:
        bot = bot_at(server.port, request)
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(5, "x")
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_photo(5, "some-file-id")
        with pytest.raises(RetryAfter) as flood:
            await bot.send_document(5, "some-file-id")
    assert flood.value.retry_after == timedelta(seconds=3)


async def test_a_file_is_uploaded_with_its_name_and_the_other_fields(server: Server) -> None:
    server.answers["sendDocument"] = answer(200, {"ok": True, "result": MESSAGE})
    async with AiohttpRequest() as request:
        await bot_at(server.port, request).send_document(
            5, b"%PDF-1.7", filename="informe año.pdf", caption="Señal"
        )
    (body,) = server.bodies
    assert body == {
        "chat_id": "5",
        "caption": "Señal",
        "document": ("informe año.pdf", "application/pdf", b"%PDF-1.7"),
    }


async def test_every_answer_shows_its_headers(server: Server) -> None:
    seen: list[str] = []
    server.answers["sendMessage"] = answer(200, {"ok": True, "result": MESSAGE})
    server.answers["sendPhoto"] = refusal(400, "Bad Request: wrong file")
    async with AiohttpRequest(on_headers=lambda headers: seen.append(headers["x-avance-now"])) as request:
        bot = bot_at(server.port, request)
        await bot.send_message(5, "x")
        with pytest.raises(BadRequest):
            await bot.send_photo(5, "some-file-id")
    assert seen == ["2024-03-20T15:00:00+00:00"] * 2


async def test_a_proxy_in_the_environment_is_not_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.answers["sendMessage"] = answer(200, {"ok": True, "result": MESSAGE})
    async with AiohttpRequest() as request:
        assert (await bot_at(server.port, request).send_message(5, "x")).message_id == 7


async def hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def hang_up_midway(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b'{"ok":')
    assert request.transport is not None
    request.transport.close()
    return response


async def stall_midway(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b'{"ok":')
    await asyncio.sleep(PATIENCE)
    return response


async def stall(_request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(PATIENCE)
    return web.Response()


async def not_json(_request: web.Request) -> web.StreamResponse:
    return web.Response(status=502, text="<html>Bad gateway</html>")


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (hang_up, NetworkError),
        (hang_up_midway, NetworkError),
        (stall, TimedOut),
        (stall_midway, TimedOut),
        (not_json, NetworkError),
    ],
)
async def test_network_errors_do_not_show_the_token(
    server: Server, behaviour: Any, kind: type[TelegramError]
) -> None:
    server.answers["sendMessage"] = behaviour
    async with AiohttpRequest(read_timeout=0.1 if kind is TimedOut else PATIENCE) as request:
        error = await failure(bot_at(server.port, request))
    assert type(error) is kind
    assert_no_secret(error)


async def test_a_refused_connection_is_a_network_error(unused_tcp_port: int) -> None:
    async with AiohttpRequest() as request:
        error = await failure(bot_at(unused_tcp_port, request))
    assert type(error) is NetworkError
    assert "ClientConnectorError" in str(error)
    assert_no_secret(error)


async def test_an_invalid_address_is_a_network_error(unused_tcp_port: int) -> None:
    async with AiohttpRequest() as request:
        error = await failure(Bot(TOKEN, base_url="http://[nowhere/bot", request=request))
    assert type(error) is NetworkError
    assert_no_secret(error)


async def test_waiting_for_a_free_connection_ends(server: Server) -> None:
    server.answers["sendMessage"] = stall
    async with AiohttpRequest(connection_pool_size=1, connect_timeout=0.05, pool_timeout=0.05) as request:
        bot = bot_at(server.port, request)
        first = asyncio.create_task(failure(bot))
        await asyncio.sleep(0.02)
        error = await failure(bot)
        first.cancel()
    assert type(error) is TimedOut


async def test_the_timeout_of_one_call_goes_before_the_general_one(server: Server) -> None:
    server.answers["sendMessage"] = stall
    async with AiohttpRequest(read_timeout=PATIENCE) as request:
        with pytest.raises(TimedOut):
            await bot_at(server.port, request).send_message(5, "x", read_timeout=0.1)


async def test_it_can_be_shut_down_twice_and_started_again(server: Server) -> None:
    server.answers["sendMessage"] = answer(200, {"ok": True, "result": MESSAGE})
    request = AiohttpRequest()
    bot = bot_at(server.port, request)
    for _ in range(2):
        await request.initialize()
        await bot.send_message(5, "x")
        await request.shutdown()
        await request.shutdown()
    assert isinstance(await failure(bot), NetworkError)
    assert len(server.bodies) == 2


async def failure(bot: Bot) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(5, "x")
    return caught.value


def assert_no_secret(error: BaseException) -> None:
    """Check its text, and that of every error in its chain."""
    chain: BaseException | None = error
    while chain is not None:
        told = f"{chain!s} {chain!r} {traceback.format_exception(chain)}"
        assert TOKEN not in told
        assert "TheSecret" not in told
        chain = chain.__cause__ or chain.__context__
    assert json.dumps(str(error))
